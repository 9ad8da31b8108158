"""What people do with their hands: a slider, a camera that is not there, a network that breaks."""

from random import Random

import pytest
from django.conf import settings as site
from django.test import Client
from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect

from tests.browser import DESK, PHONE
from traboule.blocks.publishing.actions import review
from traboule.blocks.publishing.models import DayViews, Publication
from traboule.kernel.spaces.tests.factories import make_participant

from .factories import make_pair, make_publication, making_space

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def space():
    return making_space()


@pytest.fixture
def lina(space):
    return make_participant(space, name="Lina")


@pytest.fixture
def linas_page(open_page, lina, live_server):
    """A page of someone who takes part: ``linas_page(PHONE)``."""

    def open_one(view):
        client, page = Client(), open_page(view, base_url=live_server.url)
        client.force_login(lina, backend=site.AUTHENTICATION_BACKENDS[0])
        session = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        return page

    return open_one


@pytest.fixture
def places(space, lina):
    """A place with its after, and one that waits for it, online."""
    publication = make_publication(space, by=lina, kind="before-after", title="La rue refleurit")
    make_pair(publication, with_after=True, place="Le mur")
    make_pair(publication, place="La cour")
    review.publish(publication=publication, by=lina)
    return publication


def test_the_keyboard_moves_from_before_to_after_and_a_reading_is_counted(
    page, places, live_server, assert_accessible
):
    page.goto(f"{live_server.url}{places.get_absolute_url()}")
    slider = page.get_by_label("De l’avant à l’après : Le mur")

    slider.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")

    assert slider.get_attribute("aria-valuetext") == "60 % de la photo d’après"
    shown = page.locator("[data-pair]").evaluate("one => one.style.getPropertyValue('--shown')")
    assert shown == "60%"
    assert_accessible(page)
    page.reload()
    page.wait_for_load_state("networkidle")
    assert DayViews.objects.get().count == 1, "once a visit"


def test_without_a_script_both_pictures_stand_side_by_side(open_page, places, live_server):
    page = open_page(DESK, java_script_enabled=False)
    page.goto(f"{live_server.url}{places.get_absolute_url()}")

    expect(page.get_by_alt_text("Avant : Le mur")).to_be_visible()
    expect(page.get_by_alt_text("Après : Le mur")).to_be_visible()
    expect(page.get_by_label("De l’avant à l’après : Le mur")).to_be_hidden()


def test_without_a_camera_the_ordinary_field_stays_and_says_so(
    linas_page, places, assert_accessible
):
    page = linas_page(PHONE)
    pair = places.pairs.get(place="La cour")
    args = [places.space.slug, places.slug, pair.pk]
    page.goto(reverse("publishing:after", args=args))

    page.get_by_role("button", name="Viser avec la photo d’avant par-dessus").click()

    expect(page.get_by_text("L’appareil photo ne s’ouvre pas ici.")).to_be_visible()
    expect(page.get_by_alt_text("Avant : La cour")).to_be_visible()
    assert page.locator("input[type=file]").is_visible()
    assert_accessible(page)


def test_the_camera_frames_over_the_picture_of_before_and_what_it_takes_is_sent(linas_page, places):
    page = linas_page(PHONE)
    # A camera for a machine that has none: a canvas as a stream.
    page.add_init_script("""
        navigator.mediaDevices.getUserMedia = async () => {
          const canvas = document.createElement("canvas");
          [canvas.width, canvas.height] = [640, 480];
          const pen = canvas.getContext("2d");
          setInterval(() => { pen.fillStyle = "#2277cc"; pen.fillRect(0, 0, 640, 480); }, 50);
          return canvas.captureStream(20);
        };
    """)
    pair = places.pairs.get(place="La cour")
    page.goto(reverse("publishing:after", args=[places.space.slug, places.slug, pair.pk]))
    page.get_by_role("button", name="Viser avec la photo d’avant par-dessus").click()
    page.get_by_label("La photo d’avant, par-dessus").fill("20")
    page.get_by_role("button", name="Prendre la photo").click()
    expect(page.get_by_text("Reçu")).to_be_visible()
    page.get_by_label("Non, on ne reconnaît personne").check()
    page.get_by_role("button", name="Envoyer", exact=True).click()

    expect(page.get_by_text("Voilà l’après. Merci !")).to_be_visible()
    pair.refresh_from_db()
    before, after = pair.before, pair.after
    assert abs(after.width / after.height - before.width / before.height) < 0.02


def test_six_megabytes_arrive_whole_over_a_network_cut_five_times(linas_page, space, tmp_path):
    """Pieces are let through until the network breaks; each time it goes on where it was."""
    heavy = tmp_path / "jardin.png"
    Image.frombytes("RGB", (1400, 1500), Random(7).randbytes(1400 * 1500 * 3)).save(heavy)
    assert heavy.stat().st_size > 6_000_000
    page, cuts, offsets = linas_page(PHONE), [], []

    def now_and_then(route):
        if route.request.method != "PATCH":
            return route.continue_()
        offsets.append(int(route.request.headers["upload-offset"]))
        if len(offsets) % 2 == 0 and len(cuts) < 5:
            cuts.append(offsets[-1])
            return route.abort("internetdisconnected")
        return route.continue_()

    page.goto(reverse("publishing:write", args=[space.slug, "album"]))
    page.route("**/envois/**", now_and_then)
    page.get_by_label("Le titre").fill("Le jardin")
    page.locator("input[type=file]").set_input_files(heavy)
    page.get_by_label("Non, on ne reconnaît personne").check()
    expect(page.get_by_text("Le réseau est coupé.")).to_be_visible(timeout=15_000)
    expect(page.get_by_text("Reçu")).to_be_visible(timeout=60_000)
    page.get_by_role("button", name="Enregistrer").click()

    expect(page.get_by_role("heading", name="Le jardin")).to_be_visible(timeout=15_000)
    assert len(cuts) == 5
    assert cuts == sorted(cuts), "it never began again from the start"
    file = Publication.objects.get().files.get().file
    assert (file.width, file.height) == (1400, 1500)
