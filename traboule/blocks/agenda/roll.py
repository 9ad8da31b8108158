"""Who is on the roll of a session, what was noted of each, and what whoever calls it must know."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from traboule.engines.french import fold
from traboule.kernel.people import consents
from traboule.kernel.people.channels import PHONES, shown
from traboule.kernel.people.models import Guardianship, Merge, Person, Purpose
from traboule.kernel.people.models.guardianship import is_surely_a_child
from traboule.kernel.spaces.models import Role

from .models import Event, Kind, Presence, Signup
from .wording import hour


@dataclass(frozen=True)
class Mark:
    """What a consent means for the session, as a badge."""

    label: str | Promise
    kind: str
    icon: str


@dataclass(frozen=True)
class Call:
    """Someone to call about a child."""

    name: str
    number: str

    @property
    def shown_number(self) -> str:
        """As people read it."""
        return shown(PHONES[0], self.number)


@dataclass
class Row:
    """One person at one session, or at one slot of it."""

    event: Event
    person: Person
    signup: Signup | None = None
    said: Presence | None = None
    marks: list[Mark] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)

    @property
    def key(self) -> str:
        """What tells the row from all others, on a device that has no network too."""
        return f"{self.event.pk}:{self.person.public_id}"

    @property
    def state(self) -> str:
        """What counts today; empty before anything was noted."""
        return self.said.state if self.said else ""

    @property
    def hour(self) -> str:
        """The hour of an appointment; nothing for a session that all share."""
        return hour(self.event.starts_at) if self.event.parent_id else ""

    @property
    def waits(self) -> bool:
        """Whether they come without having a seat yet."""
        return self.signup is not None and self.signup.state == Signup.State.WAITING


@dataclass(frozen=True)
class Roll:
    """The whole roll of a part of a session."""

    event: Event
    part: Presence.Part
    rows: list[Row]
    unnamed: int
    others: list[str]
    """Names of the space's people who are not on the roll, to add one who came anyway."""

    @property
    def there(self) -> int:
        """How many are there, those without a name included."""
        came = {Presence.State.PRESENT, Presence.State.LATE}
        return sum(row.state in came for row in self.rows) + self.unnamed


def roll_of(event: Event, part: Presence.Part) -> Roll:
    """Those expected, then whoever else was noted; by name, or by the hour of appointments."""
    events = [event, *event.slots.open().order_by("starts_at", "pk")]
    rows = {(row.event.pk, row.person.pk): row for row in _expected(events)}
    said = list(_said(events, part))
    followed = Merge.objects.successors(line.person_id for line in said if line.person_id)
    for line in said:
        person = followed.get(line.person_id or 0, line.person)
        if person is None:
            continue
        row = rows.setdefault((line.event_id, person.pk), Row(line.event, person))
        row.said = max(filter(None, [row.said, line]), key=lambda one: (one.noted_at, one.number))
    _warn(rows.values(), event)
    listed = {row.person.pk for row in rows.values()}
    return Roll(
        event=event,
        part=part,
        rows=sorted(rows.values(), key=lambda row: (row.event.starts_at, fold(row.person.name))),
        unnamed=sum(line.count for line in said if line.person_id is None),
        others=[one.person.name for one in event.space.roll() if one.person_id not in listed],
    )


def _expected(events: list[Event]) -> Iterable[Row]:
    """Who signed up; where one comes without signing up, the members of the space."""
    whole = events[0]
    if not (whole.takes_signups or whole.is_slotted):
        members = whole.space.roll().filter(role__in=[Role.GUEST, Role.MEMBER])
        return [Row(whole, one.person) for one in members]
    by_key = {event.pk: event for event in events}
    live = Signup.objects.live().filter(event__in=by_key).select_related("person")
    return [Row(by_key[one.event_id], one.person, signup=one) for one in live.order_by("pk")]


def _said(events: list[Event], part: Presence.Part) -> Iterable[Presence]:
    lines = Presence.objects.current().filter(event__in=events, part=part)
    return lines.select_related("person", "event").order_by("event", "number")


def _warn(rows: Iterable[Row], event: Event) -> None:
    """Put on each row the consents that matter here, and whom to call about a child."""
    rows = list(rows)
    people = {row.person.pk: row.person for row in rows}
    purposes = [Purpose.IMAGE, Purpose.LEAVE_ALONE]
    if event.kind == Kind.VISIT:
        purposes.append(Purpose.OUTING)
    day = event.starts_at.date()
    states = consents.states_for(people.values(), purposes, on=day)
    calls = _calls(list(people))
    for row in rows:
        key = row.person.pk
        is_child = key in calls or is_surely_a_child(row.person, day)
        asked = purposes if is_child else purposes[:1]
        row.marks = [_mark(purpose, states[key][purpose]) for purpose in asked]
        row.calls = calls.get(key, [])


def _calls(people: list[int]) -> dict[int, list[Call]]:
    """For each child, its guardians and their telephones."""
    found: dict[int, list[Call]] = defaultdict(list)
    guardians = Guardianship.objects.current().filter(child__in=people).for_listing()
    for one in guardians.prefetch_related("guardian__channels"):
        numbers = [c.value for c in one.guardian.channels.all() if c.kind in PHONES]
        found[one.child_id] += [Call(one.guardian.name, number) for number in numbers[:1]]
    return found


_GRANTED = consents.ConsentState.GRANTED
_WORDS = {
    Purpose.IMAGE: (_("Photo : oui"), _("Pas de photo"), "camera"),
    Purpose.LEAVE_ALONE: (_("Peut repartir sans adulte"), _("Ne repart pas sans adulte"),
                          "door-open"),
    Purpose.OUTING: (_("Peut sortir avec le groupe"), _("Ne sort pas avec le groupe"), "map-pin"),
}  # fmt: skip


def _mark(purpose: Purpose, state: consents.ConsentState) -> Mark:
    """Without a yes that holds today, it is no."""
    yes, no, icon = _WORDS[purpose]
    return Mark(yes, "success", icon) if state == _GRANTED else Mark(no, "error", icon)
