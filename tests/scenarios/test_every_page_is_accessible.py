"""Every page: small and large, by day and by night, in French and in English."""

from importlib import import_module
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from tests.browser import DESK, PHONE
from tests.consistency.house import addresses
from tests.consistency.test_access import TABLE, url_of
from tests.traps import HouseClient
from traboule.exchanges.housing.models import (
    Decision,
    Interest,
    InterestState,
    Landlord,
    Listing,
    Officer,
)
from traboule.exchanges.housing.tests.factories import make_swap
from traboule.kernel.initiatives import importing, interview
from traboule.kernel.initiatives.models import Job
from traboule.kernel.initiatives.tests.factories import make_editor
from traboule.kernel.initiatives.tests.telling import make_draft, make_sent_draft
from traboule.kernel.initiatives.views.contribute import KNOWN
from traboule.kernel.initiatives.vocabulary import Origin

from .telling import at, go_on, start

pytestmark = pytest.mark.browser

SHEET = "atelier-bidouille"
MORE = (
    "/?commune=Vienne&rayon=30",
    "/initiatives/?vue=carte",
    "/initiatives/?q=reparasion+ordinnateur&theme=create&etat=running",
    "/initiatives/?q=baleine",
    "/initiatives/?commune=Nulle-Part",
    f"/contribuer/?fiche={SHEET}",
    "/nulle-part/",
)
"""Addresses whose query changes what they show, and one that leads nowhere."""


@pytest.fixture
def world(compendium, sample_world):
    """A real sheet, a draft that is written and one that was sent."""
    return sample_world | {
        "slug": SHEET,
        "code": make_draft().code,
        "sent": make_sent_draft(title="L’atelier du dimanche").code,
    }


@pytest.fixture
def reader(world):
    """Someone who is not signed in, and whose browser knows both drafts."""
    visitor = HouseClient()
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[KNOWN] = [world["code"], world["sent"]]
    session.save()
    visitor.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return visitor


@pytest.fixture
def editor(world):
    """An editor of the whole territory, signed in."""
    visitor = HouseClient()
    visitor.force_login(make_editor(), backend=settings.AUTHENTICATION_BACKENDS[0])
    return visitor


def pages(visitor: HouseClient, names: list[str], world: dict[str, Any]) -> list[str]:
    """The addresses of these names that answer this visitor with a page."""
    urls = [url_of(name, addresses()[name][1], world) for name in names]
    return [url for url in urls if is_page(visitor.get(url))]


def is_page(response: Any) -> bool:
    """Whether it is a whole page: no file, no data, no piece of one."""
    content = response.getvalue()  # Read to its end, a file closes.
    return response.status_code == 200 and content.startswith(b"<!doctype html>")


def open_to(*who: str) -> list[str]:
    """The names of the addresses that the reviewed table opens to these roles."""
    return [name for name, roles in TABLE.items() if roles in who]


def public_pages(reader: HouseClient, world: dict[str, Any]) -> list[str]:
    """Every page that anyone may open, the interview's questions one by one."""
    sent = {"code": world["sent"]}
    found = pages(reader, open_to("everyone"), world)
    found += pages(reader, ["initiatives:draft", "initiatives:draft-sent"], world | sent)
    for question in interview.QUESTIONS:
        asked = {"initiatives:draft-question key": question.key}
        found += pages(reader, ["initiatives:draft-question"], world | asked)
    waiting = Job.objects.create(kind=Job.Kind.WALL_MAP)
    return [*dict.fromkeys(found), waiting.get_absolute_url(), *MORE]


def editor_pages(editor: HouseClient, world: dict[str, Any]) -> list[str]:
    """Every page for those who are signed in or edit, and a file that was tried for them."""
    found = pages(editor, open_to("person", "editor"), world | {"code": world["sent"]})
    return [*found, tried_file().get_absolute_url()]


def tried_file() -> Job:
    """A file with two mistakes, tried."""
    file = SimpleUploadedFile("fiches.csv", b"slug;titre\nA B;Deux\n;Trois\n")
    with transaction.atomic():
        job = importing.start_check(file=file, origin=Origin.REPORTED, by=make_editor("Lina"))
    job.refresh_from_db()
    return job


@pytest.fixture
def mistakes(assert_accessible):
    """What is wrong with a page, small and large, by day and by night."""

    def look(page: Any, sizes: Any = (PHONE, DESK)) -> list[str]:
        wrong = []
        for size in sizes:
            page.set_viewport_size(size)
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > size["width"]:
                wrong.append(f"{page.url} is {wide} px wide on {size['width']}")
            try:
                assert_accessible(page)
            except AssertionError as error:
                wrong.append(f"On {size['width']} px, {error}")
        return wrong

    return look


@pytest.fixture
def mistakes_at(site, open_page, mistakes):
    """What is wrong with the pages at these addresses, in one language."""

    def look(urls: list[str], visitor: HouseClient, *, language: str, sizes: Any = None) -> str:
        page = open_page(PHONE, language=language)
        key = visitor.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": key, "url": site}
        page.context.add_cookies([cookie])
        wrong = []
        for url in urls:
            page.set_viewport_size(PHONE)
            page.goto(site + url)
            if page.locator("[data-map]").count():
                page.locator(".pin").first.wait_for()
            if page.locator("html").get_attribute("lang") != language:
                wrong.append(f"{url} does not speak {language}")
            wrong += mistakes(page, sizes or (PHONE, DESK))
        return "\n".join(wrong)

    return look


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_public_page_is_for_everyone(world, reader, mistakes_at, language):
    urls = public_pages(reader, world)

    assert mistakes_at(urls, reader, language=language) == ""


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_of_those_who_edit_is_for_everyone(world, editor, mistakes_at, language):
    urls = editor_pages(editor, world)

    assert mistakes_at(urls, editor, language=language) == ""


def signed_in(person: Any) -> HouseClient:
    """The browser of someone who takes part in the exchange of homes."""
    visitor = HouseClient()
    visitor.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return visitor


def officer_of(world: dict[str, Any]) -> HouseClient:
    """Who checks and decides for the landlords of which the world speaks."""
    served = Landlord.objects.get(pk=world["housing:stock pk"]).officers.first()
    decision = Decision.objects.get(pk=world["housing:decision pk"])
    Officer.objects.create(landlord=decision.landlord, person=served.person)
    return signed_in(served.person)


def household_of(world: dict[str, Any]) -> HouseClient:
    """Whose listing is the world’s; an exchange is proposed to it, and a visit is to be set."""
    own = Listing.objects.get(code=world["housing:own code"])
    other = Listing.objects.get(code=world["housing:listing code"])
    interest = Interest.objects.create(sender=other, receiver=own, state=InterestState.MUTUAL)
    world["housing:swap code"] = make_swap(own, other).code
    world["housing:what-if code"] = own.code
    world["housing:visit-ask pk"] = interest.pk
    return signed_in(own.tenant)


EXCHANGE = [name for name in TABLE if name.startswith(("housing:", "conversations:"))]


def test_every_page_of_an_exchange_of_homes_is_for_everyone(
    compendium, sample_world, person_of, mistakes_at
):
    team, officer = signed_in(person_of("coordinator")), officer_of(sample_world)
    urls = pages(team, EXCHANGE, sample_world)
    for_nobody_else = set(urls) - set(pages(officer, EXCHANGE, sample_world))

    assert mistakes_at(urls, team, language="fr") == ""
    assert mistakes_at(sorted(for_nobody_else), team, language="en", sizes=[PHONE]) == ""


OF_ALL = open_to("everyone", "person", "member")
"""Those who serve a landlord see what a household does on these."""


@pytest.mark.parametrize(("who", "but"), [(officer_of, OF_ALL), (household_of, [])])
def test_every_page_of_an_exchange_of_homes_is_for_everyone_in_english(
    compendium, sample_world, mistakes_at, who, but
):
    visitor = who(sample_world)
    urls = pages(visitor, [name for name in EXCHANGE if name not in but], sample_world)

    assert mistakes_at(urls, visitor, language="en", sizes=[PHONE]) == ""


def test_every_step_of_signing_in_is_for_everyone(site, phone, last_code, mistakes):
    phone.goto(f"{site}/connexion/")
    ask = phone.get_by_role("button", name="Recevoir un code")
    ask.click()
    phone.get_by_role("alert").wait_for()
    wrong = mistakes(phone)
    phone.get_by_label("Votre numéro de téléphone").fill("06 12 34 56 78")
    ask.click()
    code = phone.get_by_label("Le code reçu")
    code.wait_for()
    wrong += mistakes(phone)
    code.fill(last_code())
    phone.get_by_role("button", name="Continuer").click()
    name = phone.get_by_label("Comment vous appelez-vous ?")
    name.wait_for()
    wrong += mistakes(phone)
    name.fill("Nadia")
    phone.get_by_role("button", name="Entrer").click()
    phone.get_by_text("Bonjour Nadia").wait_for()

    assert wrong + mistakes(phone) == []


@pytest.mark.parametrize("question", ["nom", "lieu", "etat", "resultats", "contact", "rappel"])
def test_a_wrong_answer_is_shown_to_everyone(site, phone, mistakes, question):
    start(phone, site)
    at(phone, "nom")
    phone.goto(phone.url.replace("/nom/", f"/{question}/"))
    for field in phone.locator("input[type=text], textarea").all():
        field.fill("?")
    go_on(phone)
    phone.get_by_role("alert").wait_for()

    assert mistakes(phone) == []
