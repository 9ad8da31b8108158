"""A card with a QR code and six digits, for whoever has neither mobile nor e-mail."""

import datetime
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from traboule.kernel.journal.models import Entry
from traboule.kernel.people import cards, rules
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Card, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def nadia():
    return Person.objects.create_person(name="Nadia Benali")


@pytest.fixture
def sofia():
    """A facilitator, who may hand out cards."""
    return Person.objects.create_person(name="Sofia")


@pytest.fixture
def card(nadia, sofia):
    return cards.issue(person=nadia, by=sofia)


@pytest.fixture
def sofia_may(monkeypatch, sofia):
    """A space in which Sofia facilitates."""
    monkeypatch.setattr(rules, "_issuers", {"test": lambda by, person: by == sofia})


def wrong(pin: str) -> str:
    """Six digits that are not the code."""
    return f"{(int(pin) + 1) % 1_000_000:06d}"


def miss(new, times: int) -> list[str]:
    """Type a wrong code so many times; what each one answered."""
    said = []
    for _ in range(times):
        with pytest.raises(Refused) as refused:
            cards.sign_in(card=new.card, pin=wrong(new.pin))
        said.append(str(refused.value.message))
    return said


def a_while_later(card: Card, wait: datetime.timedelta) -> None:
    """As if that time had gone by for this card."""
    card.refresh_from_db()
    card.counted_from -= wait
    if card.locked_until:
        card.locked_until -= wait
    card.save()


def who(client) -> str | None:
    """The key of the person signed in, as the session keeps it."""
    return client.session.get("_auth_user_id")


# Handing out


def test_a_card_keeps_neither_its_token_nor_its_code(card):
    kept = Card.objects.values().get(pk=card.card.pk)

    assert not {card.token, card.pin} & {str(value) for value in kept.values()}
    assert set(card.card.number).isdisjoint("IO01")
    assert (len(card.card.number), len(card.pin)) == (8, 6)


def test_a_person_has_one_card_at_a_time(card, nadia, sofia):
    with pytest.raises(Refused, match="remplacez-la"):
        cards.issue(person=nadia, by=sofia)

    assert Card.objects.count() == 1


def test_a_new_card_replaces_the_lost_one_in_one_act(card, nadia, sofia):
    new = cards.replace(person=nadia, by=sofia)

    assert list(nadia.cards.live()) == [new.card]
    assert cards.person_of_token(card.token) is None
    assert cards.person_of_token(new.token) == nadia
    told = [(entry.act, entry.by_key, entry.for_key) for entry in Entry.objects.about(nadia)]
    assert told == [
        ("replace-card", sofia.pk, nadia.pk),
        ("issue-card", sofia.pk, nadia.pk),
    ]


def test_a_revoked_card_opens_nothing_and_says_so_once(card, nadia):
    cards.revoke(card=card.card, by=nadia)
    cards.revoke(card=card.card, by=nadia)

    with pytest.raises(Refused):
        cards.sign_in(card=card.card, pin=card.pin)
    assert [entry.act for entry in Entry.objects.about(nadia)] == ["revoke-card", "issue-card"]


def test_whoever_did_not_ask_for_a_card_undoes_it(card, nadia):
    cards.undo_making(Entry.objects.about(nadia).get(), nadia)

    assert cards.person_of_token(card.token) is None


def test_undoing_a_card_that_was_replaced_leaves_the_new_one(card, nadia, sofia):
    made = Entry.objects.about(nadia).get()
    new = cards.replace(person=nadia, by=sofia)

    cards.undo_making(made, nadia)

    assert cards.person_of_token(new.token) == nadia


def test_cards_are_printed_eight_a_page_with_first_names_alone(nadia, sofia):
    people = [
        Person.objects.create_person(name=name)
        for name in ["Mme Diallo", "محمد", *(f"Voisin{n}" for n in range(6))]
    ]
    new = [cards.issue(person=person, by=sofia) for person in [nadia, *people]]

    pages = PdfReader(io.BytesIO(cards.pdf(new))).pages

    words = pages[0].extract_text()
    assert len(pages) == 2
    assert "Nadia" in words
    assert "Benali" not in words
    assert "Mme Diallo" in words
    assert new[0].card.shown_number in words
    assert f"{new[0].pin[:3]}\u00a0{new[0].pin[3:]}" in words


# Coming in


def test_five_wrong_codes_make_the_card_wait_a_quarter_of_an_hour(card, nadia):
    said = miss(card, 5)

    assert said[0] == "Ce n’est pas le bon code. Il vous reste 4 essais."
    assert said[3] == "Ce n’est pas le bon code. Il vous reste un essai."
    assert said[4].startswith("Trop d’essais. Attendez")
    with pytest.raises(Refused, match="Attendez"):
        cards.sign_in(card=card.card, pin=card.pin)

    a_while_later(card.card, datetime.timedelta(minutes=15))
    assert cards.sign_in(card=card.card, pin=card.pin) == nadia


def test_the_right_code_forgives_the_wrong_ones(card):
    for _ in range(4):
        miss(card, 4)
        cards.sign_in(card=card.card, pin=card.pin)

    card.card.refresh_from_db()
    assert (card.card.attempts, card.card.is_locked) == (0, False)


def test_fifteen_wrong_codes_in_a_day_revoke_the_card(card, nadia):
    for _ in range(3):
        said = miss(card, 5)
        a_while_later(card.card, datetime.timedelta(minutes=15))

    assert said[4] == "Trop d’essais\u00a0: cette carte est arrêtée."
    assert not nadia.cards.live().exists()
    entry = Entry.objects.about(nadia)[0]
    assert (entry.act, entry.by_key, entry.details) == (
        "revoke-card",
        None,
        {"reason": "attempts"},
    )


def test_wrong_codes_are_forgotten_after_a_day(card, nadia):
    for wait in (datetime.timedelta(minutes=15), datetime.timedelta(days=1)):
        miss(card, 5)
        a_while_later(card.card, wait)

    miss(card, 4)

    assert cards.sign_in(card=card.card, pin=card.pin) == nadia


# The pages


def test_one_enters_with_the_number_then_the_code(client, card, nadia):
    asked = client.post(
        reverse("people:card-sign-in"),
        {"number": card.card.shown_number.lower(), "next": "/moi/"},
    )
    entered = client.post(asked.url, {"digits": f"{card.pin[:3]} {card.pin[3:]}"})

    assert asked.url == reverse("people:card-pin")
    assert entered.url == "/moi/"
    assert who(client) == str(nadia.pk)
    assert client.session.get_expire_at_browser_close()
    assert Entry.objects.by(nadia)[0].details == {"channel": "card"}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Écrivez le numéro"),
        ("K7MP-3XQ", "huit lettres ou chiffres"),
        ("K7MP-3XQ0", "ni zéro, ni un"),
        ("K7MP-3XQ9", "Aucune carte ne porte ce numéro"),
    ],
)
def test_a_number_misread_is_explained(client, typed, said):
    response = client.post(reverse("people:card-sign-in"), {"number": typed})

    assert said in response.context["form"].errors["number"][0]


def test_the_qr_code_asks_for_the_code_and_names_nobody(client, card):
    page = client.get(reverse("people:card-open", args=[card.token]))

    assert "Nadia" not in page.content.decode()
    assert who(client) is None
    card.card.refresh_from_db()
    assert card.card.last_used_at is None


def test_one_enters_with_the_qr_code_then_the_code(client, card, nadia):
    response = client.post(reverse("people:card-open", args=[card.token]), {"digits": card.pin})

    assert response.url == "/"
    assert who(client) == str(nadia.pk)


@pytest.mark.parametrize("token", ["a-token-of-nobody", None])
def test_a_card_that_opens_nothing_says_what_to_do(client, card, nadia, token):
    cards.revoke(card=card.card, by=nadia)

    address = reverse("people:card-open", args=[token or card.token])
    response = client.post(address, {"digits": card.pin})

    assert response.status_code == 410
    assert "passez au centre" in response.content.decode()
    assert who(client) is None


def test_the_last_wrong_code_shows_that_the_card_is_closed(client, card):
    Card.objects.update(attempts=14)

    address = reverse("people:card-open", args=[card.token])
    response = client.post(address, {"digits": wrong(card.pin)})

    assert response.status_code == 410


def test_a_card_scanned_over_an_open_session_does_not_take_its_place(client, card, sofia):
    client.force_login(sofia)

    page = client.get(reverse("people:card-open", args=[card.token]))

    assert "C’est celle de <bdi>Sofia</bdi>" in page.content.decode()


def test_a_person_revokes_the_card_they_lost(client, card, nadia):
    client.force_login(nadia)

    assert card.card.shown_number in client.get(reverse("people:card")).content.decode()
    client.post(reverse("people:card"))

    assert not nadia.cards.live().exists()
    assert "Vous n’avez pas de carte" in client.get(reverse("people:card")).content.decode()


def test_a_facilitator_prints_replaces_and_revokes_a_card(client, sofia_may, sofia, nadia):
    client.force_login(sofia)
    page = reverse("people:person-card", args=[nadia.public_id])

    made = client.post(page, {"act": "issue"})
    assert made["Content-Type"] == "application/pdf"
    assert "no-store" in made["Cache-Control"]

    client.post(page, {"act": "replace"})
    assert (nadia.cards.count(), nadia.cards.live().count()) == (2, 1)

    client.post(page, {"act": "revoke"})
    assert nadia.cards.live().count() == 0


def test_a_card_is_not_made_twice_by_a_page_left_open(client, sofia_may, sofia, nadia, card):
    client.force_login(sofia)

    response = client.post(
        reverse("people:person-card", args=[nadia.public_id]), {"act": "issue"}, follow=True
    )

    assert "a déjà une carte" in response.content.decode()


def test_only_those_whom_a_rule_allows_hand_out_cards(client, sofia_may, nadia):
    client.force_login(nadia)

    response = client.get(reverse("people:person-card", args=[nadia.public_id]))

    assert response.status_code == 403


def test_a_facilitator_never_holds_the_card_of_someone_with_more_power(sofia_may, sofia, nadia):
    samira = Person.objects.create_superuser(name="Samira")
    editor = Person.objects.create_person(name="Awa")
    editor.editorships.create()

    allowed = {
        person.name: (rules.can_issue_card(sofia, person), rules.can_issue_card(samira, person))
        for person in (nadia, editor, samira)
    }

    assert allowed == {
        "Nadia Benali": (True, True),
        "Awa": (False, True),
        "Samira": (False, True),
    }


def test_nobody_makes_a_card_for_someone_erased(nadia):
    samira = Person.objects.create_superuser(name="Samira")
    nadia.erased_at = timezone.now()

    assert not rules.can_issue_card(samira, nadia)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_nadia_scans_her_card_and_enters(live_server, phone, card, assert_accessible):
    phone.goto(f"{live_server.url}{reverse('people:card-open', args=[card.token])}")
    assert_accessible(phone)
    phone.get_by_label("Quel est votre code secret ?").fill(wrong(card.pin))
    phone.get_by_role("button", name="Entrer").click()
    expect(phone.get_by_role("alert")).to_contain_text("Il vous reste 4 essais")
    assert_accessible(phone)

    phone.get_by_label("Quel est votre code secret ?").fill(card.pin)
    phone.get_by_role("button", name="Entrer").click()

    expect(phone.get_by_text("Bonjour Nadia Benali.")).to_be_visible()
