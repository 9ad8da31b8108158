"""Fields that several forms of meetings share."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.blocks.agenda.callers import named
from traboule.kernel.people.models import Person
from traboule.kernel.spaces import audiences
from traboule.kernel.spaces.models import Space

from ..models.meeting import SUMMARY_LINES

PEOPLE = "meeting-people"
"""The list of names that fields of a page suggest."""


class WhoField(forms.CharField):
    """Someone of the space by name, or a few words for anyone else (« la mairie »)."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("max_length", 120)
        kwargs.setdefault("help_text", _("Un nom de l’espace, ou quelques mots : la mairie…"))
        widget = forms.TextInput(attrs={"list": PEOPLE, "autocomplete": "off"})
        super().__init__(widget=widget, **kwargs)


def who(space: Space, text: str) -> tuple[Person | None, str]:
    """The person of the space with that name and no words, or nobody and the words."""
    person = named(space, text) if text else None
    return person, "" if person else text


class AudienceField(forms.ChoiceField):
    """One of the groups of a space."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.RadioSelect,
            error_messages={"required": _("Choisissez un groupe.")},
            **kwargs,
        )

    def offer(self, space: Space) -> None:
        """Show the groups that the space has today, each with how many people it holds."""
        groups = [(one, one.people().distinct().count()) for one in audiences.of(space)]
        self.choices = [(one.key, f"{one.label} ({number})") for one, number in groups]
        self.initial = self.choices[0][0]


class SummaryField(forms.CharField):
    """The essential in five short lines."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("L’essentiel en cinq lignes"))
        kwargs.setdefault(
            "help_text",
            _("Une idée par ligne, des mots de tous les jours. C’est ce que presque tout le monde "
              "lira, et ce qui s’imprime en grand."),
        )  # fmt: skip
        super().__init__(
            max_length=800,
            widget=forms.Textarea(attrs={"rows": SUMMARY_LINES}),
            error_messages={"required": _("Écrivez l’essentiel : cinq lignes au plus.")},
            **kwargs,
        )

    def clean(self, value: Any) -> str:
        """Five lines at most, without blank ones."""
        text: str = super().clean(value)
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        if len(lines) > SUMMARY_LINES:
            raise ValidationError(
                gettext("Il y a %(n)d lignes : gardez les cinq plus importantes.")
                % {"n": len(lines)}
            )
        return "\n".join(lines)


class LinesField(forms.CharField):
    """A thing a line, blank lines apart."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 4})
        super().__init__(required=False, max_length=6000, widget=widget, **kwargs)

    def clean(self, value: Any) -> list[str]:
        """The lines."""
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]
