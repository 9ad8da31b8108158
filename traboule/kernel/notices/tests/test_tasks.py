"""What runs by itself every quarter of an hour."""

import datetime
import threading

import pytest
from django.db import connection
from django.utils import timezone

from traboule.kernel.notices import receiving, upkeep
from traboule.kernel.notices.delivering import deliver
from traboule.kernel.notices.models import Inbound, Notice, State
from traboule.kernel.notices.tasks import KEPT_FOR, purge_old, quarter_hourly
from traboule.kernel.notices.tests.conftest import ASKED, by_day
from traboule.kernel.people import sms


@pytest.fixture(autouse=True)
def _no_chores(monkeypatch):
    monkeypatch.setattr(upkeep, "_chores", {})


def test_what_is_due_leaves_and_what_is_not_waits(person, say):
    now = timezone.now()
    due = say(person("A", email="a@exemple.fr"), not_before=now - datetime.timedelta(minutes=1))
    later = say(person("B", email="b@exemple.fr"), not_before=now + datetime.timedelta(hours=1))

    quarter_hourly.enqueue()

    states = dict(Notice.objects.values_list("pk", "state"))
    assert states == {due.pk: State.SENT, later.pk: State.WAITING}


def test_a_chore_that_fails_stops_no_other(caplog):
    done = []

    def broken(now):
        raise RuntimeError("no")

    upkeep.register(broken)
    upkeep.register(done.append)
    upkeep.register(done.append)
    upkeep.do_all(now := timezone.now())

    assert done == [now]
    assert "broken" in caplog.text


def test_a_reply_that_could_not_leave_is_sent_a_quarter_later_and_once(nadia, settings):
    inbound = Inbound.objects.create(
        gateway_id="1", from_value="+33612345601", text="1", reply="C’est noté.",
        received_at=timezone.now(),
    )  # fmt: skip
    memory = settings.SMS_BACKEND
    settings.SMS_BACKEND = "traboule.kernel.people.sms.HttpBackend"
    settings.SMS_GATEWAY_URL = "http://127.0.0.1:9/"
    receiving.reply_to.enqueue(inbound.pk)
    settings.SMS_BACKEND = memory

    for _ in range(2):
        receiving.reply_again(timezone.now())

    assert [message["text"] for message in sms.outbox] == ["C'est noté."]


def test_messages_are_kept_a_year(nadia, say):
    old, new = say(nadia), say(nadia)
    old.change(created_at=timezone.now() - KEPT_FOR)

    purge_old(now=timezone.now())

    assert list(Notice.objects.all()) == [new]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_questions_that_leave_together_share_no_digit(nadia, say, diary):
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL lets two writers race")
    told = [say(nadia, answers=ASKED) for _ in range(6)]

    def leave(notice):
        deliver(notice.pk, now=by_day())
        connection.close()

    threads = [threading.Thread(target=leave, args=[notice]) for notice in told]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    digits = [digit for notice in Notice.objects.all() for digit in notice.digits]
    assert sorted(digits, key=int) == [str(number) for number in range(1, 13)]
    assert len(sms.outbox) == 6
