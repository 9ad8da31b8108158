"""Asking and answering on a small phone, taking a call at a desk: every page fits and is read."""

import re
from decimal import Decimal

import pytest
from django.conf import settings as site
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser import DESK, PHONE
from traboule.kernel.files.tests.factories import voice
from traboule.kernel.spaces.tests.factories import make_facilitator

from ..actions import calls, offers
from ..models import Request, State
from .factories import make_household, make_request, make_services_space, make_worker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def signed_in(open_page, live_server):
    """A page of a person who is signed in."""

    def page_of(person, viewport):
        client, page = Client(), open_page(viewport, base_url=live_server.url)
        client.force_login(person, backend=site.AUTHENTICATION_BACKENDS[0])
        session = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        return page

    return page_of


@pytest.fixture
def fits(assert_accessible):
    """The page keeps the rules of accessibility and the width of its screen."""

    def check(page, viewport):
        assert_accessible(page)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= viewport["width"], page.url

    return check


def test_a_hand_is_asked_for_on_a_phone_one_question_a_screen(signed_in, fits):
    space = make_services_space()
    page = signed_in(make_household(space).person, PHONE)

    page.goto(reverse("services:ask", args=[space.slug]))
    fits(page, PHONE)
    page.get_by_label("Jardin").check()
    for screen in ("question/quoi", "question/quand", "question/prix", "question/ou", "relire"):
        page.get_by_role("button", name="Continuer").click()
        page.wait_for_url(f"**/{screen}/")
        if screen == "question/quoi":
            page.get_by_label("Qu’y a-t-il à faire").fill("La haie du fond.")
        fits(page, PHONE)
    page.get_by_role("button", name="Mettre en ligne").click()

    page.get_by_text("C’est en ligne.").wait_for()
    assert Request.objects.get().state == State.OPEN


# A microphone for a machine that has none: one note, held.
MICROPHONE = """
    navigator.mediaDevices.getUserMedia = async () => {
      const sound = new AudioContext(), note = sound.createOscillator();
      const mouth = sound.createMediaStreamDestination();
      note.connect(mouth);
      note.start();
      return (window.heard = mouth.stream);
    };
"""
SPEAKING = re.compile(r"^[1-9]\d*\ssecondes?$")
HEARING = "window.heard.getTracks().some((track) => track.readyState === 'live')"


@pytest.fixture
def asking(signed_in):
    """What there is to do, asked on a phone: ``asking(MICROPHONE)``."""

    def page_with(script=""):
        space = make_services_space()
        page = signed_in(make_household(space).person, PHONE)
        page.add_init_script(script)
        page.goto(reverse("services:ask", args=[space.slug]))
        page.get_by_label("Jardin").check()
        page.get_by_role("button", name="Continuer").click()
        page.wait_for_url("**/question/quoi/")
        return page

    return page_with


def test_who_cannot_write_presses_a_button_and_speaks(asking, fits):
    page = asking(MICROPHONE)
    start = page.get_by_role("button", name="Enregistrer ma voix")

    start.click()
    expect(page.get_by_text("L’enregistrement a commencé")).to_be_visible()
    expect(page.get_by_text(SPEAKING)).to_be_visible()
    fits(page, PHONE)
    page.get_by_role("button", name="Arrêter").click()

    expect(page.get_by_text("Reçu")).to_be_visible()
    assert not page.evaluate(HEARING), "nobody is listened to any more"
    expect(start).to_be_focused()
    listen = page.get_by_label("voix-")
    listen.evaluate("player => player.play()")
    expect(listen).to_have_js_property("error", None)
    fits(page, PHONE)
    page.get_by_role("button", name="Continuer").click()
    page.wait_for_url("**/question/quand/")
    kept = Request.objects.get().voice
    assert kept.kind == "audio"
    assert kept.seconds >= 1


def test_who_goes_on_without_stopping_loses_no_word(asking):
    page = asking(MICROPHONE)

    page.get_by_role("button", name="Enregistrer ma voix").click()
    expect(page.get_by_text(SPEAKING)).to_be_visible()
    page.get_by_role("button", name="Continuer").click()

    page.wait_for_url("**/question/quand/")
    assert Request.objects.get().voice.kind == "audio"


def test_a_recording_ends_by_itself_after_three_minutes(asking):
    page = asking(MICROPHONE)
    page.clock.install()

    page.get_by_role("button", name="Enregistrer ma voix").click()
    expect(page.get_by_text("L’enregistrement a commencé")).to_be_visible()
    page.clock.fast_forward("03:00")

    expect(page.get_by_text("Trois minutes, c’est le plus long")).to_be_visible()
    expect(page.get_by_text("Reçu")).to_be_visible()
    assert not page.evaluate(HEARING)


def test_without_a_microphone_the_page_says_what_to_do_and_a_file_is_still_taken(
    asking, fits, tmp_path
):
    page = asking()

    page.get_by_role("button", name="Enregistrer ma voix").click()
    expect(page.get_by_text("Le micro ne s’ouvre pas.")).to_be_visible()
    fits(page, PHONE)
    page.get_by_label("Ou dites-le à voix haute").set_input_files(
        {"name": "voix.ogg", "mimeType": "audio/ogg", "buffer": voice(tmp_path, "ogg")}
    )
    expect(page.get_by_text("Reçu")).to_be_visible()
    page.get_by_role("button", name="Continuer").click()

    page.wait_for_url("**/question/quand/")
    assert Request.objects.get().voice.kind == "audio"


def test_who_chooses_a_file_before_the_script_has_come_loses_nothing(asking, tmp_path):
    page, held = asking(), []

    def hold(route):
        held.append(route)

    page.route("**/upload*.js", hold)
    page.goto(page.url, wait_until="commit")
    page.get_by_label("Ou dites-le à voix haute").set_input_files(
        {"name": "voix.ogg", "mimeType": "audio/ogg", "buffer": voice(tmp_path, "ogg")}
    )
    expect(page.get_by_text("Reçu")).to_have_count(0)

    held[0].continue_()

    expect(page.get_by_text("Reçu")).to_be_visible()


def test_what_is_asked_and_answered_fits_a_phone(signed_in, fits):
    space = make_services_space()
    worker = make_worker(space, words="J’aime les jardins.")
    asked = make_request(make_household(space))
    here = [space.slug]
    page = signed_in(worker.person, PHONE)
    for address in (
        reverse("services:requests", args=here),
        reverse("services:requests-map", args=here),
        reverse("services:hands", args=here),
        asked.get_absolute_url(),
    ):
        page.goto(address)
        fits(page, PHONE)
    offers.offer(asked=asked, worker=worker, net_hourly=Decimal(13), words="Volontiers.",
                 by=worker.person)  # fmt: skip

    home = signed_in(asked.household.person, PHONE)
    home.goto(asked.get_absolute_url())
    fits(home, PHONE)
    home.get_by_role("button", name="Choisir cette personne").click()
    home.get_by_role("link", name="Le contrat").wait_for()
    fits(home, PHONE)


def test_the_desk_of_calls_fits_a_desk_and_a_phone(signed_in, fits):
    space = make_services_space()
    team = make_facilitator(space)
    worker = make_worker(space)
    asked = make_request(make_household(space))
    offers.offer(asked=asked, worker=worker, net_hourly=Decimal(13), by=worker.person)
    calls.ask_for_call(space=space, number="+33612345678", person=None, words="jardin")
    here = [space.slug]
    for viewport in (DESK, PHONE):
        page = signed_in(team, viewport)
        for address in (
            reverse("services:calls", args=here) + "?qui=vial",
            reverse("services:call", args=here),
            reverse("services:caller", args=[*here, asked.household.person.public_id]),
            reverse("services:workers", args=here),
            worker.get_absolute_url(),
        ):
            page.goto(address)
            fits(page, viewport)
