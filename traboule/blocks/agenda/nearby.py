"""Whose dates an agenda shows: a territory's, or one's own."""

from django.db.models import Q

from traboule.kernel.initiatives.search.filters import Filters
from traboule.kernel.people.acting import people_i_act_for
from traboule.kernel.people.models import MandateScope, Person
from traboule.kernel.places.geography import bounding_box

from .models import Event, Signup
from .models.event import EventQuerySet
from .models.signup import SignupQuerySet


def of_territory(filters: Filters) -> EventQuerySet:
    """Public events of the department, the commune, or so many kilometres around it."""
    events: EventQuerySet = Event.objects.public().gatherings()
    if filters.department:
        events = events.filter(space__initiative__commune__department=filters.department)
    if filters.commune and not filters.radius:
        events = events.filter(space__initiative__commune=filters.commune)
    if point := filters.point:
        box = bounding_box(point.latitude, point.longitude, filters.reach)
        events = events.filter(
            space__initiative__latitude__range=(box.south, box.north),
            space__initiative__longitude__range=(box.west, box.east),
        )
    return events


def own_signups(person: Person) -> SignupQuerySet:
    """The live sign-ups of the person, and of those for whom they answer."""
    others = people_i_act_for(person, MandateScope.SIGN_UP).order_by().values("pk")
    signups: SignupQuerySet = Signup.objects.live().filter(Q(person=person) | Q(person__in=others))
    return signups


def own_dates(person: Person) -> EventQuerySet:
    """What the person, or somebody they answer for, is signed up for."""
    held = own_signups(person).values("event")
    events: EventQuerySet = Event.objects.announced().filter(pk__in=held)
    return events
