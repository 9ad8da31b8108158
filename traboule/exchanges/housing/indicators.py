"""What the exchange of homes measures, as its founders count it."""

from collections.abc import Iterable
from datetime import datetime
from statistics import median

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from traboule.kernel.people.models import Person
from traboule.kernel.spaces.blocks import Indicator, Period
from traboule.kernel.spaces.models import Space

from .models import LIVE, Check, Decision, Listing, Move, State, Swap, SwapState

MOST_READ = 1000
"""Delays are those of the last answers: what landlords do now, and never a long reading."""


def within(period: Period, field: str) -> dict[str, object]:
    """The condition that a moment lies in the period."""
    bounds = {f"{field}__date__gte": period.start, f"{field}__date__lte": period.end}
    return {name: day for name, day in bounds.items() if day}


def middle_in_days(moments: Iterable[tuple[datetime, datetime | None]]) -> float:
    """The median of days from one moment to the other; 0 when there is none."""
    days = [(last - first).total_seconds() / 86_400 for first, last in moments if last]
    return round(median(days), 1) if days else 0


# Households


def registrations(space: Space, period: Period) -> QuerySet[Listing]:
    """The listings that households began and sent to their landlord."""
    rows = Listing.objects.filter(space=space, **within(period, "created_at"))
    return rows.exclude(state=State.DRAFT)


def active_listings(space: Space, period: Period) -> QuerySet[Listing]:
    """Those published, and not over yet, on the last day of the period."""
    rows = Listing.objects.filter(space=space, published_at__isnull=False)
    if period.end is None:
        return rows.live()
    begun = rows.filter(published_at__date__lte=period.end)
    return begun.filter(Q(state__in=LIVE) | Q(ended_at__date__gt=period.end))


def _tenants(listings: QuerySet[Listing]) -> QuerySet[Person]:
    return Person.objects.filter(pk__in=listings.values("tenant"))


# Exchanges


def exchanges(space: Space, period: Period) -> QuerySet[Swap]:
    """Those after which everyone moved in the period."""
    rows = Swap.objects.filter(space=space, state=SwapState.DONE)
    return rows.filter(**within(period, "done_at"))


def moves(space: Space, period: Period) -> QuerySet[Move]:
    """The households that moved by an exchange in the period."""
    return Move.objects.filter(swap__in=exchanges(space, period))


def _housed(space: Space, period: Period) -> QuerySet[Person]:
    return Person.objects.filter(pk__in=moves(space, period).values("listing__tenant"))


def several(space: Space, period: Period) -> int:
    """Exchanges of three households or more."""
    sized = exchanges(space, period).annotate(households=Count("moves"))
    return sized.filter(households__gte=3).count()


def between_communes(space: Space, period: Period) -> float:
    """The share of exchanges, in hundredths, in which a household changes commune."""
    done = exchanges(space, period)
    stays = Q(dwelling__commune=F("listing__dwelling__commune"))
    leaves = Move.objects.filter(~stays, swap=OuterRef("pk"))
    every = done.count()
    return round(100 * done.filter(Exists(leaves)).count() / every, 1) if every else 0


def over_occupied(space: Space, period: Period) -> int:
    """Households with more people than rooms before, and no more after."""
    people = F("listing__household_size")
    crowded = moves(space, period).filter(listing__dwelling__rooms__lt=people)
    return crowded.filter(dwelling__rooms__gte=people).count()


def under_occupied(space: Space, period: Period) -> int:
    """Households with more than one room too many before, and not after."""
    enough = F("listing__household_size") + 1
    roomy = moves(space, period).filter(listing__dwelling__rooms__gt=enough)
    return roomy.filter(dwelling__rooms__lte=enough).count()


def waiting(space: Space, period: Period) -> float:
    """The median of months from the registration to the exchange."""
    last = moves(space, period).order_by("-swap__done_at", "-pk")[:MOST_READ]
    days = middle_in_days(last.values_list("listing__created_at", "swap__done_at"))
    return round(days / 30.4, 1)


# Landlords


def checks_made(space: Space, period: Period) -> QuerySet[Check]:
    """Listings that landlords answered for in the period."""
    rows = Check.objects.filter(listing__space=space, decided_at__isnull=False)
    return rows.filter(**within(period, "decided_at"))


def decisions_given(space: Space, period: Period) -> QuerySet[Decision]:
    """Exchanges that landlords decided in the period, each for itself."""
    rows = Decision.objects.filter(swap__space=space, decided_at__isnull=False)
    return rows.filter(**within(period, "decided_at"))


def days_of(answers: QuerySet[Check] | QuerySet[Decision]) -> float:
    """The median of days that the last answers took."""
    last = answers.order_by("-decided_at", "-pk")[:MOST_READ]
    return middle_in_days(last.values_list("asked_at", "decided_at"))


def _locataires(n: int) -> str:
    return ngettext("locataire", "locataires", n)


def _exchanges(n: int) -> str:
    return ngettext("échange", "échanges", n)


def _households(n: int) -> str:
    return ngettext("ménage", "ménages", n)


def _days(n: int) -> str:
    return ngettext("jour", "jours", n)


INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        key="housing.registered",
        name=_("Locataires inscrits"),
        unit=_locataires,
        counts=_("Un ménage compte le jour où il commence son annonce, dès qu’il l’a envoyée à "
                 "son bailleur. Une annonce laissée en route ne compte pas."),
        value=lambda space, period: registrations(space, period).count(),
        people=lambda space, period: _tenants(registrations(space, period)),
    ),
    Indicator(
        key="housing.active",
        name=_("Locataires qui cherchent"),
        unit=_locataires,
        counts=_("Les annonces vérifiées, ni arrêtées ni suivies d’un échange, au dernier jour "
                 "de la période. Chacune est confirmée tous les six mois."),
        value=lambda space, period: active_listings(space, period).count(),
        people=lambda space, period: _tenants(active_listings(space, period)),
    ),
    Indicator(
        key="housing.exchanges",
        name=_("Échanges réalisés"),
        unit=_exchanges,
        counts=_("Un échange compte une fois, à deux ou à plusieurs, le jour où tout le monde a "
                 "emménagé."),
        value=lambda space, period: exchanges(space, period).count(),
    ),
    Indicator(
        key="housing.tenants-housed",
        name=_("Locataires qui ont changé de logement"),
        unit=_locataires,
        counts=_("Chaque ménage d’un échange réalisé compte une fois, quel que soit le nombre de "
                 "ses personnes."),
        value=lambda space, period: moves(space, period).count(),
        people=_housed,
    ),
    Indicator(
        key="housing.several",
        name=_("Échanges à trois ou plus"),
        unit=_exchanges,
        counts=_("Les échanges réalisés dans lesquels trois ménages au moins ont déménagé."),
        value=several,
    ),
    Indicator(
        key="housing.between-communes",
        name=_("Échanges entre communes différentes"),
        unit=lambda n: str(_("% des échanges")),
        counts=_("La part des échanges réalisés dans lesquels un ménage au moins change de "
                 "commune."),
        value=between_communes,
    ),
    Indicator(
        key="housing.over-occupation",
        name=_("Logements trop petits quittés"),
        unit=_households,
        counts=_("Les ménages qui comptaient plus de personnes que de pièces, et qui ont "
                 "maintenant une pièce par personne au moins."),
        value=over_occupied,
    ),
    Indicator(
        key="housing.under-occupation",
        name=_("Logements trop grands rendus"),
        unit=_households,
        counts=_("Les ménages qui avaient au moins deux pièces de plus que de personnes, et qui "
                 "n’en ont plus qu’une de plus, ou moins."),
        value=under_occupied,
    ),
    Indicator(
        key="housing.waiting",
        name=_("Attente avant l’échange"),
        unit=lambda n: str(_("mois")),
        counts=_("La médiane : un ménage sur deux a attendu moins que cela entre son inscription "
                 "et son échange. Sur les mille derniers déménagements au plus."),
        value=waiting,
    ),
    Indicator(
        key="housing.check-days",
        name=_("Délai des bailleurs pour vérifier"),
        unit=_days,
        counts=_("La médiane des jours entre l’envoi d’une annonce et la réponse du bailleur, sur "
                 "les mille dernières réponses au plus."),
        value=lambda space, period: days_of(checks_made(space, period)),
    ),
    Indicator(
        key="housing.decision-days",
        name=_("Délai des bailleurs pour décider"),
        unit=_days,
        counts=_("La médiane des jours entre le dossier d’un échange et la décision de chaque "
                 "bailleur, sur les mille dernières décisions au plus."),
        value=lambda space, period: days_of(decisions_given(space, period)),
    ),
)  # fmt: skip
