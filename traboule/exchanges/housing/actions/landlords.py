"""Landlords that exchange here, and the people who check and decide for them."""

from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.actions import must_be_open
from traboule.kernel.spaces.models import Space

from ..models import Landlord, Officer


@transaction.atomic
def add_landlord(*, space: Space, by: Person, **facts: Any) -> Landlord:
    """Name a landlord. Raises ValidationError when it is known by that name."""
    must_be_open(space)
    landlord = Landlord(space=space, **facts)
    landlord.full_clean()
    landlord.save()
    record("housing.added-landlord", landlord, by=by)
    return landlord


@transaction.atomic
def change_landlord(*, landlord: Landlord, by: Person, **facts: Any) -> None:
    """Correct its name, its telephone and its days. Raises ValidationError."""
    must_be_open(landlord.space)
    for name, value in facts.items():
        setattr(landlord, name, value)
    landlord.full_clean()
    landlord.save()
    record("housing.changed-landlord", landlord, by=by)


@transaction.atomic
def remove_landlord(*, landlord: Landlord, by: Person) -> None:
    """Take off a landlord named by mistake. Raises Refused once a household lives in its homes."""
    must_be_open(landlord.space)
    record("housing.removed-landlord", landlord, by=by)
    try:
        with transaction.atomic():
            landlord.delete()
    except ProtectedError as error:
        raise Refused(
            _("Des annonces parlent de ses logements : ce bailleur reste dans la liste.")
        ) from error


@transaction.atomic
def add_officer(*, landlord: Landlord, person: Person, by: Person) -> Officer:
    """Let a person check and decide for a landlord. Repeatable."""
    must_be_open(landlord.space)
    officer, is_new = Officer.objects.get_or_create(landlord=landlord, person=person)
    if is_new:
        record("housing.added-officer", landlord, by=by, officer=person.pk)
    return officer


@transaction.atomic
def remove_officer(*, officer: Officer, by: Person) -> None:
    """They check and decide for that landlord no more."""
    must_be_open(officer.landlord.space)
    record("housing.removed-officer", officer.landlord, by=by, officer=officer.person_id)
    officer.delete()
