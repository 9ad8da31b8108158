"""Adverts for a landlord's hall: a home, or a commune's list; codes to dictate, no address."""

from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traboule.kernel.places.models import Commune
from traboule.kernel.spaces.models import Space
from traboule.ui.printing import house, qr_code, shown_address, typeset

from ..models import Dwelling, Listing, Need, Wish

HERE = Path(__file__).parent
MOST_ON_A_LIST = 60
"""Beyond, an A3 sheet could not be read standing."""
MOST_PLACES = 6


def printable(space: Space) -> QuerySet[Listing]:
    """The listings that may hang on a wall: whoever hides from somebody hides from strangers."""
    return Listing.objects.filter(space=space).shown_to(None, AnonymousUser())


def wanting(space: Space, commune: Commune) -> QuerySet[Listing]:
    """Those printable whose household would live in the commune, the newest first."""
    found = printable(space).filter(wish__places__commune=commune)
    return found.select_related("dwelling__commune", "wish").order_by("-published_at", "-pk")


def advert(listing: Listing) -> bytes:
    """One home on A4: what it is, what its household looks for, how to answer."""
    address = settings.SITE_URL + listing.get_absolute_url()
    home, wish = listing.dwelling, listing.wish
    return typeset(HERE / "advert.typ", _common(listing.space) | {
        "title": f"{home.type} · {home.commune.name}",
        "code": listing.code,
        "type": home.type,
        "where": " · ".join(filter(None, [home.commune.name, home.neighbourhood])),
        "facts": facts(home),
        "features": home.feature_labels,
        "text": listing.text,
        "places": places(wish),
        "wishes": wishes(wish),
        "qr": qr_code(address),
        "address_shown": shown_address(address),
        "how": _how(listing.space),
    })  # fmt: skip


def hall_list(space: Space, commune: Commune) -> bytes:
    """On A3, for the halls of a commune: who would live there, by where they live now."""
    address = settings.SITE_URL + reverse("housing:home", args=[space.slug])
    newest = list(wanting(space, commune)[:MOST_ON_A_LIST])
    newest.sort(key=lambda one: one.dwelling.commune.name)
    return typeset(HERE / "hall.typ", _common(space) | {
        "title": _("Ils aimeraient vivre à %(commune)s") % {"commune": commune.name},
        "groups": [
            {"commune": name, "lines": [_line(one) for one in group]}
            for name, group in groupby(newest, key=lambda one: one.dwelling.commune.name)
        ],
        "qr": qr_code(address),
        "address_shown": shown_address(address),
        "how": _how(space),
    })  # fmt: skip


def _common(space: Space) -> dict[str, Any]:
    return house() | {
        "space": str(space),
        "holder": space.initiative.holder.name,
        "printed": date_format(timezone.localdate(), "j F Y"),
        "words": {
            "offers": _("Le logement proposé"),
            "wants": _("En échange, on cherche"),
            "exchange": _("Échangeons nos logements"),
            "code": _("Code à dire"),
            "qr": _("Code à photographier pour lire l’annonce"),
            "how": _("Cela vous va ?"),
            "printed": _("Imprimé le"),
            "lives": _("Logement"),
            "looks": _("Cherche"),
            "nothing": _("Personne pour l’instant. Revenez le mois prochain."),
            "intro": _("Vous habitez ici et vous voulez changer ? Un de ces logements vous va "
                       "peut-être. Notez le code."),
        },
    }  # fmt: skip


def _how(space: Space) -> list[str]:
    """How to answer, from the telephone to the page."""
    ways = []
    if space.help_phone:
        ways.append(_("Par téléphone : %(number)s, et dites le code") % {
            "number": space.help_phone
        })  # fmt: skip
    ways.append(_("En ligne : photographiez le carré"))
    return [*ways, _("Ou parlez-en à votre gardienne ou gardien")]


def _line(listing: Listing) -> dict[str, Any]:
    home = listing.dwelling
    return {
        "code": listing.code,
        "type": home.type,
        "home": ", ".join(facts(home)),
        "wishes": ", ".join(wishes(listing.wish)),
    }


def facts(home: Dwelling) -> list[str]:
    """What a home is, without where."""
    total = _("%(euros)d € charges comprises") % {"euros": round(home.total_rent)}
    known = [f"{home.area} m²", total, home.floor_in_words]
    if home.floor:
        known.append(_("avec ascenseur") if home.lift else _("sans ascenseur"))
    if home.wheelchair:
        known.append(_("accessible en fauteuil"))
    if home.energy_class:
        known.append(_("classe énergie %(letter)s") % {"letter": home.energy_class})
    return known


def wishes(wish: Wish) -> list[str]:
    """What a household looks for, without where."""
    least, most = f"T{wish.rooms_min}", f"T{wish.rooms_max}"
    sought = [least if least == most else _("%(least)s à %(most)s") % {
        "least": least, "most": most
    }]  # fmt: skip
    if wish.area_min:
        sought.append(_("au moins %(area)d m²") % {"area": wish.area_min})
    sought.append(_("jusqu’à %(euros)d € sans les charges") % {"euros": wish.max_rent})
    if wish.need != Need.NONE:
        sought.append(str(Need(wish.need).label).lower())
    return sought


def places(wish: Wish) -> str:
    """Where it would live, the favourite first."""
    names = [place.commune.name for place in wish.places.select_related("commune")]
    shown = ", ".join(names[:MOST_PLACES])
    more = len(names) - MOST_PLACES
    if more <= 0:
        return shown
    also = ngettext("et %(n)d autre commune", "et %(n)d autres communes", more) % {"n": more}
    return f"{shown} {also}"
