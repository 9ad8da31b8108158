"""Madeleine has a landline, a letter box, and three rooms too many up four flights of stairs: she
fills a sheet with a pen, reads letters, says yes on the telephone, and moves like anyone else."""

import datetime

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from traboule.exchanges.housing.models import Listing, Swap, SwapState, Via
from traboule.exchanges.housing.swap_upkeep import begin_by_night
from traboule.exchanges.housing.tests.factories import make_dwelling
from traboule.kernel.journal.models import Entry
from traboule.kernel.notices.models import Notice
from traboule.kernel.spaces.models import Participation, Role

from .gateway import text_us
from .homes import SHEET, TITLE, commune, home_of, household, landlord_of, officer_of
from .people import come_in, someone, started
from .printed import printed, words_of

pytestmark = pytest.mark.browser

HELP_PHONE = "04 50 00 00 00"
PAUL = "+33612340012"
LANDLORD = "Haute-Savoie Habitat"
LIVES = "7 rue du Vieux Pont"


@pytest.fixture
def claire(haute_savoie, settings):
    """Who holds the exchange; the association has a telephone."""
    settings.HELP_PHONE = HELP_PHONE
    settings.SMS_NUMBER, settings.SMS_WEBHOOK_SECRET = "07 00 00 00 00", "un-secret"
    return someone("Claire Mugnier", mobile="+33612340001")


@pytest.fixture
def space(claire):
    """The exchange of Haute-Savoie, that runs since a moment."""
    return started(SHEET, title=TITLE, commune="Annecy", by=claire)


@pytest.fixture
def yves(space):
    """Who helps at the association."""
    person = someone("Yves Lacroix", mobile="+33612340004")
    Participation.objects.create(space=space, person=person, role=Role.FACILITATOR)
    return person


@pytest.fixture
def odile(space):
    """Who checks for the landlord; Madeleine’s home is in its stock, and Paul’s, who is young."""
    landlord = landlord_of(space, LANDLORD)
    make_dwelling(
        landlord, commune=commune("Rumilly"), address=LIVES, postal_code="74150", lease="B100200",
        rooms=5, floor=4, lift=False,
    )  # fmt: skip
    household(landlord, "Paul Gaillard", PAUL, ("Annecy", 2), ("Rumilly", 5), floor=0)
    return officer_of(landlord, "Odile Favre", mobile="+33612340002")


def assert_the_sheet_is_clear(page, space):
    """Numbered as it is typed in; where to give it back, and whom to call."""
    page.goto(f"{home_of(space)}inscription/")
    paper = printed(page, "Remplir une feuille au stylo (PDF)")
    for said in (
        "Échanger mon logement", "1. Nom et prénom", LANDLORD, "6. Numéro de bail",
        "Il est sur la quittance de loyer.", "16. Pour entrer", "21. Me prévenir par courrier",
        "Votre adresse n’est montrée à personne avant votre accord.", HELP_PHONE,
    ):  # fmt: skip
        assert said in paper, (said, paper)


def type_it_in(page, space, assert_accessible):
    """What Madeleine wrote, line by line; then it is read again, and leaves for the landlord."""
    page.goto(home_of(space))
    page.get_by_role("link", name="Saisir une inscription sur papier").click()
    assert_accessible(page)
    page.get_by_label("1. Nom et prénom").fill("Madeleine Jacquier")
    page.get_by_label("2. Téléphone").fill("04 50 12 34 56")
    page.get_by_label("3. Bailleur").select_option(label=LANDLORD)
    page.get_by_label("4. Adresse").fill(LIVES)
    page.get_by_label("5. Commune").fill("Rumilly")
    page.get_by_label("6. Numéro de bail").fill("B100200")
    page.get_by_label("7. Combien de personnes").fill("1")
    page.get_by_label("Santé, escaliers, handicap").check()
    page.get_by_label("11. Où habiter").fill("Annecy\nArgonay")
    page.get_by_label("12. Pièces, au moins").fill("1")
    page.get_by_label("13. Pièces, au plus").fill("2")
    page.get_by_label("14. Loyer au plus").fill("500")
    page.get_by_label("17. Pas au rez-de-chaussée").uncheck()
    page.get_by_label("21. Me prévenir par courrier").check()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("C’est saisi : relisez, puis envoyez au bailleur.")).to_be_visible()
    expect(page.get_by_role("heading", name="L’annonce de Madeleine Jacquier")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Envoyer au bailleur").click()
    expect(page.get_by_text("C’est parti")).to_be_visible()
    return Listing.objects.get(tenant__name="Madeleine Jacquier")


def post_the_letters(page, assert_accessible):
    """Print what waits, post it; the words of the letters."""
    page.goto("/messages/courriers/")
    page.get_by_role("button", name="Préparer les courriers").click()
    assert_accessible(page)
    to_post = page.get_by_role("listitem").filter(has_text="À poster")
    address = to_post.get_by_role("link", name="Imprimer (PDF)").get_attribute("href")
    words = words_of(page.request.get(address).body())
    to_post.get_by_role("button", name="C’est posté").click()
    expect(page.get_by_text("À poster", exact=True)).to_have_count(0)
    assert f"Madeleine Jacquier {LIVES} 74150 Rumilly" in words
    return words


def confirm(page, listing):
    """Her landlord looks at what was typed in, and confirms it."""
    page.goto(f"{home_of(listing.space)}verifications/")
    page.get_by_role("link", name=listing.code).click()
    expect(page.get_by_text("Madeleine Jacquier")).to_be_visible()
    page.get_by_role("button", name="Confirmer").click()
    expect(page.get_by_text("C’est confirmé. Le ménage est prévenu.")).to_be_visible()


def say_yes_for_her(page, space, assert_accessible):
    """She calls: the one who answers finds her by her name, and notes what she says."""
    page.goto(f"{space.get_absolute_url()}personnes/")
    page.get_by_role("link", name="Madeleine Jacquier").click()
    assert_accessible(page)
    page.get_by_role("link", name="Échange ").last.click()
    hers = page.get_by_role("region", name="Madeleine Jacquier")
    assert_accessible(page)
    hers.get_by_role("button", name="Oui, cela m’intéresse").click()
    expect(page.get_by_text("C’est noté : oui.")).to_be_visible()


def assert_the_journal_says_who(madeleine, yves):
    """Everything was done for her by one person, in this order."""
    for_her = Entry.objects.filter(for_key=madeleine.pk).order_by("pk")
    assert list(for_her.values_list("act", "by_key")) == [
        ("housing.registered", yves.pk),
        ("housing.asked-check", yves.pk),
        ("housing.sent", yves.pk),
        ("housing.said-yes", yves.pk),
    ]


def test_with_a_pen_letters_and_a_call(yves, odile, open_page, messages, assert_accessible):
    desk, of_landlord = open_page(), open_page()
    space = yves.participations.get().space
    assert_the_sheet_is_clear(open_page(), space)
    come_in(desk, yves)
    listing = type_it_in(desk, space, assert_accessible)
    assert listing.via == Via.PAPER
    letter = post_the_letters(desk, assert_accessible)
    assert f"{LANDLORD} vérifie votre annonce {listing.code}" in letter

    come_in(of_landlord, odile)
    confirm(of_landlord, listing)
    letter = post_the_letters(desk, assert_accessible)
    assert f"{LANDLORD} a confirmé votre annonce {listing.code} : elle est en ligne." in letter

    begin_by_night(timezone.localtime().replace(hour=3))
    swap = Swap.objects.get()
    letter = post_the_letters(desk, assert_accessible)
    assert "Un échange à 2 ménages vous irait : T2, 64 m², Annecy" in letter
    assert f"appelez le {HELP_PHONE} et dites : Oui, cela m’intéresse – Non merci" in letter

    say_yes_for_her(desk, space, assert_accessible)
    text_us(PAUL, "1")
    swap.refresh_from_db()
    assert swap.state == SwapState.AGREED
    letter = post_the_letters(desk, assert_accessible)
    assert "Yves Lacroix a fait cela pour vous : oui à un échange de logements" in letter, letter
    assert "Tout le monde a dit oui" in letter
    assert_the_journal_says_who(listing.tenant, yves)
    later = timezone.now() + datetime.timedelta(days=30)
    assert not Notice.objects.unanswered(now=later).filter(person=listing.tenant).exists()
    assert "+33450123456" not in {one["to"] for one in messages}
