"""``python -m benchmarks.crowd EVENTS`` readies residents and events to sign up for, as JSON.

With ``--ended`` it prints what became of the events.
"""

import argparse
import json
import os
import sys
from dataclasses import asdict, dataclass

import django

RESIDENTS, SEATS = 200, 120


@dataclass(frozen=True)
class End:
    """How an event ended."""

    going: int
    waiting: int
    seats_taken: int
    in_order: bool

    def __str__(self) -> str:
        order = "in order" if self.in_order else "OUT OF ORDER"
        return f"{self.going} going, {self.waiting} waiting {order}, {self.seats_taken} seats taken"

    @property
    def is_right(self) -> bool:
        """Whether every seat is taken once, and the others wait in the order they were served."""
        return self == End(SEATS, RESIDENTS - SEATS, SEATS, in_order=True)


def main() -> None:
    """Prepare a crowd in the installation of the environment, or say what became of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("events", type=int, nargs="?", default=1)
    parser.add_argument("--ended", action="store_true", help="say what became of the events")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "traboule.config.settings")
    django.setup()
    print(json.dumps(ends() if options.ended else prepare(options.events)))


def prepare(events: int) -> dict[str, list[str]]:
    """The addresses of so many events of a new space, and the sessions of the residents."""
    from traboule.blocks.agenda.tests.factories import make_event, make_people
    from traboule.config import prepare
    from traboule.kernel.spaces.tests.factories import make_space

    prepare.prepare_database(say=_say)
    prepare.collect_static(say=_say)
    space = make_space(blocks=("agenda",))
    made = [make_event(space, capacity=SEATS) for _ in range(events)]
    return {
        "events": [event.get_absolute_url() for event in made],
        "sessions": [_session(person) for person in make_people(RESIDENTS)],
    }


def _session(person) -> str:
    from django.test import Client

    client = Client()
    client.force_login(person)
    return client.cookies["sessionid"].value


def ends() -> list[dict[str, object]]:
    """What became of each event."""
    from traboule.blocks.agenda.models import Event

    return [asdict(_end(event)) for event in Event.objects.order_by("pk")]


def _end(event) -> End:
    """In order: they stand as the journal served them, and those who wait came last."""
    from traboule.kernel.journal.models import Entry

    line = list(event.signups.order_by("asked_at", "pk").values_list("pk", "state"))
    served = Entry.objects.filter(subject_type="agenda.event", subject_key=str(event.pk))
    states = [state for _key, state in line]
    keys = [
        details["signup"] for details in served.order_by("pk").values_list("details", flat=True)
    ]
    return End(
        going=states.count("going"),
        waiting=states.count("waiting"),
        seats_taken=event.seats_taken,
        in_order=states == sorted(states) and keys == [key for key, _state in line],
    )


def _say(text: str) -> None:
    print(text, file=sys.stderr)


if __name__ == "__main__":
    main()
