"""The searches for the best exchanges: what they found, and how far from the best it can be."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.views.fetching import done, space_for

from ..rules import can_run

MOST_SHOWN = 30


@never_cache
@require_safe
def runs(request: PersonRequest, slug: str) -> HttpResponse:
    """The latest searches."""
    space = space_for(request, slug, can_run)
    context = {"space": space, "runs": space.housing_runs.all()[:MOST_SHOWN]}
    return render(request, "housing/swaps/runs.html", context)


@require_POST
def start(request: PersonRequest, slug: str) -> HttpResponse:
    """Search now, in the background."""
    from ..runs import begin  # The engine loads a compiler: only who searches pays for it.

    space = space_for(request, slug, can_run)
    said = _("Le calcul commence. Les ménages concernés recevront les propositions.")
    done(request, begin, said, space=space, by=request.user)
    return redirect("housing:runs", slug)


@never_cache
@require_safe
def run(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """One search: how far it is, its parts, its exchanges."""
    space = space_for(request, slug, can_run)
    run = get_object_or_404(space.housing_runs, pk=pk)
    parts = run.parts.defer("listings", "result")
    context = {
        "space": space,
        "run": run,
        "parts": parts,
        "solved": sum(part.solved_at is not None for part in parts),
        "swaps": run.swaps.for_listing(),
    }
    return render(request, "housing/swaps/run.html", context)
