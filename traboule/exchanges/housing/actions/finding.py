"""Keeping a listing or a search aside."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space

from ..models import Favourite, Listing, SavedSearch
from ..searching import Search

MOST_SEARCHES = 10


@transaction.atomic
def keep(*, listing: Listing, by: Person) -> None:
    """Keep a listing aside. Repeatable."""
    if Favourite.objects.get_or_create(person=by, listing=listing)[1]:
        record("housing.kept-listing", listing, by=by)


@transaction.atomic
def let_go(*, listing: Listing, by: Person) -> None:
    """Keep it aside no more. Repeatable."""
    if Favourite.objects.filter(person=by, listing=listing).delete()[0]:
        record("housing.let-listing-go", listing, by=by)


@transaction.atomic
def save_search(*, space: Space, search: Search, by: Person) -> SavedSearch:
    """Be told, week after week, of the homes that a search finds. Repeatable."""
    if search.problems:
        raise Refused(search.problems[0])
    if search.is_empty:
        raise Refused(_("Choisissez d’abord une commune, une taille ou un loyer."))
    criteria = search.query_string()
    own = SavedSearch.objects.filter(space=space, person=by)
    if known := own.filter(criteria=criteria).first():
        return known
    if own.count() >= MOST_SEARCHES:
        raise Refused(_("Vous gardez déjà dix recherches : retirez-en une d’abord."))
    title = ", ".join(search.labels)[:120]
    saved = SavedSearch(
        space=space, person=by, criteria=criteria, title=title, told_until=timezone.now()
    )
    try:
        saved.full_clean()
    except ValidationError as wrong:
        raise Refused(wrong.messages[0]) from wrong
    saved.save()
    record("housing.saved-search", saved.space, by=by)
    return saved


@transaction.atomic
def remove_search(*, saved: SavedSearch, by: Person) -> None:
    """Be told of it no more."""
    saved.delete()
    record("housing.removed-search", saved.space, by=by)


def told(saved: SavedSearch, until: datetime.datetime) -> None:
    """The person knows of all that came until then."""
    SavedSearch.objects.filter(pk=saved.pk).update(told_until=until)
