import datetime

import pytest
from django.core import mail
from django.utils import timezone

from traboule.kernel.notices import answers
from traboule.kernel.notices.actions import tell
from traboule.kernel.notices.delivering import deliver
from traboule.kernel.notices.models import Notice
from traboule.kernel.people import sms
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Channel, Person


def at(text: str) -> datetime.datetime:
    """An hour of the house's clock: ``at("2026-11-24 14:30")``."""
    return timezone.make_aware(datetime.datetime.fromisoformat(text))


NOON = at("2026-11-24 12:00")
NIGHT = at("2026-11-24 22:30")


def by_day() -> datetime.datetime:
    """The next noon: whenever the tests run, no one sleeps then."""
    return (timezone.localtime() + datetime.timedelta(days=1)).replace(hour=12)


@pytest.fixture(autouse=True)
def _empty_outbox():
    sms.outbox.clear()
    mail.outbox.clear()


@pytest.fixture
def person(db):
    """Make a person: ``person("Nadia", mobile="+33612345601", post="1 rue…")``; all verified."""

    def make(name="Nadia", *, verified=True, preferred="", relay=None, **channels):
        fields = {key: channels.pop(key) for key in ("language", "quiet_nights", "large_type")
                  if key in channels}  # fmt: skip
        made = Person.objects.create_person(name=name, **fields)
        proof = made.joined_at if verified else None
        for kind, value in channels.items():
            Channel.objects.create(
                person=made, kind=kind, value=value, verified_at=proof,
                is_preferred=kind == preferred,
            )  # fmt: skip
        if relay:
            Channel.objects.create(
                person=made, kind="relay", relay=relay, is_preferred=preferred == "relay"
            )
        return made

    return make


@pytest.fixture
def nadia(person):
    return person("Nadia", mobile="+33612345601")


@pytest.fixture
def say(db):
    """Tell a person something; what is given replaces the usual."""

    def told(person, **given) -> Notice:
        usual = {"kind": "test", "subject": "Atelier", "text": "L’atelier est à 14 h."}
        return tell(person=person, **{**usual, "urgent": True, **given})

    return told


@pytest.fixture
def carry():
    """Deliver a notice at an hour, by day unless told otherwise, and read it again."""

    def carried(notice, *, now=None) -> Notice:
        deliver(notice.pk, now=now or by_day())
        notice.refresh_from_db()
        return notice

    return carried


@pytest.fixture
def diary(monkeypatch):
    """Two answers, « oui » and « non », that write in a diary who said what."""
    said = []
    monkeypatch.setattr(answers, "_answers", dict(answers._answers))
    monkeypatch.setattr(answers, "_keywords", {})

    def yes(notice, person, *, by, via):
        said.append((notice.pk, "oui", str(person), str(by), via))
        return f"C’est noté, {person}."

    def no(notice, person, *, by, via):
        said.append((notice.pk, "non", str(person), str(by), via))
        if notice.data.get("full"):
            raise Refused("C’est complet.")
        return "Dommage."

    answers.register("test.yes", yes, label="Oui, je viens")
    answers.register("test.no", no, label="Non")
    return said


ASKED = {"1": "test.yes", "2": "test.no"}
