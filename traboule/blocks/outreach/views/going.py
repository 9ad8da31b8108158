"""Calls and visits: lists for a telephone, sheets for a pen, and the sheets that come back."""

import uuid
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.views.fetching import done
from traboule.ui.downloads import paper

from ..actions.exchanges import note_exchange
from ..forms.contact import places_near
from ..forms.exchange import LETTERS, OutcomeForm
from ..forms.sheet import SheetForm, Typed, as_text, initial_for
from ..informing import said_aloud
from ..models import Contact, Exchange, Outcome
from ..printing.sheets import call_sheet, walk_sheet
from ..queue import CALLS, SHOWN, due_for, with_contacts
from ..sensitive import words_for_script
from ..walking import Building, streets_of, walk
from .finding import back_to, contact_of, facilitated


@dataclass(frozen=True)
class Card:
    """Someone to call or to visit, on one card: what to say, and one tap for what it gave."""

    contact: Contact
    action: Any
    said_aloud: str
    last: Any
    client_id: uuid.UUID


def _card(contact: Contact, action: Any, last: Any) -> Card:
    aloud = "" if contact.informed_at else said_aloud(contact)
    return Card(contact, action, aloud, last, uuid.uuid4())


def _last_of(contacts: list[Contact]) -> dict[int, Any]:
    """The latest exchange of each, in one query."""
    latest: dict[int, Any] = {}
    keys = [one.pk for one in contacts]
    for one in Exchange.objects.filter(contact__in=keys).order_by("at", "pk"):
        latest[one.contact_id] = one
    return latest


@never_cache
@require_safe
def calls(request: PersonRequest, slug: str) -> HttpResponse:
    """Whom to call today, one card each."""
    space = facilitated(request, slug)
    everyone = request.GET.get("qui") == "equipe"
    actions = with_contacts(due_for(space, None if everyone else request.user, CALLS))
    last = _last_of([one.contact for one in actions])
    cards = [_card(one.contact, one, last.get(one.contact_id)) for one in actions[:SHOWN]]
    context = {
        "space": space,
        "cards": cards,
        "more": len(actions) > SHOWN,
        "everyone": everyone,
        "outcomes": Outcome,
        "kind": "call",
        "sensitive": words_for_script(),
    }
    return render(request, "outreach/calls.html", context)


@never_cache
@require_safe
def visits(request: PersonRequest, slug: str) -> HttpResponse:
    """Whom to visit, street by street and building by building."""
    space = facilitated(request, slug)
    area = request.GET.get("quartier", ""), request.GET.get("rue", "")[:160]
    buildings = walk(space, *area)
    files = [one for building in buildings for one in building.contacts]
    last = _last_of(files)
    context = {
        "space": space,
        "stops": [
            (building, [_card(one, one.next_action, last.get(one.pk)) for one in building.contacts])
            for building in buildings
        ],
        "places": places_near(space),
        "streets": streets_of(space, area[0]),
        "area": area,
        "query": _query(*area),
        "outcomes": Outcome,
        "kind": "visit",
        "sensitive": words_for_script(),
    }
    return render(request, "outreach/visits.html", context)


def _query(neighbourhood: str, street: str) -> str:
    said = {key: value for key, value in (("quartier", neighbourhood), ("rue", street)) if value}
    return f"?{urlencode(said)}" if said else ""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def outcome(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """What a call or a visit gave; what is missing is asked, and nothing typed is lost."""
    contact = contact_of(request, slug, pk)
    kind = "visit" if request.GET.get("moyen") == "visit" else "call"
    form = OutcomeForm(request.POST or None, initial={"kind": kind})
    back = reverse("outreach:calls", args=[slug])
    if form.is_valid() and done(
        request, note_exchange, _("%(name)s : c’est noté.") % {"name": contact.person},
        contact=contact, by=request.user, **form.said(),
    ):  # fmt: skip
        return back_to(request, back)
    context = {
        "space": contact.space,
        "contact": contact,
        "form": form,
        "next": request.POST.get("next", back),
    }
    return render(request, "outreach/outcome.html", context)


@require_safe
def calls_pdf(request: PersonRequest, slug: str) -> HttpResponse:
    """The calls of the day, on paper."""
    space = facilitated(request, slug)
    everyone = request.GET.get("qui") == "equipe"
    actions = with_contacts(due_for(space, None if everyone else request.user, CALLS))[:SHOWN]
    last = _last_of([one.contact for one in actions])
    content = call_sheet(space, [(one.contact, last.get(one.contact_id)) for one in actions])
    return paper(content, "appels", str(timezone.localdate()))


@require_safe
def visits_pdf(request: PersonRequest, slug: str) -> HttpResponse:
    """The walk, on paper, building by building."""
    space = facilitated(request, slug)
    street = request.GET.get("rue", "")[:160]
    buildings: list[Building] = walk(space, request.GET.get("quartier", ""), street)
    return paper(walk_sheet(space, buildings), "visites", str(timezone.localdate()))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def type_back(request: PersonRequest, slug: str) -> HttpResponse:
    """A sheet that came back: typed, checked line by line, then noted."""
    space = facilitated(request, slug)
    form = SheetForm(request.POST or None, initial=initial_for(request.GET.get("moyen", "")))
    context: dict[str, Any] = {"space": space, "form": form, "letters": LETTERS}
    if not form.is_valid() or "edit" in request.POST:
        return render(request, "outreach/sheet_type.html", context)
    lines = form.read(space)
    wrong = [one for one in lines if one.mistake]
    if "note" not in request.POST:
        context |= {"lines": lines, "wrong": len(wrong), "ready": len(lines) - len(wrong)}
        return render(request, "outreach/sheet_check.html", context)
    noted = _note_all(form, lines, by=request.user)
    left = [one for one in lines if one.mistake]
    again = SheetForm(initial={"kind": form.cleaned_data["kind"], "lines": as_text(left)})
    context |= {"noted": noted, "left": left, "form": again}
    return render(request, "outreach/sheet_done.html", context)


def _note_all(form: SheetForm, lines: list[Typed], *, by: Person) -> list[Typed]:
    """Note each right line; one that is refused stops no other."""
    noted = []
    for one in lines:
        if one.mistake or one.contact is None:
            continue
        key = uuid.uuid5(form.cleaned_data["sheet"], one.contact.code)
        try:
            note_exchange(
                contact=one.contact, kind=form.cleaned_data["kind"], outcome=one.outcome,
                note=one.note, by=by, client_id=key,
            )  # fmt: skip
        except Refused as refused:
            one.mistake = refused.messages[0]
        else:
            noted.append(one)
    return noted
