"""How initiatives appear on any page."""

import datetime
from decimal import Decimal
from functools import partial

from django import template
from django.template.loader import render_to_string
from django.utils.formats import date_format, number_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from .. import rendered
from ..facets import facet
from ..models import Result
from ..search.filters import CHOICES, Filters

register = template.Library()


@register.simple_tag
def facet_groups(*, filters: Filters) -> SafeString:
    """The filters as groups of boxes, those of the present state ticked."""
    language = get_language()
    groups = []
    for name in CHOICES:
        chosen = filters.chosen.get(name, ())
        draw = partial(_draw_facet, name, chosen)
        groups.append(rendered.kept(("facet", name, chosen, language), draw))
    return mark_safe("".join(groups))  # noqa: S308 (joins what a template drew)


@register.inclusion_tag("ui/components/figure.html")
def reported_figure(*, result: Result) -> dict[str, object]:
    """A result as somebody reported it."""
    number = _plain(result.figure)
    if result.figure_max is not None:
        number = f"{number}–{_plain(result.figure_max)}"
    return {
        "number": number,
        "unit": result.unit,
        "label": result.label,
        "period": result.period,
        "source": " ".join(filter(None, [result.source, result.source_date])),
        "qualifier": result.get_qualifier_display() if result.qualifier else "",
        "measured": False,
    }


@register.simple_tag
def live_slot(*, name: str) -> SafeString:
    """A slot in a piece that is kept, filled at each reading (see ``rendered.alive``)."""
    return rendered.live_place(name)


@register.filter
def partial_date(value: str) -> str:
    """``2016-10`` → ``octobre 2016``; a year stays a year, a day is written out."""
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 1:
        return value
    day = datetime.date(parts[0], parts[1], parts[2] if len(parts) == 3 else 1)
    return date_format(day, "DATE_FORMAT" if len(parts) == 3 else "YEAR_MONTH_FORMAT")


def _plain(figure: Decimal) -> str:
    """3600 → ``3 600``, 37.50 → ``37,5``."""
    whole = figure == figure.to_integral_value()
    return number_format(figure.normalize() if not whole else int(figure), force_grouping=True)


def _draw_facet(name: str, chosen: tuple[str, ...]) -> SafeString:
    return render_to_string("initiatives/_facet.html", {"facet": facet(name, chosen)})
