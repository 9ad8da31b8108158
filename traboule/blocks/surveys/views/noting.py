"""Noting what others answer: face to face, on the telephone, and from sheets of paper."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.kernel.people.actions import Refused
from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces import audiences
from traboule.kernel.spaces.views.fetching import done
from traboule.ui.downloads import paper

from .. import inviting, texting
from ..actions import answering, sheets
from ..asked import Asked
from ..forms.answer import InterviewForm
from ..forms.asking import AudienceForm, SlipsForm
from ..forms.paper import PileForm, SheetForm
from ..models import Door, Invitation, Survey
from ..printing import documents
from .answering import forget, on, remember
from .finding import held_survey

PILE = "surveys.pile"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def interview(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """The sentences to read first; then the questions come one by one, to be read aloud."""
    survey = held_survey(request, slug, code)
    form = InterviewForm(request.POST or None, initial={"door": Door.INTERVIEW})
    if form.is_valid():
        try:
            response, receipt = answering.begin(
                survey=survey, door=Door(form.cleaned_data["door"]), by=request.user,
                invitation=_named(survey, form.cleaned_data["code"]),
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, refused)
        else:
            remember(request, survey, receipt)
            return redirect(on(response))
    context = {"survey": survey, "space": survey.space, "form": form, **_asks_code(survey)}
    return render(request, "surveys/interview.html", context)


@require_POST
def interview_done(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """Leave one interview; the next one begins."""
    survey = held_survey(request, slug, code)
    forget(request, survey)
    return redirect("surveys:interview", slug, code)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pile(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """Which pile of sheets; one that was begun before says so, so that none is typed twice."""
    survey = held_survey(request, slug, code)
    known = {one.label: one for one in sheets.piles(survey)}
    form = PileForm(request.POST or None, survey=survey)
    again = None
    if form.is_valid():
        label = form.cleaned_data["batch"]
        again = known.get(label) if "go_on" not in request.POST else None
        if again is None:
            request.session[PILE] = {**request.session.get(PILE, {}), survey.code: label}
            return redirect("surveys:sheet", slug, code)
    context = {
        "survey": survey,
        "space": survey.space,
        "form": form,
        "again": again,
        "piles": list(known.values()),
    }
    return render(request, "surveys/pile.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """One sheet, a line of digits; the next one follows."""
    survey = held_survey(request, slug, code)
    label = request.session.get(PILE, {}).get(survey.code)
    if label is None:
        return redirect("surveys:pile", slug, code)
    asked = Asked(survey)
    typed = next((one for one in sheets.piles(survey) if one.label == label), None)
    initial = {"sheet": typed.last + 1 if typed else 1}
    form = SheetForm(request.POST or None, asked=asked, initial=initial)
    if form.is_valid() and _typed(request, asked, label, form):
        return redirect("surveys:sheet", slug, code)
    context = {
        "survey": survey,
        "space": survey.space,
        "form": form,
        "label": label,
        "typed": typed.number if typed else 0,
        **_asks_code(survey),
    }
    return render(request, "surveys/sheet.html", context)


@require_safe
def paper_form(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """The form to fill in with a pen."""
    survey = held_survey(request, slug, code)
    return paper(documents.paper_form(Asked(survey)), _("enquête"), survey.title)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """Ask a group of people: which, then what it costs, then it leaves."""
    survey = held_survey(request, slug, code)
    form = AudienceForm(request.POST or None, groups=audiences.of(survey.space))
    people = None
    if form.is_valid():
        people = inviting.not_invited(survey, form.chosen, by=request.user)
        if people and "send" in request.POST:
            said = _("Les invitations partent. Les réponses arrivent ici.")
            if done(request, inviting.invite, said, survey=survey, people=people,
                    by=request.user):  # fmt: skip
                return redirect("surveys:survey", slug, code)
    context = {
        "survey": survey,
        "space": survey.space,
        "form": form,
        "people": people,
        "audience": form.chosen if form.is_valid() else None,
        "forecast": inviting.cost_of_inviting(survey, people) if people else None,
        "replies": texting.forecast_of_replies(Asked(survey)) if people else "",
    }
    return render(request, "surveys/send.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def slips(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """Codes that answer once, to print, cut out and hand out."""
    survey = held_survey(request, slug, code)
    form = SlipsForm(request.POST or None)
    if form.is_valid():
        number = form.cleaned_data["number"]
        try:
            made = inviting.make_slips(survey=survey, number=number, by=request.user)
        except Refused as refused:
            form.add_error(None, refused)
        else:
            return paper(documents.slips(survey, made), _("codes"), survey.title)
    context = {"survey": survey, "space": survey.space, "form": form}
    return render(request, "surveys/slips.html", context)


def _typed(request: PersonRequest, asked: Asked, label: str, form: SheetForm) -> bool:
    """Keep a sheet; the form says why it is refused."""
    number = form.cleaned_data["sheet"]
    try:
        sheets.type_sheet(
            asked=asked, batch=label, sheet=number, values=form.values, by=request.user,
            invitation=_named(asked.survey, form.cleaned_data["code"]),
        )  # fmt: skip
    except Refused as refused:
        form.add_error(None, refused)
        return False
    messages.success(request, _("Feuille %(number)s notée. À la suivante !") % {"number": number})
    return True


def _named(survey: Survey, code: str) -> Invitation | None:
    """The invitation of that code, as it stands on a slip or a sheet."""
    signs = "".join(sign for sign in code.upper() if sign.isalnum())
    return survey.invitations.filter(code=signs).first() if signs else None


def _asks_code(survey: Survey) -> dict[str, Any]:
    return {"asks_code": survey.who == Survey.Who.INVITED}
