"""``python -m benchmarks.space``: the pages of one space, with little in it and with very much.

Three spaces: a few things; enough to fill every page; ten thousand members and a hundred thousand
other things. Runs in a database of its own (SQLite in a temporary folder, or ``DATABASE_URL`` if
it is empty), in one process. Each page is told with its queries and its CPU, in times a bare page
(one query, twenty lines, one template) measured in turn with it: PostgreSQL's own work is not in
it, so the time that passes is told too. A page that asks more of the database when there is more
in it makes it fail.
"""

import argparse
import datetime
import os
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import count
from statistics import median
from typing import Any

ROUNDS = 7
FEW = 30
FULL = 500
"""So many members, and twice as many things, fill the first page of every list."""
PAGES = (
    "spaces:space",
    "spaces:people",
    "agenda:agenda",
    "outreach:contacts",
    "outreach:today",
    "reports:reports",
    "reports:queue",
    "publishing:list",
    "mailings:archive",
)


def main() -> int:
    """Fill two spaces, read the same pages in both."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.space", description=__doc__)
    parser.add_argument("--members", type=int, default=10_000)
    parser.add_argument("--items", type=int, default=100_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="traboule-space-") as folder:
        os.environ["TRABOULE_DATA"] = folder
        os.environ |= {"TRABOULE_THROTTLE": "false", "TRABOULE_DEBUG": "true"}
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        os.environ["DJANGO_SETTINGS_MODULE"] = "traboule.config.settings"
        import django
        from django.core.management import call_command

        django.setup()
        print("making the tables", flush=True)
        call_command("migrate", verbosity=0)
        return _measure(options.members, options.items)


def _measure(members: int, items: int) -> int:
    few, by = _filled(FEW, FEW)
    full, _by = _filled(FULL, FULL * 2, by=by)
    large, _by = _filled(members, items, by=by)
    print("× bare page (CPU), milliseconds that pass, queries in brackets")
    asks_more = []
    for name in PAGES:
        read = [reader(name, space, by) for space in (few, full, large)]
        queries = [queries_of(one) for one in read]
        costs = [cost_of(one) for one in read]
        told = (
            f"{cost:6.1f} {passed * 1000:5.0f} ms ({number:>2})"
            for (cost, passed), number in zip(costs, queries, strict=True)
        )
        grows = costs[2][0] / costs[1][0]
        print(f"{name:<20}{' →'.join(told)}   grows {grows:.2f} times", flush=True)
        if queries[2] > queries[0]:
            asks_more.append(name)
    print("asks more when there is more:", ", ".join(asks_more) or "nothing")
    return 1 if asks_more else 0


_codes = count()
"""Codes are of the whole site: no two spaces share one."""


def _filled(members: int, items: int, *, by: Any = None) -> tuple[Any, Any]:
    """A space with so many members, and other things in equal parts."""
    from django.db import connection

    from traboule.kernel.people.models import Person
    from traboule.kernel.spaces.blocks import all_indicators, known
    from traboule.kernel.spaces.models import Participation, Role
    from traboule.kernel.spaces.tests.factories import make_coordinator, make_space

    start = time.monotonic()
    shown = [one.key for one in all_indicators()]
    space = make_space(blocks=tuple(known), indicator_keys=shown)
    people = Person.objects.bulk_create(
        (Person(name=f"Voisine {n}") for n in range(members)), batch_size=5000
    )
    Participation.objects.bulk_create(
        (
            Participation(space=space, person=one, waiting=rank % 20 == 7)
            for rank, one in enumerate(people)
        ),
        batch_size=5000,
    )
    if by is None:
        by = make_coordinator(space)
    else:
        Participation.objects.create(space=space, person=by, role=Role.COORDINATOR)
    for fill in (_dates, _contacts, _reports, _publications, _mailings, _news):
        fill(space, people, items // 6, by)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    passed = time.monotonic() - start
    print(f"{members} members, {items} other things: filled in {passed:.0f} s", flush=True)
    return space, by


def _days(number: int) -> Any:
    """So many moments, six hours apart: half before today, half after."""
    now = datetime.datetime.now(datetime.UTC)
    return (now + datetime.timedelta(hours=6 * (rank - number // 2)) for rank in range(number))


def _dates(space: Any, people: list[Any], number: int, by: Any) -> None:
    """Dates of which half are past, each with two sign-ups and, once past, their presence."""
    from traboule.blocks.agenda.models import Event, Presence, Signup
    from traboule.blocks.agenda.tests.factories import make_event

    first = make_event(space)
    lasts = first.ends_at - first.starts_at
    events = Event.objects.bulk_create(
        (
            _copy(Event, first, code=f"{next(_codes):05d}", starts_at=at, ends_at=at + lasts)
            for at in _days(max(2, number // 3))
        ),
        batch_size=2000,
    )
    pairs = [
        (event, people[(2 * rank + one) % len(people)])
        for rank, event in enumerate(events)
        for one in (0, 1)
    ]
    Signup.objects.bulk_create(
        (
            Signup(event=event, person=one, by=by, state="going", asked_at=event.starts_at)
            for event, one in pairs
        ),
        batch_size=5000,
    )
    Presence.objects.bulk_create(
        (
            Presence(event=event, number=rank, person=one, state="present", minutes=120,
                     source="roll-call", by=by, noted_at=event.starts_at)
            for rank, (event, one) in enumerate(pairs)
            if event.is_over
        ),
        batch_size=5000,
    )  # fmt: skip


def _contacts(space: Any, people: list[Any], number: int, by: Any) -> None:
    """Contacts of whom half have something planned, the day past for half of these."""
    from traboule.blocks.outreach.models import Contact, NextAction
    from traboule.kernel.people.models import Person

    new = Person.objects.bulk_create(
        (Person(name=f"Contact {n}") for n in range(number)), batch_size=5000
    )
    contacts = Contact.objects.bulk_create(
        (Contact(space=space, person=one, owner=by, code=f"{next(_codes):05d}") for one in new),
        batch_size=5000,
    )
    NextAction.objects.bulk_create(
        (
            NextAction(contact=one, kind="call", due_on=at.date(), owner=by)
            for one, at in zip(contacts[::2], _days(number), strict=False)
        ),
        batch_size=5000,
    )


def _reports(space: Any, people: list[Any], number: int, by: Any) -> None:
    """Problems of which half are settled."""
    from traboule.blocks.reports.models import Report
    from traboule.blocks.reports.tests.factories import make_report

    first = make_report(space)
    rows = (
        _copy(Report, first, number=first.number + rank, code=f"B{next(_codes):07d}",
              due_on=at.date(), opened_at=at,
              **({"state": "done", "closed_at": at} if rank % 2 else {}))
        for rank, at in enumerate(_days(number), start=1)
    )  # fmt: skip
    Report.objects.bulk_create(rows, batch_size=5000)


def _publications(space: Any, people: list[Any], number: int, by: Any) -> None:
    from traboule.blocks.publishing.models import Publication
    from traboule.blocks.publishing.tests.factories import make_published

    first = make_published(space)
    rows = (
        _copy(Publication, first, slug=f"texte-{rank}", published_at=at)
        for rank, at in enumerate(_days(number))
    )
    Publication.objects.bulk_create(rows, batch_size=5000)


def _mailings(space: Any, people: list[Any], number: int, by: Any) -> None:
    from traboule.blocks.mailings.models import Mailing

    rows = (
        Mailing(space=space, by=by, subject="La fête", text="x", html="x", short_text="x",
                state="sent", code=f"{next(_codes):05d}", listed_at=at, started_at=at)
        for at in _days(number)
    )  # fmt: skip
    Mailing.objects.bulk_create(rows, batch_size=5000)


def _news(space: Any, people: list[Any], number: int, by: Any) -> None:
    from traboule.kernel.spaces.models import News

    rows = (News(space=space, by=by, title=f"N {n}", text="x", html="x") for n in range(number))
    News.objects.bulk_create(rows, batch_size=5000)


def _copy(model: Any, row: Any, **other: Any) -> Any:
    """Another row like this one; what must differ is given, keys made anew."""
    from django.db.models import UUIDField

    values = {
        field.attname: getattr(row, field.attname)
        for field in model._meta.concrete_fields
        if not field.primary_key and not isinstance(field, UUIDField)
    }
    return model(**values | other)


def reader(name: str, space: Any, by: Any, *rest: str) -> Callable[[], Any]:
    """What reads that page as that person; it must be found."""
    from django.conf import settings
    from django.test import Client
    from django.urls import reverse

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(by, backend=settings.AUTHENTICATION_BACKENDS[0])
    address = reverse(name, args=[space.slug, *rest])

    def read() -> Any:
        response = client.get(address)
        if response.status_code != 200:
            raise RuntimeError(f"{address}: {response.status_code}")
        return response

    return read


def queries_of(read: Callable[[], Any]) -> int:
    """How many questions the page asks of the database, once warm."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    read()
    with CaptureQueriesContext(connection) as captured:
        read()
    return len(captured)


def cost_of(read: Callable[[], Any]) -> tuple[float, float]:
    """The page's CPU in times the bare page's, and the seconds it takes: medians of rounds."""
    rounds = []
    for _rank in range(ROUNDS):
        (cpu, passed), (bare, _passed) = _spent(read), _spent(_bare)
        rounds.append((cpu / bare, passed))
    return median(cpu for cpu, _passed in rounds), median(passed for _cpu, passed in rounds)


def _bare() -> None:
    from django.template import engines

    from traboule.kernel.people.models import Person

    people = Person.objects.order_by("-pk")[:20]
    source = (
        "<ul>{% for one in people %}<li>{{ one.name }} {{ one.joined_at }}</li>{% endfor %}</ul>"
    )
    engines["django"].from_string(source).render({"people": people})


def _spent(work: Callable[[], object]) -> tuple[float, float]:
    """The CPU of this process and the time that passed, each in seconds."""
    start, cpu = time.monotonic(), time.process_time()
    for _ in range(3):
        work()
    return (time.process_time() - cpu) / 3, (time.monotonic() - start) / 3


if __name__ == "__main__":
    sys.exit(main())
