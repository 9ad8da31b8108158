"""What the team does with problems: the queue, taking, planning, closing on the spot."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.views.fetching import done, last_read

from ..actions import handling as acts
from ..forms import CloseForm, PassOnForm, TakeForm
from ..models.report import ReportQuerySet
from ..plans import plan_of
from .finding import a_page, held_report, team_space


@never_cache
@require_safe
def queue(request: PersonRequest, slug: str) -> HttpResponse:
    """What waits for the team, the most pressing first; one may see only one's own."""
    space = team_space(request, slug)
    is_mine = request.GET.get("pour") == "moi"
    rows: ReportQuerySet = space.reports.open().filter(hidden_at=None)
    rows = rows.filter(owner=request.user) if is_mine else rows
    filters = {"pour": "moi"} if is_mine else {}
    context = {
        "space": space,
        "page": a_page(rows.by_due_date(after=last_read(request, rows, "number")), **filters),
        "is_mine": is_mine,
        "plan": plan_of(space),
    }
    return render(request, "reports/queue.html", context)


@require_POST
def look(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """Have readers see what a stranger sent."""
    report = held_report(request, slug, number)
    said = _("Le signalement est visible de tout le monde.")
    done(request, acts.look, said, report=report, by=request.user)
    return redirect(report)


@require_POST
def take(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """Take the problem in hand, for its usual day."""
    report = held_report(request, slug, number)
    said = _("C’est à vous. Les personnes qui suivent ce problème le savent.")
    done(request, acts.take, said, report=report, by=request.user)
    return redirect(report)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """Choose who sees to it, and for which day."""
    report = held_report(request, slug, number)
    usual = {"due_on": report.due_on, "owner": report.owner or request.user}
    form = TakeForm(request.POST or None, report=report, initial=usual)
    if form.is_valid() and done(
        request, acts.take, _("C’est prévu."), report=report, by=request.user, **form.cleaned_data
    ):
        return redirect(report)
    context = {"space": report.space, "report": report, "form": form}
    return render(request, "reports/plan_report.html", context)


@require_POST
def give_back(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """Leave it to someone else."""
    report = held_report(request, slug, number)
    said = _("C’est noté : quelqu’un d’autre peut s’en occuper.")
    done(request, acts.give_back, said, report=report, by=request.user)
    return redirect(report)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """It is repaired: the photo taken on the spot, a few words, sent."""
    report = held_report(request, slug, number)
    form = CloseForm(request.POST or None, request.FILES or None)
    if form.is_valid() and done(
        request, acts.close, _("C’est réparé ! Les personnes qui suivent ce problème le savent."),
        report=report, by=request.user, **form.cleaned_data,
    ):  # fmt: skip
        return redirect(report)
    context = {"space": report.space, "report": report, "form": form}
    return render(request, "reports/close.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pass_on(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """It is not for the team: who was told."""
    report = held_report(request, slug, number)
    form = PassOnForm(request.POST or None)
    if form.is_valid() and done(
        request, acts.pass_on, _("C’est noté, et dit aux personnes qui suivent ce problème."),
        report=report, by=request.user, **form.cleaned_data,
    ):  # fmt: skip
        return redirect(report)
    context = {"space": report.space, "report": report, "form": form}
    return render(request, "reports/pass_on.html", context)


@require_POST
def note_call(request: PersonRequest, slug: str, number: int, pk: int) -> HttpResponse:
    """Someone who had left a number was called."""
    report = held_report(request, slug, number)
    follow = get_object_or_404(report.follows, pk=pk)
    done(request, acts.note_call, _("L’appel est noté."), follow=follow, by=request.user)
    return redirect(report)
