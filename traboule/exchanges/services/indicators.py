"""What services between neighbours measure, as the founders of Sereale count them."""

from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from traboule.kernel.people.models import Person
from traboule.kernel.places.models import PriorityNeighbourhood
from traboule.kernel.spaces.blocks import Indicator, Period
from traboule.kernel.spaces.models import Space

from .models import Contract, Household, Offer, Payslip, Request, Review


def within(period: Period, field: str) -> dict[str, Any]:
    """The condition that a day lies in the period."""
    bounds = {f"{field}__gte": period.start, f"{field}__lte": period.end}
    return {name: day for name, day in bounds.items() if day}


def payslips(space: Space, period: Period) -> QuerySet[Payslip]:
    """Those of months worked in the period."""
    rows = Payslip.objects.filter(contract__household__space=space)
    return rows.filter(**within(period, "made_at__date"))


def active(space: Space, period: Period) -> QuerySet[Person]:
    """Who asked, or answered someone who did."""
    asked = Request.objects.filter(space=space, **within(period, "opened_at__date"))
    answered = Offer.objects.filter(request__space=space, **within(period, "sent_at__date"))
    return Person.objects.filter(
        Q(pk__in=asked.values("household__person")) | Q(pk__in=answered.values("worker__person"))
    )


def rendered(space: Space, period: Period) -> QuerySet[Contract]:
    """Contracts under which hours were paid."""
    return Contract.objects.filter(pk__in=payslips(space, period).values("contract"))


def paid(space: Space, period: Period) -> QuerySet[Person]:
    """Who was paid for hours."""
    return Person.objects.filter(pk__in=rendered(space, period).values("worker__person"))


def neighbourhoods(space: Space, period: Period) -> int:
    """In how many priority neighbourhoods hours were done."""
    homes = Household.objects.filter(pk__in=rendered(space, period).values("household"))
    points = homes.exclude(latitude=None).values_list("latitude", "longitude")
    found = {
        PriorityNeighbourhood.objects.containing(latitude, longitude)
        for latitude, longitude in points
        if latitude is not None and longitude is not None
    }
    return len(found - {None})


def _sum(space: Space, period: Period, field: str) -> float:
    return float(payslips(space, period).aggregate(all=Sum(field))["all"] or 0)


def again(space: Space, period: Period) -> float:
    """The share of reviews, in hundredths, that say « let us do it again »."""
    rows = Review.objects.filter(
        contract__household__space=space, **within(period, "written_at__date")
    )
    every = rows.count()
    return round(100 * rows.filter(again="yes").count() / every, 1) if every else 0


def _people(n: int) -> str:
    return ngettext("personne", "personnes", n)


INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        key="services.active",
        name=_("Utilisateurs actifs"),
        unit=_people,
        counts=_("Une personne compte si elle a mis une demande en ligne ou répondu à une demande "
                 "dans la période. Une seule fois, même si elle fait les deux."),
        value=lambda space, period: active(space, period).count(),
        people=active,
    ),
    Indicator(
        key="services.rendered",
        name=_("Services rendus"),
        unit=lambda n: ngettext("service", "services", n),
        counts=_("Un contrat compte dès qu’un bulletin de salaire en a payé des heures dans la "
                 "période."),
        value=lambda space, period: rendered(space, period).count(),
    ),
    Indicator(
        key="services.hours",
        name=_("Heures déclarées"),
        unit=lambda n: ngettext("heure", "heures", n),
        counts=_("Les heures confirmées par les deux et mises sur un bulletin de salaire."),
        value=lambda space, period: _sum(space, period, "hours"),
    ),
    Indicator(
        key="services.wages",
        name=_("Salaires nets payés légalement"),
        unit=lambda n: str(_("euros")),
        counts=_("La somme des salaires nets des bulletins, sans les frais rendus."),
        value=lambda space, period: _sum(space, period, "net"),
    ),
    Indicator(
        key="services.paid-people",
        name=_("Personnes payées"),
        unit=_people,
        counts=_("Qui a eu un bulletin de salaire au moins dans la période."),
        value=lambda space, period: paid(space, period).count(),
        people=paid,
    ),
    Indicator(
        key="services.neighbourhoods",
        name=_("Quartiers prioritaires touchés"),
        unit=lambda n: ngettext("quartier", "quartiers", n),
        counts=_("Les quartiers prioritaires où des heures ont été faites, d’après l’adresse du "
                 "ménage quand elle est trouvée sur la carte."),
        value=neighbourhoods,
    ),
    Indicator(
        key="services.again",
        name=_("Prêts à recommencer"),
        unit=lambda n: str(_("% des avis")),
        counts=_("La part des avis qui répondent oui à « le referiez-vous ensemble ? »."),
        value=again,
    ),
)  # fmt: skip
