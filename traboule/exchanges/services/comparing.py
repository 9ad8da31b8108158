"""Offers side by side: what each costs in the end, and what the team knows of who sends it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traboule.engines.payroll import Unusable
from traboule.engines.payroll.cases import Exoneration

from .actions.requests import is_beside_another
from .estimates import Estimate, estimate
from .models import Offer, Request, Rhythm, Worker


@dataclass(frozen=True, kw_only=True)
class Compared:
    """An offer, its cost for one time, and words of trust."""

    offer: Offer
    cost: Estimate | None
    trust: list[str]


def compare(asked: Request, offers: Iterable[Offer]) -> list[Compared]:
    """Each offer of a request, in the order given; ``offers`` come from ``compared()``."""
    offers = list(offers)
    for one in offers:
        one.worker.space = asked.space
    together = asked.kind_data.is_only_bundled and (bool(asked.also) or is_beside_another(asked))
    return [
        Compared(
            offer=one,
            cost=price_of(asked, one.net_hourly, beside_another=together),
            trust=trust(one.worker, jobs=one.jobs),
        )
        for one in offers
    ]


def price_of(
    asked: Request, net_hourly: Decimal, *, beside_another: bool = True
) -> Estimate | None:
    """What one time costs this household at that price; nothing below the minimum wage."""
    household = asked.household
    try:
        return estimate(
            asked.kind_data,
            net_hourly=net_hourly,
            hours=asked.hours,
            on=asked.on or timezone.localdate(),
            exoneration=Exoneration(household.allowance) if household.allowance else None,
            alsace_moselle=household.is_in_alsace_moselle,
            beside_another=beside_another,
            once=asked.rhythm == Rhythm.ONCE,
        )
    except Unusable:
        return None


def trust(worker: Worker, *, jobs: int) -> list[str]:
    """What is known of someone, each said as a fact: no mark, no star."""
    said = []
    if worker.identity_seen_on:
        seen = date_format(worker.identity_seen_on, _("F Y"))
        said.append(_("L’équipe a vu sa pièce d’identité (%(seen)s).") % {"seen": seen})
    else:
        said.append(_("L’équipe n’a pas encore vu sa pièce d’identité."))
    if worker.visited_on:
        said.append(_("L’équipe est allée chez elle."))
    done = ngettext(
        "%(n)d service rendu ici.", "%(n)d services rendus ici.", jobs
    ) % {"n": jobs}  # fmt: skip
    said.append(done if jobs else _("Ce serait son premier service ici."))
    return said
