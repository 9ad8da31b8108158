"""How much moderating one team does, and who: shown to the team only, so that it is shared."""

import datetime
from collections import Counter
from dataclasses import dataclass

from django.db.models import Count
from django.utils import timezone

from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Role, Space

from .models import Flag, Hiding

DAYS = 30
HEAVY = 10
"""Acts in that time from which it is worth saying that one person bears most of them."""


@dataclass(frozen=True)
class Load:
    """What one moderator did in the last thirty days."""

    person: Person
    acts: int
    share: int
    """Hundredths of all that was done."""


def loads(space: Space, now: datetime.datetime | None = None) -> list[Load]:
    """Everyone who moderates, the busiest first; those who did nothing are there too."""
    since = (now or timezone.now()) - datetime.timedelta(days=DAYS)
    hidings, flags = Hiding.objects.filter(space=space), Flag.objects.filter(space=space)
    acts: Counter[int] = Counter()
    for rows, who in (
        (hidings.filter(at__gte=since), "by"),
        (hidings.filter(decided_at__gte=since), "decided_by"),
        (flags.filter(handled_at__gte=since), "handled_by"),
    ):
        acts.update(dict(rows.order_by().values_list(who).annotate(number=Count("pk"))))
    total = sum(acts.values()) or 1
    team = [one.person for one in space.roll().at_least(Role.FACILITATOR)]
    found = [Load(one, acts[one.pk], round(100 * acts[one.pk] / total)) for one in team]
    return sorted(found, key=lambda load: -load.acts)


def is_unfair(found: list[Load]) -> bool:
    """Whether one person bears most of what others could share."""
    return len(found) > 1 and sum(one.acts for one in found) >= HEAVY and found[0].share > 60
