"""Date polls for those who asked: who answered, typing answers in, choosing the date."""

from itertools import cycle
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.rules import can_facilitate
from traboule.kernel.spaces.views.fetching import done
from traboule.ui.downloads import paper

from ..actions import polls
from ..asking import ask_dates, cost_of_asking, cost_of_inviting, not_asked_yet
from ..callers import named
from ..forms.grid import GridForm, GridLine
from ..forms.poll import ChooseDateForm, CorrectAnswerForm, TypedAnswerForm
from ..forms.signup import InviteForm
from ..models import DatePoll, PollAnswer, PollDate, Via
from ..printing import documents
from .polls import poll_of


@never_cache
@require_safe
def poll_results(request: PersonRequest, code: str) -> HttpResponse:
    """Who answered what, for those who asked; with the ways to have others answer."""
    found = _held_poll(request, code)
    order = {date.pk: rank for rank, date in enumerate(_dates(found))}
    answers = found.answers.select_related("person", "by").prefetch_related("votes").order_by("pk")
    context = {
        "poll": found,
        "space": found.space,
        "tally": polls.tally(found),
        "rows": [(one, sorted(one.votes.all(), key=lambda v: order[v.date_id])) for one in answers],
        "unknown": polls.unknown_in(found),
        "sms_number": settings.SMS_NUMBER,
    }
    return render(request, "agenda/poll_results.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def type_answer(request: PersonRequest, code: str) -> HttpResponse:
    """Type in what someone said on the phone or ticked on paper; the next one follows."""
    found = _held_poll(request, code)
    form = TypedAnswerForm(request.POST or None, dates=_dates(found))
    via = Via.PAPER if request.POST.get("via") == Via.PAPER else Via.PHONE
    if form.is_valid():
        try:
            said = _noted(found, form.cleaned_data["name"], form.votes, via=via, by=request.user)
        except Refused as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, said)
            return redirect("agenda:poll-type", found.code)
    context = {"poll": found, "form": form, "space": found.space, "people": found.space.roll()}
    return render(request, "agenda/poll_type.html", context)


def _noted(poll: DatePoll, name: str, votes: dict[int, str], *, via: Via, by: Person) -> str:
    """Keep an answer, as that of the one person of the space with that name; what to say of it."""
    person = named(poll.space, name)
    again = person is not None and poll.answers.filter(person=person).exists()
    polls.answer(poll=poll, name=name, votes=votes, via=via, person=person, by=by)
    if again:
        return _("%(name)s avait déjà répondu : sa réponse est changée.") % {"name": person}
    if person:
        return _("Réponse de %(name)s notée : la date choisie lui sera dite.") % {"name": person}
    return _("Réponse de %(name)s notée.") % {"name": name}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def copy_grid(request: PersonRequest, code: str) -> HttpResponse:
    """Type in a whole grid, one person a line; what is wrong stays to correct."""
    found = _held_poll(request, code)
    dates = _dates(found)
    form = GridForm(request.POST or None, dates=dates)
    left: list[GridLine] = []
    if form.is_valid():
        lines = form.read()
        left = [line for line in lines if not _line_noted(request, found, line)]
        if number := len(lines) - len(left):
            said = ngettext("%(n)s réponse notée.", "%(n)s réponses notées.", number)
            messages.success(request, said % {"n": number})
        if not left:
            return redirect("agenda:poll-results", found.code)
        form = GridForm(initial={"lines": "\n".join(line.text for line in left)}, dates=dates)
    context = {
        "poll": found,
        "space": found.space,
        "form": form,
        "dates": dates,
        "left": left,
        "example": "\u00a0".join(mark for mark, _date in zip(cycle("OSN"), dates, strict=False)),
    }
    return render(request, "agenda/poll_copy.html", context)


def _line_noted(request: PersonRequest, poll: DatePoll, line: GridLine) -> bool:
    """Keep the answer of a line; what is wrong with it stays on it."""
    if line.mistake:
        return False
    if named(poll.space, line.name) is None and poll.answers.filter(name=line.name).exists():
        line.mistake = _(
            "%(name)s a déjà une réponse. Si c’est quelqu’un d’autre, ajoutez une initiale ; "
            "sinon, corrigez sa réponse."
        ) % {"name": line.name}
        return False
    try:
        _noted(poll, line.name, line.votes, via=Via.PAPER, by=request.user)
    except Refused as refused:
        line.mistake = refused.messages[0]
        return False
    return True


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def correct_answer(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """Correct what someone answered, or say who they are."""
    found = _held_poll(request, code)
    given = _answer(found, pk)
    form = CorrectAnswerForm(
        request.POST or None, space=found.space, dates=_dates(found), given=given
    )
    if form.is_valid():
        act = {"given": given, "name": form.cleaned_data["name"], "votes": form.votes}
        said = _("La réponse est corrigée.")
        if done(request, polls.correct, said, person=form.who, by=request.user, **act):
            return redirect("agenda:poll-results", found.code)
    context = {"poll": found, "space": found.space, "form": form, "given": given}
    return render(request, "agenda/poll_answer.html", context)


@require_POST
def remove_answer(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """Take an answer out of the tally."""
    found = _held_poll(request, code)
    given = _answer(found, pk)
    polls.remove(given=given, by=request.user)
    said = _("La réponse de %(name)s est retirée.") % {"name": given.name}
    messages.success(request, said)
    return redirect("agenda:poll-results", found.code)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose_date(request: PersonRequest, code: str, pk: int) -> HttpResponse:
    """The chosen date becomes the event; before that, what telling everyone costs."""
    found = _held_poll(request, code)
    date: PollDate = get_object_or_404(found.dates, pk=pk)
    form = ChooseDateForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        what = {"poll": found, "date": date, "is_public": not form.cleaned_data["members_only"]}
        said = _("La date est choisie. Celles et ceux qui ont répondu sont invités.")
        if done(request, polls.choose, said, by=request.user, **what):
            return redirect("agenda:poll-results", found.code)
    people = list(polls.known_in(found))
    context = {
        "poll": found,
        "space": found.space,
        "date": date,
        "form": form,
        "people": people,
        "forecast": cost_of_inviting(found, date, people),
        "unknown": polls.unknown_in(found),
    }
    return render(request, "agenda/poll_choose.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def send_poll(request: PersonRequest, code: str) -> HttpResponse:
    """Ask people of the space: whom, then what it costs, then it leaves."""
    found = _held_poll(request, code)
    people = not_asked_yet(found, by=request.user)
    form = InviteForm(request.POST or None, people=people)
    chosen = form.chosen if form.is_valid() else []
    if chosen and "send" in request.POST:
        said = _("La question part. Les réponses arrivent ici.")
        if done(request, ask_dates, said, poll=found, people=chosen, by=request.user):
            return redirect("agenda:poll-results", found.code)
    context = {
        "poll": found,
        "space": found.space,
        "people": people,
        "form": form,
        "chosen": chosen,
        "forecast": cost_of_asking(found, chosen) if chosen else None,
    }
    return render(request, "agenda/poll_send.html", context)


@require_POST
def close_poll(request: PersonRequest, code: str) -> HttpResponse:
    """Take no more answers from residents."""
    found = _held_poll(request, code)
    said = _("Les réponses sont closes. Vous pouvez encore en noter, puis choisir.")
    done(request, polls.close, said, poll=found, by=request.user)
    return redirect("agenda:poll-results", found.code)


@require_POST
def reopen_poll(request: PersonRequest, code: str) -> HttpResponse:
    """Take answers again."""
    found = _held_poll(request, code)
    said = _("On peut à nouveau répondre.")
    done(request, polls.reopen, said, poll=found, by=request.user)
    return redirect("agenda:poll-results", found.code)


@require_safe
def poll_grid(request: PersonRequest, code: str) -> HttpResponse:
    """The grid to fill in with a pen."""
    found = _held_poll(request, code)
    return paper(documents.poll_grid(found), _("sondage"), found.title)


def _held_poll(request: HttpRequest, code: str) -> DatePoll:
    found = poll_of(code)
    if not can_facilitate(request.user, found.space):
        raise PermissionDenied
    return found


def _answer(found: DatePoll, pk: int) -> PollAnswer:
    answers: Any = found.answers.select_related("person")
    return get_object_or_404(answers, pk=pk)


def _dates(found: DatePoll) -> list[PollDate]:
    return list(found.dates.order_by("starts_at", "pk"))
