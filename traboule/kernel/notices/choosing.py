"""By which way a person is told: their own wish first, then what surely reaches them."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Prefetch, prefetch_related_objects
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from traboule.kernel.people.channels import ChannelKind
from traboule.kernel.people.models import Channel, Guardianship, Person


class Way(StrEnum):
    """How a notice travels."""

    SMS = "sms"
    EMAIL = "email"
    CALL = "call"
    POST = "post"
    WEB = "web"


@dataclass(frozen=True, kw_only=True)
class Route:
    """Who is told, how, where, and why that way."""

    recipient: Person
    way: Way
    kind: str = ""
    value: str = ""
    reason: str | Promise


LOADED = "current_guardianships"
"""Where ``load`` leaves who answers for a child."""

ORDER = (
    ChannelKind.MOBILE,
    ChannelKind.EMAIL,
    ChannelKind.LANDLINE,
    ChannelKind.POST,
    ChannelKind.RELAY,
)
"""Without a wish of theirs: what arrives by itself, then what someone carries."""

PREFERRED = _("Moyen préféré de la personne.")
USUAL = {
    ChannelKind.MOBILE: _("Mobile vérifié."),
    ChannelKind.EMAIL: _("E-mail vérifié."),
    ChannelKind.LANDLINE: _("Téléphone fixe : un appel."),
    ChannelKind.POST: _("Adresse postale : une lettre."),
}
BY_RELAY = _("Prévenir par sa personne relais.")
STOPPED = _("Plus de SMS à sa demande : un appel.")
UNVERIFIED = _("Mobile pas encore vérifié : un appel.")
NOWHERE = _("Aucun moyen de la joindre : le message l’attend sur le site.")


def routes_of(person: Person, *, urgent: bool) -> list[Route]:
    """The ways to tell a person: one, or one for each guardian of a child."""
    told = guardians_of(person) or [person]
    return [_route(one, urgent=urgent) for one in told]


def route_of(person: Person, *, urgent: bool) -> Route:
    """The way to tell this very person, nobody in their place."""
    return _route(person, urgent=urgent, through_relay=False)


def guardians_of(person: Person) -> list[Person]:
    """Those who are told in the place of a child."""
    known = getattr(person, LOADED, None)
    if known is None:
        known = person.guardianships.current().select_related("guardian").order_by("pk")
    return [guardianship.guardian for guardianship in known]


def load(persons: Iterable[Person]) -> list[Person]:
    """The same persons with all that their routes depend on, in a fixed number of queries."""
    loaded = list(persons)
    channels = Channel.objects.select_related("news_stop", "bounce", "relay").order_by("pk")
    guardianships = Guardianship.objects.current().select_related("guardian").order_by("pk")
    prefetch_related_objects(
        loaded,
        Prefetch("channels", channels),
        Prefetch("channels__relay__channels", channels),
        Prefetch("guardianships", guardianships, to_attr=LOADED),
        Prefetch(f"{LOADED}__guardian__channels", channels),
        Prefetch(f"{LOADED}__guardian__channels__relay__channels", channels),
    )
    return loaded


def _route(person: Person, *, urgent: bool, through_relay: bool = True) -> Route:
    """The first channel that can be used, the preferred one before all others."""
    channels = sorted(
        person.channels.all(), key=lambda channel: (not channel.is_preferred, _rank(channel))
    )
    for channel in channels:
        route = _by(channel, person, urgent=urgent, through_relay=through_relay)
        if route:
            return route
    return _last_resort(person, channels) or Route(recipient=person, way=Way.WEB, reason=NOWHERE)


def _rank(channel: Channel) -> int:
    return ORDER.index(ChannelKind(channel.kind))


def _by(channel: Channel, person: Person, *, urgent: bool, through_relay: bool) -> Route | None:
    """The route by one channel, if it can be used."""
    kind = ChannelKind(channel.kind)
    if kind == ChannelKind.RELAY:
        if not (through_relay and channel.relay):
            return None
        relayed = _route(channel.relay, urgent=urgent, through_relay=False)
        return Route(
            recipient=relayed.recipient,
            way=relayed.way,
            kind=relayed.kind,
            value=relayed.value,
            reason=BY_RELAY,
        )
    if kind in _WAYS_BY_MACHINE and not _arrives(channel, urgent=urgent):
        return None
    reason = PREFERRED if channel.is_preferred else USUAL[kind]
    if kind == ChannelKind.MOBILE and hasattr(channel, "news_stop"):
        if not urgent:
            return None
        return _at(channel, person, Way.CALL, STOPPED)
    return _at(channel, person, _WAYS[kind], reason)


def _arrives(channel: Channel, *, urgent: bool) -> bool:
    """Whether it is proven to be theirs, and what goes there does not come back."""
    if not channel.is_verified:
        return False
    returned = channel.kind == ChannelKind.EMAIL and hasattr(channel, "bounce")
    return not (returned and channel.bounce.stops(urgent=urgent))


def _last_resort(person: Person, channels: list[Channel]) -> Route | None:
    """A mobile that nobody verified may still be called by a human."""
    for channel in channels:
        if channel.kind == ChannelKind.MOBILE and not channel.is_verified:
            return _at(channel, person, Way.CALL, UNVERIFIED)
    return None


def _at(channel: Channel, person: Person, way: Way, reason: str | Promise) -> Route:
    return Route(recipient=person, way=way, kind=channel.kind, value=channel.value, reason=reason)


_WAYS = {
    ChannelKind.MOBILE: Way.SMS,
    ChannelKind.EMAIL: Way.EMAIL,
    ChannelKind.LANDLINE: Way.CALL,
    ChannelKind.POST: Way.POST,
}
_WAYS_BY_MACHINE = {ChannelKind.MOBILE, ChannelKind.EMAIL}
