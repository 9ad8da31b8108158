"""What a household says of itself beside its requests."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from traboule.kernel.journal.actions import record
from traboule.kernel.people.models import Person

from ..models import Household


@transaction.atomic
def say_aids(*, household: Household, aids: Mapping[int, Decimal], by: Person) -> None:
    """Note the euros received each year to pay services: taxes do not give them back."""
    row = Household.objects.select_for_update().get(pk=household.pk)
    row.aids |= {str(year): str(euros) for year, euros in aids.items()}
    row.save(update_fields=["aids"])
    record("services.said-aids", row, by=by)
