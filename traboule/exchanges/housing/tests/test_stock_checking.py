"""A landlord checks listings: confirms, refuses with reasons, is reminded; a household appeals."""

import datetime

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from traboule.exchanges.housing.actions import checking as acts
from traboule.exchanges.housing.delays import delays_of
from traboule.exchanges.housing.models import Ground, Outcome, State
from traboule.exchanges.housing.upkeep import stock as upkeep
from traboule.kernel.notices.answering import take_answer
from traboule.kernel.notices.models import Notice
from traboule.kernel.people.actions import Refused
from traboule.kernel.spaces.tests.factories import make_coordinator, make_facilitator

from .factories import (
    make_check,
    make_dwelling,
    make_exchange_space,
    make_landlord,
    make_listing,
    make_officer,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def landlord(db):
    return make_landlord(make_exchange_space(), check_days=5)


@pytest.fixture
def odile(landlord):
    return make_officer(landlord)


def refused(landlord, by, *grounds):
    check = make_check(make_dwelling(landlord))
    acts.refuse(check=check, by=by, grounds=grounds or ["notice-given"])
    return check


def told(person):
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


def test_a_listing_waits_the_days_its_landlord_promises_then_goes_online(landlord, odile):
    check = make_check(make_dwelling(landlord))
    assert check.due_on == timezone.localdate() + datetime.timedelta(days=5)

    for _again in range(2):
        acts.confirm(check=check, by=odile)

    listing = check.listing
    listing.refresh_from_db()
    assert (listing.state, listing.renew_by > timezone.localdate()) == (State.PUBLISHED, True)
    assert told(listing.tenant) == ["housing.check-begun", "housing.check-confirmed"]
    assert told(odile) == ["housing.check-asked"]


def test_a_refusal_says_why_and_sends_the_listing_back(landlord, odile):
    check = make_check(make_dwelling(landlord))
    with pytest.raises(Refused, match="au moins un motif"):
        acts.refuse(check=check, by=odile, grounds=[])

    acts.refuse(check=check, by=odile, grounds=["wrong-facts"], note="Le loyer est de 432 €")

    check.listing.refresh_from_db()
    assert check.listing.state == State.DRAFT
    text = Notice.objects.get(kind="housing.check-refused").text
    assert "Des faits sont à corriger. Le loyer est de 432 €. Vous pouvez" in text


def test_the_old_text_stays_until_the_landlord_confirms_the_new_one(landlord, odile):
    listing = make_listing(make_dwelling(landlord, rent=420), text="Clair")

    check = acts.ask(listing=listing, by=listing.tenant, changes={"text": "Sombre", "rent": "400"})
    acts.ask(listing=listing, by=listing.tenant, changes={"text": "Calme"})
    listing.refresh_from_db()
    assert (listing.state, listing.text, listing.checks.count()) == (State.PUBLISHED, "Clair", 1)

    acts.confirm(check=check, by=odile)
    listing.refresh_from_db()
    listing.dwelling.refresh_from_db()
    assert (listing.text, listing.dwelling.rent) == ("Calme", 400)


@pytest.mark.parametrize(
    ("grounds", "state"),
    [([Ground.WRONG_FACTS], State.PUBLISHED), ([Ground.NOTICE_GIVEN], State.PAUSED)],
)
def test_only_a_home_that_cannot_be_exchanged_goes_offline(landlord, odile, grounds, state):
    listing = make_listing(make_dwelling(landlord))
    check = acts.ask(listing=listing, by=listing.tenant, changes={"text": "Calme"})

    acts.refuse(check=check, by=odile, grounds=grounds, note="Voyez votre bail")

    listing.refresh_from_db()
    assert listing.state == state


@pytest.mark.parametrize(
    "changes", [{"dwelling": 3}, {"rooms": 40}, {"rent": "cher"}, {"children": 3}]
)
def test_a_correction_that_makes_no_sense_is_refused_before_it_is_kept(landlord, changes):
    listing = make_listing(make_dwelling(landlord))

    with pytest.raises(Refused):
        acts.ask(listing=listing, by=listing.tenant, changes=changes)

    assert not listing.checks.exists()


def test_an_appeal_by_one_digit_is_answered_by_someone_else(landlord, odile):
    check = refused(landlord, odile)
    awa, tenant = make_coordinator(landlord.space), check.listing.tenant

    notice = Notice.objects.get(kind="housing.check-refused")
    take_answer(notice=notice, answer="1", by=tenant, via="sms")
    with pytest.raises(Refused, match="une autre personne"):
        acts.answer_appeal(check=check, by=odile, granted=False, words="Non")
    acts.answer_appeal(check=check, by=awa, granted=True, words="Le préavis est annulé.")

    check.refresh_from_db()
    assert (check.outcome, check.listing.state) == (Outcome.CONFIRMED, State.PUBLISHED)
    assert told(awa) == ["housing.appealed"]
    assert told(tenant)[-1] == "housing.appeal-answered"
    with pytest.raises(Refused):
        acts.appeal(check=check, by=tenant)


def test_a_check_whose_day_is_past_is_told_each_week_and_to_its_household_once(landlord, odile):
    check = make_check(make_dwelling(landlord))
    late = timezone.now() + datetime.timedelta(days=7)

    for now in (timezone.now(), late, late, late + datetime.timedelta(days=7)):
        upkeep.tell_late(now)

    assert told(odile) == ["housing.check-asked", *["housing.checks-late"] * 2]
    assert told(check.listing.tenant) == ["housing.check-begun", "housing.check-late"]


def test_delays_are_counted_for_each_landlord(landlord, odile):
    refused(landlord, odile)
    make_check(make_dwelling(landlord))

    (one,) = delays_of([landlord])

    answers = one.answers
    assert (one.waiting, one.late, answers.answered, answers.refused) == (1, 0, 1, 1)
    assert (answers.usual, answers.share_in_time) == (0, 100)


def test_what_waits_is_counted_at_once_and_answers_again_after_a_few_minutes(landlord, odile):
    delays_of([landlord])
    refused(landlord, odile)
    make_check(make_dwelling(landlord))
    other = make_landlord(landlord.space)

    one, new = delays_of([landlord, other])

    assert (one.waiting, one.answers.answered, new.waiting) == (1, 0, 0)
    cache.clear()
    assert delays_of([landlord])[0].answers.answered == 1


def test_an_officer_refuses_at_the_desk_and_the_household_appeals_on_its_page(
    client, landlord, odile
):
    check = make_check(make_dwelling(landlord))

    def at(name, *args):
        return reverse(f"housing:{name}", args=[landlord.space.slug, *args])

    client.force_login(odile)
    assert [one.pk for one in client.get(at("checks")).context["checks"]] == [check.pk]
    silent = client.post(at("check-refuse", check.pk), {"note": "Non"})
    assert "Choisissez au moins un motif" in silent.text
    client.post(at("check-refuse", check.pk), {"grounds": ["dispute"], "note": "Appelez-nous."})

    client.force_login(check.listing.tenant)
    assert "Appelez-nous." in client.get(at("own-check", check.pk)).text
    client.post(at("appeal", check.pk), {"words": "La dette est payée."})
    check.refresh_from_db()
    assert (check.appeal, check.decided_by) == ("La dette est payée.", odile)


def test_the_team_appeals_for_a_household_that_calls(client, landlord, odile):
    check = refused(landlord, odile)
    client.force_login(make_facilitator(landlord.space))

    client.post(reverse("housing:appeal", args=[landlord.space.slug, check.pk]), {"words": ""})

    check.refresh_from_db()
    assert check.appealed_at is not None


def test_the_desk_costs_the_same_with_one_check_as_with_three(
    client, landlord, odile, django_assert_num_queries
):
    client.force_login(odile)
    address = reverse("housing:checks", args=[landlord.space.slug])
    make_check(make_dwelling(landlord))
    client.get(address)
    with django_assert_num_queries(10) as first:
        client.get(address)
    for _ in range(2):
        make_check(make_dwelling(landlord))

    with django_assert_num_queries(len(first.captured_queries)):
        client.get(address)
