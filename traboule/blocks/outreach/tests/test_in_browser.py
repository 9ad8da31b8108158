"""Outreach as an adviser meets it, on a telephone and on a desk."""

import os
from pathlib import Path

import pytest
from django.conf import settings as site
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.browser import DESK, PHONE
from traboule.blocks.agenda.tests.factories import past_event, present
from traboule.blocks.outreach.actions import contacts, exchanges, follow_up
from traboule.blocks.outreach.models import Exchange, Message, Need, Plan, Stage
from traboule.kernel.spaces.tests.factories import make_facilitator

from .factories import make_contact, make_neighbourhood, outreach_space

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def space():
    space = outreach_space()
    for label in ("Une idée", "Un projet", "En activité"):
        Stage.objects.create(space=space, label=label)
    Need.objects.create(space=space, label="Un site")
    return space


@pytest.fixture
def karim(space):
    return make_facilitator(space)


@pytest.fixture
def lina(space, karim):
    lina = make_contact(
        space, by=karim, phone="+33612345678", email="lina@exemple.fr", number="12",
        street="Rue des Bauges", entrance="Bât. B", activity="Traiteur à domicile",
        neighbourhood=make_neighbourhood(), stage=space.outreach_stages.first(),
        source_note="le forum de mars",
    )  # fmt: skip
    contacts.plan_next(contact=lina, kind="call", due_on=timezone.localdate(), by=karim)
    return lina


@pytest.fixture
def karims_page(open_page, karim, live_server):
    """A page of the one who goes towards people: ``karims_page(PHONE)``."""

    def open_one(view):
        client, page = Client(), open_page(view, base_url=live_server.url)
        client.force_login(karim, backend=site.AUTHENTICATION_BACKENDS[0])
        session = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        return page

    return open_one


@pytest.fixture
def filled(space, karim, lina):
    """A space with something on each of its pages; what each of its addresses takes."""
    for name in ("Omar Sy", "Rose"):
        one = make_contact(space, name, by=karim, number="2 bis", street="Rue Neuve")
        exchanges.note_exchange(
            contact=one, kind="visit", outcome="left-message", by=karim, note="Revenir le matin"
        )
    event = past_event(space)
    present(event, lina.person)
    plan = Plan.objects.create(space=space, title="Après un atelier")
    plan.steps.create(label="Mettre une photo sur sa page", after_days=7)
    follow_up.apply_plan(plan=plan, event=event, by=karim)
    message = Message.objects.create(
        contact=lina, way="email", subject="Un atelier pour vous", text="Bonjour Lina,\n\nVenez !",
        by=karim,
    )  # fmt: skip
    return {
        "today": (), "contacts": (), "contact": (lina.pk,), "new-contact": (),
        "edit-contact": (lina.pk,), "exchange": (lina.pk,), "calls": (), "visits": (),
        "import": (), "type-back": (), "compose": (), "messages": (), "message": (message.pk,),
        "following": (), "after": (event.pk,), "figures": (), "settings": (), "new-plan": (),
        "opt-out": (lina.pk,),
    }  # fmt: skip


@pytest.mark.parametrize("view", [PHONE, DESK], ids=["phone", "desk"])
def test_every_page_fits_and_is_accessible(karims_page, space, filled, assert_accessible, view):
    page = karims_page(view)
    shots = os.environ.get("SHOTS")
    wide = []
    for name, arguments in filled.items():
        page.goto(reverse(f"outreach:{name}", args=[space.slug, *arguments]))
        if shots:
            page.screenshot(path=Path(shots) / f"{name}-{view['width']}.png", full_page=True)
        if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
            wide.append(name)
        assert_accessible(page)
    assert wide == []


def test_a_note_is_warned_of_while_one_types_and_a_tap_notes_the_call(karims_page, space, lina):
    page = karims_page(PHONE)
    page.goto(reverse("outreach:calls", args=[space.slug]))
    page.get_by_text("Ajouter une note").click()
    warning = page.locator("[data-sensitive-warning]")
    assert warning.is_hidden()

    page.get_by_label("Note").fill("Elle est malade")
    assert "la santé" in warning.inner_text()
    page.get_by_label("Note").fill("Cherche un local")
    assert warning.is_hidden()

    page.get_by_role("button", name="Message laissé").click()
    page.get_by_text("c’est noté").wait_for()
    exchange = Exchange.objects.get()
    assert (exchange.outcome, exchange.note) == ("left-message", "Cherche un local")
