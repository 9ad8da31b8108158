"""Small plausible letters to test with."""

from typing import Any

from traboule.blocks.mailings.actions import listing, sending, writing
from traboule.blocks.mailings.models import How, Mailing, Subscription
from traboule.kernel.initiatives.tests.factories import make_person
from traboule.kernel.people.models import Channel, Person
from traboule.kernel.spaces.models import Role, Space
from traboule.kernel.spaces.tests.factories import make_participant

TEXT = "La fête est **samedi** à 14 h.\n\n- apportez une chaise\n- [le plan](https://exemple.fr/)"


def reached(person: Person, **channels: str) -> Person:
    """The same person, proven to be reached there: ``reached(rose, email="rose@exemple.fr")``."""
    for kind, value in channels.items():
        Channel.objects.create(person=person, kind=kind, value=value, verified_at=person.joined_at)
    return person


def make_neighbour(space: Space, name: str = "Rose", **channels: str) -> Person:
    """Someone who takes part and can be reached."""
    return reached(make_participant(space, Role.MEMBER, name), **channels)


def make_subscriber(space: Space, name: str = "Nadia", **channels: str) -> Person:
    """Someone who asked for the letter and takes no part."""
    person = reached(make_person(name), **channels)
    Subscription.objects.create(
        space=space, person=person, how=How.PAPER, state="confirmed",
        confirmed_at=person.joined_at,
    )  # fmt: skip
    return person


def make_mailing(space: Space, by: Person, **fields: Any) -> Mailing:
    """A draft to everyone in the space, unless said otherwise."""
    usual = {"subject": "La fête du quartier", "text": TEXT, "audience_keys": ["roll"]}
    return writing.write(space=space, by=by, **{**usual, **fields})


def sent(mailing: Mailing, by: Person) -> Mailing:
    """The same once it has left to all."""
    if listing.prepare(mailing=mailing, by=by):
        while listing.list_some(mailing.pk):
            pass
    sending.send(mailing=mailing, by=by)
    while sending.send_some(mailing.pk):
        pass
    mailing.refresh_from_db()
    return mailing
