"""The presence ledger of one event, read: who came, for how long, who vouched for it."""

from dataclasses import dataclass, field

from traboule.engines.french import fold
from traboule.kernel.people.models import Merge

from .actions.presence import first_broken
from .models import Countersignature, Event, Presence


@dataclass
class Line:
    """What counts of one person in one part of the event."""

    name: str
    said: Presence

    @property
    def order(self) -> tuple[object, ...]:
        """By hour, then by name; those without one last."""
        return self.said.event.starts_at, self.said.person_id is None, fold(self.name)


@dataclass
class Ledger:
    """All of it."""

    event: Event
    lines: list[Line] = field(default_factory=list)
    signatures: list[Countersignature] = field(default_factory=list)
    broken: list[tuple[Event, int]] = field(default_factory=list)
    """Where a line is not as it was written: the event, or the slot of it, and the line."""

    @property
    def minutes(self) -> int:
        """Spent there by everyone together."""
        return sum(line.said.minutes * line.said.count for line in self.lines)


def ledger_of(event: Event) -> Ledger:
    """The ledger of an event and of its slots; the last word about each person counts."""
    events = [event, *event.slots.order_by("starts_at", "pk")]
    said = Presence.objects.current().filter(event__in=events).select_related("person", "event")
    lines = list(said.select_related("person", "event", "by").order_by("event", "number"))
    followed = Merge.objects.successors(line.person_id for line in lines if line.person_id)
    found = Ledger(event)
    for line in lines:
        person = followed.get(line.person_id or 0, line.person)
        found.lines.append(Line(person.name if person else "", line))
    found.lines.sort(key=lambda line: line.order)
    signatures = Countersignature.objects.filter(event__in=events).select_related("by", "event")
    found.signatures = list(signatures.order_by("-at", "-pk"))
    broken = ((one, first_broken(one)) for one in events)
    found.broken = [(one, number) for one, number in broken if number is not None]
    return found
