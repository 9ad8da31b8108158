"""What is printed: the round, a receipt, the poster that shows the repair; the round typed back."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from traboule.kernel.people.models import Person
from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.models import Space
from traboule.ui.downloads import paper
from traboule.ui.throttle import throttled

from ..actions import handling as acts
from ..forms import RoundLineForm
from ..models import Report, State
from ..plans import plan_of
from ..printing import documents
from .finding import own_report, seen_report, team_space

MOST_ON_A_ROUND = 60


def _round(space: Space) -> "QuerySet[Report]":
    """What a round goes to see, in the order of the paper."""
    rows: QuerySet[Report] = space.reports.open().filter(hidden_at=None)
    return rows.for_listing().by_due_date()[:MOST_ON_A_ROUND]  # type: ignore[attr-defined]


@never_cache
@require_safe
def round_pdf(request: PersonRequest, slug: str) -> HttpResponse:
    """The round on paper: the plan with its numbers, then each problem with boxes to tick."""
    space = team_space(request, slug)
    return paper(documents.round_list(space, list(_round(space)), plan_of(space)), "tournee")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def type_round(request: PersonRequest, slug: str) -> HttpResponse:
    """Type back what was ticked; a line that is wrong stays, and stops no other."""
    space = team_space(request, slug)
    lines = [(one, _line(request, one)) for one in _round(space)]
    wrong = False
    if request.method == "POST":
        kept = [_keep(report, form, by=request.user) for report, form in lines]
        number, wrong = kept.count("kept"), "wrong" in kept
        said = ngettext("%(n)d ligne notée.", "%(n)d lignes notées.", number) % {"n": number}
        messages.success(request, said)
    if request.method == "POST" and not wrong:
        return redirect("reports:queue", slug)
    shown = [(one, form) for one, form in lines if not form.is_bound or form.errors]
    return render(request, "reports/round.html", {"space": space, "lines": shown or lines})


def _line(request: PersonRequest, report: Report) -> RoundLineForm:
    return RoundLineForm(request.POST or None, prefix=str(report.number))


def _keep(report: Report, form: RoundLineForm, *, by: Person) -> str:
    """What a line says is done: "kept", "wrong", or nothing was ticked."""
    if not form.is_valid():
        return "wrong"
    what, words = form.cleaned_data["what"], form.cleaned_data["words"]
    act: Any = {form.What.REPAIRED: acts.close, form.What.PASSED_ON: acts.pass_on}.get(what)
    if act is None:
        return ""
    try:
        act(report=report, by=by, words=words)
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return "wrong"
    return "kept"


@login_not_required
@never_cache
@throttled(rate="12/m")
@require_safe
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """What whoever reported takes home: the number, the code, whom to call."""
    return paper(documents.receipt(own_report(code)), "recu")


@login_not_required
@never_cache
@throttled(rate="12/m")
@require_safe
def poster(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """« C’est réparé » for the gate: before and after."""
    report = seen_report(request, slug, number)
    if report.state != State.DONE or not report.is_shown:
        raise Http404
    return paper(documents.repaired(report), f"repare-{number}")
