"""What households are told of the stock of their landlord."""

from django.utils.translation import gettext_lazy as _

from traboule.kernel.notices.actions import tell

from ..models import Listing


def home_removed(listing: Listing) -> None:
    """The household learns that its listing ends, since the home is no longer let there."""
    if listing.tenant is None:
        return
    tell(
        person=listing.tenant,
        kind="housing.home-removed",
        subject=_("Votre annonce est arrêtée"),
        text=_("Votre bailleur a retiré votre logement de sa liste : votre annonce d’échange "
               "%(code)s s’arrête. Si c’est une erreur, appelez-nous, nous verrons avec lui."),
        values={"code": listing.code},
        urgent=True,
        purse=listing.space.purse,
        key=f"housing.home-removed:{listing.pk}",
    )  # fmt: skip
