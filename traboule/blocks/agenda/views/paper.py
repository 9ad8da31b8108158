"""A paper sign-up sheet typed in: read, checked line by line, then signed up."""

import secrets
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from traboule.kernel.notices.choosing import Way
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.people.requests import PersonRequest
from traboule.ui.throttle import throttled

from ..actions.for_others import enrol_for, enrol_new, sign_up_for, sign_up_new
from ..answers import said, said_of_series
from ..attendance import REACHES
from ..callers import shown
from ..forms.paper import Line, PaperForm
from ..models import Event, Via
from .finding import held_event

KEY = "agenda.paper"
"""In the session: the last sheet, and whom its lines made, so that sent twice it counts once."""


@dataclass(frozen=True)
class Outcome:
    """What became of a line."""

    line: Line
    said: str
    done: bool


@never_cache
@throttled(rate="20/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def paper_list(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Type the sheet, see what was understood, sign everyone up; what is wrong stays to correct."""
    event = held_event(request.user, slug, pk)
    form = PaperForm(request.POST or None, event=event)
    context: dict[str, Any] = {"event": event, "space": event.space, "form": form}
    if not event.takes_people or not form.is_valid() or "edit" in request.POST:
        return render(request, "agenda/paper_type.html", context)
    lines = form.read(by=request.user)
    if "sign_up" not in request.POST:
        return render(request, "agenda/paper_check.html", context | _checked(lines, event))
    return render(request, "agenda/paper_done.html", context | _signed_up(request, form, lines))


def _checked(lines: list[Line], event: Event) -> dict[str, Any]:
    """Each line, those it may speak of, and how whoever is new would be told."""
    known = shown((one for line in lines for one in line.lookalikes), event)
    return {
        "rows": [
            (line, [known[one.pk] for one in line.lookalikes], _reach_of_new(line))
            for line in lines
        ],
        "ready": sum(not line.mistake for line in lines),
        "wrong": sum(bool(line.mistake) for line in lines),
        "sheet": secrets.token_urlsafe(8),
    }


def _reach_of_new(line: Line) -> Any:
    """How someone new is told: a number is called; an e-mail not yet proven reaches nobody."""
    by_phone = line.address and "@" not in line.address
    return REACHES[Way.CALL if by_phone else Way.WEB]


def _signed_up(request: PersonRequest, form: PaperForm, lines: list[Line]) -> dict[str, Any]:
    """Sign up whoever is settled; a line that is refused stops no other."""
    sheet = form.cleaned_data["sheet"]
    kept = request.session.get(KEY, {})
    made: dict[str, int] = kept.get("made", {}) if sheet and kept.get("sheet") == sheet else {}
    taken: dict[int, int] = {}
    settled = [line for line in lines if line.is_settled or line.question in made]
    outcomes = [_sign_up(request, form, line, made, taken) for line in settled]
    request.session[KEY] = {"sheet": sheet, "made": made}
    refused = {outcome.line.number: outcome.said for outcome in outcomes if not outcome.done}
    left = [line for line in lines if line not in settled or line.number in refused]
    for line in left:
        line.mistake = (
            line.mistake or refused.get(line.number) or _("Dites si c’est la même personne.")
        )
    text = "\n".join(line.text for line in left)
    return {
        "outcomes": [outcome for outcome in outcomes if outcome.done],
        "left": left,
        "again": PaperForm(initial={"lines": text, "whole": bool(form.series)}, event=form.event),
    }


def _sign_up(
    request: PersonRequest,
    form: PaperForm,
    line: Line,
    made: dict[str, int],
    taken: dict[int, int],
) -> Outcome:
    """Sign up the person of a line, known or new, unless another line of the sheet speaks of them.

    ``made`` remembers whom each question made; ``taken``, which line spoke of whom.
    """
    person = Person.objects.filter(pk=made.get(line.question, 0)).first() or line.person
    if person and (first := taken.setdefault(person.pk, line.number)) != line.number:
        return Outcome(line, _("C’est la même personne qu’à la ligne %(n)s.") % {"n": first}, False)
    try:
        who, told = _act(form, line, person, by=request.user)
    except Refused as refused:
        return Outcome(line, refused.messages[0], done=False)
    if person is None:
        made[line.question] = who.pk
    return Outcome(line, told, done=True)


def _act(form: PaperForm, line: Line, person: Person | None, *, by: Person) -> tuple[Person, str]:
    """Give a seat, or a seat in every session; who has it, and what to say of it."""
    who: dict[str, Any] = {"by": by, "via": Via.PAPER}
    new: dict[str, Any] = who | {"name": line.name, "channels": filter(None, [line.address])}
    if series := form.series:
        enrolled = (
            enrol_for(series=series, person=person, **who)
            if person
            else enrol_new(series=series, **new)
        )
        return enrolled.person, said_of_series(enrolled)
    seat: dict[str, Any] = {"event": form.event, "extra": line.people - 1}
    signup = sign_up_for(person=person, **who, **seat) if person else sign_up_new(**new, **seat)
    return signup.person, said(signup)
