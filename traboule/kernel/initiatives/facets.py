"""The filters as groups of boxes to tick."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from traboule.ui.choices import Choice

from .search.filters import CHOICES


@dataclass(frozen=True)
class Facet:
    """One way to narrow the list."""

    name: str
    label: str | Promise
    choices: list[Choice]


_LABELS = {
    "theme": _("Thème"),
    "outil": _("Outil numérique"),
    "public": _("Pour qui"),
    "etat": _("Où cela en est"),
    "origine": _("D’où vient la fiche"),
}


def facet(name: str, chosen: tuple[str, ...]) -> Facet:
    """One group, with the boxes of the present filters ticked."""
    _kind, vocabulary = CHOICES[name]
    choices = [
        Choice(value=value, label=label, checked=value in chosen)
        for value, label in vocabulary.choices
    ]
    return Facet(name, _LABELS[name], choices)
