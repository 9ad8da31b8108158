"""Karim tells his initiative on a bad connection, stops, comes back elsewhere and sends it."""

import pytest
from playwright.sync_api import expect

from tests.browser import PHONE

from .telling import STORY, TITLE, answer, at, fill, go_on, start, tell

pytestmark = pytest.mark.browser


def lose_the_connection_at(page, question):
    """Press « Continuer » without a network, and find it again."""
    answer(page, question)
    page.context.set_offline(True)
    go_on(page)
    expect(page.get_by_text("Pas de réseau")).to_be_visible()
    for label, text in STORY[question].items():
        expect(page.get_by_label(label)).to_have_value(text)
    page.context.set_offline(False)


def stop(page):
    """Leave for today; the code to come back with."""
    page.get_by_role("button", name="Enregistrer et revenir plus tard").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("C’est enregistré")
    return page.locator(".figure-number").inner_text()


def come_back(page, site, code):
    """Type the code, as one does: in small letters and without its hyphen."""
    page.goto(f"{site}/contribuer/")
    page.get_by_role("link", name="J’ai déjà un code").click()
    page.get_by_label("Quel est votre code ?").fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="Reprendre").click()


def complete(page, question, title):
    """From the page of all answers, give the one that is missing and come back there."""
    page.get_by_role("link", name=f"Répondre : {title}").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    fill(page, question)
    page.get_by_role("button", name="Enregistrer", exact=True).click()


def test_an_interview_survives_the_network_the_telephone_and_the_night(site, open_page, messages):
    phone = open_page(PHONE)
    start(phone, site)
    tell(phone, until="public")
    lose_the_connection_at(phone, "recit")
    at(phone, "outils")
    code = stop(phone)
    phone.context.close()

    other = open_page(PHONE)
    come_back(other, site, code)
    expect(other.get_by_text(STORY["recit"]["Que se passe-t-il, concrètement ?"])).to_be_visible()
    complete(other, "rappel", "Et vous, où peut-on vous rappeler ?")
    expect(other.get_by_text("Tout y est")).to_be_visible()
    other.get_by_role("button", name="Envoyer à la rédaction").click()

    expect(other.get_by_role("heading", level=1)).to_have_text("Merci !")
    expect(other.get_by_text(f"« {TITLE} » est entre les mains de la rédaction.")).to_be_visible()
    assert [sms["to"] for sms in messages] == ["+33612345678"]
    assert TITLE in messages[0]["text"]
