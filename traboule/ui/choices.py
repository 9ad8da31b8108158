"""What a list of boxes to tick is made of."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One box of a filter: ``count`` says how many results it leads to, when that is known."""

    value: str
    label: str | Promise
    checked: bool = False
    count: int | None = None
