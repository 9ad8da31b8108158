"""Homes of the stock: found, corrected, offered empty, let go of; and those who see to them."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from traboule.exchanges.housing.actions import stock as acts
from traboule.exchanges.housing.models import Landlord, Listing, State, SwapState
from traboule.exchanges.housing.upkeep import stock as upkeep
from traboule.kernel.notices.models import Notice
from traboule.kernel.people.actions import Refused
from traboule.kernel.spaces.tests.factories import make_coordinator

from .factories import (
    make_dwelling,
    make_exchange_space,
    make_landlord,
    make_listing,
    make_officer,
    make_swap,
    make_tenant,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def landlord(db):
    return make_landlord(make_exchange_space())


@pytest.fixture
def odile(landlord):
    return make_officer(landlord)


def test_a_home_under_negotiation_stays_with_what_is_under_way_said(landlord, odile):
    one, other = (make_listing(make_dwelling(landlord)) for _ in range(2))
    swap = make_swap(one, other)

    with pytest.raises(Refused, match=swap.code):
        acts.withdraw(dwelling=one.dwelling, by=odile)
    assert acts.withdraw(dwelling=one.dwelling, by=odile, afterwards=True) is False

    upkeep.let_go(timezone.now())
    one.dwelling.refresh_from_db()
    assert one.dwelling.removed_at is None
    swap.state = SwapState.BROKEN
    swap.save()
    upkeep.let_go(timezone.now())
    one.dwelling.refresh_from_db()
    assert one.dwelling.removed_at is not None


def test_a_home_that_leaves_ends_its_listing_and_the_household_is_told(landlord, odile):
    listing = make_listing(make_dwelling(landlord))

    assert acts.withdraw(dwelling=listing.dwelling, by=odile)

    assert Listing.objects.get().state == State.ENDED
    assert Notice.objects.get(person=listing.tenant).kind == "housing.home-removed"


def test_only_a_home_where_nobody_looks_for_another_is_offered_empty(landlord, odile):
    empty, lived_in = make_dwelling(landlord), make_listing(make_dwelling(landlord)).dwelling
    day = datetime.date(2026, 12, 1)

    acts.offer_vacant(dwelling=empty, day=day, by=odile)
    with pytest.raises(Refused, match="déjà"):
        acts.offer_vacant(dwelling=lived_in, day=day, by=odile)

    assert list(landlord.dwellings.vacant()) == [empty]


def test_the_list_costs_the_same_with_one_home_as_with_three(
    client, landlord, odile, django_assert_num_queries
):
    client.force_login(odile)
    address = reverse("housing:stock", args=[landlord.space.slug, landlord.pk])
    make_dwelling(landlord)
    client.get(address)
    with django_assert_num_queries(9) as first:
        client.get(address)
    for _ in range(2):
        make_dwelling(landlord)

    with django_assert_num_queries(len(first.captured_queries)):
        page = client.get(address)

    assert len(page.context["dwellings"]) == 3


def test_pages_of_homes_go_on_where_the_one_before_ended(client, landlord, odile, monkeypatch):
    monkeypatch.setattr("traboule.exchanges.housing.views.stock.PAGE_SIZE", 2)
    client.force_login(odile)
    for number in range(3):
        make_dwelling(landlord, reference=f"B-{number}")
    make_dwelling(landlord, reference="C-1")
    address = reverse("housing:stock", args=[landlord.space.slug, landlord.pk])

    first = client.get(address, {"q": "b-"})
    then = client.get(address + first.context["next"])

    shown = [home.reference for page in (first, then) for home in page.context["dwellings"]]
    assert shown == ["B-0", "B-1", "B-2"]


def test_an_officer_corrects_a_home_of_their_landlord_and_no_other(client, landlord, odile):
    client.force_login(odile)
    home = make_dwelling(landlord)
    others = make_dwelling(make_landlord(landlord.space))
    at = [reverse("housing:dwelling", args=[landlord.space.slug, one.pk]) for one in (home, others)]
    form = client.get(at[0]).context["form"]
    given = {name: "" if form[name].value() is None else form[name].value() for name in form.fields}

    client.post(at[0], {**given, "rent": "399", "has": ["1", "8"]})

    home.refresh_from_db()
    assert (home.rent, home.features) == (399, 9)
    assert client.get(at[1]).status_code == 403


def test_the_association_names_a_landlord_and_who_serves_it(client, landlord):
    space = landlord.space
    client.force_login(make_coordinator(space))
    given = {"name": "Halpades", "phone": "", "check_days": 7, "decision_days": 30}
    marc = make_tenant(space, "Marc")

    client.post(reverse("housing:landlord-add", args=[space.slug]), given)
    twice = client.post(reverse("housing:landlord-add", args=[space.slug]), given)
    made = Landlord.objects.get(name="Halpades")
    client.post(reverse("housing:officer-add", args=[space.slug, made.pk]), {"person": marc.pk})

    assert "Ce bailleur est déjà dans la liste." in twice.text
    assert [officer.person for officer in made.officers.all()] == [marc]
    client.force_login(marc)
    assert client.get(reverse("housing:checks", args=[space.slug])).status_code == 200
