"""Nadia signed up by SMS and came; she takes away what is held on her, and erases herself. Her
name stands nowhere any more, and every figure in which she counts stays what it was."""

import json

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from tests.browser import PHONE
from traboule.blocks.agenda.actions.events import open_event
from traboule.blocks.agenda.actions.presence import first_broken
from traboule.blocks.agenda.actions.signups import change_capacity
from traboule.blocks.agenda.models import Presence
from traboule.kernel.journal.models import Entry
from traboule.kernel.notices.models import Delivery, Inbound, Notice
from traboule.kernel.people.models import Person

from .gateway import text_us
from .people import come_in, figures, make_it_now, make_it_over, someone, started
from .printed import words_of

pytestmark = pytest.mark.browser

NUMBER, SHOWN_NUMBER = "+33612349909", "06 12 34 99 09"
HERS = ("Nadia", "Ouazzani", NUMBER[3:], SHOWN_NUMBER, "béquilles")


@pytest.fixture
def welcome(site, settings):
    """The first date of the workshops that Leïla coordinates."""
    settings.SMS_WEBHOOK_SECRET = "un-secret"
    leila = someone("Leïla", mobile="+33612340001")
    space = started("citeslab-grand-lac", title="Ateliers de Vienne", commune="Vienne", by=leila)
    event = space.events.get(title="Réunion d’accueil")
    open_event(event=event, by=leila)
    return event


@pytest.fixture
def next_one(welcome):
    """Another date, which has one seat."""
    event = welcome.space.events.get(title="Créer ou refaire son site")
    change_capacity(event=event, capacity=1, by=welcome.space.referent.person)
    open_event(event=event, by=welcome.space.referent.person)
    return event


def standing(texts):
    """In which fields of which models one of these texts still stands."""
    found = set()
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            values = " ".join(map(str, model._base_manager.values_list(field.name, flat=True)))
            found |= {(model._meta.label, field.name) for text in texts if text in values}
    # What a session keeps cannot be read as it is stored.
    kept = " ".join(str(session.get_decoded()) for session in Session.objects.all())
    return found | {("sessions.Session", "decoded") for text in texts if text in kept}


def sign_up_by_sms(event):
    """The code of the poster and her name: nobody knew her before."""
    (said,) = text_us(NUMBER, f"ATELIER {event.code} Nadia Ouazzani")
    assert said.startswith("C'est noté : ")


def ask_to_take_part(page, space, last_code, assert_accessible):
    """The code that she gets by SMS opens her door; she asks to be one of the space."""
    page.goto(space.get_absolute_url())
    page.get_by_role("link", name="Me connecter pour prendre part").click()
    page.get_by_label("Votre numéro de téléphone").fill(SHOWN_NUMBER)
    page.get_by_role("button", name="Recevoir un code").click()
    expect(page.get_by_label("Le code reçu")).to_be_visible()
    page.get_by_label("Le code reçu").fill(last_code())
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name="Demander à prendre part").click()
    expect(page.get_by_text("Votre demande est partie : l’équipe")).to_be_visible()
    assert_accessible(page)


def welcome_her(page, space):
    """Leïla lets her in, and deals with an SMS that no machine understood."""
    page.goto(space.get_absolute_url())
    page.get_by_role("button", name="Accueillir Nadia Ouazzani").click()
    expect(page.get_by_text("Nadia Ouazzani prend part à l’espace.")).to_be_visible()
    (said,) = text_us(NUMBER, "Nadia Ouazzani : y a-t-il une rampe ? Je marche avec des béquilles")
    assert said.startswith("Merci. Quelqu'un de l'équipe lit votre message")
    page.goto("/messages/suivi/")
    page.get_by_label("Ce que vous avez fait").fill("Rappelé Nadia : il y en a une.")
    page.get_by_role("button", name="Classer").click()
    expect(page.get_by_text("C’est classé.")).to_be_visible()


def say_she_is_there(page, team, event, assert_accessible):
    """The code shown in the room, typed on her telephone."""
    team.goto(f"{event.get_absolute_url()}appel/code/")
    assert_accessible(team)
    code = team.locator(".room-code-digits").inner_text()
    page.goto(f"/ici/{event.code}/")
    page.get_by_label("Quel est le code de la salle").fill(code)
    assert_accessible(page)
    page.get_by_role("button", name="Je suis là").click()
    expect(page.get_by_text("C’est noté : vous êtes là.")).to_be_visible()


def take_away_what_is_held(page, assert_accessible):
    """Readable on the page and on paper, and for a machine."""
    page.goto("/moi/droits/")
    assert_accessible(page)
    with page.expect_download() as paper:
        page.get_by_role("link", name="Emporter sur papier").click()
    words = words_of(paper.value.path().read_bytes())
    for said in ("Nadia Ouazzani", NUMBER, "présences notées à Réunion d’accueil"):
        assert said in words, said
    with page.expect_download() as file:
        page.get_by_role("link", name="Pour un ordinateur").click()
    export = json.loads(file.value.path().read_text())
    return {section["key"]: section["rows"] for section in export["sections"]}


def erase_herself(page, assert_accessible):
    """What goes and what stays is said first; one box against a slip of the finger."""
    page.get_by_role("link", name="M’effacer de ce site").click()
    expect(page.get_by_role("heading", name="Ce qui reste, sans votre nom")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Oui, je veux que tout cela soit effacé.").check()
    page.get_by_role("button", name="Effacer tout cela").click()
    expect(page.get_by_text("C’est fait : plus rien ici ne porte votre nom.")).to_be_visible()


def assert_nothing_but_the_journal_is_left(nadia, event):
    """Numbers that lead to nobody, and a ledger in which nothing moved."""
    acts = Entry.objects.by(nadia).order_by("pk").values_list("act", flat=True)
    assert list(acts) == [
        "join",
        "agenda.signed-up",
        "agenda.signed-up",
        "sign-in",
        "ask-to-join-space",
        "agenda.noted-presence",
        "erase",
        "agenda.cancelled-signup",
    ]
    assert Notice.objects.filter(person=nadia).count() == 0
    assert (Delivery.objects.count(), Inbound.objects.count()) == (0, 0)
    assert [line.person for line in Presence.objects.all()] == [nadia]
    assert first_broken(event) is None


def test_she_is_forgotten_and_still_counts(
    welcome, next_one, open_page, last_code, assert_accessible
):
    space, desk, phone = welcome.space, open_page(), open_page(PHONE)
    come_in(desk, space.referent.person)
    sign_up_by_sms(welcome)
    sign_up_by_sms(next_one)
    nadia = Person.objects.get(name="Nadia Ouazzani")
    Person.objects.update(quiet_nights=False)  # Tests run at any hour.
    ask_to_take_part(phone, space, last_code, assert_accessible)
    welcome_her(desk, space)
    make_it_now(welcome)
    say_she_is_there(phone, desk, welcome, assert_accessible)
    make_it_over(welcome)
    pages = (f"{space.get_absolute_url()}resultats/", space.initiative.get_absolute_url())
    before = [figures(desk, path) for path in pages]
    assert [one.split(" (")[0] for one in before[0]][:4] == [
        "1 séance Séances tenues",
        "1 personne Personnes venues",
        "1,5 heures Heures passées ensemble",
        "1 place Places réservées",
    ]

    held = take_away_what_is_held(phone, assert_accessible)
    assert {key: len(rows) for key, rows in held.items()} == {
        "people.person": 1,
        "people.channel": 1,
        "notices.notice": 1,
        "notices.inbound": 3,
        "notices.delivery": 1,
        "spaces.participation": 1,
        "agenda.signup": 2,
        "agenda.presence": 1,
        "journal.entry": 7,
    }
    erase_herself(phone, assert_accessible)

    assert standing(HERS) == set()
    assert [figures(desk, path) for path in pages] == before
    nadia.refresh_from_db()
    assert (nadia.name, nadia.is_active) == ("Personne effacée", False)
    assert next_one.signups.going().count() == 0
    assert_nothing_but_the_journal_is_left(nadia, welcome)
    desk.goto(f"{welcome.get_absolute_url()}presences/")
    expect(desk.get_by_role("rowheader", name="Personne effacée")).to_be_visible()
    assert_accessible(desk)
