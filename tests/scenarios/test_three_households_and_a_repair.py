"""By night the machine finds an exchange that no two of three households could make; the third says
no, a fourth takes its place at once, and everybody agrees."""

import datetime
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser import PHONE
from traboule.exchanges.housing.models import Swap, SwapState
from traboule.exchanges.housing.swap_upkeep import begin_by_night

from .gateway import text_us
from .homes import SHEET, TITLE, household, landlord_of
from .people import come_in, someone, started

pytestmark = pytest.mark.browser

AICHA, BRUNO, CAROLE = "+33612340011", "+33612340012", "+33612340013"
DENISE = "+33612340014"
ITS_NUMBER = re.compile(r"^Échange [A-Z0-9-]{9}$")


@pytest.fixture
def claire(haute_savoie, settings):
    """Who holds the exchange; one may answer by SMS."""
    settings.SMS_NUMBER, settings.SMS_WEBHOOK_SECRET = "07 00 00 00 00", "un-secret"
    return someone("Claire Mugnier", mobile="+33612340001")


@pytest.fixture
def three(claire):
    """Aïcha wants the home of Bruno, who wants that of Carole, who wants that of Aïcha."""
    space = started(SHEET, title=TITLE, commune="Annecy", by=claire)
    landlord = landlord_of(space, "Haute-Savoie Habitat")
    return [
        household(landlord, "Aïcha Diallo", AICHA, ("Annecy", 2), ("Rumilly", 3)),
        household(landlord, "Bruno Pasquier", BRUNO, ("Rumilly", 3), ("Cluses", 4)),
        household(landlord, "Carole Vittoz", CAROLE, ("Cluses", 4), ("Annecy", 2)),
    ]


def night_falls():
    """At three o’clock the machine looks for exchanges, as every quarter of an hour it would."""
    night = timezone.localtime().replace(hour=3, minute=0)
    begin_by_night(night)
    begin_by_night(night + datetime.timedelta(minutes=15))


def assert_the_team_reads_the_run(page, assert_accessible):
    """How many households could move, and that no plan does better."""
    page.get_by_role("link", name="Les échanges").click()
    page.get_by_role("link", name="Chercher des échanges").click()
    assert_accessible(page)
    expect(page.get_by_text("3 ménages pourraient déménager")).to_have_count(1)
    page.get_by_role("main").get_by_role("listitem").get_by_role("link").click()
    expect(page.get_by_role("link", name=ITS_NUMBER)).to_have_count(1)
    assert_accessible(page)


def open_proposal(page, listing):
    """From one’s own page, the exchange that waits for an answer."""
    come_in(page, listing.tenant, "/moi/")
    page.get_by_role("link", name="Un échange vous est proposé").click()
    page.get_by_role("link", name=ITS_NUMBER).click()
    expect(page.get_by_text("Un échange entre 3 ménages")).to_be_visible()


def assert_only_what_concerns_them(page, enters, leaves, others, assert_accessible):
    """The home where one would live and one’s own: nobody’s name, no address, no third home."""
    words = page.get_by_role("main").inner_text()
    assert str(enters.dwelling) in words
    assert str(leaves.dwelling) in words
    for one in others:
        assert one.tenant.name.split()[1] not in words
        assert one.dwelling.address not in words
    third = next(one for one in others if one != enters)
    assert third.dwelling.commune.name not in words
    assert_accessible(page)


def say_yes(page):
    page.get_by_role("button", name="Oui, cela m’intéresse").click()
    expect(page.get_by_text("C’est noté : oui.")).to_be_visible()


def timeline(page):
    """What happened, in order, as all who move read it."""
    lines = page.get_by_role("region", name="Ce qui s’est passé").get_by_role("listitem")
    today = f"{timezone.localdate().day} "
    assert all(line.startswith(today) for line in lines.all_inner_texts())
    return [line.split(" ", 2)[2] for line in lines.all_inner_texts()]


def test_the_third_declines_and_a_fourth_takes_its_place(
    claire, three, open_page, messages, assert_accessible
):
    aicha, bruno, carole = three
    night_falls()
    first = Swap.objects.get()
    told = [one["to"] for one in messages if "Un échange à 3 ménages vous irait" in one["text"]]
    assert sorted(told) == [AICHA, BRUNO, CAROLE]
    desk = open_page()
    come_in(desk, claire, f"{aicha.space.get_absolute_url()}logements/")
    assert_the_team_reads_the_run(desk, assert_accessible)

    # Each reads what concerns them; one answers by SMS, one on the site, and the third says no.
    assert "Nous vous prévenons" in text_us(AICHA, "1")[-1]
    his, hers = open_page(PHONE), open_page(PHONE)
    open_proposal(his, bruno)
    assert_only_what_concerns_them(his, carole, bruno, [aicha, carole], assert_accessible)
    say_yes(his)
    open_proposal(hers, carole)
    assert_only_what_concerns_them(hers, aicha, carole, [aicha, bruno], assert_accessible)
    denise = household(
        carole.dwelling.landlord, "Denise Ruffier", DENISE, ("Cluses", 4), ("Annecy", 2)
    )
    # Here the background task is done at once, and the engine loads its compiler.
    hers.get_by_role("button", name="Non merci").click(timeout=60_000)
    expect(hers.get_by_text("C’est noté : non. Votre annonce continue.")).to_be_visible()
    assert "solution vous est proposée" not in hers.get_by_role("main").inner_text()

    # Something else is proposed at once to the two others, with a fourth household.
    repair = first.repaired_by.get()
    moving = {move.listing for move in repair.moves.all()}
    assert moving == {aicha, bruno, denise}
    his.reload()
    expect(his.get_by_text("Cet échange est arrêté")).to_be_visible()
    assert timeline(his) == [
        "Échange proposé",
        "Un ménage a dit oui",
        "Un ménage a dit oui",
        "Un ménage a dit non",
        "Échange arrêté",
        "Une autre solution est proposée",
    ]
    assert_accessible(his)
    his.get_by_role("link", name="Une autre solution vous est proposée").click()
    say_yes(his)
    assert "arrêté" in text_us(AICHA, "1")[-1]  # The digit of the first: she learns better.
    assert "merci" in text_us(AICHA, "3")[-1]
    assert "Tous les ménages sont d'accord" in text_us(DENISE, "1")[-1]
    repair.refresh_from_db()
    assert repair.state == SwapState.AGREED
    his.reload()
    assert timeline(his) == [
        "Échange proposé",
        "Un ménage a dit oui",
        "Un ménage a dit oui",
        "Un ménage a dit oui",
        "Tous les ménages sont d’accord",
    ]
    expect(his.get_by_text(denise.dwelling.address)).to_be_visible()
    assert_accessible(his)
