"""What a household said, line by line, to read again before it leaves."""

from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .asking import STEPS, Step, may_answer
from .models import Feature, Listing, Reason

NAMED = 5


class Line(NamedTuple):
    """One answer: which question, its words, and whether it can be changed there."""

    step: Step
    words: str
    opens: bool


def lines_of(listing: Listing) -> list[Line]:
    """Every question with its answer, in the order of the screens."""
    said = _said(listing)
    return [Line(step, said[step.key], may_answer(listing, step)) for step in STEPS]


def _said(listing: Listing) -> dict[str, str]:
    home, wish = listing.dwelling, listing.wish
    size = listing.household_size
    people = ngettext("%(n)s personne", "%(n)s personnes", size) % {"n": size}
    photos = listing.photos.count()
    return {
        "logement": str(home),
        "foyer": people,
        "revenus": listing.get_resources_display(),
        "raison": str(Reason(listing.reason).label) if listing.reason else _("à dire"),
        "communes": _places(listing) or _("à dire"),
        "pieces": _("de %(least)s à %(most)s") % {"least": wish.rooms_min, "most": wish.rooms_max},
        "loyer": _("%(rent)s € au plus") % {"rent": wish.max_rent},
        "surface": _("%(area)s m² au moins") % {"area": wish.area_min}
        if wish.area_min
        else _("n’importe laquelle"),
        "acces": str(wish.get_need_display()),
        "indispensable": _features(wish.must),
        "bonus": _features(wish.nice),
        "photos": ngettext("%(n)s photo", "%(n)s photos", photos) % {"n": photos},
        "texte": listing.text or _("rien"),
        "accord": _("d’accord pour un échange à plusieurs")
        if listing.wants_several
        else _("échange à deux seulement"),
    }


def _features(number: int) -> str:
    return ", ".join(Feature(number).labels) or _("rien de particulier")


def _places(listing: Listing) -> str:
    names = list(listing.wish.places.values_list("commune__name", flat=True))
    more = len(names) - NAMED
    shown = ", ".join(names[:NAMED])
    if more <= 0:
        return shown
    return ngettext("%(shown)s et %(n)s autre", "%(shown)s et %(n)s autres", more) % {
        "shown": shown, "n": more,
    }  # fmt: skip
