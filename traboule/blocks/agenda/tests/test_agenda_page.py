"""The agenda of a space, for whoever reads it."""

import datetime

import pytest
from django.urls import reverse

from traboule.blocks.agenda.actions import polls
from traboule.kernel.initiatives.models import Initiative
from traboule.kernel.initiatives.tests.factories import make_person
from traboule.kernel.spaces import access
from traboule.kernel.spaces.tests.factories import make_facilitator, make_participant, make_space

from .factories import in_days, make_event, make_series

pytestmark = pytest.mark.django_db


@pytest.fixture
def space():
    return make_space(blocks=("agenda",))


@pytest.fixture
def karim(space):
    return make_facilitator(space)


def read(client, space):
    return client.get(reverse("agenda:agenda", args=[space.slug]))


def titles(events):
    return [event.title for event in events]


def ask_dates(space, by, title="Réunion"):
    dates = [(in_days(n), in_days(n) + datetime.timedelta(hours=2)) for n in (7, 8)]
    return polls.create_poll(space=space, dates=dates, by=by, title=title)


def test_a_visitor_reads_public_dates_members_and_guests_read_them_all(client, space, karim):
    make_event(space, title="Ouvert")
    make_event(space, title="Entre nous", is_public=False)
    code = access.rotate(space=space, by=karim)

    visitor = titles(read(client, space).context["next"])
    client.post(reverse("spaces:enter", args=[code]), {"look": "1"})
    with_code = titles(read(client, space).context["next"])
    client.force_login(make_participant(space))
    member = titles(read(client, space).context["next"])

    assert (visitor, with_code) == (["Ouvert"], ["Ouvert", "Entre nous"])
    assert member == with_code


def test_dates_to_confirm_are_for_those_who_facilitate_a_series_together(client, space, karim):
    series = make_series(space)
    series.events.update(state="draft")
    make_event(space, title="Seule", days=9, state="draft")

    client.force_login(make_participant(space))
    for_member = read(client, space)
    client.force_login(karim)
    for_facilitator = read(client, space)

    assert ("drafts" in for_member.context, for_member.context["next"]) == (False, [])
    groups = [titles(group) for group in for_facilitator.context["drafts"]]
    assert groups == [[series.title] * 3, ["Seule"]]
    page = for_facilitator.content.decode()
    assert "Confirmer ces 3 dates" in page
    assert reverse("agenda:poll-new", args=[space.slug]) in page


def test_what_is_over_stands_apart_the_latest_first(client, space):
    make_event(space, title="Avant-hier", days=-2)
    make_event(space, title="Hier", days=-1)
    make_event(space, title="Demain", days=1, state="cancelled")

    context = read(client, space).context

    assert titles(context["next"]) == ["Demain"]
    assert titles(context["past"]) == ["Hier", "Avant-hier"]


def test_a_long_agenda_goes_on_by_key(client, space):
    for days in range(1, 23):
        make_event(space, title=f"Dans {days} jours", days=days)

    first = read(client, space).context
    rest = client.get(reverse("agenda:agenda", args=[space.slug]) + first["following"]).context

    assert len(first["next"]) == 20
    assert titles(rest["next"]) == ["Dans 21 jours", "Dans 22 jours"]
    assert rest["following"] == ""


def test_polls_that_wait_for_answers_are_found_there(client, space, karim):
    waiting, chosen = ask_dates(space, karim), ask_dates(space, karim, title="Décidé")
    polls.choose(poll=chosen, date=chosen.dates.earliest("starts_at"), by=karim)

    visitor = read(client, space).context
    client.force_login(make_participant(space))
    member = read(client, space)
    client.force_login(karim)
    facilitator = read(client, space)

    assert "polls" not in visitor
    assert member.context["polls"] == [waiting]
    assert waiting.get_absolute_url() in member.content.decode()
    results = reverse("agenda:poll-results", args=[waiting.code])
    assert results in facilitator.content.decode()


def test_a_closed_space_offers_no_tool(client, space, karim):
    type(space).objects.update(closed_at=in_days(-1))
    client.force_login(karim)

    assert (
        reverse("agenda:new-event", args=[space.slug]) not in read(client, space).content.decode()
    )


def test_what_is_not_published_is_read_by_its_people_only(client, space, karim):
    Initiative.objects.update(published_at=None)

    client.force_login(make_person("Bruno"))
    stranger = read(client, space).status_code
    client.force_login(karim)

    assert (stranger, read(client, space).status_code) == (404, 200)


def test_a_space_without_the_block_has_no_agenda(client):
    assert read(client, make_space()).status_code == 404


def test_it_costs_the_same_with_one_thing_of_each_as_with_three(
    client, space, karim, count_queries
):
    def one_more():
        make_event(space)
        make_event(space, capacity=3)
        make_event(space, days=-1)
        make_event(space, state="draft")
        make_series(space, sessions=2).events.update(state="draft")
        ask_dates(space, karim)

    client.force_login(karim)
    one_more()
    address = reverse("agenda:agenda", args=[space.slug])
    with_one = count_queries(address)
    one_more(), one_more()

    assert count_queries(address) == with_one <= 12
