"""Moussa enrols two children in nine sessions; their mother refuses the photos; the student who
holds the session sees it on the roll with the network off, and what he notes arrives once."""

import re

import pytest
from playwright.sync_api import expect

from traboule.blocks.agenda.actions.events import open_series
from traboule.blocks.agenda.models import Presence, Signup
from traboule.kernel.journal.models import Entry
from traboule.kernel.people import guardians
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Participation

from .people import come_in, make_it_now, someone, started

pytestmark = pytest.mark.browser


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


def test_two_children_are_enrolled_one_no_is_seen_and_the_roll_needs_no_network(
    space, hugo, phone, open_page, assert_accessible
):
    moussa, awa = someone("Moussa", mobile="+33612340003"), someone("Awa", mobile="+33612340004")
    session = space.series.get(is_whole=True).events.order_by("rank").first()

    # The father, on his telephone.
    come_in(phone, moussa, "/moi/famille/")
    add_child(phone, "Idris", 2017)
    add_child(phone, "Fanta", 2018)
    phone.goto(session.get_absolute_url())
    assert_accessible(phone)
    phone.get_by_role("link", name="S’inscrire à toutes les séances").click()
    expect(phone.get_by_label("Idris")).to_be_checked()
    expect(phone.get_by_label("Fanta")).to_be_checked()
    phone.get_by_role("button", name="Inscrire à toutes ces séances").click()
    expect(phone.get_by_text("Idris vient à toutes les séances")).to_be_visible()
    assert Signup.objects.going().filter(event__space=space).count() == 18

    # The mother is asked too, and says no to the photos.
    for child in Person.objects.filter(name__in=["Idris", "Fanta"]).order_by("pk"):
        guardians.add_guardian(child=child, guardian=awa, relation="mother", by=moussa)
    mother = open_page({"width": 360, "height": 740})
    come_in(mother, awa, "/moi/famille/")
    mother.locator("article", has_text="Idris").get_by_role("link", name="Photos et vidéos").click()
    mother.get_by_role("button", name="Non").click()
    mother.wait_for_url("**/leave-alone/")

    # The student calls the roll on his telephone, and the network goes.
    make_it_now(session)
    roll = f"/espaces/{space.slug}/agenda/{session.pk}/appel/"
    student = open_page({"width": 360, "height": 740})
    come_in(student, hugo, f"/espaces/{space.slug}/agenda/{session.pk}/")
    student.get_by_role("link", name="Faire l’appel").click()
    expect(student.get_by_text("Touchez une case")).to_be_visible()
    assert_accessible(student)
    expect(student.locator("[data-name=Idris]").get_by_text("Pas de photo")).to_be_visible()
    student.evaluate("navigator.serviceWorker.ready.then(() => true)")
    student.wait_for_function("caches.match(location.pathname).then(Boolean)")

    student.context.set_offline(True)
    tick(student, "Idris", "Là")
    tick(student, "Fanta", "Pas là")
    student.get_by_label("Son nom").fill("Zoé")
    student.get_by_role("button", name="Ajouter").click()
    expect(student.get_by_text("Pas de réseau")).to_be_visible()
    student.goto(roll)
    expect(student.get_by_text("Pas de photo").first).to_be_visible()
    expect(box(student, "Idris", "Là")).to_be_checked()
    expect(box(student, "Fanta", "Pas là")).to_be_checked()
    expect(box(student, "Zoé", "Là")).to_be_checked()
    assert Presence.objects.count() == 0

    # The network is back: it all arrives, once, even where an answer was lost on the way.
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


def box(page, name, state):
    return page.locator(f"[data-name={name}]").get_by_label(state, exact=True)


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

    page.route("**/appel/lignes/", handle)
