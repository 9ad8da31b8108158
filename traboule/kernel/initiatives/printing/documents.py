"""The three things one can print, from sheets to PDF."""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traboule.ui.printing import qr_code, typeset

from ..models import Initiative
from ..search.filters import Filters
from ..vocabulary import Theme, ToolKind
from . import data, maps

Told = Callable[[int], None]
"""Hears how many sheets are ready."""

_HERE = Path(__file__).parent
_THEME_ORDER = list(Theme.values)


def sheet_pdf(initiative: Initiative) -> bytes:
    """One sheet on A4: a page when it can be, else two."""
    place_map = maps.locator(initiative, width=54, height=40)
    place_map["alt"] = _("Carte : %(title)s se trouve à %(place)s.") % {
        "title": initiative.title,
        "place": initiative.place,
    }
    return typeset(
        _HERE / "sheet.typ", data.common() | {"sheet": data.sheet(initiative), "map": place_map}
    )


def booklet_pdf(initiatives: Iterable[Initiative], *, filters: Filters, told: Told) -> bytes:
    """The compendium as one reads it at a table: A4, by themes, with contents, map and index."""
    ordered = in_reading_order(initiatives)
    sheets = []
    for number, initiative in enumerate(ordered, 1):
        sheets.append(data.sheet(initiative) | {"number": number})
        told(number)
    whole_map = maps.numbered(ordered, width=178, height=205, largest_pin=9, letters=8)
    whole_map["alt"] = _map_alt(ordered)
    return typeset(
        _HERE / "booklet.typ",
        data.common()
        | _edition(ordered, filters)
        | {"sheets": sheets, "map": whole_map, "indexes": _indexes(ordered)},
    )


def wall_map_pdf(initiatives: Iterable[Initiative], *, filters: Filters, told: Told) -> bytes:
    """A map to pin on a wall: A3, numbered doors, and beside it what each number is."""
    ordered = in_reading_order(initiatives)
    whole_map = maps.numbered(ordered, width=258, height=230, largest_pin=12, letters=9.5)
    whole_map["alt"] = _map_alt(ordered)
    entries = [
        {"number": n, "theme": i.theme, "title": i.title, "place": i.place}
        for n, i in enumerate(ordered, 1)
    ]
    told(len(ordered))
    return typeset(
        _HERE / "wall_map.typ",
        data.common() | _edition(ordered, filters) | {"entries": entries, "map": whole_map},
    )


def in_reading_order(initiatives: Iterable[Initiative]) -> list[Initiative]:
    """By theme, then by title, as a dictionary would."""
    return sorted(initiatives, key=lambda i: (_THEME_ORDER.index(i.theme), _sorting(i.title), i.pk))


def _edition(initiatives: list[Initiative], filters: Filters) -> dict[str, Any]:
    """The words of a cover: what this is, what it holds, when it was printed, where to read on."""
    address = f"{settings.SITE_URL}/initiatives/{filters.query_string()}"
    count = len(initiatives)
    return {
        "title": _("Des initiatives numériques près de chez vous"),
        "subtitle": _(
            "Ce que des habitants font avec le numérique dans les quartiers populaires, "
            "et comment le refaire chez vous"
        ),
        "chosen": filters.labels(),
        "count": ngettext("%(n)s initiative", "%(n)s initiatives", count) % {"n": count},
        "date": date_format(timezone.localdate(), "F Y" if count else "Y").capitalize(),
        "address": address,
        "address_shown": data.shown_address(address),
        "qr": qr_code(address),
        "words": _words(),
    }


def _words() -> dict[str, str]:
    return {
        "edited": _("Recueil imprimé"),
        "how": _("Comment lire ce recueil"),
        "how_text": _(
            "Chaque fiche raconte une action : ce qui se fait, avec quels outils, ce que cela a "
            "donné, et ce qu’il faut pour la refaire. Les chiffres sont ceux que les initiatives "
            "ou leurs sources ont annoncés. Le code à photographier mène à la fiche à jour."
        ),
        "qr": _("Code à photographier pour ouvrir ces fiches sur un téléphone"),
        "online": _("Ces fiches en ligne"),
        "map_text": _("Chaque porte porte le numéro de sa fiche."),
        "tell": _("Votre initiative n’y est pas ?"),
        "tell_text": _(
            "Racontez-la en un quart d’heure, en ligne ou avec une personne de votre centre "
            "social. Personne n’a besoin d’une adresse e-mail."
        ),
        "tell_address": data.shown_address(f"{settings.SITE_URL}/contribuer/"),
        "fix": _("Quelque chose a changé ?"),
        "fix_text": _("Dites-le nous : la fiche en ligne sera corrigée."),
        "licence": _("Licence"),
        "licence_text": _(
            "Les textes de ces fiches peuvent être copiés et réutilisés librement, en citant leur "
            "source (Licence Ouverte 2.0)."
        ),
        "made": _("Imprimé par Traboule, un logiciel libre qui aide les quartiers à se passer "
                  "leurs idées."),
        "legend": _("Les quatre thèmes"),
    }  # fmt: skip


def _map_alt(initiatives: list[Initiative]) -> str:
    """The map for those who do not see it: how many, and where. The list gives each."""
    communes = sorted({i.commune.name for i in initiatives}, key=_sorting)
    return _("Carte de %(count)s initiatives, à : %(communes)s. La liste numérotée suit.") % {
        "count": len(initiatives),
        "communes": ", ".join(communes[:60]),
    }


def _indexes(initiatives: list[Initiative]) -> list[dict[str, Any]]:
    """Three indexes; an entry is a word and the sheets, by slug, that it leads to."""
    communes, holders, tools = (defaultdict[str, list[str]](list) for _index in range(3))
    for initiative in initiatives:
        communes[str(initiative.commune)].append(initiative.slug)
        holders[initiative.holder.name].append(initiative.slug)
        for kind in initiative.tool_kinds:
            tools[str(ToolKind(kind).label)].append(initiative.slug)
    named = {_("Communes"): communes, _("Qui les porte"): holders, _("Outils numériques"): tools}
    return [
        {
            "title": title,
            "entries": [
                {"word": word, "slugs": index[word]} for word in sorted(index, key=_sorting)
            ],
        }
        for title, index in named.items()
    ]


def _sorting(text: str) -> str:
    """A French word as dictionaries order it: accents and case aside."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c)).lstrip("«“’' \u202f\u00a0")
