"""Pages: my messages, the queue, letters, the mailbox."""

import io

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from traboule.kernel.notices import answers, followup, rules
from traboule.kernel.notices.models import (
    Delivery,
    Inbound,
    LetterBatch,
    NewsStop,
    Notice,
    Outcome,
    State,
)
from traboule.kernel.notices.tests.conftest import ASKED
from traboule.kernel.people.models import Person
from traboule.ui import slots

MINE, QUEUE, LETTERS = (
    reverse(f"notices:{name}") for name in ("mine", "follow-up", "letters")
)  # fmt: skip
POST = "12 rue de la Paix\n38200 Vienne"


@pytest.fixture
def awa(db):
    return Person.objects.create_superuser(name="Awa")


def _act(client, notice, **fields):
    return client.post(reverse("notices:follow-up-act", args=[notice.pk]), fields, follow=True)


def _text(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_i_read_and_answer_my_messages_with_a_button(nadia, say, client, diary):
    notice = say(nadia, answers=ASKED)
    client.force_login(nadia)
    assert "Nouveau" in client.get(MINE).text

    page = client.post(reverse("notices:answer", args=[notice.pk]), {"answer": "1"}, follow=True)

    assert "C’est noté, Nadia." in page.text
    assert "Votre réponse\u00a0: <strong>Oui, je viens</strong>" in page.text
    assert "Nouveau" not in page.text
    assert diary == [(notice.pk, "oui", "Nadia", "Nadia", "web")]


def test_a_refusal_is_said_on_the_page(nadia, say, client, diary):
    notice = say(nadia, answers=ASKED, data={"full": True})
    client.force_login(nadia)

    page = client.post(reverse("notices:answer", args=[notice.pk]), {"answer": "2"}, follow=True)

    assert "C’est complet." in page.text


def test_nobody_reads_or_answers_what_was_told_to_another(person, nadia, say, client, diary):
    notice = say(nadia, answers=ASKED)
    client.force_login(person("Karim"))

    assert "Atelier" not in client.get(MINE).text
    answered = client.post(reverse("notices:answer", args=[notice.pk]), {"answer": "1"})
    assert (answered.status_code, diary) == (404, [])


def test_all_can_be_marked_as_read_and_the_page_of_me_counts(nadia, say, client, rf):
    say(nadia)
    request = rf.get("/moi/")
    assert "1 message à lire." in slots.filled("me", request, nadia)

    client.force_login(nadia)
    client.post(reverse("notices:read-all"))

    assert "Vous avez tout lu." in slots.filled("me", request, nadia)


def test_sms_come_back_at_one_press(nadia, client):
    NewsStop.objects.create(channel=nadia.channels.get())
    client.force_login(nadia)
    assert "06\u00a012\u00a034\u00a056\u00a001" in client.get(MINE).text

    client.post(reverse("notices:resume-sms"))

    assert NewsStop.objects.count() == 0


def test_older_messages_are_a_page_away(nadia, say, client):
    for number in range(21):
        say(nadia, subject=f"Nouvelle {number}")
    client.force_login(nadia)
    oldest = Notice.objects.get(subject="Nouvelle 1")

    assert f"{MINE}?avant={oldest.pk}" in client.get(MINE).text
    assert "Nouvelle 0<" in client.get(MINE, {"avant": oldest.pk}).text


@pytest.fixture
def queue(person, say, carry, diary, awa):
    """One of each thing that the queue holds; all found by name."""
    called = carry(say(person("Léa", landline="+33474000001"), answers=ASKED))
    lost = say(person("Moussa", mobile="+33612345603"))
    lost.move(State.FAILED)
    nowhere = carry(say(person("Inès")))
    posted = carry(say(person("Rosa", post=POST)))
    late = carry(say(person("Tom", mobile="+33612345604"), answers=ASKED))
    late.change(answer_by=timezone.now())
    unclear = Inbound.objects.create(
        gateway_id="x", from_value="+33612345699", text="C’est où\u00a0?",
        received_at=timezone.now(),
    )  # fmt: skip
    return {
        "Léa": called, "Moussa": lost, "Inès": nowhere, "Rosa": posted, "Tom": late,
        "C’est où\u00a0?": unclear,
    }  # fmt: skip


def _queue(person: Person) -> list[tuple[str, str]]:
    return [(str(item.group), str(item.person or item.title)) for item in followup.queue(person)]


def test_nobody_falls_through(queue, awa):
    assert _queue(awa) == [
        ("À appeler", "Léa"),
        ("Non remis", "Moussa"),
        ("Non remis", "Inès"),
        ("SMS à lire", "C’est où\u00a0?"),
        ("Sans réponse", "Tom"),
        ("À poster", "Rosa"),
    ]


def test_the_queue_is_shown_to_those_in_charge(queue, awa, person, monkeypatch):
    karim, lea = person("Karim"), queue["Léa"]
    assert _queue(karim) == []

    lea.change(owner=karim)
    assert _queue(karim) == [("À appeler", "Léa")]

    monkeypatch.setattr(rules, "_followed", {})
    rules.register_follower("test", lambda person: rules.Q(kind="test", urgent=True))
    assert len(_queue(person("Zoé"))) == 5


def test_a_question_answered_on_the_telephone_leaves_the_queue(queue, awa, client, diary):
    client.force_login(awa)

    page = _act(client, queue["Léa"], answer="1")

    assert "C’est noté, Léa." in page.text
    assert diary == [(queue["Léa"].pk, "oui", "Léa", "Awa", "phone")]
    assert ("À appeler", "Léa") not in _queue(awa)


@pytest.mark.parametrize(
    ("done", "group"),
    [("missed", "À appeler"), ("wrong-number", "Non remis"), ("reached", None), ("settle", None)],
)
def test_each_call_has_its_outcome(queue, awa, client, done, group):
    client.force_login(awa)

    _act(client, queue["Léa"], do=done)

    assert [found for found, name in _queue(awa) if name == "Léa"] == [group] * bool(group)


def test_someone_takes_charge(queue, awa, client):
    client.force_login(awa)

    page = _act(client, queue["Moussa"], do="take")

    assert "Suivi par Awa." in page.text
    mine = client.get(QUEUE, {"de": "moi"}).text
    assert ("Moussa" in mine, "Léa" in mine) == (True, False)
    nobodys = client.get(QUEUE, {"de": "personne"}).text
    assert ("Moussa" in nobodys, "Léa" in nobodys) == (False, True)


def test_an_sms_read_by_a_human_is_closed(queue, awa, person, client):
    address = reverse("notices:handle-sms", args=[queue["C’est où\u00a0?"].pk])
    client.force_login(person("Karim"))
    assert client.post(address).status_code == 403

    client.force_login(awa)
    client.post(address, {"note": "Rappelée"})

    inbound = Inbound.objects.get()
    assert (inbound.handled_by, inbound.note) == (awa, "Rappelée")
    assert Inbound.objects.unclear().count() == 0


def test_who_follows_nothing_may_do_nothing(queue, person, client):
    client.force_login(person("Karim"))

    assert _act(client, queue["Léa"], do="settle").status_code == 403


def test_the_queue_costs_the_same_for_many_as_for_one(queue, awa, client, count_queries, say):
    client.force_login(awa)
    few = count_queries(QUEUE)
    for number in range(3):
        person = Person.objects.create_person(name=f"P{number}", channels=["0474000002"])
        say(person, answers=ASKED).move(State.TO_CALL)

    assert count_queries(QUEUE) == few


def test_my_messages_cost_the_same_for_many_as_for_one(nadia, say, client, count_queries, diary):
    client.force_login(nadia)
    say(nadia, answers=ASKED)
    few = count_queries(MINE)
    for _ in range(4):
        say(nadia, answers=ASKED)

    assert count_queries(MINE) == few


def test_the_call_list_is_printed(queue, awa, client):
    client.force_login(awa)

    pdf = client.get(reverse("notices:call-list")).content

    text = _text(pdf)
    assert "Léa" in text
    assert "04\u00a074\u00a000\u00a000\u00a001" in text
    assert "Oui, je viens" in text
    assert "Moussa" not in text


def test_letters_are_prepared_printed_and_posted(queue, awa, client):
    client.force_login(awa)
    client.post(LETTERS)
    batch = LetterBatch.objects.get()

    text = _text(client.get(batch.get_absolute_url()).content)
    assert "Rosa\n12 rue de la Paix\n38200 Vienne" in text
    assert "Bonjour Rosa" in text

    for _ in range(2):
        client.post(reverse("notices:letters-posted", args=[batch.pk]))
    assert [notice.state for notice in batch.notices.all()] == [State.POSTED]
    assert Delivery.objects.filter(outcome=Outcome.POSTED).count() == 1
    assert ("À poster", "Rosa") not in _queue(awa)


def test_without_letters_nothing_is_prepared(awa, client):
    client.force_login(awa)

    page = client.post(LETTERS, follow=True)

    assert "Aucun courrier n’attend. Il n’y a rien à imprimer." in page.text


def test_batches_of_letters_are_for_those_who_made_them(queue, awa, person, client):
    batch = LetterBatch.objects.create(by=awa)
    client.force_login(person("Karim"))

    assert client.get(batch.get_absolute_url()).status_code == 404


def test_the_mailbox_shows_what_left_where_messages_are_for_show(queue, awa, client, settings):
    client.force_login(awa)
    page = client.get(reverse("notices:mailbox")).text
    assert "Répondez par SMS avant le" in page

    settings.SMS_BACKEND = "traboule.kernel.people.sms.HttpBackend"
    assert client.get(reverse("notices:mailbox")).status_code == 404

    settings.DEMO = True
    assert client.get(reverse("notices:mailbox")).status_code == 200


def test_every_answer_has_words(diary):
    answers.register("test.mute", lambda *args, **kwargs: "")

    assert str(answers.answer_of("test.mute").label) == "Répondre"


def test_one_call_says_all(queue, awa, client, say):
    lea = queue["Léa"].recipient
    say(lea, subject="Encore").move(State.TO_CALL)
    client.force_login(awa)

    people = client.get(QUEUE).context["groups"]["À appeler"]

    assert [[item.title for item in items] for items in people] == [["Atelier", "Encore"]]


def test_a_receipt_without_any_way_waits_on_the_site(say, carry, person, awa):
    carry(say(person("Inès"), kind="receipt"))

    assert _queue(awa) == []


def test_why_a_message_was_lost_is_a_sentence(queue, awa):
    Delivery.objects.create(
        notice=queue["Moussa"], channel_kind="mobile", outcome=Outcome.FAILED, error="no route"
    )

    (why,) = [item.why for item in followup.undelivered(awa) if str(item.person) == "Moussa"]

    assert why == "Le message n’est pas arrivé (no route)."
