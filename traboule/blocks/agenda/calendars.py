"""Events as iCalendar, for the agendas of telephones and of neighbouring sites.

RFC 5545: each occurrence is an event of its own, since holidays are skipped and occurrences
move; ``SEQUENCE`` grows with each change, and what is cancelled stays, as cancelled.
"""

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar
from icalendar import Event as Entry

from .models import Event

REFRESHED = datetime.timedelta(hours=6)
MOST_EVENTS = 500
"""A calendar that is asked every hour by a telephone must stay small."""


def as_icalendar(events: Iterable[Event], *, name: str) -> bytes:
    """A calendar of that name; times are given in UTC, which every agenda understands."""
    calendar = Calendar()
    calendar.add("prodid", "-//Traboule//Agenda//FR")
    calendar.add("version", "2.0")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESHED, parameters={"VALUE": "DURATION"})
    for event in events:
        calendar.add_component(_entry(event))
    return bytes(calendar.to_ical())


def _entry(event: Event) -> Entry:
    entry = Entry()
    initiative = event.space.initiative
    entry.add("uid", f"{event.code}@{settings.SITE_URL.partition('//')[2]}")
    entry.add("dtstamp", event.changed_at)
    entry.add("sequence", event.revision)
    entry.add("dtstart", event.starts_at)
    entry.add("dtend", event.ends_at)
    entry.add("summary", _summary(event))
    entry.add("description", "\n\n".join(filter(None, [event.reason, event.description])))
    entry.add("location", ", ".join(filter(None, [event.place_name, event.address]))
              or initiative.place)  # fmt: skip
    entry.add("url", settings.SITE_URL + event.get_absolute_url())
    entry.add("status", "CANCELLED" if event.state == Event.State.CANCELLED else "CONFIRMED")
    return entry


def _summary(event: Event) -> str:
    """Some agendas show a cancelled event like any other: the title says it too."""
    if event.state == Event.State.CANCELLED:
        return _("ANNULÉ : %(title)s") % {"title": event.title}
    return event.title
