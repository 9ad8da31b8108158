"""Those who asked to be told of changes are, where nobody signs up."""

import datetime
import re

import pytest
from django.urls import reverse

from traboule.blocks.agenda import answers
from traboule.blocks.agenda.actions import watching
from traboule.blocks.agenda.models import Event, Kind, Watch
from traboule.blocks.agenda.tests.factories import make_event
from traboule.kernel.notices.models import Notice
from traboule.kernel.spaces.tests.factories import make_facilitator, make_participant, make_space


@pytest.fixture
def garden(db):
    return make_space(blocks=("agenda",))


@pytest.fixture
def visit(garden):
    return make_event(garden, kind=Kind.VISIT, takes_signups=False, title="Passage du jardinier")


def _weather(client, visit, **said):
    url = reverse("agenda:weather", args=[visit.space.slug, visit.pk])
    return client.post(url, said)


def test_rain_puts_a_visit_off_and_whoever_asked_is_told(client, garden, visit):
    nadia = make_participant(garden, mobile="+33612345678")
    make_participant(garden, name="Lina", mobile="+33612345679")
    watching.watch(space=garden, person=nadia, by=nadia)
    client.force_login(make_facilitator(garden))
    before = visit.starts_at

    _weather(client, visit, weather="rain", instead="2")

    visit.refresh_from_db()
    assert visit.starts_at == before + datetime.timedelta(days=2)
    notice = Notice.objects.get(kind="agenda.changed")
    assert notice.person == nadia
    assert "Il pleut trop." in notice.text


def test_frost_calls_a_visit_off(client, garden, visit):
    nadia = make_participant(garden)
    watching.watch(space=garden, person=nadia, by=nadia)
    client.force_login(make_facilitator(garden))

    _weather(client, visit, weather="frost", instead="none")

    visit.refresh_from_db()
    assert (visit.state, visit.reason) == (Event.State.CANCELLED, "Il gèle.")
    assert Notice.objects.filter(kind="agenda.cancelled", person=nadia).count() == 1


def test_one_asks_and_stops_by_a_tap(client, garden):
    nadia = make_participant(garden)
    client.force_login(nadia)
    url = reverse("agenda:watch", args=[garden.slug])

    client.post(url)
    client.post(url)
    assert Watch.objects.filter(person=nadia).count() == 1
    client.post(url, {"stop": "1"})

    assert not Watch.objects.exists()


def test_a_word_by_sms_is_enough_even_for_someone_unknown(visit):
    match = re.match(answers.WATCH_KEYWORD, f"prevenir {visit.code.lower()} nadia", re.IGNORECASE)

    said = answers.watch_by_code(None, match, number="+33612345678")

    assert said.startswith("C’est noté")
    assert Watch.objects.get().person.name == "Nadia"


def test_the_team_asks_for_someone_who_called(client, garden):
    nadia = make_participant(garden)
    client.force_login(make_facilitator(garden))

    client.post(reverse("agenda:watch-for", args=[garden.slug, nadia.public_id]))

    assert Watch.objects.get().person == nadia


def test_a_month_of_the_gate_shows_only_what_one_may_read(client, garden, visit):
    Event.objects.update(is_public=False)
    url = reverse("agenda:space-month", args=[garden.slug])

    response = client.get(url)

    assert response["Content-Type"] == "application/pdf"
