"""The results of a period on A4, for a board or whoever pays."""

from pathlib import Path

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from traboule.kernel.spaces.models import Space
from traboule.ui.printing import house, typeset

from ..statistics import (
    Report,
    landlord_heads,
    landlord_values,
    territory_heads,
    territory_values,
)

HERE = Path(__file__).parent


def printed(space: Space, found: Report, period: str) -> bytes:
    """Every figure and how it is counted, then landlords, territories and reasons."""
    return typeset(HERE / "results.typ", house() | {
        "title": _("Échanges de logements : les résultats"),
        "space": str(space),
        "holder": space.initiative.holder.name,
        "place": space.initiative.place,
        "period": period,
        "printed": date_format(timezone.localdate(), "DATE_FORMAT"),
        "figures": [
            {
                "name": str(one.indicator.name),
                "number": one.number,
                "unit": one.unit,
                "counts": str(one.indicator.counts),
            }
            for one in found.figures
        ],
        "landlords": {
            "title": _("Par bailleur"),
            "heads": landlord_heads(),
            "rows": [landlord_values(one) for one in found.landlords],
        },
        "territories": {
            "title": _("Par territoire"),
            "heads": territory_heads(),
            "rows": [territory_values(one) for one in found.territories],
        },
        "reasons": [{"title": one.title, "lines": one.lines} for one in found.reasons],
        "words": {
            "printed": _("Imprimé le"),
            "reasons": _("Pourquoi cela s’arrête"),
            "small": _("Les nombres de moins de cinq ménages sont masqués."),
        },
    })  # fmt: skip
