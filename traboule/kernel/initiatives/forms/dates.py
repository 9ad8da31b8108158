"""Dates as people remember them: a year, a month or a day."""

import datetime
import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from traboule.kernel.places.names import fold

MONTHS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin",
    "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
)  # fmt: skip
ENGLISH_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_FORMS = (
    re.compile(r"(?P<y>\d{4})(?: (?P<m>\d{1,2}))?(?: (?P<d>\d{1,2}))?"),
    re.compile(r"(?:(?P<d>\d{1,2}) )?(?P<m>\d{1,2}) (?P<y>\d{4})"),
    re.compile(r"(?:(?P<d>\d{1,2})(?:er)? )?(?P<month>[a-z]{3,9}) (?P<y>\d{4})"),
)


def read_partial_date(text: str) -> str:
    """``2016``, ``2016-10`` or ``2016-10-12`` from ``octobre 2016``, ``10/2016``, ``12.10.2016``.

    Raises ValueError when it is no date.
    """
    words = fold(text)
    match = next((match for form in _FORMS if (match := form.fullmatch(words))), None)
    if match is None:
        raise ValueError(text)
    found = match.groupdict()
    month = _month(found["month"]) if found.get("month") else int(found.get("m") or 0)
    day = int(found.get("d") or 0)
    date = datetime.date(int(found["y"]), month or 1, day or 1)
    return date.isoformat()[: 10 if day else 7 if month else 4]


def _month(name: str) -> int:
    """The month that a name (or its first letters, if they are enough) means."""
    meant = {
        number
        for months in (MONTHS, ENGLISH_MONTHS)
        for number, month in enumerate(months, 1)
        if month.startswith(name)
    }
    if len(meant) != 1:
        raise ValueError(name)
    return meant.pop()


class PartialDateField(forms.CharField):
    """A date of which the year is enough."""

    default_error_messages = {
        "date": _("Écrivez une année, un mois ou un jour, par exemple 2019 ou juin 2019."),
    }

    def __init__(self, **kwargs: object) -> None:
        super().__init__(required=False, max_length=40, **kwargs)  # type: ignore[arg-type]

    def clean(self, value: str) -> str:
        """The date as a sheet keeps it."""
        text = super().clean(value)
        if not text:
            return ""
        try:
            return read_partial_date(text)
        except ValueError as error:
            raise ValidationError(self.error_messages["date"], code="date") from error
