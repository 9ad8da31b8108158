"""Samira, who has never seen Traboule, starts the entrepreneurs' workshops from the CitésLab sheet
and opens sign-up; then she starts the same in another commune from what runs in the first."""

import io
import zipfile

import pytest
from playwright.sync_api import expect

from traboule.blocks.agenda.models import Event, Signup
from traboule.kernel.journal.models import Entry
from traboule.kernel.spaces.models import Space

from .people import come_in, someone, started

pytestmark = pytest.mark.browser

TITLE = "Ateliers du commerce, Vienne"


def enter(page, number, name, last_code):
    """Say who one is, for the first time: a number, its code, a name."""
    page.get_by_label("Votre numéro de téléphone").fill(number)
    page.get_by_role("button", name="Recevoir un code").click()
    expect(page.get_by_label("Le code reçu")).to_be_visible()
    page.get_by_label("Le code reçu").fill(last_code())
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Comment vous appelez-vous ?").fill(name)
    page.get_by_role("button", name="Entrer").click()


def fill_in(page, *, title, commune, place, holder):
    """Say what it is called, where it is and who holds it; see what will be created."""
    page.get_by_label("Son nom ici").fill(title)
    page.get_by_label("Votre commune").fill(commune)
    page.get_by_label("Le quartier ou le lieu").fill(place)
    page.get_by_label("Le nom de l’association, du groupe ou du service").fill(holder)
    page.get_by_role("button", name="Voir ce qui va être créé").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Voici ce qui va être créé")


@pytest.mark.usefixtures("site")
def test_from_a_sheet_to_open_sign_ups(desk, phone, messages, last_code, assert_accessible):
    # From the sheet to the space.
    desk.goto("/initiatives/citeslab-grand-lac/")
    desk.get_by_role("link", name="Lancer la même ici").first.click()
    enter(desk, "06 98 76 54 32", "Samira", last_code)
    expect(desk.get_by_role("heading", level=1)).to_have_text("Lancer la même ici")
    assert_accessible(desk)
    fill_in(desk, title=TITLE, commune="Vienne", place="Espace Saint-Germain", holder="Vienne Éco")
    expect(desk.get_by_text("Créer ou refaire son site")).to_be_visible()
    assert_accessible(desk)
    desk.get_by_role("button", name="Lancer").click()
    expect(desk.get_by_text("C’est lancé !")).to_be_visible()
    assert_accessible(desk)

    # The first step says what to do: confirm the first date.
    desk.get_by_role("link", name="Confirmer la première date").click()
    expect(desk.get_by_role("heading", name="À confirmer")).to_be_visible()
    desk.get_by_role("button", name="Confirmer", exact=True).first.click()
    expect(desk.get_by_text("La date est confirmée")).to_be_visible()
    (event,) = Event.objects.open().filter(space__initiative__title=TITLE)

    # Anyone can sign up now.
    phone.goto(event.get_absolute_url())
    assert_accessible(phone)
    phone.get_by_role("link", name="Je viens").click()
    phone.get_by_role("link", name="Avec mon téléphone ou mon e-mail").click()
    enter(phone, "06 12 34 56 78", "Karim", last_code)
    phone.get_by_role("button", name="C’est bon, je m’inscris").click()
    expect(phone.get_by_text("Vous venez.")).to_be_visible()
    assert list(Signup.objects.values_list("person__name", "state")) == [("Karim", "going")]

    # The sheet it came from tells where it also runs; the journal tells who did what.
    phone.goto("/initiatives/citeslab-grand-lac/")
    expect(phone.get_by_role("link", name=TITLE)).to_be_visible()
    acts = Entry.objects.filter(act__in=["space.started", "agenda.opened", "agenda.signed-up"])
    names = dict(Signup.objects.values_list("person", "person__name"))
    assert [(entry.act, names.get(entry.by_key, "Samira")) for entry in acts.order_by("at")] == [
        ("space.started", "Samira"),
        ("agenda.opened", "Samira"),
        ("agenda.signed-up", "Karim"),
    ]
    assert [message["to"] for message in messages] == ["+33698765432", "+33612345678"]


@pytest.mark.usefixtures("site")
def test_do_it_here_too_in_another_commune(desk, assert_accessible):
    awa, bruno = someone("Awa", mobile="+33612340001"), someone("Bruno", mobile="+33612340002")
    first = started("citeslab-grand-lac", title=TITLE, commune="Vienne", by=awa)
    first.pages.filter(slug="bienvenue").update(text="Appelez Awa au 04 74 00 00 00.")

    # Bruno reads the sheet of the one that runs, and does the same where he lives.
    come_in(desk, bruno, first.initiative.get_absolute_url())
    desk.get_by_role("link", name="Faire pareil ici").first.click()
    title = "Ateliers du Biollay"
    fill_in(desk, title=title, commune="Chambéry", place="Le Biollay", holder="Biollay Éco")
    desk.get_by_role("button", name="Lancer").click()
    expect(desk.get_by_text("C’est lancé !")).to_be_visible()

    second = Space.objects.get(initiative__title=title)
    assert second.events.count() == first.events.count()
    assert "04 74" not in second.pages.get(slug="bienvenue").text
    assert list(second.participations.values_list("person__name", "role")) == [
        ("Bruno", "coordinator")
    ]
    assert list(second.initiative.inspired_by.all()) == [first.initiative]

    # Both sheets tell of each other; the recipe leaves as a folder without anybody in it.
    desk.goto(first.initiative.get_absolute_url())
    expect(desk.get_by_role("link", name=title)).to_be_visible()
    desk.goto(second.initiative.get_absolute_url())
    expect(desk.get_by_role("link", name=TITLE)).to_be_visible()
    come_in(desk, awa, f"/espaces/{first.slug}/modele/")
    assert_accessible(desk)
    with desk.expect_download() as download:
        desk.get_by_role("link", name="Télécharger").click()
    with zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes())) as folder:
        texts = "".join(folder.read(name).decode() for name in folder.namelist())
    assert "Créer ou refaire son site" in texts
    assert "04 74" not in texts
