"""Finding who calls, among those the call-taker may know."""

from django.core.exceptions import ValidationError
from rapidfuzz import fuzz

from traboule.engines.french import fold
from traboule.kernel.people.channels import read_address
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space

CLOSE = 80
"""From 0 to 100: « Djamila » and « Jamila » are as close as that."""
MOST_SHOWN = 8


def find_callers(space: Space, text: str) -> list[Person]:
    """Who may be calling: the space's people by name, anyone by their whole number or address."""
    try:
        _kind, value = read_address(text)
    except ValidationError:
        return _by_name(space, text)
    reached = Person.objects.filter(channels__value=value, erased_at__isnull=True)
    return list(reached.distinct().order_by("name", "pk")[:MOST_SHOWN])


def _by_name(space: Space, text: str) -> list[Person]:
    wanted = fold(text).strip()
    here = [one.person for one in space.roll()]
    alike = {one.pk: fuzz.WRatio(wanted, fold(one.name)) for one in here}
    close = [one for one in here if alike[one.pk] >= CLOSE]
    return sorted(close, key=lambda one: -alike[one.pk])[:MOST_SHOWN]
