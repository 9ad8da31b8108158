"""What people are told of requests and of offers."""

from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.kernel.people.models import Person

from ..locating import far
from ..models import Offer, Request, Worker
from .telling import first_name, say

DECLINE, STILL, STOP = "services.decline", "services.still-look", "services.stop-looking"
MOST_TOLD = 30
"""How many workers learn of a new request at once: those nearest first."""


def asked(request: Request) -> None:
    """Those who look for that kind of work near there learn of it."""
    for worker in _nearby(request):
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
        answers={"2": DECLINE},
        data={"offer": offer.pk},
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


def confirmed(request: Request) -> None:
    """Whoever asked by phone or on paper has in writing, or by voice, what was put online."""
    _tell(
        request.household.person,
        request,
        kind="services.confirmed",
        key=f"services.confirmed:{request.pk}",
        subject=_("Votre demande est en ligne : %(kind)s"),
        text=_(
            "%(kind)s, %(minutes)s minutes, %(budget)s € net de l’heure pour la personne. Votre "
            "adresse n’est montrée à personne pour l’instant. Nous vous dirons qui répond, et "
            "vous choisirez. Rien n’est payé avant."
        ),
        values={"minutes": request.minutes},
    )


def reminded(offer: Offer) -> None:
    """Five days without a word: both are reminded, once."""
    _tell(
        offer.request.household.person,
        offer.request,
        kind="services.reminded",
        key=f"services.reminded:{offer.pk}:household",
        subject=_("%(name)s attend votre réponse : %(kind)s"),
        text=_("Choisissez, ou dites non merci. Sans réponse, l’offre se ferme dans cinq jours."),
        values=_of(offer),
        answers={"2": DECLINE},
        data={"offer": offer.pk},
    )
    _tell(
        offer.worker.person,
        offer.request,
        kind="services.reminded",
        key=f"services.reminded:{offer.pk}:worker",
        subject=_("Pas encore de réponse : %(kind)s"),
        text=_("Nous avons rappelé votre offre à la personne. Vous pouvez aussi lui écrire."),
        urgent=False,
    )


def silent(offer: Offer) -> None:
    """Ten days: the offer is closed, and nobody is to blame."""
    for side, person, text in (
        ("household", offer.request.household.person, _("L’offre de %(name)s est restée dix jours "
         "sans réponse : nous l’avons fermée. Votre demande reste en ligne.")),
        ("worker", offer.worker.person, _("Votre offre est restée dix jours sans réponse : nous "
         "l’avons fermée. Ce n’est pas un non. D’autres demandes vous attendent.")),
    ):  # fmt: skip
        _tell(
            person,
            offer.request,
            kind="services.silent",
            key=f"services.silent:{offer.pk}:{side}",
            subject=_("Offre fermée : %(kind)s"),
            text=text,
            values=_of(offer),
            urgent=False,
        )


def still_looking(worker: Worker) -> None:
    """A week before they leave the list: do they still look?"""
    if worker.fresh_until is None:
        return
    say(
        worker.person,
        worker.space,
        kind="services.still-looking",
        key=f"services.still-looking:{worker.pk}:{worker.fresh_until}",
        subject=_("Cherchez-vous toujours ?"),
        text=_("Vous proposez vos services dans « %(space)s ». Sans réponse, vous sortirez de la "
               "liste le %(day)s."),
        values={"space": str(worker.space), "day": date_format(worker.fresh_until, gettext("j F"))},
        answers={"1": STILL, "2": STOP},
        data={"worker": worker.pk},
        url=reverse("services:requests", args=[worker.space.slug]),
    )  # fmt: skip


def _nearby(request: Request) -> list[Worker]:
    """Those who do that kind of work, and go as far; the nearest first."""
    others = Worker.objects.available().filter(space=request.space_id)
    others = others.exclude(person=request.household.person_id)
    here = request.household.blurred
    found = []
    for worker in others.select_related("person", "commune").order_by("pk"):
        km = far(worker.point, here)
        if request.kind in worker.kinds and km <= worker.radius_km:
            found.append((km, worker.pk, worker))
    return [worker for _km, _pk, worker in sorted(found)[:MOST_TOLD]]


def _of(offer: Offer) -> dict[str, Any]:
    return {"name": first_name(offer.worker.person), "price": f"{offer.net_hourly:.2f}"}


def _tell(
    person: Person | None,
    request: Request,
    *,
    values: dict[str, Any] | None = None,
    urgent: bool = True,
    data: dict[str, Any] | None = None,
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
        data={"request": request.pk, **(data or {})},
        url=reverse("services:request", args=[request.space.slug, request.code]),
        **words,
    )
