"""What is wrong in data that somebody gave us, said so that they can mend it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .sheet import Sheet

_MESSAGES = {
    "missing": "ce champ est obligatoire",
    "extra_forbidden": "ce champ n’existe pas ; vérifiez son orthographe",
    "string_too_long": "ce texte est trop long : {max_length} caractères au plus",
    "string_too_short": "ce texte est trop court : {min_length} caractères au moins",
    "string_type": "un texte est attendu",
    "list_type": "une liste est attendue",
    "model_type": "plusieurs champs « nom: valeur » sont attendus ici",
    "enum": "valeur inconnue ; valeurs possibles : {expected}",
    "decimal_parsing": "un nombre est attendu, par exemple 120 ou 37.5",
    "decimal_max_digits": "ce nombre est trop long : {max_digits} chiffres au plus",
    "decimal_max_places": "ce nombre a trop de décimales : {decimal_places} au plus",
    "decimal_whole_digits": "ce nombre est trop long : {whole_digits} chiffres au plus",
    "decimal_type": "un nombre est attendu, par exemple 120 ou 37.5",
    "finite_number": "un nombre est attendu, par exemple 120 ou 37.5",
    "float_type": "un nombre est attendu, par exemple 45.188",
    "dict_type": "plusieurs champs « nom: valeur » sont attendus ici",
    "float_parsing": "un nombre est attendu, par exemple 45.188",
    "greater_than_equal": "ce nombre doit être au moins {ge}",
    "less_than_equal": "ce nombre doit être au plus {le}",
    "string_pattern_mismatch": "la forme n’est pas la bonne",
    "value_error": "{error}",
}


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


def explain(error: Mapping[str, Any]) -> tuple[str, str]:
    """The field and the message, in French, of one error of the schema."""
    field = ""
    for part in error["loc"]:
        field += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if field else part
    context = error.get("ctx", {})
    message = _MESSAGES.get(error["type"], "cette valeur ne convient pas").format(
        **{key: str(value).replace(" or ", " ou ") for key, value in context.items()},
        **({} if "error" in context else {"error": ""}),
    )
    if error["type"] == "value_error" and field.endswith(("url", "website", "video")):
        message = "une adresse web complète est attendue, par exemple https://exemple.fr/"
    if error["type"] == "string_pattern_mismatch" and field.endswith("commune"):
        message = "un code INSEE de commune est attendu, par exemple 38185"
    if error["type"] == "extra_forbidden" and len(error["loc"]) == 1:
        message += f" ; champs possibles : {', '.join(Sheet.model_fields)}"
    return field, message
