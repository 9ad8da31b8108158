"""One message a week, over all that goes on."""

import pytest
from django.core import mail

from traboule.kernel.notices.digest import gather_all
from traboule.kernel.notices.models import Notice, State
from traboule.kernel.notices.tests.conftest import ASKED, at
from traboule.kernel.notices.timing import last_digest
from traboule.kernel.people import sms

THURSDAY = at("2099-11-26 10:00")  # Far enough for all that the tests write to be older.


@pytest.mark.parametrize(
    ("now", "digest"),
    [
        ("2026-11-26 10:00", "2026-11-26 10:00"),
        ("2026-11-26 09:59", "2026-11-19 10:00"),
        ("2026-11-29 23:00", "2026-11-26 10:00"),
        ("2026-03-29 12:00", "2026-03-26 10:00"),
    ],
)
def test_the_digest_is_on_thursday_at_ten(now, digest):
    assert last_digest(at(now)) == at(digest)


def test_news_wait_for_the_digest_and_leave_as_one(nadia, say, carry):
    news = [say(nadia, urgent=False, subject=f"Nouvelle {n}") for n in (1, 2)]
    assert {notice.state for notice in news} == {State.IN_DIGEST}

    assert gather_all(now=THURSDAY) == 1
    assert gather_all(now=THURSDAY) == 0

    digest = Notice.objects.get(kind="digest")
    carry(digest, now=THURSDAY)
    assert [message["text"] for message in sms.outbox] == [
        "Bonjour Nadia. 2 nouvelles cette semaine : 127.0.0.1:8000/messages"
    ]
    assert set(digest.gathered.all()) == set(news)


def test_without_news_nothing_is_written(nadia):
    assert gather_all(now=THURSDAY) == 0


def test_what_came_after_the_hour_waits_for_next_week(nadia, say):
    say(nadia, urgent=False)
    gather_all(now=THURSDAY)
    late = say(nadia, urgent=False)
    late.change(created_at=at("2099-11-26 10:01"))

    assert gather_all(now=at("2099-11-27 12:00")) == 0
    assert gather_all(now=at("2099-12-03 10:00")) == 1


def test_an_e_mail_holds_the_whole_of_it(person, say, carry):
    sam = person("Sam", email="sam@exemple.fr")
    say(sam, urgent=False, subject="Chantier", text="Samedi à 9 h.")
    gather_all(now=THURSDAY)
    carry(Notice.objects.get(kind="digest"), now=THURSDAY)

    (message,) = mail.outbox
    assert "Chantier\nSamedi à 9 h." in message.body


def test_a_question_in_a_digest_is_asked_with_its_digits(nadia, say, carry, diary):
    asked = say(nadia, urgent=False, answers=ASKED, answer_by=at("2099-12-01 18:00"))
    gather_all(now=THURSDAY)
    carry(Notice.objects.get(kind="digest"), now=THURSDAY)

    asked.refresh_from_db()
    assert asked.digits == {"1": "1", "2": "2"}
    assert sms.outbox[0]["text"].endswith(
        "Répondez par SMS avant le 1 décembre à 18 h : 1 = Oui, je viens ; 2 = Non"
    )


def test_whoever_cannot_be_reached_reads_it_here_at_once(person, say):
    assert say(person("Guest"), urgent=False).state == State.WEB
