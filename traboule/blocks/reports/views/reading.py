"""Reading what was reported in a space: the list, the plan, one problem before and after."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from traboule.kernel.people.models import Person
from traboule.kernel.spaces.views.fetching import last_read

from ..models import Report
from ..models.report import ReportQuerySet
from ..plans import plan_of, point_of, with_reports
from ..rules import can_reopen, can_see_to
from .finding import a_page, seen_report, visited_space

MOST_ON_THE_PLAN = 200


@login_not_required
@never_cache
@require_safe
def reports(request: HttpRequest, slug: str) -> HttpResponse:
    """What is to be repaired, then what was, before and after side by side.

    The page that follows an open problem goes on with open ones, and with settled ones otherwise.
    """
    space = visited_space(request, slug)
    shown: ReportQuerySet = space.reports.shown()
    last = last_read(request, shown, "number")
    opened = shown.none() if last and not last.is_open else shown.open().by_due_date(after=last)
    closed = shown.none() if last and last.is_open else shown.closed(after=last)
    context = {
        "space": space,
        "open": a_page(opened),
        "closed": a_page(closed),
        "sees_to": can_see_to(request.user, space),
        "plan": plan_of(space),
    }
    return render(request, "reports/reports.html", context)


@login_not_required
@never_cache
@require_safe
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """The plan with a numbered pin for each open problem, and the list that says the same."""
    space = visited_space(request, slug)
    drawn = plan_of(space)
    if drawn is None:
        raise Http404
    opened = list(space.reports.shown().open().for_listing().by_due_date()[:MOST_ON_THE_PLAN])
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
