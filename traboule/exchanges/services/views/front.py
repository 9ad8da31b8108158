"""The front page: what it is, and what an hour costs, for anyone."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from traboule.engines.payroll import Unusable
from traboule.kernel.spaces.models import Space
from traboule.ui.throttle import throttled

from ..estimates import Estimate, estimate
from ..forms.calculator import CalculatorForm
from ..kinds import KINDS
from ..rules import can_help, can_run, can_take_part, can_visit


@login_not_required
@never_cache
@throttled(rate="300/m")
@require_safe
def home(request: HttpRequest, slug: str) -> HttpResponse:
    """What it is, and the calculator."""
    space = visited_space(request, slug)
    form = CalculatorForm(request.GET or None)
    found = counted(form) if form.is_bound and form.is_valid() else None
    context = {
        "space": space,
        "form": form,
        "found": found,
        "takes_part": can_take_part(request.user, space),
        "helps": can_help(request.user, space),
        "runs": can_run(request.user, space),
    }
    return render(request, "services/home.html", context)


def counted(form: CalculatorForm) -> Estimate | None:
    """The estimate of what was asked, or an error beside the price."""
    said = form.cleaned_data
    try:
        return estimate(
            KINDS[said["kind"]],
            net_hourly=said["net_hourly"],
            hours=said["hours"],
            on=timezone.localdate(),
            exoneration=said["allowance"] or None,
            once=said["once"],
        )
    except Unusable as problem:
        form.add_error("net_hourly", str(problem))
        return None


def visited_space(request: HttpRequest, slug: str) -> Space:
    """The space of that name, if services are exchanged there and one may look."""
    spaces = Space.objects.for_page().filter(
        blocks__key="services", blocks__put_away_at__isnull=True
    )
    space = get_object_or_404(spaces, initiative__slug=slug)
    if not can_visit(request, space):
        raise Http404
    return space
