"""What came out of a survey: for the team, for everyone once shown, as a table and on paper."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.views.fetching import done
from traboule.ui.downloads import paper

from .. import results as counting
from .. import suspects, tables
from ..actions import holding
from ..asked import value_of
from ..forms.asking import BecauseForm
from ..models import Answer, Response, Survey
from ..printing import documents
from ..reading import said as in_words
from ..rules import can_hold, can_read_results
from .finding import held_survey, reads, survey_of

MOST_LISTED = 200


@login_not_required
@never_cache
@require_safe
def results(request: HttpRequest, code: str) -> HttpResponse:
    """How many answered what; by one door only, for the team."""
    survey = survey_of(code)
    if not can_read_results(request.user, survey):
        raise Http404
    holds = can_hold(request.user, survey)
    door = request.GET.get("porte", "") if holds else ""
    context = {
        "survey": survey,
        "space": survey.space,
        "results": counting.of(survey, door=door),
        "door": door,
        "can_hold": holds,
        "reads_space": survey.space.initiative.published_at or reads(request, survey.space),
    }
    return render(request, "surveys/results.html", context)


@login_not_required
@require_safe
def results_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The same on paper."""
    survey = survey_of(code)
    if not can_read_results(request.user, survey):
        raise Http404
    content = documents.results(counting.of(survey), can_hold(request.user, survey))
    return paper(content, _("résultats"), survey.title)


@require_safe
def as_csv(request: PersonRequest, slug: str, code: str) -> StreamingHttpResponse:
    """Every response as a table, for the team."""
    return tables.as_csv(held_survey(request, slug, code))


@never_cache
@require_safe
def responses(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """What to look at: odd responses, those set aside, and the last ones."""
    survey = held_survey(request, slug, code)
    sent = survey.responses.finished().select_related("typed_by", "aside_by")
    context = {
        "survey": survey,
        "space": survey.space,
        "odd": suspects.of(survey),
        "aside": list(sent.filter(aside_at__isnull=False).order_by("-aside_at", "-pk")),
        "last": list(sent.filter(aside_at=None).order_by("-finished_at", "-pk")[:MOST_LISTED]),
    }
    return render(request, "surveys/responses.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def put_aside(request: PersonRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Leave a response out of the results, and say why."""
    survey = held_survey(request, slug, code)
    response = _response(survey, pk)
    form = BecauseForm(request.POST or None)
    if form.is_valid():
        said = _("La réponse est mise de côté : elle est gardée, et ne compte plus.")
        act = {"response": response, "because": form.cleaned_data["because"], "by": request.user}
        if done(request, holding.put_aside, said, **act):
            return redirect("surveys:responses", slug, code)
    context = {"survey": survey, "space": survey.space, "form": form, "given": _lines(response)}
    return render(request, "surveys/put_aside.html", context)


@require_POST
def put_back(request: PersonRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Count a response again."""
    survey = held_survey(request, slug, code)
    said = _("La réponse compte à nouveau.")
    done(request, holding.put_back, said, response=_response(survey, pk), by=request.user)
    return redirect("surveys:responses", slug, code)


@require_POST
def find_right(request: PersonRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Say of an odd response that it is a good one."""
    survey = held_survey(request, slug, code)
    said = _("C’est noté : cette réponse est bonne.")
    done(request, holding.find_right, said, response=_response(survey, pk), by=request.user)
    return redirect("surveys:responses", slug, code)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def texts(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """Written answers to read before everyone does: each is shown, or hidden with a reason."""
    survey = held_survey(request, slug, code)
    written = Answer.objects.filter(
        question__survey=survey, response__in=survey.responses.counted()
    )
    written = written.exclude(text="", file=None).select_related("question", "file")
    if request.method == "POST":
        _moderated(request, get_object_or_404(written, pk=_key(request)))
        return redirect("surveys:texts", slug, code)
    in_order = written.order_by("question__number", "pk")
    context = {
        "survey": survey,
        "space": survey.space,
        "waiting": list(in_order.filter(moderation=Answer.Moderation.WAITING)[:MOST_LISTED]),
        "hidden": list(in_order.filter(moderation=Answer.Moderation.HIDDEN)[:MOST_LISTED]),
        "shown": list(in_order.filter(moderation=Answer.Moderation.SHOWN)[:MOST_LISTED]),
    }
    return render(request, "surveys/texts.html", context)


def _moderated(request: PersonRequest, answer: Answer) -> None:
    if "summary" in request.POST and answer.file:
        said = _("Ce que dit l’enregistrement est noté.")
        summary = request.POST["summary"]
        done(request, holding.summarise, said, answer=answer, summary=summary, by=request.user)
        return
    shown = "show" in request.POST
    said = _("La réponse est montrée.") if shown else _("La réponse est cachée.")
    because = request.POST.get("because", "")
    act = {"answer": answer, "shown": shown, "because": because, "by": request.user}
    done(request, holding.moderate, said, **act)


def _key(request: PersonRequest) -> int:
    given = request.POST.get("answer", "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 12 else 0


def _response(survey: Survey, pk: int) -> Response:
    return get_object_or_404(survey.responses.finished(), pk=pk)


def _lines(response: Response) -> list[tuple[Any, str]]:
    """What a response says, to decide on it."""
    rows = response.answers.select_related("question").prefetch_related("choices")
    return [(row.question, in_words(value_of(row))) for row in rows.order_by("question__number")]
