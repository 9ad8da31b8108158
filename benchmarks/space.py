"""``python -m benchmarks.space``: the pages of one space, with little in it and with very much.

Ten thousand members, and a hundred thousand other things. Runs in a database of its own (SQLite
in a temporary folder, or ``DATABASE_URL`` if it is empty), in one process. Each page is told with
its queries and its CPU, in times a bare page (one query, twenty lines, one template) measured in
turn with it; a page that asks more of the database when there is more in it makes it fail.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import count
from statistics import median
from typing import Any

ROUNDS = 7
SMALL = 30
"""Of each thing, to compare with."""
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
        call_command("migrate", verbosity=0)
        return _measure(options.members, options.items)


def _measure(members: int, items: int) -> int:
    small, by = _filled(SMALL, SMALL)
    large, _by = _filled(members, items, by=by)
    print(f"{members} members, {items} other things; × bare page (CPU), queries in brackets")
    asks_more = []
    for name in PAGES:
        read = [reader(name, space, by) for space in (small, large)]
        queries = [queries_of(one) for one in read]
        cost = [cost_of(one) for one in read]
        print(
            f"{name:<20}{cost[0]:6.1f} ({queries[0]:>2}) → {cost[1]:6.1f} ({queries[1]:>2})"
            f"   grows {cost[1] / cost[0]:.2f} times",
            flush=True,
        )
        if queries[1] > queries[0]:
            asks_more.append(name)
    print("asks more when there is more:", ", ".join(asks_more) or "nothing")
    return 1 if asks_more else 0


_codes = count()
"""Codes are of the whole site: no two spaces share one."""


def _filled(members: int, items: int, *, by: Any = None) -> tuple[Any, Any]:
    """A space with so many members, and other things in equal parts."""
    from traboule.kernel.people.models import Person
    from traboule.kernel.spaces.blocks import known
    from traboule.kernel.spaces.models import Participation, Role
    from traboule.kernel.spaces.tests.factories import make_coordinator, make_space

    space = make_space(blocks=tuple(known))
    people = Person.objects.bulk_create(Person(name=f"Voisine {n}") for n in range(members))
    Participation.objects.bulk_create(
        (Participation(space=space, person=one) for one in people), batch_size=5000
    )
    if by is None:
        by = make_coordinator(space)
    else:
        Participation.objects.create(space=space, person=by, role=Role.COORDINATOR)
    for fill in (_dates, _contacts, _reports, _publications, _news):
        fill(space, people, items // 5, by)
    return space, by


def _dates(space: Any, people: list[Any], number: int, by: Any) -> None:
    """A date for twenty sign-ups."""
    from traboule.blocks.agenda.models import Event, Signup
    from traboule.blocks.agenda.tests.factories import make_event

    first = make_event(space)
    events = [first]
    for _rank in range(1, max(1, number // 20)):
        events.append(_copy(Event, first, code=f"{next(_codes):05d}"))
    events[1:] = Event.objects.bulk_create(events[1:], batch_size=2000)
    rows = (
        Signup(event=events[n // 20], person=people[(n // 20 + n) % len(people)], by=by,
               state="going", asked_at=first.starts_at)
        for n in range(len(events) * 20)
    )  # fmt: skip
    Signup.objects.bulk_create(rows, batch_size=5000, ignore_conflicts=True)


def _contacts(space: Any, people: list[Any], number: int, by: Any) -> None:
    from traboule.blocks.outreach.models import Contact
    from traboule.kernel.people.models import Person

    new = Person.objects.bulk_create(
        (Person(name=f"Contact {n}") for n in range(number)), batch_size=5000
    )
    Contact.objects.bulk_create(
        (Contact(space=space, person=one, owner=by) for one in new), batch_size=5000
    )


def _reports(space: Any, people: list[Any], number: int, by: Any) -> None:
    from traboule.blocks.reports.models import Report
    from traboule.blocks.reports.tests.factories import make_report

    first = make_report(space)
    rows = (
        _copy(Report, first, number=first.number + n, code=f"B{next(_codes):07d}")
        for n in range(1, number)
    )
    Report.objects.bulk_create(rows, batch_size=5000)


def _publications(space: Any, people: list[Any], number: int, by: Any) -> None:
    from traboule.blocks.publishing.models import Publication
    from traboule.blocks.publishing.tests.factories import make_published

    first = make_published(space)
    rows = (_copy(Publication, first, slug=f"texte-{n}") for n in range(1, number))
    Publication.objects.bulk_create(rows, batch_size=5000)


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


def cost_of(read: Callable[[], Any]) -> float:
    """The page's CPU in times the bare page's, the median of rounds in turn."""
    return median(_cpu(read) / _cpu(_bare) for _ in range(ROUNDS))


def _bare() -> None:
    from django.template import engines

    from traboule.kernel.people.models import Person

    people = Person.objects.order_by("-pk")[:20]
    source = (
        "<ul>{% for one in people %}<li>{{ one.name }} {{ one.joined_at }}</li>{% endfor %}</ul>"
    )
    engines["django"].from_string(source).render({"people": people})


def _cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    for _ in range(3):
        work()
    return (time.process_time() - start) / 3


if __name__ == "__main__":
    sys.exit(main())
