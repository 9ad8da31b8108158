"""A session that nobody had remembered ends by itself, and one sees it."""

import time

import pytest
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.messages import get_messages
from django.test import override_settings
from django.urls import reverse
from playwright.sync_api import expect

from traboule.kernel.people import cards
from traboule.kernel.people.models import Person
from traboule.kernel.people.shared_computers import LAST_USED

pytestmark = pytest.mark.django_db
LINE = "Ordinateur partagé"


@pytest.fixture
def card():
    samira = Person.objects.create_superuser(name="Samira")
    nadia = Person.objects.create_person(name="Nadia")
    return cards.issue(person=nadia, by=samira)


@pytest.fixture
def enter(client, card):
    """Sign in with the card, remembered or not."""

    def post(**fields):
        address = reverse("people:card-open", args=[card.token])
        return client.post(address, {"digits": card.pin, **fields})

    return post


def leave_alone(client, minutes: float) -> None:
    """As if nobody had touched this session for so many minutes."""
    session = client.session
    session[LAST_USED] -= minutes * 60
    session.save()


def is_in(client) -> bool:
    """Whether someone is still signed in."""
    return SESSION_KEY in client.session


def test_a_session_left_alone_ends_at_the_next_page(client, enter):
    enter()
    leave_alone(client, 22)

    response = client.get("/moi/")

    assert response.url == reverse("people:session-ended")
    assert response["Clear-Site-Data"] == '"storage"'
    assert not is_in(client)
    assert "Votre session est terminée" in client.get(response.url).content.decode()


def test_each_use_begins_the_twenty_minutes_again(client, enter):
    enter()
    for _ in range(2):
        leave_alone(client, 19)
        assert client.get("/moi/").status_code == 200

    assert time.time() - client.session[LAST_USED] < 5


def test_a_form_sent_too_late_leads_back_to_its_page_after_signing_in(client, enter):
    enter()
    leave_alone(client, 22)

    response = client.post(
        reverse("people:card"), headers={"referer": "http://testserver/moi/?a=b"}
    )

    assert response.url == f"{reverse('people:sign-in')}?next=%2Fmoi%2F%3Fa%3Db"
    assert "Clear-Site-Data" not in response.headers  # The page keeps what was typed.
    assert ["terminée" in str(said) for said in get_messages(response.wsgi_request)][-1:] == [True]


def test_a_fragment_asked_too_late_moves_the_whole_page(client, enter):
    enter()
    leave_alone(client, 22)

    response = client.get("/moi/", headers={"hx-request": "true"})

    assert response["HX-Redirect"] == reverse("people:session-ended")


def test_whoever_leaves_too_late_simply_leaves(client, enter):
    enter()
    leave_alone(client, 22)

    assert client.post(reverse("people:sign-out")).url == reverse("people:sign-out")


def test_the_page_ends_the_session_by_itself(client, enter):
    enter()

    response = client.post(reverse("people:session-ended"))

    assert response.url == reverse("people:session-ended")
    assert response["Clear-Site-Data"] == '"storage"'
    assert not is_in(client)


def test_a_device_of_one_s_own_is_left_in_peace(client, enter):
    enter(remember="on")

    page = client.get("/moi/")

    assert LINE not in page.content.decode()
    assert LAST_USED not in client.session


def test_every_page_of_a_shared_computer_says_so_and_is_kept_nowhere(client, enter):
    enter()

    page = client.get("/moi/")

    assert LINE in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_a_visitor_costs_no_session(client, count_queries):
    page = client.get("/composants/")

    assert LINE not in page.content.decode()
    assert settings.SESSION_COOKIE_NAME not in page.cookies
    assert count_queries("/accessibilite/") == 0


def test_a_use_noted_a_moment_ago_is_not_noted_again(client, enter, count_queries):
    enter()
    client.get("/moi/")

    with override_settings(MIDDLEWARE=_without_ours()):
        plain = count_queries("/accessibilite/")

    assert count_queries("/accessibilite/") == plain


def _without_ours() -> list[str]:
    return [name for name in settings.MIDDLEWARE if "SharedComputer" not in name]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_page_warns_then_ends(live_server, desk, card, assert_accessible):
    desk.clock.install()
    desk.goto(f"{live_server.url}{reverse('people:card-open', args=[card.token])}")
    desk.get_by_label("Quel est votre code secret ?").fill(card.pin)
    desk.get_by_role("button", name="Entrer").click()
    banner = desk.get_by_role("status").filter(has_text="Êtes-vous encore là")
    expect(desk.get_by_text(LINE)).to_be_visible()
    expect(banner).to_be_hidden()

    desk.clock.fast_forward("17:30")
    expect(banner).to_contain_text("se termine dans 3 min")
    assert_accessible(desk)
    desk.get_by_role("button", name="Je suis encore là").click()
    expect(banner).to_be_hidden()

    desk.evaluate("localStorage.setItem('keep:idea', 'Un four à pain')")
    desk.clock.fast_forward("20:10")
    expect(desk.get_by_text("Votre session est terminée")).to_be_visible()
    assert desk.evaluate("localStorage.length") == 0
    desk.goto(f"{live_server.url}/moi/")
    expect(desk.get_by_role("heading", name="Se connecter")).to_be_visible()
