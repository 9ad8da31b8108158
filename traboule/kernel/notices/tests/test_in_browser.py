"""The pages as people meet them, on a telephone and on a desk."""

import datetime

import pytest
from django.conf import settings as site
from django.test import Client
from django.utils import timezone

from traboule.kernel.notices.models import Inbound, Notice, State
from traboule.kernel.notices.receipts import UNDO
from traboule.kernel.notices.tests.conftest import ASKED
from traboule.kernel.people.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def visit(live_server):
    """Open a page as someone who has signed in: ``visit(phone, nadia, "/messages/")``."""

    def go(page, person, path):
        client = Client()
        client.force_login(person, backend=site.AUTHENTICATION_BACKENDS[0])
        page.context.add_cookies(
            [
                {
                    "name": "sessionid",
                    "value": client.cookies["sessionid"].value,
                    "url": live_server.url,
                }
            ]
        )
        page.goto(live_server.url + path)
        return page

    return go


@pytest.fixture
def world(person, say, carry, diary):
    nadia = person("Nadia", mobile="+33612345601", quiet_nights=False)
    awa = Person.objects.create_superuser(name="Awa")
    said = "Atelier CV, mardi 24 novembre à 14 h, à la Maison de quartier de Vienne."
    carry(say(nadia, subject="Venez-vous\u00a0?", text=said, answers=ASKED))
    say(
        nadia, subject="Fait pour vous", kind="receipt", answers={"0": UNDO},
        text="Bonjour Nadia. Le 24 novembre, Awa B. a fait cela pour vous\u00a0: "
        "inscription à «\u00a0Atelier CV\u00a0».",
    )  # fmt: skip
    Notice.objects.filter(subject="Venez-vous\u00a0?").update(read_at=timezone.now())
    carry(say(person("Léa Martin", landline="+33474000001"), subject="Atelier déplacé",
              text=said, answers=ASKED, owner=awa))  # fmt: skip
    say(person("Moussa", mobile="+33612345603"), subject="Rappel").move(State.FAILED)
    carry(say(person("Rosa", post="12 rue de la Paix\n38200 Vienne"), text=said))
    Inbound.objects.create(
        gateway_id="x", from_value="+33612345699", text="C’est où\u00a0?",
        received_at=timezone.now() - datetime.timedelta(hours=3),
    )  # fmt: skip
    return {"nadia": nadia, "awa": awa}


def test_nadia_answers_with_one_tap(phone, visit, world, assert_accessible, diary):
    visit(phone, world["nadia"], "/messages/")
    assert_accessible(phone)

    phone.get_by_role("button", name="Oui, je viens").click()

    assert phone.get_by_text("C’est noté, Nadia.").is_visible()
    assert [entry[1] for entry in diary] == ["oui"]


@pytest.mark.parametrize("path", ["/messages/suivi/", "/messages/courriers/", "/messages/boite/"])
def test_those_who_follow_up_find_their_way(desk, visit, world, assert_accessible, path):
    visit(desk, world["awa"], path)

    assert_accessible(desk)
