"""Awa, an editor, returns a draft with a reason; its author corrects it; she publishes it."""

import re

import pytest
from playwright.sync_api import expect

from traboule.kernel.initiatives.tests.factories import make_person
from traboule.kernel.people.models import Editorship

from .telling import TITLE, start, tell

pytestmark = pytest.mark.browser

REASON = "Il manque ce que l’on y apprend."
CORRECTED = "Le mardi, on apprend à écrire une lettre à l’ordinateur."
NUMBER = "+33698765432"


@pytest.fixture
def awa(site):
    """An editor of the Rhône, who can be reached by SMS."""
    person = make_person("Awa", mobile=NUMBER)
    Editorship.objects.create(person=person, department_code="69")
    return person


def sign_in(page, site, last_code):
    """Ask for a code by SMS and type it."""
    page.goto(f"{site}/redaction/")
    page.get_by_label("Votre numéro de téléphone").fill("06 98 76 54 32")
    page.get_by_role("button", name="Recevoir un code").click()
    expect(page.get_by_label("Le code reçu")).to_be_visible()
    page.get_by_label("Le code reçu").fill(last_code())
    page.get_by_role("button", name="Continuer").click()
    expect(page).to_have_url(f"{site}/redaction/")


def send_back(page):
    """Return the draft with a reason."""
    page.get_by_role("link", name=TITLE).click()
    page.get_by_text("Renvoyer pour compléter").click()
    page.locator("#return_reason").fill(REASON)
    page.get_by_role("button", name="Renvoyer avec ce message").click()
    expect(page.get_by_text("C’est renvoyé")).to_be_visible()


def correct(page, address):
    """Follow the link of the message, and mend the story."""
    page.goto(address)
    expect(page.get_by_text(REASON)).to_be_visible()
    page.get_by_role("link", name="Changer : Que se passe-t-il, concrètement ?").click()
    page.get_by_label("Que se passe-t-il, concrètement ?").fill(CORRECTED)
    page.get_by_role("button", name="Enregistrer").first.click()
    page.get_by_role("button", name="Envoyer à la rédaction").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Merci !")


@pytest.mark.usefixtures("awa")
def test_a_draft_is_returned_corrected_and_published(site, phone, desk, messages, last_code):
    start(phone, site)
    tell(phone)
    phone.get_by_role("button", name="Envoyer à la rédaction").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Merci !")

    sign_in(desk, site, last_code)
    assert messages[-1]["to"] == NUMBER
    send_back(desk)
    told = messages[-1]
    assert told["to"] == "+33612345678"
    assert REASON.replace("’", "'") in told["text"]

    path = re.search(r"https?://[^/]+(/\S+)", told["text"])[1]
    correct(phone, f"{site}{path}")
    desk.goto(f"{site}/redaction/")
    desk.get_by_role("link", name=TITLE).click()
    desk.get_by_role("button", name="Publier", exact=True).click()
    expect(desk.get_by_text("La fiche est publiée.")).to_be_visible()

    phone.goto(f"{site}/initiatives/?q=clavier")
    phone.get_by_role("link", name=TITLE).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(phone.get_by_text(CORRECTED)).to_be_visible()
