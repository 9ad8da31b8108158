"""The filters as groups of boxes to tick."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from traboule.ui.choices import Choice

from .search.filters import CHOICES, Filters


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


def facets(filters: Filters) -> list[Facet]:
    """Every group, with the boxes of the present filters ticked."""
    return [
        Facet(
            name,
            _LABELS[name],
            [
                Choice(value=value, label=label, checked=value in filters.chosen.get(name, ()))
                for value, label in vocabulary.choices
            ],
        )
        for name, (_kind, vocabulary) in CHOICES.items()
    ]
