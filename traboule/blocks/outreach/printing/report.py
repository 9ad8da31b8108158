"""The activity of a period on A4, for whoever pays for it."""

from pathlib import Path

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from traboule.ui.printing import house, typeset

from ..statistics import Report

HERE = Path(__file__).parent


def printed(found: Report, period: str) -> bytes:
    """Every figure, how it is counted, its splits, and what is not known."""
    return typeset(HERE / "report.typ", house() | {
        "title": _("Bilan d’activité"),
        "space": str(found.space),
        "holder": found.space.initiative.holder.name,
        "place": found.space.initiative.place,
        "period": period,
        "printed": date_format(timezone.localdate(), "DATE_FORMAT"),
        "figures": [
            {
                "name": str(figure.measured.indicator.name),
                "number": figure.measured.number,
                "unit": figure.measured.unit,
                "counts": str(figure.measured.indicator.counts),
                "splits": [
                    {"label": split.label,
                     "cells": [{"label": cell.label, "text": cell.text} for cell in split.cells]}
                    for split in figure.splits
                ],
            }
            for figure in found.figures
        ],
        "kinds": [{"label": label, "number": str(number)} for label, number in found.kinds],
        "moves": [
            {"label": f"{before} → {after}", "number": str(number)}
            for before, after, number in found.moves
        ],
        "notes": found.notes,
        "words": {
            "kinds": _("Échanges, par moyen"),
            "moves": _("Projets qui ont changé d’étape"),
            "notes": _("À savoir pour lire ces chiffres"),
            "printed": _("Imprimé le"),
            "by": _("Partage par"),
        },
    })  # fmt: skip
