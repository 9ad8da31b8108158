"""In Lyon a garden opens by the code of its gate: Fatou gives her first name, joins a work day with
her two children, and sees the bench that she reported by photo repaired; the cooperative that
carries forty gardens sees them all on one page."""

import pytest
from playwright.sync_api import expect

from tests.browser import DESK, PHONE
from traboule.blocks.agenda.actions.events import open_series
from traboule.blocks.agenda.models import Signup
from traboule.blocks.agenda.tests.factories import make_event
from traboule.blocks.reports.models import Report
from traboule.kernel.files.tests.factories import picture
from traboule.kernel.people.models import Membership, Organisation
from traboule.kernel.spaces import access
from traboule.kernel.spaces.models import Participation
from traboule.kernel.spaces.tests.factories import make_space

from .people import come_in, someone, started
from .printed import printed

pytestmark = pytest.mark.browser

WORK_DAY = "Chantier participatif"
BROKEN, MENDED = "Une latte du banc est cassée", "Latte neuve, merci à Ali pour le bois."
GARDENS = 40


@pytest.fixture
def garden(site):
    """A garden that its gardener started from the sheet: work days confirmed, code on the gate."""
    agnes = someone("Agnès", mobile="+33612340001")
    space = started("pistyles", title="Jardin de la Sarra", commune="Lyon", by=agnes)
    open_series(series=space.series.get(title=WORK_DAY), by=agnes)
    access.rotate(space=space, by=agnes)
    return space


@pytest.fixture
def karim(garden):
    """The referent of the garden."""
    person = someone("Karim", mobile="+33612340002")
    Participation.objects.create(space=garden, person=person, role="facilitator")
    return person


def enter(page, garden, assert_accessible):
    """The code is typed as one reads it on the gate, and a first name is enough."""
    page.goto("/code/")
    page.get_by_label("Quel est le code").fill(garden.access_code.lower().replace("-", " "))
    assert_accessible(page)
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Quel est votre prénom").fill("Fatou")
    assert_accessible(page)
    page.get_by_role("button", name="Entrer", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Jardin de la Sarra")
    expect(page.get_by_text("Personne du quartier")).to_be_visible()
    assert_accessible(page)


def join_the_work_day(page, assert_accessible):
    """She comes with two children to the next one."""
    page.get_by_role("link", name=WORK_DAY).first.click()
    expect(page.get_by_text("25 places libres")).to_be_visible()
    page.get_by_role("link", name="Je viens").click()
    page.get_by_label("Combien d’autres personnes amenez-vous").select_option("2")
    assert_accessible(page)
    page.get_by_role("button", name="C’est bon, je m’inscris").click()
    expect(page.get_by_text("Vous venez.")).to_be_visible()
    expect(page.get_by_text("Avec 2 autres personnes.")).to_be_visible()
    assert_accessible(page)


def send_photo(page, label, colour):
    """A telephone sends its photo while one writes."""
    content = picture((640, 480), colour).getvalue()
    file = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": content}
    page.get_by_label(label).set_input_files(file)
    expect(page.get_by_text("Reçu", exact=True)).to_be_visible()


def report_the_bench(page, garden, assert_accessible):
    """A photo, a place that has a name, a few words; a code comes back, which is returned."""
    page.goto(garden.get_absolute_url())
    page.get_by_role("link", name="Signaler un problème").click()
    send_photo(page, "Une photo du problème", "#8a5a2b")
    page.get_by_label("Qu’est-ce qui ne va pas").fill(BROKEN)
    page.get_by_label("C’est où").select_option("Les bancs")
    page.get_by_label("Quelle sorte de problème").select_option("Cassé ou dangereux")
    assert_accessible(page)
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Votre signalement")
    expect(page.get_by_text("à prendre en charge", exact=True)).to_be_visible()
    assert_seen(page, f"Avant : {BROKEN}")
    assert_accessible(page)
    return page.locator(".report-code").inner_text()


def assert_seen(page, *alts):
    """Each photo is on the page, and really came."""
    for alt in alts:
        image = page.get_by_alt_text(alt)
        image.scroll_into_view_if_needed()
        expect(image).to_be_visible()
        assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0


def mend_the_bench(page, garden, assert_accessible):
    """The referent finds it in the queue, takes it in hand, and shows that it is repaired."""
    page.goto(garden.get_absolute_url())
    page.get_by_role("link", name="Voir les problèmes").click()
    expect(page.locator(".report-list > li")).to_have_count(1)
    assert_accessible(page)
    page.get_by_role("link", name=f"1. {BROKEN}").click()
    assert_seen(page, f"Avant : {BROKEN}")
    page.get_by_role("button", name="Je m’en occupe").click()
    expect(page.get_by_text("C’est à vous.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="C’est réparé", exact=True).click()
    send_photo(page, "La photo d’après", "#2f7d32")
    page.get_by_label("Ce qui a été fait").fill(MENDED)
    assert_accessible(page)
    page.get_by_role("button", name="C’est réparé").click()
    expect(page.get_by_text("C’est réparé ! Les personnes qui suivent")).to_be_visible()
    assert_accessible(page)


def assert_before_and_after(page, code, assert_accessible):
    """By her code, then in the list and on the page that everyone reads."""
    both = (f"Avant : {BROKEN}", f"Après : {BROKEN}")
    page.goto(f"/signalement/{code}/")
    for step in ("Tous les signalements", f"1. {BROKEN}", None):
        expect(page.get_by_text("réparé", exact=True)).to_be_visible()
        assert_seen(page, *both)
        assert_accessible(page)
        if step:
            page.get_by_role("link", name=step).click()
    expect(page.get_by_text(MENDED)).to_be_visible()
    expect(page.get_by_text("Les bancs")).to_be_visible()


def test_a_code_on_the_gate_is_enough_to_help_and_to_have_a_bench_repaired(
    garden, karim, open_page, assert_accessible
):
    phone, desk = open_page(PHONE), open_page()
    enter(phone, garden, assert_accessible)
    join_the_work_day(phone, assert_accessible)
    code = report_the_bench(phone, garden, assert_accessible)

    event = garden.events.filter(title=WORK_DAY).order_by("starts_at").first()
    signup = Signup.objects.going().get()
    assert (signup.event, signup.extra, event.seats_taken) == (event, 2, 3)
    assert (signup.person.name, signup.person.is_guest) == ("Fatou", True)

    come_in(desk, karim, event.get_absolute_url())
    expect(desk.get_by_text("22 places libres")).to_be_visible()
    desk.get_by_role("link", name="Qui vient ?").click()
    expect(desk.get_by_text("3 personnes attendues sur 25 places")).to_be_visible()
    assert_accessible(desk)
    mend_the_bench(desk, garden, assert_accessible)
    poster = printed(desk, "Affiche")
    assert BROKEN in poster
    assert MENDED in poster
    assert_before_and_after(phone, code, assert_accessible)

    bench = Report.objects.get()
    assert (bench.state, bench.reporter, bench.owner) == ("done", signup.person, karim)
    assert (bench.code, bench.where, bench.category.name) == (
        code,
        "Les bancs",
        "Cassé ou dangereux",
    )
    photos = bench.photos.values_list("is_after", "file__kind", "file__by__name", "file__is_public")
    assert list(photos) == [
        (False, "picture", "Fatou", True),
        (True, "picture", "Karim", True),
    ]


@pytest.fixture
def cooperative(transactional_db):
    """Who carries forty gardens; the seventh is the only one without a date."""
    holder = Organisation.objects.create(name="Pistyles")
    for rank in range(1, GARDENS + 1):
        sheet = {"title": f"Jardin {rank:02}", "place": {"commune": "69123"}}
        space = make_space(blocks=("agenda", "reports"), sheet=sheet)
        space.initiative.holder = holder
        space.initiative.save(update_fields=["holder"])
        if rank != 7:
            make_event(space, kind="work-day", title=WORK_DAY)
    return holder


@pytest.mark.parametrize("view", [DESK, PHONE], ids=["desk", "phone"])
def test_forty_gardens_are_seen_on_one_page(cooperative, view, open_page, assert_accessible):
    agnes = someone("Agnès")
    Membership.objects.create(organisation=cooperative, person=agnes)
    page = open_page(view)
    come_in(page, agnes, f"/organisations/{cooperative.pk}/")

    page.get_by_role("link", name="Tous ses espaces sur une page").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(f"{GARDENS} espaces")
    gardens = page.locator(".panorama-space")
    expect(gardens).to_have_count(GARDENS)
    expect(gardens.first.get_by_role("link")).to_have_text("Jardin 01")
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    address = page.get_by_role("link", name="En tableau").get_attribute("href")
    table = page.request.get(address)
    assert table.headers["content-type"].startswith("text/csv")
    assert len(table.text().splitlines()) == 1 + GARDENS

    page.get_by_role("link", name="Voir celui où quelque chose attend").click()
    expect(gardens).to_have_count(1)
    expect(gardens.get_by_role("link").first).to_have_text("Jardin 07")
    assert_accessible(page)
