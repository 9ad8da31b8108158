"""Ways to be reached that no code proves: a landline, a letter box, a relay; and who is who."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.kernel.journal.actions import record

from . import names
from .actions import Refused
from .channels import ChannelKind, normalise, read_address
from .models import Channel, Person


@transaction.atomic
def note_channel(*, person: Person, kind: str, value: str, by: Person) -> Channel:
    """Note a channel on which no code can be sent: a landline, a letter box."""
    channel, created = Channel.objects.get_or_create(
        person=person, kind=kind, value=normalise(kind, value)
    )
    if created:
        record("add-channel", person, by=by, channel=kind)
    return channel


@transaction.atomic
def prefer_channel(*, channel: Channel, by: Person) -> None:
    """Use this channel before the person's others. Raises Refused for one not yet proven."""
    if not channel.is_ready:
        raise Refused(_("Ce moyen de contact n’est pas encore vérifié."))
    person = Person.objects.select_for_update().get(pk=channel.person_id)
    person.channels.filter(is_preferred=True).update(is_preferred=False)
    person.channels.filter(pk=channel.pk).update(is_preferred=True)
    record("prefer-channel", person, by=by, channel=channel.kind)


@transaction.atomic
def ask_relay(*, person: Person, name: str, address: str, by: Person) -> Channel:
    """Ask someone to be reached in the person's place; it counts once they accept.

    Raises Refused when nobody here has this name at this number or address.
    """
    relay = find_person(name=name, address=address)
    if relay is None:
        raise Refused(
            _(
                "Nous ne connaissons personne de ce nom à ce numéro ou à cette adresse. "
                "Votre relais doit d’abord s’être connecté ici une fois."
            )
        )
    if relay == person:
        raise Refused(_("Le relais doit être une autre personne que vous."))
    channel, created = Channel.objects.get_or_create(
        person=person, kind=ChannelKind.RELAY, relay=relay
    )
    if created:
        record("ask-relay", person, by=by, relay=relay.pk)
    return channel


@transaction.atomic
def answer_relay(*, channel: Channel, accepts: bool, by: Person) -> None:
    """The relay accepts, or will not (or no longer) be one."""
    if accepts:
        channel.verified_at = timezone.now()
        channel.save(update_fields=["verified_at"])
    else:
        channel.delete()
    record("accept-relay" if accepts else "decline-relay", channel.person, by=by)


def find_person(*, name: str, address: str) -> Person | None:
    """Who proved to be reached at this number or address, if they go by this name.

    The name is asked so that a number tried at random tells nothing of whose it is.
    """
    known = Person.objects.reached_at(*read_address(address))
    return known if known and known.is_active and names.are_close(name, known.name) else None


def find_or_note_person(*, name: str, address: str) -> Person:
    """The person of this name and number or address; else someone new, who has proven nothing.

    Raises Refused when the number or address is that of someone of another name.
    """
    if not address:
        return Person.objects.create_person(name=name)
    known = find_person(name=name, address=address)
    if known is None and Person.objects.reached_at(*read_address(address)):
        raise Refused(_("Ce numéro ou cette adresse est à quelqu’un d’un autre nom : vérifiez."))
    return known or Person.objects.create_person(name=name, channels=[address])
