"""What a household is told of its own listing."""

import datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from traboule.kernel.notices.actions import tell

from ..models import Listing

STILL, STOP = "housing.still-looking", "housing.stop-looking"


def still_looking(listing: Listing, *, until: datetime.datetime) -> None:
    """Asked every six months: one digit keeps the listing."""
    _tell(
        listing,
        kind="housing.still-looking",
        subject=_("Cherchez-vous toujours un échange ?"),
        text=_("Votre annonce d’échange de logement a six mois. Cherchez-vous toujours ? Sans "
               "réponse avant le %(day)s, elle s’arrêtera."),
        values={"day": date_format(localtime(until), "j F")},
        answers={"1": STILL, "2": STOP},
        answer_by=until,
        key=f"housing.still-looking:{listing.pk}:{listing.renew_by}",
    )  # fmt: skip


def about_to_end(listing: Listing, *, until: datetime.datetime) -> None:
    """A week before silence ends it."""
    _tell(
        listing,
        kind="housing.about-to-end",
        subject=_("Votre annonce va s’arrêter"),
        text=_("Sans réponse avant le %(day)s, votre annonce d’échange de logement s’arrêtera. "
               "Cherchez-vous toujours ?"),
        values={"day": date_format(localtime(until), "j F")},
        answers={"1": STILL, "2": STOP},
        answer_by=until,
        key=f"housing.about-to-end:{listing.pk}:{listing.renew_by}",
    )  # fmt: skip


def ended_in_silence(listing: Listing) -> None:
    """It is over for want of an answer; nothing forbids another."""
    _tell(
        listing,
        kind="housing.ended-in-silence",
        subject=_("Votre annonce est arrêtée"),
        text=_("Nous n’avons pas eu de réponse : votre annonce d’échange de logement est arrêtée. "
               "Vous cherchez encore ? Appelez-nous, ou inscrivez-vous de nouveau."),
        key=f"housing.ended-in-silence:{listing.pk}",
    )  # fmt: skip


def photo_refused(listing: Listing, reason: str) -> None:
    """A photo cannot be shown; why, so that another comes."""
    _tell(
        listing,
        kind="housing.photo-refused",
        subject=_("Une photo est à refaire"),
        text=_("Une photo de votre annonce ne peut pas être montrée : %(reason)s Vous pouvez en "
               "envoyer une autre."),
        values={"reason": reason},
    )  # fmt: skip


def _tell(listing: Listing, **words: Any) -> None:
    if listing.tenant is None:
        return
    url = reverse("housing:own", args=[listing.space.slug, listing.code])
    tell(
        person=listing.tenant, url=url, urgent=True, purse=listing.space.purse,
        data={"listing": listing.pk}, **words,
    )  # fmt: skip
