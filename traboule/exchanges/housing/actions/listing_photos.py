"""Photos of homes: sent by the household, looked at by the team before anyone sees them."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.kernel.files import actions as files
from traboule.kernel.files.checking import Prepared
from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person

from ..messages import listing as messages
from ..models import Listing, ListingPhoto, Room
from ..models.listing import MOST_PHOTOS
from .listing import locked


@transaction.atomic
def add_photos(*, listing: Listing, by: Person, photos: Iterable[Prepared], room: str) -> int:
    """Keep photos of one room, for the team to look at; how many there were."""
    listing = locked(listing, by=by)
    photos = list(photos)
    held = listing.photos.aggregate(last=Max("position"))["last"] or 0
    if listing.photos.count() + len(photos) > MOST_PHOTOS:
        raise Refused(_("Huit photos au plus : enlevez-en une d’abord."))
    for rank, prepared in enumerate(photos, held + 1):
        alt = str(Room(room).label).capitalize()
        file = files.keep(prepared, space=listing.space, by=by, alt=alt)
        ListingPhoto.objects.create(listing=listing, file=file, room=room, position=rank)
    if photos:
        record("housing.added-photos", listing, by=by, number=len(photos))
    return len(photos)


@transaction.atomic
def remove_photo(*, photo: ListingPhoto, by: Person) -> None:
    """Take one's own photo away for good."""
    listing = locked(photo.listing, by=by)
    _remove(photo, by=by)
    record("housing.removed-photo", listing, by=by)


@transaction.atomic
def pass_photo(*, photo: ListingPhoto, by: Person) -> None:
    """Nobody can be recognised on it: everyone may see it. Passed twice, it is once."""
    waiting = ListingPhoto.objects.waiting().filter(pk=photo.pk)
    if waiting.update(passed_at=timezone.now()):
        record("housing.passed-photo", photo.listing, by=by)


@transaction.atomic
def refuse_photo(*, photo: ListingPhoto, reason: str, by: Person) -> None:
    """Take it away, and tell the household why, so that it sends another."""
    photo = ListingPhoto.objects.select_for_update(of=("self",)).filter(pk=photo.pk).first()
    if photo is None:
        raise Refused(_("Cette photo n’est plus là."))
    listing = photo.listing
    _remove(photo, by=by)
    record("housing.refused-photo", listing, by=by, reason=reason)
    messages.photo_refused(listing, reason)


def _remove(photo: ListingPhoto, *, by: Person) -> None:
    file = photo.file
    photo.delete()
    files.delete(file=file, by=by)
