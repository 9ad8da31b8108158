"""Calendars to subscribe to, and what is printed."""

import datetime
import io

import pytest
from django.urls import reverse
from icalendar import Calendar
from pypdf import PdfReader

from traboule.blocks.agenda.actions import signups
from traboule.blocks.agenda.actions.events import cancel_event
from traboule.blocks.agenda.models import PersonalFeed
from traboule.kernel.initiatives.tests.factories import make_person
from traboule.kernel.spaces.tests.factories import make_facilitator

from .factories import in_days, make_event

pytestmark = pytest.mark.django_db


def entries(response):
    calendar = Calendar.from_ical(response.content)
    return [(str(e["summary"]), str(e["status"]), e["sequence"]) for e in calendar.walk("vevent")]


def text_of(response):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages)


def test_a_cancelled_event_stays_in_the_calendar_as_cancelled(client):
    event = make_event()
    facilitator = make_facilitator(event.space)
    cancel_event(event=event, by=facilitator, reason="Salle inondée")

    response = client.get(reverse("agenda:space-ics", args=[event.space.slug]))

    assert entries(response) == [("ANNULÉ : Créer son site", "CANCELLED", 1)]


def test_times_are_those_of_france_winter_and_summer_alike(client):
    winter = make_event(starts_at=in_days(0).replace(year=2027, month=1, day=12))
    summer = make_event(winter.space, starts_at=in_days(0).replace(year=2027, month=7, day=13))

    calendar = Calendar.from_ical(
        client.get(reverse("agenda:space-ics", args=[winter.space.slug])).content
    )

    starts = [
        entry.decoded("dtstart").astimezone(datetime.UTC) for entry in calendar.walk("vevent")
    ]
    assert [start.hour for start in starts] == [
        event.starts_at.astimezone(datetime.UTC).hour for event in (winter, summer)
    ]


def test_a_personal_calendar_holds_ones_own_dates_and_closes_when_the_address_changes(client):
    event, other = make_event(), make_event(title="Sans moi")
    nadia = make_person("Nadia")
    signups.sign_up(event=event, person=nadia, by=nadia)
    client.force_login(nadia)
    client.post(reverse("agenda:renew-feed"))
    address = reverse("agenda:personal-ics", args=[PersonalFeed.objects.get().token])

    mine = entries(client.get(address))
    client.post(reverse("agenda:renew-feed"))
    closed = client.get(address)

    assert mine == [(event.title, "CONFIRMED", 0)]
    assert other.title != event.title
    assert closed.status_code == 404


def test_a_poster_says_what_when_where_and_the_ways_to_come(client, settings):
    settings.HELP_PHONE, settings.SMS_NUMBER = "04 72 00 00 00", "07 00 00 00 00"
    event = make_event()

    response = client.get(reverse("agenda:poster", args=[event.space.slug, event.pk]))

    said = text_of(response)
    for words in (event.title, event.place_name, f"ATELIER {event.code}", "04 72 00 00 00"):
        assert words in said


def test_names_are_printed_for_those_who_hold_the_event_only(client):
    event = make_event()
    nadia = make_person("Nadia")
    signups.sign_up(event=event, person=nadia, by=nadia)
    address = reverse("agenda:expected-list", args=[event.space.slug, event.pk])

    client.force_login(nadia)
    refused = client.get(address)
    client.force_login(make_facilitator(event.space))
    given = client.get(address)

    assert refused.status_code == 403
    assert "Nadia" in text_of(given)


def test_a_month_lists_its_public_events_and_no_other(client):
    shown = make_event(starts_at=in_days(0).replace(year=2027, month=1, day=12))
    make_event(shown.space, starts_at=in_days(0).replace(year=2027, month=2, day=2), title="Après")
    make_event(shown.space, starts_at=in_days(0).replace(year=2027, month=1, day=13),
               title="Entre nous", is_public=False)  # fmt: skip

    said = text_of(client.get(reverse("agenda:month"), {"mois": "2027-01"}))

    assert shown.title in said
    assert "Janvier 2027" in said
    assert "Après" not in said
    assert "Entre nous" not in said
