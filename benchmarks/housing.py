"""``python -m benchmarks.housing``: the pages of an exchange of homes, with few and very many.

A hundred thousand listings in one department. Runs in a database of its own (SQLite in a temporary
folder, or ``DATABASE_URL`` if it is empty), in one process. Each page is told with its queries and
its CPU, in times a bare page measured in turn with it; a page that asks more of the database when
there is more in it makes it fail. At 100 000 listings the tenant's home is to stay under 30 times
the bare page, the desk of checks under 60; what was found is told in docs/adr/0007-speed.md.
"""

import argparse
import os
import sys
import tempfile
import time
from typing import Any

from .space import cost_of, queries_of, reader

SMALL = 3_000
"""Of listings, to compare with."""
DEPARTMENT = "74"
OF_TEAM = ("housing:home", "housing:map", "housing:checks", "housing:photos", "housing:results")
OF_TENANT = ("housing:home", "housing:own", "housing:favourites", "housing:interests")


def main() -> int:
    """Fill two spaces, read the same pages in both."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.housing", description=__doc__)
    parser.add_argument("--listings", type=int, default=100_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="traboule-housing-") as folder:
        os.environ["TRABOULE_DATA"] = folder
        os.environ |= {"TRABOULE_THROTTLE": "false", "TRABOULE_DEBUG": "true"}
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        os.environ["DJANGO_SETTINGS_MODULE"] = "traboule.config.settings"
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        call_command("load_places", verbosity=0)
        return _measure(options.listings)


def _measure(listings: int) -> int:
    spaces = [_filled(number) for number in (SMALL, listings)]
    print(f"{SMALL} → {listings} listings; × bare page (CPU), queries in brackets")
    asks_more = []
    for who, names in ((_coordinator, OF_TEAM), (_tenant, OF_TENANT)):
        for name in names:
            read = [reader(name, space, who(space), *_rest(name, space)) for space in spaces]
            queries, cost = [queries_of(one) for one in read], [cost_of(one)[0] for one in read]
            print(
                f"{name:<20}{cost[0]:6.1f} ({queries[0]:>2}) → {cost[1]:6.1f} ({queries[1]:>2})"
                f"   grows {cost[1] / cost[0]:.2f} times",
                flush=True,
            )
            if queries[1] > queries[0]:
                asks_more.append(name)
    print("asks more when there is more:", ", ".join(asks_more) or "nothing")
    return 1 if asks_more else 0


def _filled(listings: int) -> Any:
    """A space with so many households of the department."""
    from django.utils import timezone

    from traboule.config.tuning import refresh_statistics
    from traboule.exchanges.housing.demo import fill
    from traboule.exchanges.housing.tests.factories import make_exchange_space
    from traboule.kernel.places.models import Commune
    from traboule.kernel.spaces.tests.factories import make_coordinator

    space = make_exchange_space()
    make_coordinator(space)
    communes = Commune.objects.filter(department=DEPARTMENT).order_by("code")
    started = time.monotonic()
    known = list(communes.prefetch_related("postal_codes"))
    fill(space, known, listings=listings, has_past=False)
    refresh_statistics(timezone.now())
    print(f"{listings} listings written in {time.monotonic() - started:.0f} s", flush=True)
    return space


def _coordinator(space: Any) -> Any:
    return space.participations.get(role="coordinator").person


def _tenant(space: Any) -> Any:
    return _listing(space).tenant


def _listing(space: Any) -> Any:
    return space.housing_listings.published().order_by("pk")[0]


def _rest(name: str, space: Any) -> tuple[str, ...]:
    """What an address takes besides the space."""
    return (_listing(space).code,) if name == "housing:own" else ()


if __name__ == "__main__":
    sys.exit(main())
