"""How every model declares the personal data it holds; export, erasure and the register read it."""

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise


@dataclass(frozen=True)
class PersonalData:
    """The personal fields of a model, why they are held, and until when.

    Set on the model as ``personal_data = PersonalData(...)``; a model that holds none says
    ``personal_data = None``. A consistency test fails on silence.

    ``person`` is the look-up that leads from a row to the person it is about (``"person"``,
    ``"signup__person"``, ``"self"`` for the person itself), or empty when nobody can be told
    from the row; look-ups that lead to several people stand apart by a space. When that person is
    erased, the row is deleted, or its ``scrubbed`` fields are emptied and it stays to keep results
    right, or it is kept whole for the reason given.
    """

    fields: tuple[str, ...]
    purpose: str | Promise
    lifetime: str | Promise
    person: str = ""
    erasure: Literal["delete", "scrub", "keep"] = "delete"
    scrubbed: tuple[str, ...] = ()
    kept_because: str | Promise = ""
