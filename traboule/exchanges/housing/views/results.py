"""The results of a period: on the screen, as a table, on paper."""

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.results import PeriodChoice, periods
from traboule.kernel.spaces.views.fetching import space_for
from traboule.ui.downloads import paper, table

from ..printing.results import printed
from ..rules import can_help
from ..statistics import (
    as_rows,
    landlord_heads,
    landlord_values,
    latest,
    territory_heads,
    territory_values,
)


def _chosen(request: PersonRequest, space: Space) -> tuple[list[PeriodChoice], PeriodChoice]:
    """The periods to choose from, and the one chosen: since the beginning unless told."""
    choices = periods(space, timezone.localdate())
    wanted = request.GET.get("periode")
    return choices, next((one for one in choices if one.key == wanted), choices[0])


@never_cache
@require_safe
def results(request: PersonRequest, slug: str) -> HttpResponse:
    """As the founders count them: as a whole, by landlord and territory, and why it stops."""
    space = space_for(request, slug, can_help)
    choices, chosen = _chosen(request, space)
    found = latest(space, chosen.period)
    context = {
        "space": space,
        "report": found,
        "choices": choices,
        "chosen": chosen,
        "landlord_heads": landlord_heads(),
        "landlords": [(one.is_slow, landlord_values(one)) for one in found.landlords],
        "territory_heads": territory_heads(),
        "territories": [territory_values(one) for one in found.territories],
    }
    return render(request, "housing/results.html", context)


@require_safe
def results_csv(request: PersonRequest, slug: str) -> StreamingHttpResponse:
    """The same as a table."""
    space = space_for(request, slug, can_help)
    _choices, chosen = _chosen(request, space)
    return table(as_rows(latest(space, chosen.period)), "echanges-de-logements", chosen.key)


@require_safe
def results_pdf(request: PersonRequest, slug: str) -> HttpResponse:
    """The same on paper, for a board."""
    space = space_for(request, slug, can_help)
    _choices, chosen = _chosen(request, space)
    found = latest(space, chosen.period)
    return paper(printed(space, found, chosen.label), "echanges-de-logements", chosen.key)
