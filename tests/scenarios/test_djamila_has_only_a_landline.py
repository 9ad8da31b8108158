"""Djamila has a landline and a letter box, nothing else: she is signed up on the telephone, given
a card, written to when the date moves, noted by her card on the day, and she counts."""

import datetime
import re

import pytest
from django.utils.timezone import localtime
from playwright.sync_api import expect

from tests.browser import PHONE
from traboule.blocks.agenda.actions.events import open_event
from traboule.blocks.agenda.models import Presence, Signup
from traboule.kernel.journal.models import Entry
from traboule.kernel.notices.models import RECEIPT, Delivery, Notice
from traboule.kernel.people.models import Person

from .people import come_in, figures, make_it_now, make_it_over, someone, started
from .printed import printed, words_of

pytestmark = pytest.mark.browser

HELP_PHONE = "04 74 00 00 00"
CARD_NUMBER = re.compile(r"\b[A-Z2-9]{4}-[A-Z2-9]{4}\b")
SECRET_CODE = re.compile(r"\b\d{3} \d{3}\b")


@pytest.fixture
def leila(site, settings):
    """Who holds the workshops; the centre has a telephone."""
    settings.HELP_PHONE = HELP_PHONE
    return someone("Leïla", mobile="+33612340001")


@pytest.fixture
def welcome(leila):
    """The first date of workshops in Vienne, confirmed."""
    space = started("citeslab-grand-lac", title="Ateliers de Vienne", commune="Vienne", by=leila)
    event = space.events.get(title="Réunion d’accueil")
    open_event(event=event, by=leila)
    return event


def sign_up_by_phone(page, assert_accessible):
    """She calls: her name, how to reach her, and everything is read back."""
    page.get_by_role("link", name="Inscrire au téléphone").click()
    page.get_by_label("Son nom, ou son numéro").fill("Djamila Rahmani")
    page.get_by_role("button", name="Chercher").click()
    page.get_by_role("link", name="Noter une nouvelle personne").click()
    expect(page.get_by_label("Son nom")).to_have_value("Djamila Rahmani")
    page.get_by_label("Son téléphone").fill("04 74 12 34 56")
    page.get_by_text("Un autre moyen").click()
    page.get_by_label("Son adresse postale").fill("4 rue des Tilleuls\n38200 Vienne")
    assert_accessible(page)
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_text("Si quelque chose change, nous vous appelons.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="C’est bien cela : inscrire").click()
    expect(page.get_by_text("Djamila Rahmani : C’est noté")).to_be_visible()


def make_her_card(page, people):
    """Her card's number and secret code, as they come out of the printer."""
    page.goto(people)
    page.get_by_role("link", name="Djamila Rahmani").click()
    page.get_by_role("link", name="Sa carte").click()
    papers = []

    def keep(route):
        answer = route.fetch()
        papers.append(answer.body())
        route.fulfill(response=answer)

    page.context.route("**/carte/", keep)
    with page.context.expect_event("response", lambda one: one.request.method == "POST"):
        page.get_by_role("button", name="Faire la carte et l’imprimer").click()
    words = words_of(papers[0])
    return CARD_NUMBER.findall(words)[0], SECRET_CODE.findall(words)[0]


def call_her(page, assert_accessible):
    """What was done for her is told in one call, from the printed list."""
    page.goto("/messages/suivi/")
    assert_accessible(page)
    calls = printed(page, "Imprimer les appels")
    for said in (
        "04 74 12 34 56",
        "Leïla a fait cela pour vous : inscription à Réunion d’accueil",
        "Leïla a fait cela pour vous : remise d’une carte à votre nom",
    ):
        assert said in calls
    for _receipt in range(3):
        page.get_by_role("button", name="On s’est parlé").first.click()
        expect(page.get_by_text("C’est noté.")).to_be_visible()
    expect(page.get_by_text("Tout le monde est au courant")).to_be_visible()


def ask_for_letters(page, number, code):
    """With her card, on the computer of the centre, she says how she wishes to be told."""
    page.goto("/connexion/")
    page.get_by_role("link", name="Entrer avec ma carte").click()
    page.get_by_label("Quel est le numéro de votre carte").fill(number)
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Quel est votre code secret").fill(code)
    page.get_by_role("button", name="Entrer").click()
    page.goto("/moi/")
    expect(page.get_by_role("heading", name="Djamila Rahmani")).to_be_visible()
    expect(page.get_by_text("Réunion d’accueil")).to_be_visible()
    page.get_by_role("button", name="Utiliser d’abord 4 rue des Tilleuls").click()
    expect(page.get_by_text("C’est par là que nous vous joindrons d’abord.")).to_be_visible()


def move_by_a_day(page, event):
    """What will leave, and how, is said first."""
    page.goto(f"{event.get_absolute_url()}changer/")
    day = localtime(event.starts_at) + datetime.timedelta(days=1)
    page.get_by_label("Quel jour").fill(f"{day:%Y-%m-%d}")
    page.get_by_label("Pourquoi ce changement").fill("La salle est prise.")
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_text("1 par une lettre à imprimer et à poster")).to_be_visible()
    page.get_by_role("button", name="Changer et prévenir").click()
    expect(page.get_by_text("C’est changé.")).to_be_visible()


def post_the_letter(page, assert_accessible):
    """It is printed, folded into a window envelope, and posted."""
    page.goto("/messages/suivi/")
    page.get_by_role("link", name="Courriers à poster").click()
    page.get_by_role("button", name="Préparer les courriers").click()
    assert_accessible(page)
    letter = printed(page, "Imprimer (PDF)")
    for said in ("Djamila Rahmani 4 rue des Tilleuls 38200 Vienne", "La salle est prise."):
        assert said in letter
    assert f"Pour répondre, appelez le {HELP_PHONE}" in letter
    page.get_by_role("button", name="C’est posté").click()
    expect(page.get_by_text("Posté", exact=True)).to_be_visible()


def note_her_card(page, number, assert_accessible):
    """She shows her card at the door; its number is enough."""
    page.get_by_role("link", name="Faire l’appel").click()
    page.get_by_label("Sa carte").fill(number)
    page.get_by_role("button", name="Noter", exact=True).click()
    row = page.locator("[data-name='Djamila Rahmani']")
    expect(row.get_by_label("Là", exact=True)).to_be_checked()
    assert_accessible(page)


def assert_she_counts(desk, phone, space):
    """In the results of the space, and on the sheet that everyone reads."""
    measured = figures(desk, f"{space.get_absolute_url()}resultats/")
    of_agenda = [one.split(" (")[0] for one in measured][:5]  # Before what outreach counts.
    assert of_agenda == [
        "1 séance Séances tenues",
        "1 personne Personnes venues",
        "1,5 heures Heures passées ensemble",
        "1 place Places réservées",
        "0 rendez-vous Rendez-vous individuels",
    ]
    assert figures(phone, space.initiative.get_absolute_url()) == measured


def assert_it_is_written(djamila, leila):
    """What was done for her is in the journal, by whom and for whom."""
    (signup,), (presence,) = Signup.objects.all(), Presence.objects.all()
    assert (signup.person, signup.via, signup.by) == (djamila, "phone", leila)
    assert (presence.person, presence.source, presence.state) == (djamila, "card", "present")
    for_her = Entry.objects.filter(for_key=djamila.pk).order_by("pk")
    assert list(for_her.values_list("act", "by_key")) == [
        ("join-space", leila.pk),
        ("agenda.signed-up", leila.pk),
        ("issue-card", leila.pk),
    ]


def assert_she_was_told(djamila, leila):
    """Three receipts and a change, each by a way of hers, carried by Leïla."""
    told = Notice.objects.filter(person=djamila).order_by("pk")
    assert list(told.values_list("kind", "state", "channel_kind")) == [
        *[(RECEIPT, "called", "landline")] * 3,
        ("agenda.changed", "posted", "post"),
    ]
    carried = Delivery.objects.order_by("pk").values_list("outcome", "by")
    assert list(carried) == [*[("reached", leila.pk)] * 3, ("posted", leila.pk)]


def test_without_mobile_nor_e_mail_she_is_told_comes_in_and_counts(
    leila, welcome, open_page, messages, assert_accessible
):
    space, desk, phone = welcome.space, open_page(), open_page(PHONE)
    come_in(desk, leila, welcome.get_absolute_url())
    sign_up_by_phone(desk, assert_accessible)
    number, code = make_her_card(desk, f"{space.get_absolute_url()}personnes/")
    call_her(desk, assert_accessible)
    ask_for_letters(open_page(), number, code)
    move_by_a_day(desk, welcome)
    post_the_letter(desk, assert_accessible)

    welcome.refresh_from_db()
    make_it_now(welcome)
    come_in(phone, leila, welcome.get_absolute_url())
    note_her_card(phone, number, assert_accessible)
    make_it_over(welcome)

    assert_she_counts(desk, phone, space)
    assert_accessible(desk)
    djamila = Person.objects.get(name="Djamila Rahmani")
    assert_it_is_written(djamila, leila)
    assert_she_was_told(djamila, leila)
    assert messages == []
