"""The dates of sheets as an iCalendar: only those known to the month or the day."""

import calendar as months
import datetime
from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from ..models import Initiative
from .selection import Selection


def as_icalendar(selection: Selection) -> Iterator[bytes]:
    """A calendar of whole-day events: milestones, beginnings and ends."""
    head, foot = _envelope()
    yield head
    for chunk in selection.chunks(bare=True):
        yield b"".join(event.to_ical() for initiative in chunk for event in events(initiative))
    yield foot


def events(initiative: Initiative) -> Iterator[Event]:
    """The sheet's dated moments."""
    moments = [
        (milestone["date"], milestone.get("end"), milestone["label"])
        for milestone in initiative.milestones
    ]
    if initiative.started:
        moments.append((initiative.started, None, _("début")))
    if initiative.ended:
        moments.append((initiative.ended, None, _("fin")))
    for number, (first, last, label) in enumerate(moments):
        if days := span(first, last):
            yield _event(initiative, number, days, label)


def span(first: str, last: str | None = None) -> tuple[datetime.date, datetime.date] | None:
    """The first and last day that partial dates mean; none when only a year is known."""
    begins = _days(first)
    ends = _days(last) if last else begins
    if begins is None:
        return None
    return begins[0], max(begins[1], ends[1]) if ends else begins[1]


def _days(text: str) -> tuple[datetime.date, datetime.date] | None:
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return (day := datetime.date(*parts)), day
    if len(parts) == 2:
        year, month = parts
        last = months.monthrange(year, month)[1]
        return datetime.date(year, month, 1), datetime.date(year, month, last)
    return None


def _event(
    initiative: Initiative, number: int, days: tuple[datetime.date, datetime.date], label: str
) -> Event:
    event = Event()
    address = f"{settings.SITE_URL}/initiatives/{initiative.slug}/"
    event.add("uid", f"{initiative.slug}-{number}@{settings.SITE_URL.partition('//')[2]}")
    event.add("dtstamp", initiative.revised_at)
    event.add("dtstart", days[0])
    # In iCalendar the end of a whole-day event is the day after its last one.
    if days[1] < datetime.date.max:
        event.add("dtend", days[1] + datetime.timedelta(days=1))
    event.add("summary", f"{initiative.title} : {label}")
    event.add("description", initiative.summary)
    event.add("location", initiative.place)
    event.add("geo", (initiative.latitude, initiative.longitude))
    event.add("url", address)
    event.add("transp", "TRANSPARENT")
    return event


def _envelope() -> tuple[bytes, bytes]:
    """What goes before and after the events."""
    calendar = Calendar()
    calendar.add("prodid", "-//Traboule//Initiatives//FR")
    calendar.add("version", "2.0")
    calendar.add("name", _("Initiatives des quartiers"))
    calendar.add("x-wr-calname", _("Initiatives des quartiers"))
    head, end, foot = calendar.to_ical().partition(b"END:VCALENDAR")
    return head, end + foot
