"""What people are told of the homes that came."""

import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traboule.kernel.notices.actions import tell

from ..models import Listing, SavedSearch


def found(saved: SavedSearch, listings: list[Listing], *, until: datetime.datetime) -> None:
    """What came since last time, said with the message of the week."""
    tell(
        person=saved.person,
        kind="housing.search-found",
        subject=_("Du nouveau pour : %(title)s"),
        text=_("Ces logements viennent d’arriver : %(homes)s."),
        values={"title": saved.title, "homes": " ; ".join(map(str, listings))},
        url=saved.get_absolute_url(),
        purse=saved.space.purse,
        key=f"housing.search-found:{saved.pk}:{timezone.localdate(until):%Y-%m-%d}",
    )


def fits(listing: Listing, homes: list[Listing], *, day: datetime.date) -> None:
    """A household learns of homes that suit it, and to whose households its own would."""
    if person := listing.tenant:
        tell(
            person=person,
            kind="housing.home-fits",
            subject=_("Du nouveau : cela va dans les deux sens"),
            text=_("Ces logements vous iraient, et le vôtre irait à leurs locataires : %(homes)s."),
            values={"homes": " ; ".join(map(str, homes))},
            url=reverse("housing:home", args=[listing.space.slug]) + "?va=deux",
            at_once=True,
            purse=listing.space.purse,
            key=f"housing.home-fits:{listing.pk}:{day}",
        )
