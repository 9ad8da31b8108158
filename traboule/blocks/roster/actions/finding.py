"""Someone who is known here, or someone new, with what they say of themselves."""

from collections.abc import Iterable, Mapping
from typing import Any

from traboule.kernel.people.models import Channel, Person


def find_or_make(
    *,
    person: Person | None = None,
    name: str = "",
    channels: Iterable[str | Channel] = (),
    about: Mapping[str, Any],
) -> Person:
    """The person, with what was not known of them yet; what they had said themselves stays."""
    if person is None:
        return Person.objects.create_person(name=name, channels=channels, **about)
    new = {field: value for field, value in about.items() if not getattr(person, field)}
    for field, value in new.items():
        setattr(person, field, value)
    if new:
        person.save(update_fields=list(new))
    return person
