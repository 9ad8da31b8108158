"""Answering on the web, one question a screen; no account is asked for, and nothing is lost."""

import secrets
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.kernel.people.actions import Refused
from traboule.kernel.spaces.views.fetching import done
from traboule.ui.throttle import client_address, throttled

from .. import paths
from ..actions import answering
from ..asked import Asked, values_of
from ..forms.answer import AnswerForm, ReceiptForm, SendForm
from ..models import Door, Invitation, Response, Survey
from ..reading import NOTHING, said
from ..rules import can_hold
from .finding import may_begin, reads, survey_of

RECEIPTS, INVITATIONS, DEVICE = "surveys.receipts", "surveys.invitations", "surveys.device"


@login_not_required
@never_cache
@throttled(rate="90/h", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """What the survey is for, and the way in; or on, for who has begun."""
    survey = survey_of(code)
    if survey.is_draft and not can_hold(request.user, survey):
        raise Http404
    mine = own(request, survey)
    if request.method == "POST" and may_begin(request, survey):
        if mine and not _another(request, survey, mine):
            return redirect(on(mine))
        try:
            mine = _begun(request, survey, again=bool(mine))
        except Refused as refused:
            messages.error(request, refused.messages[0])
        else:
            return redirect(on(mine))
    context = {
        **_context(request, survey),
        "mine": mine,
        "may_begin": may_begin(request, survey),
        "invited": _invitation(request, survey),
        "number": survey.questions.count(),
    }
    return render(request, "surveys/begin.html", context)


@login_not_required
@never_cache
@throttled(rate="60/h")
@require_safe
def invited(request: HttpRequest, code: str, invitation: str) -> HttpResponse:
    """The address of an invitation: this browser remembers it, and answers with it."""
    survey = survey_of(code)
    found = get_object_or_404(survey.invitations, code=invitation.upper())
    kept = {**request.session.get(INVITATIONS, {}), survey.code: found.code}
    request.session[INVITATIONS] = kept
    return redirect(survey)


@login_not_required
@never_cache
@throttled(rate="240/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One question; what is answered is kept at once, and the next one comes."""
    survey = survey_of(code)
    if (mine := own(request, survey)) is None:
        return redirect(survey)
    asked, values = Asked(survey), values_of(mine)
    if number not in asked.path(values):
        return redirect(on(mine))
    one, before = asked.by_number[number], asked.before(number, values)
    if request.POST.get("then") == "back":
        return redirect(_at(survey, before) if before else survey)
    form = AnswerForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        question=one,
        choices=asked.choices(one),
        given=values.get(number, NOTHING),
    )
    if form.is_valid() and _kept(mine, form):
        return redirect(_next(request, mine, asked, number))
    context = {
        **_context(request, survey),
        "mine": mine,
        "form": form,
        "question": one,
        "before": before,
        "total": len(asked.questions),
        "reviewing": "relire" in request.GET,
    }
    return render(request, "surveys/question.html", context)


@login_not_required
@never_cache
@throttled(rate="60/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, code: str) -> HttpResponse:
    """Everything that was answered, to read again; then it leaves."""
    survey = survey_of(code)
    if (mine := own(request, survey)) is None:
        return redirect(survey)
    form = SendForm(request.POST if request.method == "POST" else None)
    asked, values = Asked(survey), values_of(mine)
    guest = mine.invitation.person if mine.invitation and mine.is_own else None
    if request.method == "POST" and form.is_valid():
        known_as = guest if form.cleaned_data["known"] else None
        if done(request, answering.finish, response=mine, known_as=known_as, by=mine.typed_by):
            return redirect("surveys:thanks", survey.code)
    lines = [
        (asked.by_number[number], said(values.get(number, NOTHING)))
        for number in asked.path(values)
    ]
    context = {
        **_context(request, survey),
        "mine": mine,
        "form": form,
        "guest": guest,
        "lines": lines,
        "receipt": receipt_of(request, survey),
        "can_change": survey.takes_answers or not mine.is_own,
    }
    return render(request, "surveys/review.html", context)


@login_not_required
@never_cache
@require_safe
def thanks(request: HttpRequest, code: str) -> HttpResponse:
    """It has left; the code to change it or erase it, and what comes next."""
    survey = survey_of(code)
    mine = own(request, survey)
    if mine is None or mine.finished_at is None:
        return redirect(survey)
    context = {
        **_context(request, survey),
        "mine": mine,
        "receipt": receipt_of(request, survey),
    }
    return render(request, "surveys/thanks.html", context)


@login_not_required
@never_cache
@throttled(rate="20/h", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest, code: str) -> HttpResponse:
    """Find one's response again by the code of its receipt, on whatever device."""
    survey = survey_of(code)
    form = ReceiptForm(request.POST or None)
    if form.is_valid():
        receipt = form.cleaned_data["receipt"]
        if found := answering.find(survey, receipt):
            remember(request, survey, receipt)
            return redirect(on(found))
        form.add_error("receipt", _("Aucune réponse n’a ce code ici. Vérifiez les huit signes."))
    context = {**_context(request, survey), "form": form}
    return render(request, "surveys/resume.html", context)


@login_not_required
@throttled(rate="30/h")
@require_POST
def erase(request: HttpRequest, code: str) -> HttpResponse:
    """Take one's response away for good."""
    survey = survey_of(code)
    if mine := own(request, survey):
        answering.erase(response=mine, by=mine.typed_by)
        forget(request, survey)
        messages.success(request, _("Votre réponse est effacée. Rien n’en est gardé."))
    return redirect(survey)


def own(request: HttpRequest, survey: Survey) -> Response | None:
    """The response that this browser began, or found again."""
    found = answering.find(survey, receipt_of(request, survey))
    if found and not found.is_own and found.typed_by != request.user:
        return None
    return found


def receipt_of(request: HttpRequest, survey: Survey) -> str:
    """The code of that response."""
    return str(request.session.get(RECEIPTS, {}).get(survey.code, ""))


def remember(request: HttpRequest, survey: Survey, receipt: str) -> None:
    """Have this browser find a response again."""
    request.session[RECEIPTS] = {**request.session.get(RECEIPTS, {}), survey.code: receipt}


def forget(request: HttpRequest, survey: Survey) -> None:
    """Have this browser begin anew."""
    kept = dict(request.session.get(RECEIPTS, {}))
    kept.pop(survey.code, None)
    request.session[RECEIPTS] = kept


def _begun(request: HttpRequest, survey: Survey, *, again: bool) -> Response:
    """A response of this browser's, begun now. Raises Refused."""
    device = request.session.setdefault(DEVICE, secrets.token_urlsafe(18))
    mine, receipt = answering.begin(
        survey=survey,
        door=Door.WEB,
        source=device,
        address=client_address(request),
        is_again=again,
        invitation=_invitation(request, survey),
    )
    remember(request, survey, receipt)
    kept = dict(request.session.get(INVITATIONS, {}))
    kept.pop(survey.code, None)
    request.session[INVITATIONS] = kept
    return mine


def _another(request: HttpRequest, survey: Survey, mine: Response) -> bool:
    """Whether somebody else wishes to answer on the same device, where that is allowed."""
    if mine.finished_at is None or "another" not in request.POST:
        return False
    return not survey.one_a_device or _invitation(request, survey) is not None


def _invitation(request: HttpRequest, survey: Survey) -> Invitation | None:
    """The invitation by which this browser came, or that whoever is signed in has."""
    kept = request.session.get(INVITATIONS, {}).get(survey.code)
    if kept:
        return survey.invitations.filter(code=kept).select_related("person").first()
    if request.user.is_authenticated:
        return survey.invitations.unused().filter(person=request.user).first()
    return None


def _kept(mine: Response, form: AnswerForm) -> bool:
    """Keep the answer; the form says why it is refused."""
    try:
        answering.put(response=mine, question=form.question, value=form.value)
    except Refused as refused:
        form.add_error(None, refused)
        return False
    return True


def _next(request: HttpRequest, mine: Response, asked: Asked, number: int) -> str:
    """Where one goes on; from the review, back there unless the way has new questions."""
    survey, values = mine.survey, values_of(mine)
    after = asked.after(number, values)
    if after == paths.END or ("relire" in request.GET and not asked.missing(values)):
        return _review(survey)
    return _at(survey, after)


def on(mine: Response) -> str:
    """Where one goes on with a response: its first question without an answer, else the review."""
    if mine.finished_at:
        return _review(mine.survey)
    asked, values = Asked(mine.survey), values_of(mine)
    met = asked.path(values)
    answered = [number for number in met if values.get(number)]
    if not met:
        return _review(mine.survey)
    after = asked.after(answered[-1], values) if answered else met[0]
    return _review(mine.survey) if after == paths.END else _at(mine.survey, after)


def _at(survey: Survey, number: int) -> str:
    return f"{survey.get_absolute_url()}{number}/"


def _review(survey: Survey) -> str:
    return f"{survey.get_absolute_url()}relire/"


def _context(request: HttpRequest, survey: Survey) -> dict[str, Any]:
    """What each of these pages names."""
    space = survey.space
    return {
        "survey": survey,
        "space": space,
        "reads_space": space.initiative.published_at or reads(request, space),
        "can_hold": can_hold(request.user, survey),
    }
