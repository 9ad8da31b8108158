"""What people are told of requests and of offers."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from traboule.kernel.people.models import Person

from ..models import Offer, Request, Worker
from .telling import first_name, say

MOST_TOLD = 30
"""How many workers learn of a new request at once: those nearest first."""


def asked(request: Request) -> None:
    """Those who look for that kind of work near there learn of it."""
    for worker in _nearby(request)[:MOST_TOLD]:
        _tell(
            worker.person,
            request,
            kind="services.asked",
            key=f"services.asked:{request.pk}:{worker.pk}",
            subject=_("Une demande près de chez vous : %(kind)s"),
            text=_("%(kind)s, à %(commune)s, %(budget)s € net de l’heure. Cela vous va ?"),
        )


def offered(offer: Offer) -> None:
    """Who asks learns that someone answered."""
    _tell(
        offer.request.household.person,
        offer.request,
        kind="services.offered",
        key=f"services.offered:{offer.pk}",
        subject=_("Quelqu’un vous répond : %(kind)s"),
        text=_(
            "%(name)s propose son aide pour %(price)s € net de l’heure. Lisez, puis choisissez."
        ),
        values=_of(offer),
    )


def chosen(offer: Offer) -> None:
    """Who is chosen learns it; the address comes with the contract."""
    _tell(
        offer.worker.person,
        offer.request,
        kind="services.chosen",
        key=f"services.chosen:{offer.pk}",
        subject=_("C’est vous : %(kind)s"),
        text=_("Votre offre est acceptée : %(kind)s, à %(commune)s. Écrivez-vous pour le contrat."),
        values=_of(offer),
    )


def not_chosen(offer: Offer) -> None:
    """The others learn it kindly."""
    _tell(
        offer.worker.person,
        offer.request,
        kind="services.not-chosen",
        key=f"services.not-chosen:{offer.pk}",
        subject=_("Ce ne sera pas cette fois : %(kind)s"),
        text=_("Une autre réponse a été retenue. D’autres demandes vous attendent."),
        urgent=False,
    )


def withdrawn(offer: Offer, *, was_chosen: bool) -> None:
    """Who asks learns that an offer is taken back."""
    text = _("%(name)s ne peut plus venir.")
    again = _("%(name)s ne peut plus venir. Votre demande est de nouveau en ligne.")
    _tell(
        offer.request.household.person,
        offer.request,
        kind="services.withdrawn",
        key=f"services.withdrawn:{offer.pk}",
        subject=_("Une offre est retirée : %(kind)s"),
        text=again if was_chosen else text,
        values=_of(offer),
    )


def request_closed(offer: Offer) -> None:
    """Those who answered learn that it is over."""
    _tell(
        offer.worker.person,
        offer.request,
        kind="services.request-closed",
        key=f"services.request-closed:{offer.pk}",
        subject=_("Demande fermée : %(kind)s"),
        text=_("La personne n’en a plus besoin. Merci d’avoir répondu."),
        urgent=False,
    )


def _nearby(request: Request) -> QuerySet[Worker]:
    others = Worker.objects.available().filter(space=request.space_id)
    return others.exclude(person=request.household.person_id).select_related("person")


def _of(offer: Offer) -> dict[str, Any]:
    return {"name": first_name(offer.worker.person), "price": f"{offer.net_hourly:.2f}"}


def _tell(
    person: Person | None,
    request: Request,
    *,
    values: dict[str, Any] | None = None,
    urgent: bool = True,
    **words: Any,
) -> None:
    say(
        person,
        request.space,
        values={
            "kind": str(request),
            "commune": str(request.household.commune),
            "budget": f"{request.budget:.2f}",
            **(values or {}),
        },
        urgent=urgent,
        data={"request": request.pk},
        url=reverse("services:request", args=[request.space.slug, request.code]),
        **words,
    )
