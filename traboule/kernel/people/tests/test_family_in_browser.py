"""Two parents, each on their own telephone, and what they answer for their child."""

import datetime

import pytest
from django.conf import settings as site
from django.test import Client
from django.utils import timezone

from traboule.kernel.people import consents, guardians, mandates
from traboule.kernel.people.models import Channel, Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def parent(name: str, number: str) -> Person:
    mobile = Channel(kind="mobile", value=number, verified_at=timezone.now())
    return Person.objects.create_person(name=name, channels=[mobile])


@pytest.fixture
def visit(live_server):
    """Open a page as someone who has signed in."""

    def go(page, person, path):
        client = Client()
        client.force_login(person, backend=site.AUTHENTICATION_BACKENDS[0])
        key = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
        page.goto(live_server.url + path)
        return page

    return go


@pytest.fixture
def karim():
    return parent("Karim", "+33612345671")


@pytest.fixture
def lina(karim):
    child = guardians.add_child(
        name="Lina", birth_year=timezone.localdate().year - 9, by=karim, relation="father"
    )
    guardians.invite_guardian(
        child=child, name="Maman", address="06 12 34 56 72", relation="mother", by=karim
    )
    return child


def test_a_mother_finds_her_child_by_her_number_and_refuses_the_photos(
    phone, visit, karim, lina, assert_accessible
):
    sofia = parent("Sofia", "+33612345672")
    consents.record_answer(
        person=lina, purpose="image", given=True, how="screen", said_by=karim, by=karim
    )

    page = visit(phone, sofia, "/moi/famille/")
    assert_accessible(page)
    page.get_by_role("button", name="Oui, c’est bien moi").click()
    page.get_by_role("link", name="Photos et vidéos").click()
    assert_accessible(page)
    page.get_by_role("button", name="Non").click()
    page.wait_for_url("**/leave-alone/")

    assert consents.state_of(lina, "image") == "refused"
    visit(phone, karim, f"/moi/accords/{lina.public_id}/image/")
    assert phone.get_by_text("Quelqu’un d’autre qui peut décider a dit non").is_visible()


def test_the_pages_about_others_fit_a_phone_and_all_readers(
    phone, visit, karim, lina, assert_accessible
):
    in_a_month = timezone.localdate() + datetime.timedelta(days=30)
    awa = Person.objects.create_superuser(name="Awa")
    mandates.propose(giver=awa, holder=karim, scopes=["all"], ends_on=in_a_month, by=awa)
    mine = ["je-represente", "on-me-represente", "famille/enfant", "accords"]

    for path in [*mine, f"famille/{lina.public_id}/parent"]:
        page = visit(phone, karim, f"/moi/{path}/")
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
