"""Moussa enrols two children in nine sessions; their mother refuses the photos; the student who
holds the session sees it on the roll with the network off, and what he notes arrives once."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import PHONE
from traboule.blocks.agenda.actions.events import open_series
from traboule.blocks.agenda.models import Presence, Signup
from traboule.kernel.journal.models import Entry
from traboule.kernel.people import guardians
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Participation

from .people import come_in, make_it_now, someone, started

pytestmark = pytest.mark.browser

SENDING = "**/appel/lignes/"


@pytest.fixture
def space(site):
    """Code and robots at a school of Chambéry, its nine sessions confirmed."""
    leila = someone("Leïla", mobile="+33612340001")
    space = started("code-a-l-ecole", title="Robots au Biollay", commune="Chambéry", by=leila)
    open_series(series=space.series.get(is_whole=True), by=leila)
    return space


@pytest.fixture
def hugo(space):
    """A student who holds the sessions."""
    person = someone("Hugo", mobile="+33612340002")
    Participation.objects.create(space=space, person=person, role="facilitator")
    return person


def add_child(page, name, year):
    page.goto("/moi/famille/enfant/")
    page.get_by_label("Quel est le prénom").fill(name)
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("En quelle année").select_option(str(year))
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Père").check()
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def enrol(page, session):
    """The father, on his telephone: his two children in all nine sessions."""
    add_child(page, "Idris", 2017)
    add_child(page, "Fanta", 2018)
    page.goto(session.get_absolute_url())
    page.get_by_role("link", name="S’inscrire à toutes les séances").click()
    expect(page.get_by_label("Idris")).to_be_checked()
    expect(page.get_by_label("Fanta")).to_be_checked()
    page.get_by_role("button", name="Inscrire à toutes ces séances").click()
    expect(page.get_by_text("Idris vient à toutes les séances")).to_be_visible()


def refuse_the_photos(page, child):
    """The mother is asked too, and says no."""
    page.locator("article", has_text=child).get_by_role("link", name="Photos et vidéos").click()
    page.get_by_role("button", name="Non").click()
    page.wait_for_url("**/leave-alone/")


def call_the_roll_without_network(page, roll):
    """The student notes who is there; even a page opened anew shows what he noted."""
    expect(page.locator("[data-name=Idris]").get_by_text("Pas de photo")).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("caches.match(location.pathname).then(Boolean)")
    cut(page)
    tick(page, "Idris", "Là")
    tick(page, "Fanta", "Pas là")
    page.get_by_label("Son nom").fill("Zoé")
    page.get_by_role("button", name="Ajouter").click()
    expect(page.get_by_text("Pas de réseau")).to_be_visible()
    page.goto(roll)
    expect(page.get_by_text("Pas de photo").first).to_be_visible()
    for name, state in (("Idris", "Là"), ("Fanta", "Pas là"), ("Zoé", "Là")):
        box = page.locator(f"[data-name={name}]").get_by_label(state, exact=True)
        expect(box).to_be_checked()


def cut(page):
    """No network; a browser may forget it for the page that opens anew, so what is sent is lost."""
    page.context.set_offline(True)
    page.route(SENDING, lambda route: route.abort("internetdisconnected"))


def tick(page, name, state):
    page.locator(f"[data-name={name}] label", has_text=re.compile(f"^{state}$")).click()


def lose_the_first_answer(page):
    """The server hears the first sending, and the telephone never learns of it."""
    heard = []

    def handle(route):
        if heard:
            return route.continue_()
        heard.append(route.fetch())
        return route.abort("internetdisconnected")

    page.unroute(SENDING)
    page.route(SENDING, handle)


def test_one_no_is_seen_on_the_roll_which_needs_no_network_and_arrives_once(
    space, hugo, phone, open_page, assert_accessible
):
    moussa, awa = someone("Moussa", mobile="+33612340003"), someone("Awa", mobile="+33612340004")
    session = space.series.get(is_whole=True).events.order_by("rank").first()
    come_in(phone, moussa, "/moi/famille/")
    enrol(phone, session)
    assert_accessible(phone)
    assert Signup.objects.going().filter(event__space=space).count() == 18

    for child in Person.objects.filter(name__in=["Idris", "Fanta"]).order_by("pk"):
        guardians.add_guardian(child=child, guardian=awa, relation="mother", by=moussa)
    mother = open_page(PHONE)
    come_in(mother, awa, "/moi/famille/")
    refuse_the_photos(mother, "Idris")

    make_it_now(session)
    student = open_page(PHONE)
    come_in(student, hugo, session.get_absolute_url())
    student.get_by_role("link", name="Faire l’appel").click()
    expect(student.get_by_text("Touchez une case")).to_be_visible()
    assert_accessible(student)
    call_the_roll_without_network(student, f"{session.get_absolute_url()}appel/")
    assert Presence.objects.count() == 0

    lose_the_first_answer(student)
    student.context.set_offline(False)
    expect(student.get_by_text("Tout est enregistré.")).to_be_visible(timeout=30_000)
    noted = Presence.objects.current().filter(event=session).order_by("person__name")
    assert list(noted.values_list("person__name", "state")) == [
        ("Fanta", "absent"),
        ("Idris", "present"),
        ("Zoé", "present"),
    ]
    assert Presence.objects.count() == 3
    (entry,) = Entry.objects.filter(act="agenda.noted-presence")
    assert (entry.by_key, entry.details["lines"]) == (hugo.pk, 3)
