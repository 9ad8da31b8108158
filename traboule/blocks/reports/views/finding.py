"""What an address of the reports speaks of, for whoever may see it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.models import Space

from ..models import Report
from ..models.report import ReportQuerySet
from ..rules import can_see, can_see_to, can_visit

PAGE_SIZE = 20


def visited_space(request: HttpRequest, slug: str) -> Space:
    """The space of that name, if it receives reports and one may visit it."""
    space = _space_of(slug)
    if not can_visit(request, space):
        raise Http404
    return space


def team_space(request: PersonRequest, slug: str) -> Space:
    """The space, for those who see to its problems."""
    space = _space_of(slug)
    if not can_see_to(request.user, space):
        raise PermissionDenied
    return space


def seen_report(request: HttpRequest, slug: str, number: int) -> Report:
    """The report, for whoever may read it; hidden, it is read by the team and its reporter."""
    report = _report(slug, number)
    if not can_see(request, report):
        raise Http404
    return report


def held_report(request: PersonRequest, slug: str, number: int) -> Report:
    """The report, for those who see to it."""
    report = _report(slug, number)
    if not can_see_to(request.user, report.space):
        raise PermissionDenied
    return report


def own_report(code: str) -> Report:
    """The report of that code, however it was typed; whoever holds it is its reporter."""
    signs = "".join(sign for sign in code.upper() if sign.isalnum())
    rows = Report.objects.for_listing()
    return get_object_or_404(rows, code=f"{signs[:4]}-{signs[4:]}")


@dataclass(frozen=True)
class Page:
    """The first of some reports, and the end of the address of those that follow."""

    reports: list[Report]
    next: str


def a_page(reports: ReportQuerySet, **filters: str) -> Page:
    """The first of these; the next page keeps the ``filters`` of its address."""
    rows = list(reports.for_listing()[: PAGE_SIZE + 1])
    shown = rows[:PAGE_SIZE]
    more = len(rows) > PAGE_SIZE
    return Page(shown, f"?{urlencode(filters | {'apres': shown[-1].number})}" if more else "")


def _space_of(slug: str) -> Space:
    spaces = Space.objects.for_page().filter(
        blocks__key="reports", blocks__put_away_at__isnull=True
    )
    return get_object_or_404(spaces, initiative__slug=slug)


def _report(slug: str, number: int) -> Report:
    space = _space_of(slug)
    report = get_object_or_404(Report.objects.for_listing(), space=space, number=number)
    report.space = space
    return report
