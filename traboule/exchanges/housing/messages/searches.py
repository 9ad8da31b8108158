"""What people are told of the searches they keep."""

import datetime

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
