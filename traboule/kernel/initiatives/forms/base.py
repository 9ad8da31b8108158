"""What every question shares: answers are kept as typed, valid or not."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from django import forms
from django.core.files.base import ContentFile
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ..sheet import Sheet

Answers: TypeAlias = dict[str, Any]
"""What was typed, by field name: texts, lists of texts, ticks."""

LONGEST_KEPT = 40_000
"""Twice the longest text of a sheet: beyond, nobody types and something floods us."""


class QuestionForm(forms.Form):
    """One question of the interview.

    ``answers`` is what the draft already holds: it fills the fields, and is checked again
    when it is given as ``data`` too.
    """

    # An unfinished answer is kept as well: the browser must let it go.
    use_required_attribute = False
    note: str | Promise = ""
    """What else to tell whoever answered, once the answer is settled."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        *,
        answers: Answers | None = None,
    ) -> None:
        self.answers = answers or {}
        super().__init__(data, files, initial=self.answers)

    @property
    def picture(self) -> ContentFile | None:
        """A picture that came with the answer."""
        return None

    def typed(self) -> Answers:
        """What was typed, whether it is right or not."""
        return {
            name: _plain(
                field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
            )
            for name, field in self.fields.items()
            if not isinstance(field, forms.FileField)
        }

    def settled(self) -> Answers:
        """What a valid answer becomes once it is understood; may ask the outside, so once."""
        return {}

    def parts(self) -> list[tuple[str | Promise, list[BoundField]]]:
        """The fields in groups, each under its title (none for the only group)."""
        return [("", list(self))]

    def said(self) -> Iterator[tuple[str, str]]:
        """Each field that was answered, and the answer as people read it."""
        for name, field in self.fields.items():
            value = self.answers.get(name)
            if value not in (None, "", [], False):
                yield str(field.label), _shown(field, value)

    def to_sheet(self) -> dict[str, Any]:
        """The sheet's fields that these (valid) answers fill."""
        return dict(self.cleaned_data)

    @classmethod
    def from_sheet(cls, sheet: Sheet) -> Answers:
        """The answers that would fill the sheet so."""
        return {name: _plain(getattr(sheet, name)) for name in cls.base_fields}


def _plain(value: Any) -> Any:
    """As JSON (and PostgreSQL, which refuses NUL) keeps it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return value
    if isinstance(value, list):
        return [_plain(part) for part in value[:100]]
    return str(value).replace("\0", "")[:LONGEST_KEPT]


def _shown(field: forms.Field, value: Any) -> str:
    if value is True:
        return _("oui")
    labels = {str(key): str(label) for key, label in getattr(field, "choices", ())}
    values = value if isinstance(value, list) else [value]
    return ", ".join(labels.get(str(part), str(part)) for part in values)
