"""The activity of a period: on the screen, as a table, on paper."""

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.results import PeriodChoice, periods
from traboule.ui.downloads import paper, table

from ..printing.report import printed
from ..statistics import as_rows, report
from .finding import facilitated


def _chosen(request: PersonRequest, space: Space) -> tuple[list[PeriodChoice], PeriodChoice]:
    """The periods to choose from, and the one chosen: this year unless told."""
    choices = periods(space, timezone.localdate())
    wanted = request.GET.get("periode", f"annee-{timezone.localdate().year}")
    return choices, next((one for one in choices if one.key == wanted), choices[0])


@never_cache
@require_safe
def figures(request: PersonRequest, slug: str) -> HttpResponse:
    """What was done, for whom, and what is not known."""
    space = facilitated(request, slug)
    choices, chosen = _chosen(request, space)
    found = report(space, chosen.period)
    context = {"space": space, "report": found, "choices": choices, "chosen": chosen}
    return render(request, "outreach/figures.html", context)


@require_safe
def figures_csv(request: PersonRequest, slug: str) -> StreamingHttpResponse:
    """The same as a table."""
    space = facilitated(request, slug)
    _choices, chosen = _chosen(request, space)
    return table(as_rows(report(space, chosen.period)), "activite", chosen.key)


@require_safe
def figures_pdf(request: PersonRequest, slug: str) -> HttpResponse:
    """The same on paper, for whoever pays."""
    space = facilitated(request, slug)
    _choices, chosen = _chosen(request, space)
    return paper(printed(report(space, chosen.period), chosen.label), "activite", chosen.key)
