"""A contract is signed, hours are contested and settled, a payslip comes: on a telephone."""

import datetime
import os
from pathlib import Path

import pytest
from django.conf import settings as site
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.browser import DESK, PHONE
from traboule.exchanges.services.actions import signing
from traboule.exchanges.services.models import ContractState, Side, WorkState
from traboule.kernel.spaces.tests.factories import make_facilitator

from .factories import make_contract, make_services_space, make_work

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def come_in(page, person, url):
    client = Client()
    client.force_login(person, backend=site.AUTHENTICATION_BACKENDS[0])
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": url}])


def look(page, name, assert_accessible):
    """Kept as pictures by day and by night where ``SHOTS`` says, then checked."""
    width = page.viewport_size["width"]
    if shots := os.environ.get("SHOTS"):
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.screenshot(path=Path(shots) / f"{name}-{width}-{scheme}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    assert_accessible(page)


@pytest.mark.parametrize("view", [PHONE, DESK], ids=["phone", "desk"])
def test_a_contract_is_read_and_signed(
    open_page, live_server, assert_accessible, monkeypatch, view
):
    space = make_services_space()
    contract = make_contract(space, state=ContractState.DRAFT)
    worker = contract.worker.person
    worker.channels.create(kind="mobile", value="+33612345678", verified_at=timezone.now())
    sent = []
    monkeypatch.setattr(signing, "deliver", lambda *to, **words: sent.append(words["text"]))
    page = open_page(view, base_url=live_server.url)
    come_in(page, contract.household.person, live_server.url)
    page.goto(reverse("services:write-contract", args=[space.slug, contract.offer_id]))
    look(page, "write", assert_accessible)

    come_in(page, worker, live_server.url)
    page.goto(contract.get_absolute_url())
    look(page, "contract", assert_accessible)
    page.get_by_role("link", name="Signer par un code").click()
    page.get_by_role("button", name="Recevoir le code").click()
    look(page, "code", assert_accessible)
    digits = next(word for word in sent[-1].split() if word.isdigit())
    page.get_by_label("Les six chiffres reçus").fill(digits)
    page.get_by_role("button", name="Je signe").click()
    page.get_by_text("C’est signé.").wait_for()
    page.goto(reverse("services:sign-on-paper", args=[space.slug, contract.code]))
    look(page, "paper", assert_accessible)

    contract.refresh_from_db()
    assert contract.state == ContractState.ONE


@pytest.mark.parametrize("view", [PHONE, DESK], ids=["phone", "desk"])
def test_hours_are_contested_and_settled_and_the_rest_is_paid(
    open_page, live_server, assert_accessible, view
):
    space = make_services_space()
    contract = make_contract(space)
    today = timezone.localdate()
    make_work(contract, today - datetime.timedelta(days=3))
    facilitator = make_facilitator(space)
    page = open_page(view, base_url=live_server.url)

    come_in(page, contract.worker.person, live_server.url)
    page.goto(reverse("services:enter-hours", args=[space.slug, contract.code, Side.WORKER]))
    page.get_by_label("Quel jour").fill(str(today - datetime.timedelta(days=2)))
    page.get_by_label("De", exact=True).fill("09:00")
    page.get_by_label("À", exact=True).fill("13:00")
    look(page, "hours", assert_accessible)
    page.get_by_role("button", name="Écrire ces heures").click()

    come_in(page, contract.household.person, live_server.url)
    page.goto(contract.get_absolute_url())
    look(page, "hours-to-confirm", assert_accessible)
    page.get_by_role("link", name="Ce n’est pas ça").first.click()
    page.get_by_label("Qu’est-ce qui n’est pas juste ?").fill("Elle est partie à midi.")
    look(page, "dispute", assert_accessible)
    page.get_by_role("button", name="Envoyer à l’équipe").click()

    come_in(page, facilitator, live_server.url)
    page.goto(reverse("services:disputes", args=[space.slug]))
    look(page, "disputes", assert_accessible)
    page.get_by_role("link", name="Trancher").click()
    page.get_by_label("Minutes à payer").fill("180")
    page.get_by_label("Ce qui est convenu").fill("Trois heures, dit au téléphone.")
    look(page, "settle", assert_accessible)
    page.get_by_role("button", name="Écrire la décision").click()
    page.goto(contract.get_absolute_url())
    page.get_by_role("button", name="Faire le bulletin").first.click()
    look(page, "payslip", assert_accessible)

    works = set(contract.works.values_list("state", flat=True))
    assert WorkState.DISPUTED not in works
    assert contract.payslips.exists()


@pytest.mark.parametrize("view", [PHONE, DESK], ids=["phone", "desk"])
def test_how_it_went_is_told_and_an_incident_reaches_the_team(
    open_page, live_server, assert_accessible, view
):
    space = make_services_space()
    contract = make_contract(space)
    make_work(contract)
    page = open_page(view, base_url=live_server.url)
    come_in(page, contract.household.person, live_server.url)
    page.goto(reverse("services:write-review", args=[space.slug, contract.code, "household"]))
    for question in page.get_by_role("radiogroup").all() or page.locator("fieldset").all():
        question.get_by_label("oui").check()
    look(page, "review", assert_accessible)
    page.get_by_role("button", name="Envoyer").click()
    look(page, "reviews", assert_accessible)

    page.goto(reverse("services:tell-incident", args=[space.slug, contract.code, "household"]))
    page.get_by_label("quelque chose est cassé").check()
    page.get_by_label("Racontez, avec vos mots").fill("Le vase de l’entrée est tombé.")
    look(page, "incident", assert_accessible)
    page.get_by_role("button", name="Prévenir l’équipe").click()

    come_in(page, make_facilitator(space), live_server.url)
    page.goto(reverse("services:incidents", args=[space.slug]))
    look(page, "incidents", assert_accessible)
    assert contract.incidents.exists()
