"""What a household corrected in its listing, before and after, in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from .actions.checking import OF_LISTING
from .models import Check, Feature


@dataclass(frozen=True)
class Change:
    """One fact: its name, what it was and what it would become."""

    label: str
    before: str
    after: str


def shown(check: Check) -> list[Change]:
    """Each correction that a check asks about."""
    found = []
    for name, value in check.changes.items():
        thing = check.listing if name in OF_LISTING else check.listing.dwelling
        field = thing._meta.get_field(name)
        words = [_in_words(field, one) for one in (getattr(thing, name), field.to_python(value))]
        found.append(Change(str(field.verbose_name).capitalize(), *words))
    return found


def _in_words(field: object, value: object) -> str:
    if field.name == "features":  # type: ignore[attr-defined]
        return ", ".join(Feature(int(str(value))).labels) or "–"
    if isinstance(value, bool):
        return _("oui") if value else _("non")
    return str(dict(field.flatchoices).get(value, value))  # type: ignore[attr-defined]
