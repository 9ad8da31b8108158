"""What is wrong in data that somebody gave us, said so that they can mend it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .sheet import Sheet

_MESSAGES = {
    "missing": _("ce champ est obligatoire"),
    "extra_forbidden": _("ce champ n’existe pas ; vérifiez son orthographe"),
    "unexpected_keyword_argument": _("ce champ n’existe pas ; vérifiez son orthographe"),
    "string_too_long": _("ce texte est trop long : {max_length} caractères au plus"),
    "string_too_short": _("ce texte est trop court : {min_length} caractères au moins"),
    "string_type": _("un texte est attendu"),
    "list_type": _("une liste est attendue"),
    "tuple_type": _("une liste est attendue"),
    "too_short": _("il en faut au moins {min_length}"),
    "too_long": _("il y en a trop : {max_length} au plus"),
    "model_type": _("plusieurs champs « nom: valeur » sont attendus ici"),
    "enum": _("valeur inconnue ; valeurs possibles : {expected}"),
    "decimal_parsing": _("un nombre est attendu, par exemple 120 ou 37.5"),
    "decimal_max_digits": _("ce nombre est trop long : {max_digits} chiffres au plus"),
    "decimal_max_places": _("ce nombre a trop de décimales : {decimal_places} au plus"),
    "decimal_whole_digits": _("ce nombre est trop long : {whole_digits} chiffres au plus"),
    "decimal_type": _("un nombre est attendu, par exemple 120 ou 37.5"),
    "finite_number": _("un nombre est attendu, par exemple 120 ou 37.5"),
    "float_type": _("un nombre est attendu, par exemple 45.188"),
    "dict_type": _("plusieurs champs « nom: valeur » sont attendus ici"),
    "dataclass_type": _("plusieurs champs « nom: valeur » sont attendus ici"),
    "bool_type": _("écrivez true (oui) ou false (non)"),
    "bool_parsing": _("écrivez true (oui) ou false (non)"),
    "int_type": _("un nombre entier est attendu"),
    "int_parsing": _("un nombre entier est attendu"),
    "int_from_float": _("un nombre entier est attendu"),
    "literal_error": _("valeur inconnue ; valeurs possibles : {expected}"),
    "float_parsing": _("un nombre est attendu, par exemple 45.188"),
    "greater_than_equal": _("ce nombre doit être au moins {ge}"),
    "less_than_equal": _("ce nombre doit être au plus {le}"),
    "string_pattern_mismatch": _("la forme n’est pas la bonne"),
    "value_error": "{error}",
}
_UNKNOWN = {"extra_forbidden", "unexpected_keyword_argument"}


@dataclass(frozen=True)
class Mistake:
    """One thing to mend, and where."""

    where: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        field = f", champ « {self.field} »" if self.field else ""
        return f"{self.where}, ligne {self.line}{field} : {self.message}"


def explain(
    error: Mapping[str, Any], *, fields: Iterable[str] = Sheet.model_fields
) -> tuple[str, str]:
    """The field and the message, in the reader’s language, of one error of the schema.

    ``fields`` are those that one may write at the top.
    """
    field = ""
    for part in error["loc"]:
        field += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if field else part
    context = error.get("ctx", {})
    either = gettext(" ou ")
    message = str(_MESSAGES.get(error["type"]) or gettext("cette valeur ne convient pas")).format(
        **{key: str(value).replace(" or ", either) for key, value in context.items()},
        **({} if "error" in context else {"error": ""}),
    )
    if error["type"] == "value_error" and field.endswith(("url", "website", "video")):
        message = gettext("une adresse web complète est attendue, par exemple https://exemple.fr/")
    if error["type"] == "string_pattern_mismatch" and field.endswith("commune"):
        message = gettext("un code INSEE de commune est attendu, par exemple 38185")
    if error["type"] in _UNKNOWN and len(error["loc"]) == 1:
        names = ", ".join(fields)
        message += gettext(" ; champs possibles : %(names)s") % {"names": names}
    return field, message
