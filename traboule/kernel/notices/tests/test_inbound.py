"""What people send us, through the signed door of the gateway."""

import datetime
import json
import time

import pytest
from django.urls import reverse
from django.utils.formats import date_format

from traboule.kernel.journal.models import Entry
from traboule.kernel.notices import answers
from traboule.kernel.notices.answering import take_answer
from traboule.kernel.notices.models import Inbound, State
from traboule.kernel.notices.signatures import SIGNATURE_HEADER, TIME_HEADER, signature
from traboule.kernel.notices.tests.conftest import ASKED
from traboule.kernel.people import sms
from traboule.kernel.people.actions import Refused, join
from traboule.kernel.people.channels import ChannelKind

SECRET = "un-secret"
MOBILE = "+33612345601"


@pytest.fixture(autouse=True)
def _secret(settings):
    settings.SMS_WEBHOOK_SECRET = SECRET


@pytest.fixture
def post(client, django_capture_on_commit_callbacks):
    """Hand something over as the gateway does, rightly signed unless told otherwise."""

    def send(told, *, name="inbound", age=0, secret=SECRET, **headers):
        body = told if isinstance(told, bytes) else json.dumps(told).encode()
        now = str(int(time.time()) - age)
        signed = {
            TIME_HEADER: now, SIGNATURE_HEADER: signature(body, timestamp=now, secret=secret)
        }  # fmt: skip
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(
                reverse(f"notices:{name}"), body, content_type="application/json",
                headers=signed | headers,
            )  # fmt: skip

    return send


@pytest.fixture
def text(post):
    """Send an SMS to us: ``text("1")``; what we answer."""

    def send(words, *, sender="0612345601"):
        sms.outbox.clear()
        told = {"id": f"in-{Inbound.objects.count()}", "from": sender, "text": words}
        assert post(told).status_code == 202
        return [message["text"] for message in sms.outbox]

    return send


def test_a_digit_is_an_answer_and_is_confirmed_in_one_sms(nadia, say, carry, diary, text):
    notice = carry(say(nadia, answers=ASKED))

    assert text("1 merci") == ["C'est noté, Nadia."]

    assert diary == [(notice.pk, "oui", "Nadia", "Nadia", "sms")]
    notice.refresh_from_db()
    assert (notice.answer, notice.answered_at is not None) == ("1", True)


def test_a_relay_answers_for_the_person(person, say, carry, diary, text):
    karim = person("Karim", mobile=MOBILE)
    carry(say(person("Nadia", relay=karim), answers=ASKED))

    text("2")

    assert [entry[1:] for entry in diary] == [("non", "Nadia", "Karim", "sms")]


def test_each_question_has_its_own_digits(nadia, say, carry, diary, text):
    first, second = (carry(say(nadia, answers=ASKED)) for _ in range(2))

    text("3")
    text("2")

    assert [entry[:2] for entry in diary] == [(second.pk, "oui"), (first.pk, "non")]


def test_a_yes_to_two_questions_is_asked_back(nadia, say, carry, diary, text):
    for subject in ("Vélo", "Couture"):
        carry(say(nadia, answers=ASKED, subject=subject))

    assert text("oui") == [
        'Plusieurs questions vous attendent. Répondez 3 pour "Couture" ; 1 pour "Vélo".'
    ]
    assert diary == []


def test_people_may_change_their_mind(nadia, say, carry, diary, text):
    carry(say(nadia, answers=ASKED))

    text("oui")
    text("2")

    assert [entry[1] for entry in diary] == ["oui", "non"]


def test_a_refusal_is_the_reply(nadia, say, carry, diary, text):
    notice = carry(say(nadia, answers=ASKED, data={"full": True}))

    assert text("2") == ["C'est complet."]

    notice.refresh_from_db()
    assert notice.answered_at is None


def test_what_is_not_understood_waits_for_a_human_and_is_acknowledged_once(
    nadia, say, carry, diary, text
):
    notice = carry(say(nadia, answers=ASKED))

    replies = [text("je serai en retard"), text("vous êtes là ?")]

    assert [len(reply) for reply in replies] == [1, 0]
    assert [inbound.notice for inbound in Inbound.objects.unclear()] == [notice] * 2


def test_a_stranger_is_read_by_a_human_and_gets_no_reply(db, text):
    assert text("1", sender="0612345699") == []
    assert Inbound.objects.unclear().count() == 1


def test_a_mobile_nobody_verified_answers_for_nobody(person, say, diary, text):
    notice = say(person("Nadia", mobile=MOBILE, verified=False), answers=ASKED)
    notice.change(digits={"1": "1"}, channel_value=MOBILE)

    assert text("1") == []
    assert diary == []


def test_stop_is_kept_told_once_and_respected(nadia, say, carry, text):
    assert len(text("STOP")) == 1
    assert text("stop svp") == []

    assert carry(say(nadia)).state == State.TO_CALL
    assert [entry.act for entry in Entry.objects.about(nadia)] == ["stop-sms"]


def test_codes_still_come_after_stop_and_news_after_a_change_of_mind(nadia, say, carry, text):
    text("STOP")
    sms.outbox.clear()
    nadia.channels.get(kind=ChannelKind.MOBILE).send("", "Votre code")
    assert len(sms.outbox) == 1

    assert text("Reprendre") == ["C'est noté : nous vous écrivons à nouveau par SMS."]
    assert carry(say(nadia)).state == State.SENT


def test_a_keyword_finds_its_app_also_for_a_stranger(db, diary, text):
    answers.register_keyword(
        r"atelier (\w{4})( \w+)?$",
        lambda person, match, *, number: f"{person} {match[1]}{match[2] or ''} {number}",
    )

    assert text("Atelier  4F7K Émilie", sender="0612345699") == ["None 4F7K Émilie +33612345699"]
    assert text("ATELIER : 4F7K !", sender="0612345699") == ["None 4f7k +33612345699"]
    assert text("Bonjour, l’atelier 4F7K ?", sender="0612345699") == []


def test_a_newcomer_is_answered_in_french_and_what_they_wrote_is_theirs(db, text):
    def join_in(person, match, *, number):
        join(name=match[1], kind=ChannelKind.MOBILE, value=number, language="fr")
        return date_format(datetime.date(2026, 12, 10), "l j F")

    answers.register_keyword(r"essai (\w+)$", join_in)

    assert text("Essai Émilie", sender="0612345699") == ["jeudi 10 décembre"]

    assert [inbound.person.name for inbound in Inbound.objects.all()] == ["Émilie"]


def test_the_same_message_handed_over_twice_counts_once(nadia, say, carry, diary, post):
    carry(say(nadia, answers=ASKED))
    sms.outbox.clear()
    for _ in range(2):
        assert post({"id": "a", "from": MOBILE, "text": "1"}).status_code == 202

    assert (len(diary), len(sms.outbox), Inbound.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"secret": "un autre"},
        {"age": 301},
        {"age": -301},
        {SIGNATURE_HEADER: ""},
        {SIGNATURE_HEADER: "é"},
        {TIME_HEADER: "hier"},
        {TIME_HEADER: "²"},
    ],
)
@pytest.mark.parametrize("name", ["inbound", "report"])
def test_nobody_else_gets_in(db, post, wrong, name):
    told = {"id": "a", "from": MOBILE, "text": "1", "status": "delivered"}

    assert post(told, name=name, **wrong).status_code == 400
    assert Inbound.objects.count() == 0


def test_without_a_secret_nobody_gets_in(db, post, settings):
    settings.SMS_WEBHOOK_SECRET = ""

    assert post({"id": "a", "from": MOBILE}, secret="").status_code == 400


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"id": "a"}', b"\xff", b"{}" + b" " * 20_001])
def test_what_cannot_be_read_is_refused(db, post, body):
    assert post(body).status_code == 400


def test_a_report_for_a_message_we_do_not_know_may_come_again(db, post):
    assert post({"id": "x", "status": "delivered"}, name="report").status_code == 404


def test_a_report_reaches_the_notice(nadia, say, carry, post):
    notice = carry(say(nadia))
    notice.deliveries.update(gateway_id="g1")

    assert post({"id": "g1", "status": "failed"}, name="report").status_code == 202

    notice.refresh_from_db()
    assert notice.state == State.FAILED


def test_an_answer_unknown_to_the_notice_is_refused(nadia, say, diary):
    with pytest.raises(Refused):
        take_answer(notice=say(nadia, answers=ASKED), answer="9", by=nadia, via="web")
