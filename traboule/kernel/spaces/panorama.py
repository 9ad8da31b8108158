"""Many spaces on one page, for whoever carries them and their partners.

Each block says what it knows of all of them at once: the page costs the same with forty.
"""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import Participation, Space

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from traboule.kernel.people.models import Organisation, Person

MOST = 300


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a sign says of one space: words, whether they worry, and where to read on."""

    words: str
    worries: bool = False
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Sign:
    """One column: ``of(spaces)`` reads it for all the spaces in a fixed number of queries."""

    key: str
    label: str | Promise
    of: Callable[[Sequence[Space]], Mapping[int, Reading]]
    for_carriers_only: bool = False
    """Whether partners do not read it."""


_signs: dict[str, Sign] = {}


def register(*signs: Sign) -> None:
    """Announce columns; called from ``apps.ready()``."""
    _signs.update((sign.key, sign) for sign in signs)


@dataclass(frozen=True)
class Row:
    """One space, and what each sign says of it."""

    space: Space
    readings: list[tuple[Sign, Reading]]

    @property
    def worries(self) -> bool:
        """Whether something there waits for someone."""
        return any(reading.worries for _sign, reading in self.readings)


def spaces_of(organisation: "Organisation") -> list[Space]:
    """The running spaces that an organisation carries, by name."""
    carried = Space.objects.running().filter(initiative__holder=organisation)
    return list(carried.for_listing().order_by("initiative__title", "pk")[:MOST])


def signs_for(*, carries: bool) -> list[Sign]:
    """The columns that this reader sees."""
    return [sign for sign in _signs.values() if carries or not sign.for_carriers_only]


def table(spaces: Sequence[Space], signs: Sequence[Sign]) -> list[Row]:
    """Every space with what each sign says of it."""
    columns = [(sign, sign.of(spaces)) for sign in signs]
    return [
        Row(space, [(sign, said[space.pk]) for sign, said in columns if space.pk in said])
        for space in spaces
    ]


def carries(person: "Person | AnonymousUser", organisation: "Organisation") -> bool:
    """Whether they belong to the organisation."""
    return person.is_authenticated and (
        person.is_superuser or organisation.memberships.filter(person=person).exists()
    )


def is_partner(person: "Person | AnonymousUser", organisation: "Organisation") -> bool:
    """Whether they belong to a partner of something it carries."""
    if not person.is_authenticated:
        return False
    joined = Q(partnerships__organisation__memberships__person=person)
    return organisation.initiatives.filter(joined).exists()


def members(spaces: Sequence[Space]) -> dict[int, Reading]:
    """How many people take part in each."""
    counts = (
        Participation.objects.current()
        .filter(space__in=spaces)
        .order_by()
        .values_list("space")
        .annotate(number=Count("pk"))
    )
    return {space: Reading(words=str(number)) for space, number in counts}


def last_news(spaces: Sequence[Space]) -> dict[int, Reading]:
    """Spaces in which nothing was told for two months worry."""

    last = Space.objects.filter(pk__in=[one.pk for one in spaces]).annotate(at=Max("news__at"))
    long_ago = timezone.now() - datetime.timedelta(days=60)
    return {
        space.pk: Reading(
            words=date_format(timezone.localtime(space.at), "j F Y"), worries=space.at < long_ago
        )
        for space in last.exclude(at=None).order_by("pk")
    }


OWN = (
    Sign(key="people", label=_("Personnes"), of=members),
    Sign(key="news", label=_("Dernière nouvelle"), of=last_news),
)
