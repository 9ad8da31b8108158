"""Who was at a meeting, who could not come, and whose voice was carried."""

from dataclasses import dataclass, field

from django.utils.translation import ngettext

from traboule.blocks.agenda.models import Presence
from traboule.engines.french import fold
from traboule.kernel.notices.models import Notice
from traboule.kernel.people.models import Merge, Person

from .models import Meeting, Proxy

CONVOCATION = "meetings.convocation"
"""The kind of the message that calls people to a meeting."""


@dataclass
class Attendance:
    """The people of a meeting; each stands in one list only."""

    present: list[Person] = field(default_factory=list)
    unnamed: int = 0
    carried: list[Proxy] = field(default_factory=list)
    excused: list[Person] = field(default_factory=list)
    absent: list[Person] = field(default_factory=list)

    @property
    def there(self) -> int:
        """How many were in the room, those without a name included."""
        return len(self.present) + self.unnamed

    @property
    def voices(self) -> int:
        """How many voices count: those of the room, and those carried."""
        return self.there + len(self.carried)

    @property
    def in_words(self) -> str:
        """« 12 personnes présentes, 2 voix portées, 3 personnes excusées »."""
        parts = [
            ngettext("%(n)d personne présente", "%(n)d personnes présentes", self.there)
            % {"n": self.there}
        ]
        if self.carried:
            said = ngettext("%(n)d voix portée", "%(n)d voix portées", len(self.carried))
            parts.append(said % {"n": len(self.carried)})
        if self.excused:
            said = ngettext("%(n)d personne excusée", "%(n)d personnes excusées", len(self.excused))
            parts.append(said % {"n": len(self.excused)})
        return ", ".join(parts)


def attendance_of(meeting: Meeting) -> Attendance:
    """From the roll or the signed sheet, the excuses and the voices given, as they stand now."""
    found = Attendance()
    states: dict[int, str] = {}
    people: dict[int, Person] = {}
    for line, person in _said(meeting):
        if person is None:
            # Whoever stays the whole day is counted in the morning and in the afternoon.
            found.unnamed = max(found.unnamed, line.count)
            continue
        people[person.pk] = person
        if states.get(person.pk) not in _THERE:
            states[person.pk] = line.state
    present = {key for key, state in states.items() if state in _THERE}
    given = meeting.proxies.filter(withdrawn_at=None).select_related("giver", "carrier")
    found.carried = [
        one for one in given if one.carrier_id in present and one.giver_id not in present
    ]
    people |= {one.person_id: one.person for one in meeting.excuses.select_related("person")}
    sorry = set(meeting.excuses.values_list("person", flat=True))
    sorry |= {key for key, state in states.items() if state == Presence.State.EXCUSED}
    sorry -= present | {one.giver_id for one in found.carried}
    people |= {one.pk: one for one in convened(meeting)}
    counted = present | sorry | {one.giver_id for one in found.carried}
    found.present = _by_name(people[key] for key in present)
    found.excused = _by_name(people[key] for key in sorry)
    found.absent = _by_name(one for key, one in people.items() if key not in counted)
    return found


_THERE = {Presence.State.PRESENT, Presence.State.LATE}


def _said(meeting: Meeting) -> list[tuple[Presence, Person | None]]:
    """The last word on each person; who was made one with another since is that other."""
    lines = Presence.objects.current().filter(event=meeting.event_id).select_related("person")
    said = list(lines.order_by("number"))
    followed = Merge.objects.successors(one.person_id for one in said if one.person_id)
    return [(one, followed.get(one.person_id or 0, one.person)) for one in said]


def convened(meeting: Meeting) -> list[Person]:
    """Everyone to whom the convocation was told."""
    told = Notice.objects.filter(kind=CONVOCATION, data__meeting=meeting.pk, twin_of=None)
    return list(Person.objects.filter(pk__in=told.values("person")).order_by("name", "pk"))


def _by_name(people: "object") -> list[Person]:
    return sorted(people, key=lambda one: (fold(one.name), one.pk))  # type: ignore[call-overload]
