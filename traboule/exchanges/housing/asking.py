"""The questions of a registration, in their order, and what keeps each answer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import fitting
from .actions import listing as acts
from .actions.listing_photos import add_photos
from .actions.listing_wishes import add_places
from .forms import listing as ask
from .models import Listing, State, Wish

MOST_COUNTED = 200


@dataclass(frozen=True)
class Step:
    """One screen: its name in addresses, its line on the summary, what it asks, what keeps it.

    A step that ``gathers`` stays on screen while one adds to it. One ``of_wish`` may be answered
    whenever the household wants; others, once the landlord looks, go by a correction.
    """

    key: str
    label: Promise
    form: Callable[..., forms.BaseForm]
    keep: Callable[..., Any]
    of_wish: bool = True
    gathers: bool = False

    @property
    def counts(self) -> bool:
        """Whether its answer changes how many homes fit."""
        return self.keep in (acts.wish, add_places)

    def make(self, listing: Listing, *sent: Any) -> forms.BaseForm:
        """The form, with what is known."""
        meta = getattr(self.form, "_meta", None)
        if meta is None:
            return self.form(*sent)
        return self.form(*sent, instance=listing.wish if meta.model is Wish else listing)


def _seen(*, listing: Listing, by: Any) -> None:
    """The facts are the landlord's: reading them is all."""


STEPS = (
    Step("logement", _("Votre logement"), ask.FoundForm, _seen, of_wish=False),
    Step("foyer", _("Votre foyer"), ask.HouseholdForm, acts.answer, of_wish=False),
    Step("revenus", _("Vos revenus"), ask.ResourcesForm, acts.answer, of_wish=False),
    Step("raison", _("Pourquoi changer"), ask.ReasonForm, acts.answer, of_wish=False),
    Step("communes", _("Où habiter"), ask.PlacesForm, add_places, gathers=True),
    Step("pieces", _("Pièces"), ask.RoomsForm, acts.wish),
    Step("loyer", _("Loyer"), ask.RentForm, acts.wish),
    Step("surface", _("Surface"), ask.AreaForm, acts.wish),
    Step("acces", _("Pour entrer"), ask.NeedForm, acts.wish),
    Step("indispensable", _("Indispensable"), ask.MustForm, acts.wish),
    Step("bonus", _("Ce serait bien"), ask.NiceForm, acts.wish),
    Step("photos", _("Photos"), ask.PhotosForm, add_photos, gathers=True),
    Step("texte", _("Quelques mots"), ask.TextForm, acts.answer, of_wish=False),
    Step("accord", _("Vos choix"), ask.ChoicesForm, acts.choose),
)
KEYS = [one.key for one in STEPS]


def may_answer(listing: Listing, step: Step) -> bool:
    """Whether it is kept at once, without the landlord."""
    return listing.state == State.DRAFT or (step.of_wish and listing.is_live)


@dataclass(frozen=True)
class Count:
    """How many homes fit a wish, and how many of their households would take one's own."""

    homes: int
    both: int

    @property
    def is_many(self) -> bool:
        """Whether there are more than are counted."""
        return self.homes > MOST_COUNTED


def count(listing: Listing, wish: Wish) -> Count:
    """Count no further than people care to know."""
    both_ways, most = fitting.both_ways(listing), MOST_COUNTED + 1
    found = (
        rows.order_by("pk").values_list("pk")[:most]
        for rows in (fitting.homes_for(wish), both_ways)
    )
    return Count(*map(len, found))
