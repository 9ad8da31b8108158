"""Tierce déclaration Cesu: mandates, Urssaf's own estimate, and the declaration of a wage."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from .access import Down, Rejected, call, cesu
from .fields import word


def record_mandate(*, employer_number: str, signed_on: str) -> None:
    """Tell Urssaf that a household lets us declare. Raises Down and Rejected."""
    said = named({"employer_number": employer_number, "signed_on": signed_on})
    call(cesu(), "POST", word("mandates"), json=said)


def cancel_mandate(*, employer_number: str) -> None:
    """Tell it that we declare no more. Raises Down and Rejected."""
    call(cesu(), "DELETE", f"{word('mandates')}/{employer_number}")


def estimate(volet: Mapping[str, Any]) -> Decimal:
    """What Urssaf itself counts that the household owes it. Raises Down and Rejected."""
    answer = call(cesu(), "POST", word("estimates"), json=named(volet))
    try:
        return Decimal(str(answer[word("due")]))
    except (KeyError, TypeError, InvalidOperation) as error:
        raise Down("La réponse de l’Urssaf ne se lit pas.") from error


def declare(volet: Mapping[str, Any], *, reference: str) -> tuple[str, Any]:
    """Declare a wage: its number at Urssaf, and all that it answers. Raises Down and Rejected.

    What was declared already under this reference is found again, not declared twice.
    """
    try:
        said = named({"reference": reference, **volet})
        answer = call(cesu(), "POST", word("declarations"), json=said)
    except Rejected as refusal:
        if refusal.code != word("duplicate"):
            raise
        answer = _first_of(refusal.body)
    number = answer.get(word("number")) if isinstance(answer, dict) else None
    if not number:
        raise Down("La réponse de l’Urssaf ne se lit pas.")
    return str(number), answer


def named(said: Mapping[str, Any]) -> dict[str, Any]:
    """The same, under Urssaf's own names, without what is empty."""
    return {word(key): value for key, value in said.items() if value not in (None, "")}


def _first_of(body: Any) -> Any:
    return body[0] if isinstance(body, list) and body else body
