"""How events appear on any page."""

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from traboule.ui.templatetags.ui import badge

from .. import wording
from ..models import Event

register = template.Library()
register.filter("when", wording.when)
register.filter("day_and_hours", wording.day_and_hours)
register.filter("hours", wording.hours)
register.filter("where", wording.where)
register.filter("duration", wording.duration)
register.filter("day", wording.day, expects_localtime=True)
register.filter("day_and_year", wording.day_and_year, expects_localtime=True)


@register.filter
def start_hour(event: Event) -> str:
    """« 18 h 30 »."""
    return wording.hour(localtime(event.starts_at))


@register.simple_tag
def date_tile(*, event: Event) -> SafeString:
    """The day as a leaf of a calendar under an arch; the words beside it say the same."""
    start = localtime(event.starts_at)
    return format_html(
        '<span class="date-tile" aria-hidden="true"{}><span>{}</span><strong>{}</strong>'
        "<span>{}</span></span>",
        SafeString(" data-off") if event.state == Event.State.CANCELLED else "",
        date_format(start, "D"),
        start.day,
        date_format(start, "M"),
    )


@register.simple_tag
def seats_left(*, event: Event) -> SafeString:
    """How many seats are left, as a badge. Ask of rows of ``for_listing``."""
    label, kind = wording.seats_left(event)
    return badge(label=label, kind=kind)
