"""Households and workers of Villeneuve, in Grenoble, for tests."""

import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from traboule.exchanges.services.actions import requests, workers
from traboule.exchanges.services.models import Household, Request, Worker
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.tests.factories import make_space


def make_services_space(**values: Any) -> Any:
    """A space in which neighbours render each other services."""
    return make_space(blocks=("agenda", "documents", "services"), **values)


def make_household(space: Any, name: str = "Armand Vial", **values: Any) -> Household:
    person = Person.objects.create_person(name=name)
    commune = space.initiative.commune
    return requests.join_as_household(
        space=space, person=person, commune=commune, by=person, **values
    )


def make_worker(space: Any, name: str = "Inès Cherif", **values: Any) -> Worker:
    person = Person.objects.create_person(name=name)
    usual = {
        "kinds": ["gardening", "company"],
        "commune": space.initiative.commune,
        "radius_km": 5,
        "born_on": datetime.date(2004, 5, 2),
    }
    return workers.offer_hands(space=space, person=person, by=person, **usual | values)


def make_request(household: Household, **values: Any) -> Request:
    usual = {
        "kind": "gardening",
        "words": "Tailler la haie du fond.",
        "minutes": 120,
        "budget": Decimal("12.50"),
        "on": timezone.localdate() + datetime.timedelta(days=7),
    }
    person = household.person
    assert person
    return requests.ask(household=household, by=person, **usual | values)
