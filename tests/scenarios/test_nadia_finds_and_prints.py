"""Nadia looks for the computer workshop from her phone, misspells it, and prints its sheet."""

import io

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser import PHONE

pytestmark = pytest.mark.browser

MISSPELT = "reparasion ordinnateur"


def search(page, site, words):
    """Type words on the home page and press « Chercher »."""
    page.goto(site)
    form = page.get_by_role("search").filter(has=page.get_by_label("Que cherchez-vous ?"))
    form.get_by_label("Que cherchez-vous ?").fill(words)
    form.get_by_role("button", name="Chercher").click()


def save(route):
    """Save a PDF, as telephones do, where a desk's browser would show it."""
    answer = route.fetch()
    route.fulfill(response=answer, headers=answer.headers | {"content-disposition": "attachment"})


def test_a_misspelt_search_leads_to_the_sheet_and_its_print(site, phone):
    search(phone, site, MISSPELT)
    expect(phone.get_by_text("Nous avons compris").first).to_be_visible()
    phone.get_by_role("link", name="Atelier bidouille").click()

    expect(phone.get_by_role("heading", level=1)).to_have_text("Atelier bidouille")
    expect(phone.get_by_role("button", name="Écouter")).to_be_visible()
    phone.route("**/*.pdf", save)
    with phone.expect_download() as started:
        phone.get_by_role("link", name="Imprimer la fiche (PDF)").click()

    pdf = PdfReader(io.BytesIO(started.value.path().read_bytes()))
    assert pdf.metadata.title == "Atelier bidouille"
    assert "Atelier bidouille" in pdf.pages[0].extract_text()


def test_the_search_works_without_javascript(site, open_page):
    page = open_page(PHONE, java_script_enabled=False)
    search(page, site, MISSPELT)
    page.get_by_role("link", name="Atelier bidouille").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Atelier bidouille")
