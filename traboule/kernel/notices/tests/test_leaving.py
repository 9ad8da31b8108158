"""When and how a notice leaves, what it costs, and what happens when it cannot."""

import datetime

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext_lazy

from traboule.kernel.notices.actions import tell
from traboule.kernel.notices.delivering import CLAIM, RETRIES, note_report
from traboule.kernel.notices.models import MOVES, Delivery, Notice, Purse, State
from traboule.kernel.notices.tests.conftest import ASKED, NIGHT, NOON, at
from traboule.kernel.people import sms
from traboule.kernel.people.gsm import cheapest, segments

MOBILE = "+33612345601"


def test_an_urgent_notice_leaves_after_the_commit(nadia, say, django_capture_on_commit_callbacks):
    nadia.quiet_nights = False
    nadia.save()
    with django_capture_on_commit_callbacks(execute=True):
        notice = say(nadia)
        assert sms.outbox == []

    notice.refresh_from_db()
    assert [message["to"] for message in sms.outbox] == [MOBILE]
    assert notice.state == State.SENT


def test_told_twice_under_one_key_it_is_told_once(nadia, say):
    assert say(nadia, key="moved:12") == say(nadia, key="moved:12")
    assert Notice.objects.count() == 1


def test_the_database_refuses_the_same_key_twice(nadia, say):
    say(nadia, key="moved:12")

    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(person=nadia, recipient=nadia, language="fr", key="moved:12")


def test_carried_twice_it_leaves_once(nadia, say, carry):
    notice = say(nadia)
    carry(notice)
    carry(notice)

    assert len(sms.outbox) == 1


def test_words_are_read_in_the_language_of_the_person(person):
    words = gettext_lazy("Annuler")
    sam = person("Sam", email="sam@exemple.fr", language="en")
    with translation.override("fr"):
        notice = tell(
            person=sam, kind="t", subject=words, text=lambda: translation.get_language() + " %(n)s",
            values={"n": 3}, urgent=True,
        )  # fmt: skip

    assert (notice.text, notice.language) == ("en 3", "en")


def test_by_night_an_sms_waits_for_eight_o_clock(nadia, say, carry):
    notice = carry(say(nadia), now=NIGHT)
    assert (sms.outbox, notice.not_before) == ([], at("2026-11-25 08:00"))

    carry(notice, now=at("2026-11-25 07:59"))
    assert sms.outbox == []

    carry(notice, now=at("2026-11-25 08:00"))
    assert len(sms.outbox) == 1


@pytest.mark.parametrize(
    ("now", "leaves"),
    [("07:59", False), ("08:00", True), ("20:59", True), ("21:00", False), ("00:30", False)],
)
def test_the_night_is_from_nine_to_eight(nadia, say, carry, now, leaves):
    carry(say(nadia), now=at(f"2026-11-24 {now}"))

    assert bool(sms.outbox) == leaves


def test_whoever_wishes_so_gets_sms_at_night_and_everyone_e_mails(person, say, carry):
    carry(say(person("A", mobile=MOBILE, quiet_nights=False)), now=NIGHT)
    carry(say(person("B", email="b@exemple.fr")), now=NIGHT)

    assert (len(sms.outbox), len(mail.outbox)) == (1, 1)


def test_an_e_mail_says_who_it_is_for_what_and_how_to_answer(person, say, carry, diary, settings):
    settings.HELP_PHONE = "04 74 00 00 00"
    notice = carry(say(person("Sam", email="sam@exemple.fr"), answers=ASKED))

    (message,) = mail.outbox
    assert message.subject == "Atelier"
    assert message.body == (
        "Bonjour Sam,\n\nL’atelier est à 14 h.\n\n"
        "Pour répondre (Oui, je viens, Non)\u00a0:\n"
        f"{settings.SITE_URL}/messages/#message-{notice.pk}\n\n"
        "Une question\u00a0? Appelez le 04 74 00 00 00."
    )


def test_a_landline_goes_to_the_call_list_and_an_address_to_the_letters(person, say, carry):
    called = carry(say(person("A", landline="+33474000001")))
    posted = carry(say(person("B", post="12 rue de la Paix\n38200 Vienne")))

    assert (called.state, posted.state) == (State.TO_CALL, State.TO_POST)
    assert called.reason == "Téléphone fixe\u00a0: un appel."


def test_beyond_the_purse_people_are_called(person, say, carry, settings):
    settings.SMS_PRICE_CENTS = 6
    purse = Purse.objects.create(key="space:1", label="Vienne", monthly_cap_cents=11)
    first = carry(say(person("A", mobile="+33612345611"), purse=purse))
    second = carry(say(person("B", mobile="+33612345612"), purse=purse))

    assert (first.state, second.state) == (State.SENT, State.TO_CALL)
    assert second.reason == "Bourse de SMS du mois vide\u00a0: un appel."
    assert second.channel_value == "+33612345612"
    assert len(sms.outbox) == 1


def test_a_purse_counts_the_month_of_the_house(nadia, say):
    purse = Purse.objects.create(key="space:1", label="Vienne")
    notice = say(nadia)
    for when in ("2026-10-31 23:59", "2026-11-01 00:00"):
        Delivery.objects.create(
            notice=notice, purse=purse, at=at(when), channel_kind="mobile", cost_cents=6
        )

    assert purse.spent(now=NOON) == 6


def test_a_gateway_that_is_down_is_tried_again_ever_later_then_left_to_people(
    nadia, say, carry, settings
):
    settings.SMS_BACKEND = "traboule.kernel.people.sms.HttpBackend"
    settings.SMS_GATEWAY_URL = "http://127.0.0.1:9/"
    notice, now, pauses = say(nadia), NOON, []
    notice.change(not_before=NOON)

    for _attempt in range(len(RETRIES)):
        carry(notice, now=now)
        pauses.append(notice.not_before - now)
        now = notice.not_before
    carry(notice, now=now)

    assert pauses == list(RETRIES)
    assert (notice.state, notice.attempts) == (State.FAILED, 4)
    assert [delivery.cost_cents for delivery in notice.deliveries.all()] == [0] * 4


def test_a_worker_that_dies_while_sending_leaves_a_claim_that_runs_out(nadia, say, carry):
    notice = say(nadia)
    notice.change(attempts=1, not_before=NOON + CLAIM)  # Claimed, then nothing.

    carry(notice, now=NOON + CLAIM - datetime.timedelta(seconds=1))
    assert sms.outbox == []

    carry(notice, now=NOON + CLAIM)
    assert notice.state == State.SENT


@pytest.mark.parametrize(("delivered", "state"), [(True, State.DELIVERED), (False, State.FAILED)])
def test_a_report_says_what_became_of_each(nadia, say, carry, delivered, state):
    notice = carry(say(nadia))
    notice.deliveries.update(gateway_id="g1")

    assert note_report(gateway_id="g1", delivered=delivered)
    assert not note_report(gateway_id="", delivered=delivered)

    notice.refresh_from_db()
    assert notice.state == state


def test_a_notice_makes_no_move_that_is_not_in_the_table(nadia, say):
    notice = say(nadia, urgent=False)

    with pytest.raises(ValueError, match="in-digest"):
        notice.move(State.DELIVERED)

    assert set(MOVES) == set(State)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("a" * 152 + "€" + "a" * 152, 3),  # The euro is not cut in two.
        ("ê" * 70, 1),
        ("ê" * 71, 2),
        ("ê" * 134, 2),
        ("ê" * 135, 3),
        ("😀" * 35, 1),
        ("", 1),
    ],
)
def test_a_text_weighs_what_the_standard_says(text, count):
    assert segments(text) == count


def test_rarer_accents_go_only_when_that_saves_a_message():
    long = "Fête des voisins, jeudi à 18 h, au pied de l'immeuble. " * 2

    assert cheapest("Fête jeudi") == "Fête jeudi"
    assert cheapest(long) == long.replace("ê", "e")
