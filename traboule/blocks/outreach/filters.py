"""Which contacts one looks at: the filters of the list, kept in addresses and in segments."""

import datetime
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from traboule.kernel.people.channels import PHONES, ChannelKind
from traboule.kernel.people.models import Channel
from traboule.kernel.spaces.models import Space

from .models import Contact, NextAction
from .models.contact import ContactQuerySet

INSIDE, OUTSIDE, UNKNOWN = "oui", "non", "inconnu"
NO_WAY, NO_PHONE, NO_EMAIL = "aucun", "sans-telephone", "sans-email"
LONGEST = 80


@dataclass(frozen=True, kw_only=True)
class Filters:
    """Every filter as the address of the page says it; empty ones let everyone through.

    ``quartier`` is oui, non, inconnu or the code of a neighbourhood; ``sans`` what they lack;
    ``silence`` a number of days without exchange; ``suite`` is ``aucune`` for those for whom
    nothing is planned.
    """

    q: str = ""
    quartier: str = ""
    etape: str = ""
    besoin: str = ""
    etat: str = ""
    suivi: str = ""
    sans: str = ""
    silence: str = ""
    suite: str = ""

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """The filters of an address; what makes no sense is left out."""
        said = {one.name: str(data.get(one.name, "")).strip()[:LONGEST] for one in fields(cls)}
        for name in ("etape", "besoin", "suivi", "silence"):
            if not (said[name].isdecimal() and len(said[name]) < 10):
                said[name] = ""
        if said["etat"] not in Contact.State.values:
            said["etat"] = ""
        said = {key: value.replace("\0", "") for key, value in said.items()}
        return cls(**said)

    def as_table(self) -> dict[str, str]:
        """Those that say something."""
        return {key: value for key, value in asdict(self).items() if value}

    def query_string(self, **more: str) -> str:
        """The same as the end of an address, with its question mark."""
        said = self.as_table() | {key: value for key, value in more.items() if value}
        return f"?{urlencode(said)}" if said else ""

    def apply(self, space: Space) -> ContactQuerySet:
        """The live contacts of the space that meet all of them."""
        found = Contact.objects.live().filter(space=space)
        for name, value in self.as_table().items():
            found = found.filter(getattr(self, f"_{name}")(value))
        return found

    def _q(self, value: str) -> Q:
        return (
            Q(person__name__icontains=value)
            | Q(organisation__icontains=value)
            | Q(activity__icontains=value)
            | Q(street__icontains=value)
            | Q(code=value.upper())
        )

    def _quartier(self, value: str) -> Q:
        inside = Q(person__neighbourhood__isnull=False)
        known = Q(located_at__isnull=False)
        said = {INSIDE: inside, OUTSIDE: ~inside & known, UNKNOWN: ~inside & ~known}
        return said.get(value, Q(person__neighbourhood__code=value))

    def _etape(self, value: str) -> Q:
        return Q(stage=int(value))

    def _besoin(self, value: str) -> Q:
        having = Contact.needs.through.objects.filter(contact=OuterRef("pk"), need=int(value))
        return Q(Exists(having))

    def _etat(self, value: str) -> Q:
        return Q(state=value)

    def _suivi(self, value: str) -> Q:
        return Q(owner=int(value))

    def _sans(self, value: str) -> Q:
        theirs = Channel.objects.filter(person=OuterRef("person"))
        phone = Q(Exists(theirs.filter(kind__in=PHONES))) & Q(phone_is_wrong=False)
        email = Q(Exists(theirs.filter(kind=ChannelKind.EMAIL)))
        said = {
            NO_PHONE: ~phone,
            NO_EMAIL: ~email,
            NO_WAY: ~phone & ~email & Q(street=""),
        }
        return said.get(value, Q())

    def _silence(self, value: str) -> Q:
        before = timezone.now() - datetime.timedelta(days=min(int(value), 3650))
        return Q(last_exchange_at__isnull=True) | Q(last_exchange_at__lt=before)

    def _suite(self, value: str) -> Q:
        planned = NextAction.objects.filter(contact=OuterRef("pk"), done_at__isnull=True)
        working = ~Q(state__in=[Contact.State.GIVEN_UP, Contact.State.LOST_TOUCH,
                                Contact.State.DONE])  # fmt: skip
        return ~Q(Exists(planned)) & working if value == "aucune" else Q()


def page_after(contacts: ContactQuerySet, key: str) -> ContactQuerySet:
    """What follows the last contact of the page before, by name and key."""
    last = None
    if key.isdecimal() and len(key) < 19:
        last = Contact.objects.filter(pk=key).select_related("person").first()
    ordered = contacts.order_by("person__name", "pk")
    if last is None:
        return ordered
    name = last.person.name
    return ordered.filter(Q(person__name__gt=name) | Q(person__name=name, pk__gt=last.pk))
