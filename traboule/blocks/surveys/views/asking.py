"""Writing surveys, opening and closing them."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.kernel.people.actions import Refused
from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.rules import can_facilitate
from traboule.kernel.spaces.views.fetching import done

from .. import results as counting
from .. import suspects
from ..actions import asking, holding
from ..asked import Asked
from ..forms.asking import QuestionForm, SurveyForm, WaysForm
from ..models import Question, Survey
from .finding import facilitated_space, held_survey, reads, space_of

SAID = {
    Survey.State.OPEN: gettext_lazy("L’enquête est ouverte : on peut répondre."),
    Survey.State.CLOSED: gettext_lazy("L’enquête est close."),
    Survey.State.DRAFT: gettext_lazy("L’enquête est de nouveau en préparation."),
}
MOST_LISTED = 100


@login_not_required
@never_cache
@require_safe
def surveys(request: HttpRequest, slug: str) -> HttpResponse:
    """The surveys of a space: those to answer, those with results, and for the team all."""
    space = space_of(slug)
    facilitates = can_facilitate(request.user, space)
    listed = space.surveys.for_listing()
    if not facilitates:
        listed = listed.exclude(state=Survey.State.DRAFT).exclude(who=Survey.Who.INVITED)
    if not reads(request, space):
        listed = listed.filter(who=Survey.Who.ANYONE)
    context = {"space": space, "facilitates": facilitates, "surveys": listed[:MOST_LISTED]}
    return render(request, "surveys/surveys.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_survey(request: PersonRequest, slug: str) -> HttpResponse:
    """What it is about and for whom; the questions come next."""
    space = facilitated_space(request, slug)
    form = SurveyForm(request.POST or None)
    if form.is_valid():
        try:
            made = asking.create_survey(space=space, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused)
        else:
            return redirect("surveys:survey", slug, made.code)
    context = {"space": space, "survey": None, "form": form}
    return render(request, "surveys/survey_form.html", context)


@never_cache
@require_safe
def survey(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """The survey as the team holds it: its questions, its doors, its state."""
    found = held_survey(request, slug, code)
    asked = Asked(found)
    context = {
        "survey": found,
        "space": found.space,
        "questions": [(one, asked.choices(one)) for one in asked.questions],
        "number": found.responses.counted().count(),
        "has_begun": found.responses.exists(),
        "odd": len(suspects.of(found)),
        "waiting": counting.waiting_texts(found),
        "sms_number": settings.SMS_NUMBER,
    }
    return render(request, "surveys/survey.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change_survey(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """Change its words, its dates, and who sees what comes out."""
    found = held_survey(request, slug, code)
    form = SurveyForm(request.POST or None, instance=held_survey(request, slug, code))
    if form.is_valid():
        said = _("C’est changé.")
        act = {"survey": found, "by": request.user, **form.cleaned_data}
        if done(request, asking.change_survey, said, **act):
            return redirect("surveys:survey", slug, code)
    context = {"space": found.space, "survey": found, "form": form}
    return render(request, "surveys/survey_form.html", context)


@require_POST
def move(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """Open, close, open again, or take back to preparation."""
    found = held_survey(request, slug, code)
    to = request.POST.get("to", "")
    said = str(SAID[Survey.State(to)]) if to in Survey.State.values else ""
    done(request, holding.move, said, survey=found, to=to, by=request.user)
    return redirect("surveys:survey", slug, code)


@require_POST
def copy(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """The same questions again, to be changed."""
    found = held_survey(request, slug, code)
    try:
        made = asking.copy_survey(survey=found, by=request.user)
    except Refused as refused:
        messages.error(request, refused.messages[0])
        return redirect("surveys:survey", slug, code)
    messages.success(request, _("Voici la copie, en préparation, sans aucune réponse."))
    return redirect("surveys:survey", slug, made.code)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add_question(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """Ask one more thing."""
    found = held_survey(request, slug, code)
    form = QuestionForm(request.POST or None)
    if form.is_valid():
        said = _("La question est ajoutée.")
        act = {"survey": found, "choices": form.texts, "by": request.user, **_fields(form)}
        if done(request, asking.add_question, said, **act):
            again = "another" in request.POST
            return redirect(f"surveys:{'add-question' if again else 'survey'}", slug, code)
    context = {"survey": found, "space": found.space, "form": form, "question": None}
    return render(request, "surveys/question_form.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change_question(request: PersonRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Change a question, or once it is open correct its wording."""
    found = held_survey(request, slug, code)
    question = _question(found, pk)
    form = QuestionForm(request.POST or None, instance=_question(found, pk))
    if form.is_valid():
        said = _("La question est changée.")
        act = {"question": question, "choices": form.texts, "by": request.user, **_fields(form)}
        if done(request, asking.change_question, said, **act):
            return redirect("surveys:survey", slug, code)
    context = {"survey": found, "space": found.space, "form": form, "question": question}
    return render(request, "surveys/question_form.html", context)


@require_POST
def move_question(request: PersonRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Exchange a question with its neighbour."""
    found = held_survey(request, slug, code)
    up = "up" in request.POST
    try:
        dropped = asking.move_question(question=_question(found, pk), up=up, by=request.user)
    except Refused as refused:
        messages.error(request, refused.messages[0])
        dropped = 0
    if dropped:
        said = ngettext(
            "%(n)s suite menait en arrière : elle est retirée.",
            "%(n)s suites menaient en arrière : elles sont retirées.",
            dropped,
        )
        messages.warning(request, said % {"n": dropped})
    return redirect("surveys:survey", slug, code)


@require_POST
def remove_question(request: PersonRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Ask one thing less."""
    found = held_survey(request, slug, code)
    said = _("La question est retirée.")
    done(request, asking.remove_question, said, question=_question(found, pk), by=request.user)
    return redirect("surveys:survey", slug, code)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ways(request: PersonRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Where each choice leads: the next question, a later one, or the end."""
    found = held_survey(request, slug, code)
    question = _question(found, pk)
    form = WaysForm(request.POST if request.method == "POST" else None, question=question)
    if form.is_valid():
        said = _("Les suites sont notées.")
        if done(request, asking.set_ways, said, question=question, ways=form.ways,
                by=request.user):  # fmt: skip
            return redirect("surveys:survey", slug, code)
    context = {"survey": found, "space": found.space, "form": form, "question": question}
    return render(request, "surveys/ways.html", context)


def _question(survey: Survey, pk: int) -> Question:
    return get_object_or_404(survey.questions.select_related("survey__space"), pk=pk)


def _fields(form: QuestionForm) -> dict[str, object]:
    return {name: given for name, given in form.cleaned_data.items() if name != "choices"}
