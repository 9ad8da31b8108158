"""Reading what was reported in a space: the list, the plan, one problem before and after."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space

from ..models import Report
from ..plans import plan_of, point_of, with_reports
from ..rules import can_reopen, can_see_to
from .finding import seen_report, visited_space

MOST_OPEN = 200
PAGE_SIZE = 20


@login_not_required
@never_cache
@require_safe
def reports(request: HttpRequest, slug: str) -> HttpResponse:
    """What is to be repaired, then what was, before and after side by side."""
    space = visited_space(request, slug)
    closed = _closed(space, request.GET.get("apres", ""))
    opened = space.reports.shown().open().for_listing().by_due_date()[:MOST_OPEN]
    context = {
        "space": space,
        "open": [] if "apres" in request.GET else opened,
        "closed": closed[:PAGE_SIZE],
        "next": _next(space, closed),
        "sees_to": can_see_to(request.user, space),
        "plan": plan_of(space),
    }
    return render(request, "reports/reports.html", context)


def _closed(space: Space, after: str) -> list[Report]:
    """One more than a page of what is settled, after the report of that number."""
    rows = space.reports.shown().closed()
    number = int(after) if after.isdecimal() and len(after) < 9 else 0
    if last := rows.filter(number=number).first():
        older = Q(closed_at__lt=last.closed_at)
        rows = rows.filter(older | Q(closed_at=last.closed_at, pk__lt=last.pk))
    return list(rows.for_listing()[: PAGE_SIZE + 1])


def _next(space: Space, closed: list[Report]) -> str:
    if len(closed) <= PAGE_SIZE:
        return ""
    here = reverse("reports:reports", args=[space.slug])
    return f"{here}?apres={closed[PAGE_SIZE - 1].number}"


@login_not_required
@never_cache
@require_safe
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """The plan with a numbered pin for each open problem, and the list that says the same."""
    space = visited_space(request, slug)
    drawn = plan_of(space)
    if drawn is None:
        raise Http404
    opened = list(space.reports.shown().open().for_listing().by_due_date()[:MOST_OPEN])
    context = {
        "space": space,
        "plan": with_reports(drawn, opened),
        "placed": [one for one in opened if point_of(one)[0] is not None],
        "elsewhere": [one for one in opened if point_of(one)[0] is None],
    }
    return render(request, "reports/plan.html", context)


@login_not_required
@never_cache
@require_safe
def report(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One problem: its photos, where it is, what becomes of it."""
    found = seen_report(request, slug, number)
    context = {"report": found, "space": found.space} | around(request, found)
    return render(request, "reports/report.html", context)


def around(request: HttpRequest, report: Report) -> dict[str, Any]:
    """Where it is on the plan, whether one follows it, and whom the team has to call."""
    sees_to = can_see_to(request.user, report.space)
    person = request.user if isinstance(request.user, Person) else None
    plan = plan_of(report.space)
    return {
        "plan": with_reports(plan, [report]) if plan else None,
        "sees_to": sees_to,
        "follows": bool(person and report.follows.filter(person=person).exists()),
        "may_reopen": not report.is_open and can_reopen(request.user, report),
        "to_call": report.follows.exclude(reach="").order_by("pk") if sees_to else [],
    }
