"""Individual messages leave once, stop when answered, and failures become calls."""

import datetime
import smtplib

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.utils import timezone

from traboule.blocks.agenda.actions import signups
from traboule.blocks.agenda.tests.factories import make_event
from traboule.blocks.outreach.actions import contacts, exchanges, messages
from traboule.blocks.outreach.carrying import carry, leave_again
from traboule.blocks.outreach.models import Exchange, Message
from traboule.kernel.people import sms
from traboule.kernel.spaces.tests.factories import make_facilitator

from .factories import make_contact, outreach_space

pytestmark = pytest.mark.django_db
NOON = timezone.localtime().replace(hour=12)


@pytest.fixture
def space():
    return outreach_space()


@pytest.fixture
def karim(space):
    return make_facilitator(space)


@pytest.fixture
def lina(space, karim):
    return make_contact(space, by=karim, email="lina@exemple.fr", phone="+33612345678")


def ready(contact, by, **fields):
    return Message.objects.create(
        contact=contact, by=by, state="ready",
        **{"way": "email", "subject": "Bonjour", "text": "Venez", **fields},
    )  # fmt: skip


def state_of(message):
    message.refresh_from_db()
    return message.state


def test_a_message_carried_twice_leaves_once(lina, karim):
    message = ready(lina, karim)
    for _ in range(2):
        carry(message.pk, now=NOON)

    assert len(mail.outbox) == Exchange.objects.count() == 1
    assert state_of(message) == "sent"


@pytest.mark.parametrize("why", ["opted-out", "signed-up", "cancelled"])
def test_it_stops_when_there_is_no_reason_to_send_it_any_more(space, lina, karim, why):
    event = make_event(space)
    message = ready(lina, karim, event=event)
    if why == "opted-out":
        contacts.opt_out(contact=lina, by=karim)
    elif why == "signed-up":
        signups.sign_up(event=event, person=lina.person, by=karim)
    else:
        type(event).objects.filter(pk=event.pk).update(state="cancelled")
    carry(message.pk, now=timezone.now())

    assert (state_of(message), mail.outbox) == ("stopped", [])


def test_having_spoken_stops_the_drafts(lina, karim):
    message = ready(lina, karim, state="draft")
    exchanges.note_exchange(contact=lina, kind="call", outcome="reached", by=karim)

    assert state_of(message) == "stopped"
    assert messages.send(messages=[message], by=karim) == 0


def test_an_address_that_is_refused_becomes_a_call_today_and_can_be_sent_again(
    lina, karim, monkeypatch
):
    def refuse(self, *args, **kwargs):
        raise smtplib.SMTPRecipientsRefused({"lina@exemple.fr": (550, b"unknown")})

    message = ready(lina, karim)
    with monkeypatch.context() as outside:
        outside.setattr(EmailMessage, "send", refuse)
        carry(message.pk, now=NOON)
    assert state_of(message) == "failed"
    assert [(one.kind, one.due_on) for one in lina.actions.to_do()] == [
        ("call", timezone.localdate())
    ]

    messages.send(messages=[message], by=karim)
    carry(message.pk, now=NOON)
    assert state_of(message) == "sent"


def test_a_server_that_is_down_is_tried_again_then_somebody_calls(lina, karim, monkeypatch):
    def down(self, *args, **kwargs):
        raise OSError("no route")

    message = ready(lina, karim)
    monkeypatch.setattr(EmailMessage, "send", down)
    for hours in (0, 1, 3):
        carry(message.pk, now=NOON + datetime.timedelta(hours=hours))

    assert state_of(message) == "failed"


def test_what_came_back_is_to_call(lina, karim):
    message = ready(lina, karim)
    carry(message.pk, now=NOON)
    messages.came_back(message=message, by=karim)

    assert state_of(message) == "failed"
    assert lina.actions.to_do().get().kind == "call"


def test_an_sms_is_paid_from_the_purse_and_waits_for_the_morning(space, lina, karim):
    from traboule.kernel.notices.models import Purse

    space.purse = Purse.objects.create(key=space.key, label="Ateliers")
    space.save()
    message = ready(lina, karim, way="sms")
    night = NOON.replace(hour=23)
    sms.outbox.clear()

    carry(message.pk, now=night)
    assert sms.outbox == []
    leave_again(night)
    carry(message.pk, now=NOON + datetime.timedelta(days=1))

    assert [one["to"] for one in sms.outbox] == ["+33612345678"]
    assert space.purse.deliveries.get().cost_cents > 0


def test_an_empty_purse_becomes_a_call(space, lina, karim):
    from traboule.kernel.notices.models import Purse

    space.purse = Purse.objects.create(key=space.key, label="Ateliers", monthly_cap_cents=0)
    space.save()
    message = ready(lina, karim, way="sms")
    sms.outbox.clear()
    carry(message.pk, now=NOON)

    assert (state_of(message), sms.outbox) == ("failed", [])
    assert lina.actions.to_do().get().kind == "call"


def test_letters_count_once_they_are_posted(space, karim):
    rose = make_contact(space, "Rose", by=karim, street="Rue Neuve", number="2")
    letter = ready(rose, karim, way="letter", state="draft")

    assert messages.posted(messages=[letter], by=karim) == 1
    assert messages.posted(messages=[letter], by=karim) == 0
    assert list(rose.exchanges.values_list("kind", flat=True)) == ["letter"]
