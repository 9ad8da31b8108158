"""The results of a space: over which period, which ones, and as a table."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from traboule.kernel.people.requests import PersonRequest

from .. import actions, rules
from .. import results as measures
from ..forms.settings import IndicatorsForm
from ..models import Space
from .fetching import done, space_for


@never_cache
@require_safe
def results(request: PersonRequest, slug: str) -> HttpResponse:
    """What is measured over a period, and how each figure is counted."""
    space = space_for(request, slug, rules.can_read)
    choices, chosen = _chosen(request, space)
    context = {
        "space": space,
        "measured": measures.measure(space, chosen.period),
        "choices": choices,
        "chosen": chosen,
        "facilitates": rules.can_facilitate(request.user, space),
        "coordinates": rules.can_coordinate(request.user, space),
    }
    return render(request, "spaces/results_list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: PersonRequest, slug: str) -> HttpResponse:
    """Which results the space follows."""
    space = space_for(request, slug, rules.can_coordinate)
    form = IndicatorsForm(request.POST if request.method == "POST" else None, space=space)
    if form.is_valid() and done(
        request,
        actions.follow_indicators,
        _("C’est enregistré."),
        space=space,
        keys=form.cleaned_data["keys"],
        by=request.user,
    ):
        return redirect("spaces:results", slug)
    return render(request, "spaces/results_choose.html", {"space": space, "form": form})


@never_cache
@require_safe
def results_csv(request: PersonRequest, slug: str) -> HttpResponse:
    """The results of a period with their splits, as a table."""
    space = space_for(request, slug, rules.can_facilitate)
    _choices, chosen = _chosen(request, space)
    name = f"resultats-{space.slug}-{chosen.key}.csv"
    return HttpResponse(
        measures.as_csv(space, chosen.period),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _chosen(
    request: PersonRequest, space: Space
) -> tuple[list[measures.PeriodChoice], measures.PeriodChoice]:
    """The periods to choose from, and the one chosen: all the time there was unless told."""
    choices = measures.periods(space, timezone.localdate())
    key = request.GET.get("periode", "")
    return choices, next((one for one in choices if one.key == key), choices[0])
