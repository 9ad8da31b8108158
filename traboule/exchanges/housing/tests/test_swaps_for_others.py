"""The team proposes what the engine finds to whoever calls; a relay answers with a mandate."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from traboule.exchanges.housing import matching, proposing
from traboule.exchanges.housing.actions import swaps
from traboule.exchanges.housing.models import Answer, Origin, Swap
from traboule.kernel.journal.models import Entry
from traboule.kernel.people.models import Channel, Mandate, Person
from traboule.kernel.spaces.tests.factories import make_facilitator

from .factories import make_dwelling, make_exchange_space, make_landlord, make_listing

pytestmark = pytest.mark.django_db


@pytest.fixture
def landlord(db):
    return make_landlord(make_exchange_space())


def home(landlord, rooms, wants, **values):
    wish = {"rooms_min": wants, "rooms_max": wants}
    return make_listing(make_dwelling(landlord, rooms=rooms), wish=wish, **values)


@pytest.fixture
def three(landlord):
    """Three households of which no two can exchange, and all three can."""
    return [home(landlord, 2, 3), home(landlord, 3, 4), home(landlord, 4, 2)]


def at(name, listing):
    return reverse(f"housing:{name}", args=[listing.space.slug, listing.code])


def test_the_team_proposes_an_exchange_to_the_household_that_calls(client, landlord, three):
    helper = make_facilitator(landlord.space)
    client.force_login(helper)
    assert at("found", three[0]) in client.get(at("own", three[0])).content.decode()
    page = client.get(at("found", three[0]))
    (one,) = page.context["found"]
    assert (one.home, one.size) == (three[1].dwelling, 3)
    assert three[1].code not in page.content.decode()

    answer = client.post(at("found-propose", three[0]), {"exchange": one.key})

    swap = Swap.objects.get()
    assert answer.url == swap.get_absolute_url()
    assert swap.origin == Origin.ENGINE
    assert {move.answer for move in swap.moves.all()} == {Answer.WAITING}
    assert [move.listing for move in swap.moves.all()] == three
    entry = Entry.objects.get(act="housing.proposed")
    assert (entry.by_key, entry.for_key) == (helper.pk, three[0].tenant_id)
    again = client.get(at("found", three[0]))
    assert (list(again.context["found"]), list(again.context["swaps"])) == ([], [swap])


def test_what_is_possible_no_more_is_not_proposed(client, landlord, three):
    client.force_login(make_facilitator(landlord.space))
    (one,) = proposing.found_for(three[0])
    three[2].wants_several = False
    three[2].save()

    page = client.post(at("found-propose", three[0]), {"exchange": one.key}, follow=True)

    assert "Cet échange n’est plus possible" in page.content.decode()
    assert not Swap.objects.exists()


def test_an_empty_home_is_proposed_too(landlord, three):
    empty = make_dwelling(landlord, rooms=3, vacant_from=timezone.localdate())

    found = proposing.found_for(three[0])

    assert {one.home for one in found} == {empty, three[1].dwelling}
    alone = next(one for one in found if one.size == 1)
    swap = proposing.propose(
        listing=three[0], key=alone.key, by=make_facilitator(landlord.space)
    )  # fmt: skip
    assert swap.moves.get().dwelling == empty


def test_households_propose_by_interest_only(client, three):
    client.force_login(three[0].tenant)

    assert client.get(at("found", three[0])).status_code == 403
    assert client.post(at("found-propose", three[0])).status_code == 403


def test_those_near_a_household_are_all_that_its_exchanges_need(landlord):
    for rooms in range(2, 5):
        for wants in range(2, 5):
            home(landlord, rooms, wants)
    make_dwelling(landlord, rooms=3, vacant_from=timezone.localdate())
    every = matching.free_listings(landlord.space)

    for one in every:
        near = matching.free_listings(landlord.space, near=one)
        found, all_ = (
            {
                exchange.ids
                for exchange in matching.index_of(one.space, among).exchanges(str(one.pk))
            }
            for among in (near, every)
        )
        assert found == all_ != set()
        assert len(near) < len(every)


# Relays


@pytest.fixture
def relay(three):
    """Who is told what the first household is told."""
    person = Person.objects.create_person(name="Lina")
    Channel.objects.create(
        person=three[0].tenant, kind="relay", relay=person, verified_at=timezone.now()
    )
    return person


@pytest.fixture
def swap(three):
    return swaps.propose(listings=three, by=None)


def mandate(giver, holder, scope="all", **values):
    today = timezone.localdate()
    usual = {"begins_on": today, "ends_on": today + datetime.timedelta(90), "signed_on": today}
    people = {"giver": giver, "holder": holder, "created_by": giver}
    return Mandate.objects.create(**people, scopes=[scope], **usual | values)


def say_yes(client, swap, listing):
    move = swap.moves.get(listing=listing)
    address = reverse("housing:swap-answer", args=[swap.space.slug, swap.code, move.pk])
    answered = client.post(address, {"answer": "yes"})
    move.refresh_from_db()
    return answered, move.answer


@pytest.mark.parametrize("given", [{"scope": "sign-up"}, {"signed_on": None}, None])
def test_a_relay_without_a_mandate_reads_how_to_be_given_one(client, three, relay, swap, given):
    if given:
        mandate(three[0].tenant, relay, **given)
    client.force_login(relay)

    for page in (
        client.get(swap.get_absolute_url()),
        client.get(at("own", three[0])),
        say_yes(client, swap, three[0])[0],
    ):
        text = page.content.decode()
        assert page.status_code == 200
        assert "Il faut un mandat" in text
        assert three[0].tenant.name in text
        assert ("Ouvrir le mandat préparé" in text) is (given == {"signed_on": None})
    assert say_yes(client, swap, three[0])[1] == Answer.WAITING


def test_a_relay_with_a_mandate_answers_for_the_household_and_for_it_alone(
    client, three, relay, swap
):
    mandate(three[0].tenant, relay)
    client.force_login(relay)
    page = client.get(swap.get_absolute_url())
    assert [move.listing for move, *_rest in page.context["moves"]] == [three[0]]
    assert "Oui, cela m’intéresse" in page.content.decode()
    assert client.get(at("own", three[0])).status_code == 200

    assert say_yes(client, swap, three[0])[1] == Answer.YES
    refused, answer = say_yes(client, swap, three[1])
    assert (refused.status_code, answer) == (403, Answer.WAITING)
    said = Entry.objects.get(act="housing.said-yes")
    assert (said.by_key, said.for_key) == (relay.pk, three[0].tenant_id)


def test_who_is_nobody_s_relay_finds_nothing(client, swap):
    client.force_login(Person.objects.create_person(name="Zoé"))

    assert client.get(swap.get_absolute_url()).status_code == 404
