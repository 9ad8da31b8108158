"""How every model declares the personal data it holds; export, erasure and the register read it."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class PersonalData:
    """The personal fields of a model, why they are held, and until when.

    Set on the model as ``personal_data = PersonalData(...)``; a model that holds none says
    ``personal_data = None``. A consistency test fails on silence.
    """

    fields: tuple[str, ...]
    purpose: str | Promise
    lifetime: str | Promise
