"""Naming whom to call, and for what."""

from typing import TYPE_CHECKING

from django.db import transaction

from traboule.kernel.journal.actions import record

from .actions import must_be_open
from .models import Referent

if TYPE_CHECKING:
    from traboule.kernel.people.models import Person


@transaction.atomic
def name_referent(*, referent: Referent, by: "Person") -> Referent:
    """Say that someone may be called, or correct what is said of it. Raises Refused."""
    must_be_open(referent.space)
    referent.full_clean()
    referent.save()
    record("name-referent", referent.space, by=by, for_=referent.person)
    return referent


@transaction.atomic
def remove_referent(*, referent: Referent, by: "Person") -> None:
    """Have them called no more."""
    record("remove-referent", referent.space, by=by, for_=referent.person)
    referent.delete()
