"""What was decided, for everyone; what waits, for the team."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.views.fetching import space_for

from .. import waiting, workload
from ..models import Charter, Hiding, Standing
from ..models.hiding import LIVE, State
from ..rules import can_moderate
from .finding import space_to_read

PAGE_SIZE = 20
QUEUE_SHOWN = 50


@login_not_required
@never_cache
@require_safe
def log(request: HttpRequest, slug: str) -> HttpResponse:
    """Every decision of the space: when, which article, why, what became of it; no name."""
    space = space_to_read(request, slug)
    before = request.GET.get("avant", "")
    rows = Hiding.objects.filter(space=space).for_log().order_by("-pk")
    if before.isdecimal() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows[: PAGE_SIZE + 1])
    shown = found[:PAGE_SIZE]
    context = {
        "space": space,
        "hidings": shown,
        "counts": _counts(space),
        "first": reverse("moderation:log", args=[slug]) if before else "",
        "next": f"?avant={shown[-1].pk}" if len(found) > PAGE_SIZE else "",
        "charter": Charter.objects.current(space),
        "moderates": can_moderate(request.user, space),
    }
    return render(request, "moderation/log.html", context)


def _counts(space: Space) -> dict[str, int]:
    """How many decisions stand, wait for another look, were reversed."""
    rows = Hiding.objects.filter(space=space).order_by().values_list("state")
    by_state = dict(rows.annotate(number=Count("pk")))
    return {
        "hidden": sum(by_state.get(state, 0) for state in LIVE),
        "appealed": by_state.get(State.APPEALED, 0),
        "shown": by_state.get(State.RESTORED, 0) + by_state.get(State.EXPIRED, 0),
    }


@never_cache
@require_safe
def queue(request: PersonRequest, slug: str) -> HttpResponse:
    """What was flagged, what is contested, who is held back, and how the work is shared."""
    space = space_for(request, slug, can_moderate)
    loads = workload.loads(space)
    held = Standing.objects.held().filter(space=space).select_related("person")
    context = {
        "space": space,
        "charter": Charter.objects.current(space),
        "flagged": waiting.flagged(space, QUEUE_SHOWN),
        "appeals": waiting.appeals(space, request.user),
        "held": held[:QUEUE_SHOWN],
        "loads": loads,
        "is_unfair": workload.is_unfair(loads),
        "days": workload.DAYS,
    }
    return render(request, "moderation/queue.html", context)
