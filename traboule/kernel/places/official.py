"""Reads the State's own files: the geo API's communes, the outlines of the QPV.

Each reader checks the whole file and raises ``BadFileError`` with every mistake it met.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from django.utils.translation import gettext as _

from .names import whole_commune

MOST_MISTAKES = 20

_CODE_KEYS = ("code_qp", "code_qpv", "codeqp", "codeqpv", "code")
_NAME_KEYS = ("nom_qp", "lib_qp", "nom_qpv", "lib_qpv", "libelle_qp", "nom", "libelle", "name")
_COMMUNE_KEYS = ("insee_com", "code_insee", "insee", "code_com", "codgeo", "com", "depcom")


class BadFileError(Exception):
    """A file that cannot be loaded; ``mistakes`` are sentences that name their place in it."""

    def __init__(self, mistakes: list[str]) -> None:
        self.mistakes = mistakes[:MOST_MISTAKES]
        if len(mistakes) > MOST_MISTAKES:
            more = len(mistakes) - MOST_MISTAKES
            self.mistakes.append(_("… et %(more)s autres erreurs.") % {"more": more})
        super().__init__("\n".join(self.mistakes))


@dataclass(frozen=True)
class OfficialCommune:
    """A commune of the geo API; ``None`` where the file did not ask for the field."""

    code: str
    name: str
    latitude: float
    longitude: float
    population: int | None
    postal_codes: tuple[str, ...] | None


@dataclass(frozen=True)
class OfficialNeighbourhood:
    """A priority neighbourhood of the official file; ``commune`` is an INSEE code or empty."""

    code: str
    name: str
    commune: str
    shape: shapely.Geometry


def read_communes(path: Path) -> list[OfficialCommune]:
    """The communes of a file of ``geo.api.gouv.fr/communes?fields=code,nom,centre,…``."""
    entries = _json(path)
    if not isinstance(entries, list) or not entries:
        raise BadFileError(
            [_("Le fichier doit être une liste de communes, comme la donne l’API Géo.")]
        )
    mistakes: list[str] = []
    communes = [_commune(number, entry, mistakes) for number, entry in enumerate(entries, 1)]
    if mistakes:
        raise BadFileError(mistakes)
    return [commune for commune in communes if commune]


def read_neighbourhoods(path: Path) -> list[OfficialNeighbourhood]:
    """The priority neighbourhoods of an official GeoJSON file in WGS 84."""
    collection = _json(path)
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list) or not features:
        raise BadFileError([_("Le fichier doit être une collection GeoJSON (FeatureCollection).")])
    mistakes: list[str] = []
    places = [_neighbourhood(number, row, mistakes) for number, row in enumerate(features, 1)]
    codes: set[str] = set()
    for number, place in enumerate(places, 1):
        if place and place.code in codes:
            text = _("Élément %(number)s : le code %(code)s est déjà pris par un autre élément.")
            mistakes.append(text % {"number": number, "code": place.code})
        codes.add(place.code if place else "")
    if mistakes:
        raise BadFileError(mistakes)
    return [place for place in places if place]


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise BadFileError([_("Impossible de lire %(path)s.") % {"path": path}]) from error
    except UnicodeDecodeError as error:
        raise BadFileError([_("Le fichier n’est pas en UTF-8 : enregistrez-le ainsi.")]) from error
    except json.JSONDecodeError as error:
        text = _("Ligne %(line)s, colonne %(column)s : ce n’est pas du JSON.")
        raise BadFileError([text % {"line": error.lineno, "column": error.colno}]) from error


def _commune(number: int, entry: Any, mistakes: list[str]) -> OfficialCommune | None:
    row = entry if isinstance(entry, dict) else {}
    code = row.get("code")
    where = _("Entrée %(number)s (%(code)s)") % {"number": number, "code": code or "?"}
    before = len(mistakes)

    def check(field: str, *, right: bool, expected: str) -> None:
        if not right:
            text = _("%(where)s, champ « %(field)s » : %(expected)s.")
            mistakes.append(text % {"where": where, "field": field, "expected": expected})

    centre = row.get("centre")
    point = centre.get("coordinates") if isinstance(centre, dict) else None
    population, postal = row.get("population"), row.get("codesPostaux")
    check(
        "code",
        right=isinstance(code, str) and len(code) == 5 and code.isalnum(),
        expected=_("cinq signes attendus"),
    )
    check(
        "nom",
        right=isinstance(row.get("nom"), str) and 0 < len(row["nom"]) <= 120,
        expected=_("un nom attendu"),
    )
    check("centre", right=_is_point(point), expected=_("un point [longitude, latitude] attendu"))
    check(
        "population",
        right=population is None or (type(population) is int and population >= 0),
        expected=_("un nombre d’habitants attendu"),
    )
    check(
        "codesPostaux",
        right=postal is None or _are_postal_codes(postal),
        expected=_("une liste de codes de cinq chiffres attendue"),
    )
    if len(mistakes) > before or not isinstance(point, list):
        return None
    return OfficialCommune(
        code=str(code),
        name=row["nom"],
        latitude=float(point[1]),
        longitude=float(point[0]),
        population=population,
        postal_codes=None if postal is None else tuple(postal),
    )


def _is_point(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 2
        and all(type(number) in (int, float) for number in value)
        and abs(value[0]) <= 180
        and abs(value[1]) <= 90
    )


def _are_postal_codes(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(code, str) and len(code) == 5 and code.isdigit() for code in value
    )


def _neighbourhood(number: int, row: Any, mistakes: list[str]) -> OfficialNeighbourhood | None:
    row = row if isinstance(row, dict) else {}
    given = row.get("properties")
    properties = {k.lower(): v for k, v in given.items()} if isinstance(given, dict) else {}
    code = _first(properties, _CODE_KEYS)
    where = _("Élément %(number)s (%(code)s)") % {"number": number, "code": code or "?"}
    try:
        shape = _outline(row.get("geometry"))
        if not code or len(code) > 12:
            raise ValueError(_("le code du quartier manque (code_qp) ou dépasse douze signes"))
    except ValueError as error:
        text = _("%(where)s : %(reason)s.")
        mistakes.append(text % {"where": where, "reason": error})
        return None
    commune = _first(properties, _COMMUNE_KEYS).replace(";", ",").split(",")[0].strip()
    name = _first(properties, _NAME_KEYS) or code
    return OfficialNeighbourhood(code, name[:200], whole_commune(commune), shape)


def _first(properties: dict[str, Any], keys: tuple[str, ...]) -> str:
    return next((str(properties[key]).strip() for key in keys if properties.get(key)), "")


def _outline(geometry: Any) -> shapely.Geometry:
    """A valid polygon of degrees, or ``ValueError`` that says what is wrong with it."""
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        raise ValueError(_("un contour Polygon ou MultiPolygon est attendu"))
    try:
        shape = shapely.force_2d(shapely.geometry.shape(geometry))
    except (shapely.errors.ShapelyError, ValueError, TypeError, IndexError, KeyError) as error:
        raise ValueError(_("le contour n’est pas lisible")) from error
    if shape.is_empty:
        raise ValueError(_("le contour est vide"))
    west, south, east, north = shape.bounds
    if max(abs(west), abs(east)) > 180 or max(abs(south), abs(north)) > 90:
        raise ValueError(
            _(
                "les coordonnées ne sont pas des degrés (Lambert-93 ?) ; "
                "convertissez le fichier en WGS 84 (EPSG:4326)"
            )
        )
    if not shape.is_valid:
        reason = shapely.is_valid_reason(shape)
        raise ValueError(_("le contour se croise ou se touche mal (%s)") % reason)
    return shape
