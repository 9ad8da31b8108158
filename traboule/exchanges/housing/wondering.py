"""What the engine explains of a wish, in words: what fits today, why no more, and « et si… »."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traboule.engines.swaps.explaining import Change, Criterion, Opening, what_if, why_none
from traboule.kernel.places.models import Commune

from . import matching
from .models import Listing

MOST_CHANGES = 8


@dataclass(frozen=True)
class Wondered:
    """Homes that fit, households that would take one's own, exchanges; obstacles and changes."""

    homes: int
    takers: int
    exchanges: int
    obstacles: list[str]
    changes: list[tuple[str, str]]


def about(listing: Listing) -> Wondered:
    """What is possible for a household today, and with one small change in its wish."""
    listings = matching.free_listings(listing.space)
    others = [one for one in listings if one.pk != listing.pk]
    index = matching.index_of(listing.space, [*others, listing])
    name = str(listing.pk)
    reasons = why_none(index, name)
    longest = 3 if listing.wants_several else 2
    openings = what_if(index, name)[:MOST_CHANGES]
    return Wondered(
        homes=len(index.homes(name)),
        takers=reasons.takers,
        exchanges=len(index.exchanges(name, max_length=longest)),
        obstacles=[_obstacle(one, number) for one, number in reasons.alone],
        changes=[(_change(one), _opened(one)) for one in openings],
    )


def _obstacle(criterion: Criterion, number: int) -> str:
    words = ngettext("%(n)s logement ne manque que sur ce point : %(what)s",
                     "%(n)s logements ne manquent que sur ce point : %(what)s", number)  # fmt: skip
    return words % {"n": number, "what": _CRITERIA[criterion]()}


def _opened(opening: Opening) -> str:
    homes = ngettext("%(n)s logement de plus", "%(n)s logements de plus", opening.homes)
    exchanges = ngettext("%(n)s échange possible", "%(n)s échanges possibles", opening.exchanges)
    return f"{homes % {'n': opening.homes}}, {exchanges % {'n': opening.exchanges}}"


def _change(opening: Opening) -> str:
    value = opening.value
    if opening.change == Change.COMMUNE:
        commune = Commune.objects.filter(code=value).first()
        return _("Avec %(commune)s en plus") % {"commune": commune or value}
    if opening.change == Change.FEATURE:
        return _("Sans demander : %(what)s") % {"what": _CRITERIA[Criterion(str(value))]()}
    return _CHANGES[opening.change]() % {"value": value}


_CHANGES = {
    Change.FEWER_ROOMS: lambda: _("À partir de %(value)s pièces"),
    Change.MORE_ROOMS: lambda: _("Jusqu’à %(value)s pièces"),
    Change.RENT: lambda: _("Avec un loyer jusqu’à %(value)s €"),
    Change.AREA: lambda: _("À partir de %(value)s m²"),
    Change.GROUND: lambda: _("En acceptant un rez-de-chaussée"),
}
_CRITERIA = {
    Criterion.COMMUNE: lambda: _("la commune"),
    Criterion.ROOMS: lambda: _("le nombre de pièces"),
    Criterion.AREA: lambda: _("la surface"),
    Criterion.RENT: lambda: _("le loyer"),
    Criterion.CEILING: lambda: _("le plafond de ressources"),
    Criterion.STEP_FREE: lambda: _("l’accès sans marche"),
    Criterion.WHEELCHAIR: lambda: _("l’accès en fauteuil roulant"),
    Criterion.NO_GROUND: lambda: _("l’étage"),
    Criterion.BALCONY: lambda: _("le balcon"),
    Criterion.PARKING: lambda: _("le stationnement"),
    Criterion.GARDEN: lambda: _("le jardin"),
    Criterion.CELLAR: lambda: _("la cave"),
    Criterion.BATH: lambda: _("la baignoire"),
    Criterion.SHOWER: lambda: _("la douche"),
    Criterion.SEPARATE_KITCHEN: lambda: _("la cuisine séparée"),
    Criterion.BIKE_ROOM: lambda: _("le local à vélos"),
}
