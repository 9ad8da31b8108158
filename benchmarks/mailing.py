"""``python -m benchmarks.mailing``: one letter to fifty thousand people, killed and resumed.

Runs in a database of its own (SQLite in a temporary folder, or ``DATABASE_URL`` if it is empty).
Prints the rate beside that of telling each alone, and the memory at both ends; fails when
somebody was written to twice, or not at all.
"""

import argparse
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

ALONE = 300
"""People told one after the other, to compare with."""
KILLED_AFTER = 0.4


def main() -> int:
    """Make the people, write to them, die on the way, go on; print what it took."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mailing", description=__doc__)
    parser.add_argument("--people", type=int, default=50_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="traboule-mailing-") as folder:
        os.environ["TRABOULE_DATA"] = folder
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        os.environ["DJANGO_SETTINGS_MODULE"] = "traboule.config.settings"
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        return _measure(options.people)


def _measure(number: int) -> int:
    from traboule.blocks.mailings.actions import sending

    mailing, by = _world(number)
    alone = _alone(number)
    before = _memory()
    listed = _timed(lambda: _list(mailing, by))
    sending.send(mailing=mailing, by=by)
    died_at = _die_on_the_way(mailing, number)
    half = _memory()
    seconds = _timed(lambda: _to_the_end(sending.send_some, mailing.pk))
    after = _memory()
    left = number - died_at
    once = _each_once(mailing, number)
    listing_rate, rate = number / listed, left / seconds
    print(f"people                          {number}")
    print(f"listed                          {listing_rate:8.0f} a second")
    print(f"written, one by one             {alone:8.0f} a second")
    print(f"written, by parts               {rate:8.0f} a second, {rate / alone:.1f} times as fast")
    print(f"killed in the middle of a part  after {died_at}, resumed")
    print(f"memory at its most              {before:.0f} → {half:.0f} → {after:.0f} MB")
    print(f"each written to once            {'yes' if once else 'NO'}")
    return 0 if once else 1


def _world(number: int) -> tuple[Any, Any]:
    """A space, who writes, and so many subscribers: half by e-mail, the others by SMS and post."""
    from django.utils import timezone

    from traboule.blocks.mailings.models import Subscription
    from traboule.blocks.mailings.tests.factories import make_mailing
    from traboule.kernel.people.models import Channel, Person
    from traboule.kernel.spaces.tests.factories import make_coordinator, make_space

    space = make_space(blocks=("mailings",))
    by, now = make_coordinator(space), timezone.now()
    for start in range(0, number, 5000):
        ranks = range(start, min(start + 5000, number))
        people = Person.objects.bulk_create(Person(name=f"Voisine {rank}") for rank in ranks)
        Channel.objects.bulk_create(
            _channel(Channel(person=one, verified_at=now), rank)
            for one, rank in zip(people, ranks, strict=True)
        )
        Subscription.objects.bulk_create(
            Subscription(space=space, person=one, how="paper", state="confirmed", confirmed_at=now)
            for one in people
        )
    return make_mailing(space, by, audience_keys=["mailings:subscribers"]), by


def _channel(channel: Any, rank: int) -> Any:
    if rank % 2:
        channel.kind, channel.value = "email", f"v{rank}@exemple.fr"
    elif rank % 4:
        channel.kind, channel.value = "mobile", f"+336{rank:08d}"
    else:
        channel.kind, channel.value = "post", f"{rank} rue du Lac\n38000 Grenoble"
    return channel


def _alone(number: int) -> float:
    """How many a second are told one by one."""
    from traboule.kernel.notices.actions import tell
    from traboule.kernel.people.models import Person

    people = list(Person.objects.order_by("-pk")[: min(ALONE, number)])

    def each() -> None:
        for one in people:
            tell(person=one, kind="bench", subject="Lettre", text="Bonjour.", key=f"b:{one.pk}")

    return len(people) / _timed(each)


def _list(mailing: Any, by: Any) -> None:
    from traboule.blocks.mailings.actions import listing

    if listing.prepare(mailing=mailing, by=by):
        _to_the_end(listing.list_some, mailing.pk)


def _die_on_the_way(mailing: Any, number: int) -> int:
    """Write to some, then break in the middle of a part; how many were written to by then."""
    from traboule.blocks.mailings.actions import sending
    from traboule.kernel.notices.models import Notice

    def written() -> int:
        return Notice.objects.filter(kind=mailing.kind).count()

    while written() < number * KILLED_AFTER:
        sending.send_some(mailing.pk)
    whole = sending.tell_many

    def dies(**what: Any) -> None:
        whole(**what)
        raise RuntimeError("killed")

    sending.tell_many = dies  # type: ignore[assignment]
    try:
        sending.send_some(mailing.pk)
    except RuntimeError:
        pass
    finally:
        sending.tell_many = whole
    return written()


def _each_once(mailing: Any, number: int) -> bool:
    from traboule.kernel.notices.models import Notice

    told = Notice.objects.filter(kind=mailing.kind)
    return told.count() == told.values("person").distinct().count() == number


def _to_the_end(step: Callable[[int], bool], pk: int) -> None:
    while step(pk):
        pass


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _memory() -> float:
    """The most that this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
