"""What a device, a sheet of paper or a scanned card says of who came, taken into the ledger."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from traboule.engines.french import fold
from traboule.kernel.people import cards
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.actions import add_person, must_be_open

from ..models import Event, Presence, Signup
from .for_others import let_in
from .presence import Line, must_be_on, note

Source = Presence.Source


@dataclass(frozen=True, kw_only=True)
class Told:
    """One thing told: of whom, at which event or slot of it, and what.

    Who it is stands in ``person`` (a public id), ``card`` (what is written or coded on a card) or
    ``name`` (someone who came unexpected); in none of them for ``count`` people without a name.
    ``key`` is given by the device: told twice, it counts once.
    """

    key: uuid.UUID
    at: datetime.datetime
    state: str
    part: str = Presence.Part.WHOLE
    slot: int | None = None
    person: uuid.UUID | None = None
    card: str = ""
    name: str = ""
    minutes: int | None = None
    count: int = 1

    def line(self, person: Person | None) -> Line:
        """The line of the ledger that it makes."""
        return Line(
            client_id=self.key,
            person_id=person.pk if person else None,
            state=self.state,
            noted_at=self.at,
            part=self.part,
            minutes=self.minutes,
            count=self.count,
        )


@transaction.atomic
def note_told(
    *, event: Event, told: Iterable[Told], by: Person, source: Presence.Source
) -> dict[uuid.UUID, str]:
    """Take in what was told of an event; what could not be, by its key, and why.

    What was taken in before is left alone; one thing refused stops no other.
    """
    # Someone new is made once, even when the same thing arrives twice at the same moment.
    event = Event.objects.select_for_update().get(pk=event.pk)
    things = {one.key: one for one in told}
    known = Presence.objects.filter(client_id__in=things).values_list("client_id", flat=True)
    for key in known:
        del things[key]
    refused: dict[uuid.UUID, str] = {}
    lines: dict[tuple[Event, Presence.Source], list[Line]] = defaultdict(list)
    slots = {slot.pk: slot for slot in event.slots.order_by("pk")}
    for one in things.values():
        try:
            must_be_open(event.space)
            session = _session(event, slots, one)
            must_be_on(session)
            person = _person(event, one, by=by)
            session = _appointment(slots, person) or session
        except Refused as why:
            refused[one.key] = why.messages[0]
        else:
            lines[session, Source.CARD if one.card else source].append(one.line(person))
    for (session, origin), said in lines.items():
        try:
            note(event=session, lines=said, by=by, source=origin)
        except Refused as why:
            refused |= {line.client_id: why.messages[0] for line in said}
    return refused


def _session(event: Event, slots: dict[int, Event], told: Told) -> Event:
    """The event itself, or the slot of it that the thing is about."""
    if told.slot in (None, event.pk):
        return event
    if told.slot not in slots:
        raise Refused(_("Ce rendez-vous n’est pas de cette séance."))
    return slots[told.slot]


def _appointment(slots: dict[int, Event], person: Person | None) -> Event | None:
    """The slot that the person holds: whoever shows a card at the door comes for it."""
    held = Signup.objects.going().filter(event__in=slots, person=person).order_by("pk").first()
    return slots[held.event_id] if held else None


def _person(event: Event, told: Told, *, by: Person) -> Person | None:
    """Whom it is about; someone unexpected is let into the space. Raises Refused."""
    if told.card:
        return _of_card(event, told.card, by=by)
    if told.name:
        return _of_name(event, told.name, by=by)
    if told.person is None:
        return None
    person = Person.objects.filter(public_id=told.person, erased_at__isnull=True).first()
    if person is None or not _may_be_noted(event, person):
        raise Refused(_("Cette personne n’est pas sur la liste : ajoutez-la par son nom."))
    return person


def _may_be_noted(event: Event, person: Person) -> bool:
    """Whether the person takes part, has asked for a seat, or was noted here before."""
    of_event = Signup.objects.filter(person=person, event__in=[event, *event.slots.order_by("pk")])
    participations = event.space.participations.filter(person=person)
    return participations.exists() or of_event.exists()


def _of_card(event: Event, text: str, *, by: Person) -> Person:
    person = cards.person_of(text)
    if person is None:
        raise Refused(_("Cette carte n’est pas connue, ou ne sert plus."))
    let_in(space=event.space, person=person, by=by)
    return person


def _of_name(event: Event, name: str, *, by: Person) -> Person:
    """The one in the space who goes by that name, or someone new."""
    name = " ".join(name.split())
    same = [one.person for one in event.space.roll() if fold(one.person.name) == fold(name)]
    if len(same) > 1:
        raise Refused(
            _("Plusieurs personnes s’appellent %(name)s : inscrivez d’abord la bonne à la séance.")
            % {"name": name}
        )
    return same[0] if same else add_person(space=event.space, by=by, name=name).person
