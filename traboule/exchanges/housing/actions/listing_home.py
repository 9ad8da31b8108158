"""Finding one's home by its address and the number of its lease, and telling nobody else's."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from traboule.kernel.journal.actions import record
from traboule.kernel.journal.models import Entry
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.places.models import Commune
from traboule.kernel.places.names import fold

from ..models import Dwelling, Landlord
from ..rules import can_help

MOST_TRIES = 5
TRIES_LAST = datetime.timedelta(hours=1)
ALIKE = 82
"""From which likeness, in percent, two ways of writing a street are the same."""
MISSED = "housing.missed-home"


@transaction.atomic
def find_home(
    *, landlord: Landlord, commune: Commune, address: str, lease: str, by: Person
) -> Dwelling | None:
    """The home of this address whose lease has this number; nothing when either is wrong.

    Which of both was wrong is never told. Raises Refused after five wrong tries in an hour; the
    team, who reads a paper form, has no such bound.
    """
    Person.objects.select_for_update().get(pk=by.pk)
    if not can_help(by, landlord.space) and _wrong_tries(by) >= MOST_TRIES:
        raise Refused(
            _("Cinq essais n’ont rien donné. Attendez une heure, ou appelez-nous : nous "
              "chercherons avec vous.")
        )  # fmt: skip
    homes = landlord.dwellings.standing().filter(commune=commune, lease__iexact=lease.strip())
    rows = homes.exclude(lease="").select_related("commune", "landlord").order_by("pk")
    found = next((home for home in rows[:MOST_TRIES] if _is_same(home.address, address)), None)
    if found is None:
        record(MISSED, landlord, by=by)
    return found


def _wrong_tries(by: Person) -> int:
    since = timezone.now() - TRIES_LAST
    return Entry.objects.by(by).filter(act=MISSED, at__gte=since).count()


def _is_same(known: str, given: str) -> bool:
    """Whether two addresses are one, however they are written: same number, alike street."""
    ours, theirs = fold(known), fold(given)
    numbers = [{word for word in text.split() if word.isdecimal()} for text in (ours, theirs)]
    return numbers[0] == numbers[1] and fuzz.token_sort_ratio(ours, theirs) >= ALIKE
