"""The columns of a landlord's file of homes, and how a cell of each is read, forgivingly."""

import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traboule.kernel.places.names import fold

from .models import FEATURES, Financing, Heating, Kind


class WrongCellError(Exception):
    """What a cell holds makes no sense; the message says what to write."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: its field, its name on top, other names it bears, how its cells are read."""

    field: str
    head: str
    read: Callable[[str], Any]
    says: Any
    example: str
    aliases: tuple[str, ...] = ()
    required: bool = False


def _text(longest: int) -> Callable[[str], str]:
    def read(text: str) -> str:
        if len(text) > longest:
            raise WrongCellError(_("C’est trop long : %(n)d signes au plus.") % {"n": longest})
        return text

    return read


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        number = _number(text)
        if number != int(number) or not least <= number <= most:
            raise WrongCellError(
                _("Écrivez un nombre entier, de %(least)d à %(most)d ; on lit « %(text)s ».")
                % {"least": least, "most": most, "text": text[:40]}
            )
        return int(number)

    return read


def _number(text: str) -> Decimal:
    """« 1 234,50 € » as a number."""
    plain = re.sub(r"[\s\u00a0\u202f€]|m²|m2", "", text).replace(",", ".")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise WrongCellError(_("Écrivez un nombre ; on lit « %(text)s ».") % {"text": text[:40]})
    return number


def _money(text: str) -> Decimal:
    amount = _number(text)
    if not 0 <= amount < 10_000:
        raise WrongCellError(
            _("Écrivez une somme par mois, de 0 à 9 999 € ; on lit « %(text)s ».")
            % {"text": text[:40]}
        )
    return amount.quantize(Decimal("0.01"))


def _area(text: str) -> int:
    return _whole(9, 400)(str(round(_number(text))))


def _rooms(text: str) -> int:
    return _whole(1, 9)(re.sub(r"(?i)^\s*[tf]\s*(?=\d)", "", text))


def _floor(text: str) -> int:
    return 0 if fold(text) in {"rdc", "rez de chaussee"} else _whole(-3, 60)(text)


def _yes(text: str) -> bool:
    said = fold(text)
    if said in {"oui", "o", "x", "1", "vrai", "avec"}:
        return True
    if said in {"non", "n", "0", "faux", "sans", ""}:
        return False
    raise WrongCellError(_("Écrivez oui ou non ; on lit « %(text)s ».") % {"text": text[:40]})


def _among(choices: dict[str, Any]) -> Callable[[str], Any]:
    by_name = {fold(str(label)): value for label, value in choices.items()}

    def read(text: str) -> Any:
        if (said := fold(text)) in by_name:
            return by_name[said]
        raise WrongCellError(
            _("Écrivez l’un de : %(choices)s ; on lit « %(text)s ».")
            % {"choices": ", ".join(map(str, choices)), "text": text[:40]}
        )

    return read


def _features(text: str) -> int:
    by_name = {fold(str(label)): one for one, label in FEATURES.items()}
    said = [fold(part) for part in re.split(r"[,;/|+]", text) if part.strip()]
    found = 0
    for one in said:
        known = [mark for name, mark in by_name.items() if one in {name, name.split()[0]}]
        if not known:
            raise WrongCellError(
                _("Nous ne connaissons pas « %(one)s ». On peut écrire : %(known)s.")
                % {"one": one[:40], "known": ", ".join(map(str, FEATURES.values()))}
            )
        found |= known[0]
    return found


def _postal_code(text: str) -> str:
    code = re.sub(r"\s", "", text)
    if not re.fullmatch(r"\d{4,5}", code):
        raise WrongCellError(_("Un code postal compte cinq chiffres."))
    return code.zfill(5)


def _day(text: str) -> datetime.date:
    for pattern in ("%d/%m/%Y", "%Y-%m-%d", "%d/%m/%y"):
        try:
            return datetime.datetime.strptime(text, pattern).date()  # noqa: DTZ007 (a day)
        except ValueError:
            continue
    raise WrongCellError(
        _("Écrivez le jour ainsi : 31/12/2026 ; on lit « %(text)s ».") % {"text": text[:40]}
    )


def _degrees(most: int) -> Callable[[str], float]:
    def read(text: str) -> float:
        degrees = float(_number(text))
        if abs(degrees) > most:
            raise WrongCellError(_("Écrivez des degrés, par exemple 45,899."))
        return degrees

    return read


def _energy(text: str) -> str:
    if (letter := text.upper()) not in set("ABCDEFG"):
        raise WrongCellError(_("La classe énergie va de A à G."))
    return letter


COLUMNS = (
    Column(field="reference", head="Référence", read=_text(40), required=True,
           says=gettext_lazy("le numéro du logement chez vous, qui ne change pas"),
           example="0412-03-017", aliases=("reference du logement", "ref", "code logement")),
    Column(field="lease", head="Numéro de bail", read=_text(40),
           says=gettext_lazy("celui du bail en cours : il prouve à la place du locataire"),
           example="B204518", aliases=("bail", "contrat", "numero de contrat", "no de bail")),
    Column(field="address", head="Adresse", read=_text(200), required=True,
           says=gettext_lazy("le numéro et la rue"), example="12 rue des Aravis"),
    Column(field="door", head="Porte", read=_text(80),
           says=gettext_lazy("le bâtiment, l’étage, la porte"), example="Bât. B, porte 17",
           aliases=("batiment", "complement", "complement d adresse")),
    Column(field="postal_code", head="Code postal", read=_postal_code, required=True,
           says=gettext_lazy("cinq chiffres"), example="74000", aliases=("cp",)),
    Column(field="commune", head="Commune", read=_text(120), required=True,
           says=gettext_lazy("son nom, ou son code INSEE"), example="Annecy",
           aliases=("ville", "code insee", "insee")),
    Column(field="neighbourhood", head="Quartier", read=_text(80),
           says=gettext_lazy("comme on l’appelle"), example="Novel"),
    Column(field="priority_neighbourhood", head="Code QPV", read=_text(12),
           says=gettext_lazy("si le logement est en quartier prioritaire"), example="",
           aliases=("qpv", "quartier prioritaire")),
    Column(field="latitude", head="Latitude", read=_degrees(90),
           says=gettext_lazy("en degrés ; jamais montrée telle quelle"), example="45,913"),
    Column(field="longitude", head="Longitude", read=_degrees(180),
           says=gettext_lazy("en degrés ; jamais montrée telle quelle"), example="6,138"),
    Column(field="kind", head="Sorte", read=_among({
               "appartement": Kind.FLAT, "maison": Kind.HOUSE, "collectif": Kind.FLAT,
               "individuel": Kind.HOUSE}),
           says=gettext_lazy("appartement ou maison"), example="appartement"),
    Column(field="rooms", head="Pièces", read=_rooms, required=True,
           says=gettext_lazy("3 ou T3"), example="T3",
           aliases=("type", "typologie", "nombre de pieces")),
    Column(field="area", head="Surface", read=_area, required=True,
           says=gettext_lazy("surface habitable, en m²"), example="64",
           aliases=("surface habitable", "m2")),
    Column(field="rent", head="Loyer", read=_money, required=True,
           says=gettext_lazy("par mois, sans les charges, en euros"), example="412,50",
           aliases=("loyer hors charges", "loyer principal", "loyer hc")),
    Column(field="charges", head="Charges", read=_money,
           says=gettext_lazy("par mois, en euros"), example="95"),
    Column(field="floor", head="Étage", read=_floor,
           says=gettext_lazy("0 pour le rez-de-chaussée"), example="2"),
    Column(field="lift", head="Ascenseur", read=_yes, says=gettext_lazy("oui ou non"),
           example="oui"),
    Column(field="wheelchair", head="Accessible en fauteuil", read=_yes,
           says=gettext_lazy("oui ou non"), example="non", aliases=("pmr", "accessible pmr")),
    Column(field="heating", head="Chauffage", read=_among({
               "collectif": Heating.COLLECTIVE, "gaz": Heating.GAS,
               "électrique": Heating.ELECTRIC, "autre": Heating.OTHER,
               "individuel au gaz": Heating.GAS, "individuel électrique": Heating.ELECTRIC}),
           says=gettext_lazy("collectif, gaz, électrique ou autre"), example="collectif"),
    Column(field="energy_class", head="Classe énergie", read=_energy,
           says=gettext_lazy("de A à G"), example="C", aliases=("dpe", "etiquette energie")),
    Column(field="financing", head="Financement", read=_among({
               "PLAI": Financing.PLAI, "PLUS": Financing.PLUS, "PLS": Financing.PLS}),
           says=gettext_lazy("PLAI, PLUS ou PLS"), example="PLUS"),
    Column(field="features", head="Équipements", read=_features,
           says=gettext_lazy("balcon, stationnement, jardin, cave, baignoire, douche, cuisine "
                             "séparée, local à vélos ; séparés par des virgules"),
           example="balcon, cave", aliases=("annexes",)),
    Column(field="is_exchangeable", head="Échangeable", read=_yes,
           says=gettext_lazy("non pour un foyer, une vente, des travaux lourds"), example="oui"),
    Column(field="why_not", head="Pourquoi non", read=_text(200),
           says=gettext_lazy("en quelques mots, si le logement ne s’échange pas"), example=""),
    Column(field="vacant_from", head="Libre à partir du", read=_day,
           says=gettext_lazy("pour un logement vide que vous mettez dans les échanges"),
           example=""),
)  # fmt: skip
"""Everything that a file may say of a home; what it has no column for stays as it was."""

BY_NAME = {
    name: column for column in COLUMNS for name in (fold(column.head), *column.aliases)
}
EMPTY: dict[str, Any] = {"vacant_from": None, "latitude": None, "longitude": None,
                          "priority_neighbourhood": None, "charges": Decimal(0), "floor": 0,
                          "lift": False, "wheelchair": False, "features": 0, "kind": Kind.FLAT,
                          "financing": Financing.PLUS, "is_exchangeable": True}  # fmt: skip
"""What an empty cell means; else it means an empty text."""


def model_rows() -> Iterator[list[str]]:
    """The model to fill in: its columns, and an example."""
    yield [column.head for column in COLUMNS]
    yield [column.example for column in COLUMNS]
