"""In which priority neighbourhood a contact lives: the geocoder's point, in the official outlines.

Without a geocoder nothing is looked up, and the neighbourhood is what somebody wrote.
"""

import datetime

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from traboule.kernel.people.models import Person
from traboule.kernel.places import geocoder
from traboule.kernel.places.models import PriorityNeighbourhood

from .models import Contact
from .models.contact import ContactQuerySet

LEAST_SCORE = 0.5
"""Below, the geocoder does not know the street, and its point would lie."""
MOST_AT_ONCE = 500
MOST_IN_A_CHORE = 40


@task()
def locate_space(space: int) -> None:
    """Look up every address of a space that was never looked up. Safe to repeat."""
    _locate(Contact.objects.filter(space=space), MOST_AT_ONCE)


def locate_some(now: datetime.datetime) -> None:
    """Look up a few of those left, wherever they are: the geocoder may have been down."""
    _locate(Contact.objects.all(), MOST_IN_A_CHORE)


def _locate(contacts: ContactQuerySet, most: int) -> None:
    if not geocoder.is_available():
        return
    waiting = contacts.live().filter(located_at__isnull=True, address_is_unclear=False)
    waiting = waiting.exclude(street="")
    for contact in waiting.select_related("commune", "person").order_by("pk")[:most]:
        try:
            locate(contact)
        except geocoder.GeocoderDown:
            return  # The next time.


def locate(contact: Contact) -> None:
    """Look one address up, and keep the neighbourhood on the person. Raises GeocoderDown."""
    text = f"{contact.number} {contact.street} {contact.postal_code}"
    found = geocoder.find_address(text, contact.commune_id)
    best = next((one for one in found if one.score >= LEAST_SCORE), None)
    if best is None:
        Contact.objects.filter(pk=contact.pk).update(address_is_unclear=True)
        return
    _keep(contact, PriorityNeighbourhood.objects.containing(best.latitude, best.longitude))


@transaction.atomic
def _keep(contact: Contact, place: PriorityNeighbourhood | None) -> None:
    Contact.objects.filter(pk=contact.pk).update(located_at=timezone.now())
    Person.objects.filter(pk=contact.person_id).update(neighbourhood=place)
