"""Numbers and addresses that said no: kept as fingerprints, so that no list brings them back."""

from collections.abc import Iterable

from django.utils.crypto import salted_hmac

from traboule.engines.french import fold
from traboule.kernel.people.channels import ChannelKind
from traboule.kernel.spaces.models import Space

from .models import Contact, Suppression

_SALT = "traboule.outreach.suppression"


def fingerprint(value: str) -> str:
    """What stands for a number or address, from which nobody can read it back."""
    return salted_hmac(_SALT, value, algorithm="sha256").hexdigest()


def place_of(name: str, number: str, street: str) -> str:
    """A name at an address, written one way however it was typed; empty without a street."""
    return " ".join(fold(f"{name} {number} {street}").split()) if street else ""


def fingerprints(values: Iterable[str]) -> set[str]:
    """The fingerprints of what is not empty among these."""
    return {fingerprint(value) for value in values if value}


def refused(space: Space, values: Iterable[str]) -> bool:
    """Whether one of these numbers, addresses or names at an address said no."""
    known = Suppression.objects.filter(space=space, fingerprint__in=fingerprints(values))
    return known.exists()


def keep_away(contact: Contact) -> None:
    """Keep the fingerprints of all that leads to this contact."""
    channels = contact.person.channels.exclude(kind__in=[ChannelKind.RELAY, ChannelKind.POST])
    values = [*channels.values_list("value", flat=True)]
    values.append(place_of(contact.person.name, contact.number, contact.street))
    Suppression.objects.bulk_create(
        [
            Suppression(space_id=contact.space_id, fingerprint=one)
            for one in sorted(fingerprints(values))
        ],
        ignore_conflicts=True,
    )
