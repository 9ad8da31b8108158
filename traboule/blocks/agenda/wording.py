"""When an event takes place, in words, in the reader's language and the hour of France."""

import datetime
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from .models import Event, PollDate


def when(event: "Event | PollDate") -> str:
    """« mardi 12 janvier à 18 h »."""
    start = localtime(event.starts_at)
    return _("%(day)s à %(hour)s") % {"day": day(start), "hour": hour(start)}


def day_and_hours(event: "Event | PollDate") -> str:
    """« mardi 12 janvier 2027, de 18 h à 20 h »; both days when it ends on another."""
    start, end = localtime(event.starts_at), localtime(event.ends_at)
    if start.date() != end.date():
        return _("du %(day)s à %(hour)s au %(last_day)s à %(last_hour)s") % {
            "day": day_and_year(start),
            "hour": hour(start),
            "last_day": day_and_year(end),
            "last_hour": hour(end),
        }
    return _("%(day)s, de %(start)s à %(end)s") % {
        "day": day_and_year(start),
        "start": hour(start),
        "end": hour(end),
    }


def hours(event: "Event | PollDate") -> str:
    """« de 18 h à 20 h »."""
    start, end = localtime(event.starts_at), localtime(event.ends_at)
    return _("de %(start)s à %(end)s") % {"start": hour(start), "end": hour(end)}


def day(moment: datetime.date) -> str:
    """« mardi 12 janvier »."""
    return _first(date_format(moment, _("l j F")), moment)


def day_and_year(moment: datetime.date) -> str:
    """« mardi 12 janvier 2027 »."""
    return _first(date_format(moment, _("l j F Y")), moment)


def _first(said: str, moment: datetime.date) -> str:
    """In French, the first of a month is « 1er »."""
    french = (get_language() or "fr").startswith("fr")
    return said.replace(" 1 ", " 1er ", 1) if french and moment.day == 1 else said


def hour(moment: datetime.datetime) -> str:
    """« 18 h », « 18 h 30 »: the hour of France, as people say it; no line breaks inside."""
    local = localtime(moment)
    said = date_format(local, _("G \\h i") if local.minute else _("G \\h"))
    return said.replace(" ", "\u00a0")


def duration(minutes: int) -> str:
    """« 45 min », « 2 h », « 2 h 30 »."""
    hours, left = divmod(minutes, 60)
    if not hours:
        return _("%(n)d min") % {"n": left}
    return _("%(h)d h %(m)02d") % {"h": hours, "m": left} if left else _("%(h)d h") % {"h": hours}


def where(event: "Event") -> str:
    """« Bureau 3, Lyon »; the initiative's own place when the event names none."""
    initiative = event.space.initiative
    if not event.place_name:
        return initiative.place
    return f"{event.place_name}, {initiative.commune.name}"


def from_to(start: datetime.datetime, end: datetime.datetime) -> str:
    """« 18 h – 20 h », where room is short."""
    return f"{hour(start)} – {hour(end)}"


def seats_left(event: "Event") -> tuple[str, str]:
    """« 3 places libres », « Complet, liste d’attente »… and the kind of badge that says so."""
    if event.state != event.State.OPEN:
        cancelled = event.state == event.State.CANCELLED
        return (_("Annulé"), "error") if cancelled else (_("À confirmer"), "idea")
    if event.is_slotted:
        free = event.free_slots
        said = ngettext("%(n)d rendez-vous libre", "%(n)d rendez-vous libres", free)
        return (said % {"n": free}, "running") if free else (_("Complet"), "ended")
    if not event.takes_signups:
        return _("Entrée libre"), "running"
    if event.free is None:
        return _("Sur inscription"), "running"
    if event.free <= 0 or event.waiting:
        return _("Complet, liste d’attente"), "ended"
    said = ngettext("%(n)d place libre", "%(n)d places libres", event.free)
    return said % {"n": event.free}, "running"
