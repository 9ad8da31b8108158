"""Still looking, pausing, stopping; hiding; photos; points."""

import datetime

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from traboule.exchanges.housing import fitting, priorities, renewing
from traboule.exchanges.housing.actions import checking, swaps
from traboule.exchanges.housing.actions import listing as acts
from traboule.exchanges.housing.actions import listing_life as life
from traboule.exchanges.housing.models import (
    Check,
    Ground,
    Interest,
    InterestState,
    Listing,
    ListingPhoto,
    Outcome,
    State,
    Stop,
    SwapState,
)
from traboule.kernel.files.models import File
from traboule.kernel.notices.answering import take_answer
from traboule.kernel.notices.models import Notice
from traboule.kernel.people.actions import Refused
from traboule.kernel.spaces.tests.factories import make_facilitator

from .factories import (
    make_dwelling,
    make_exchange_space,
    make_landlord,
    make_listing,
    make_officer,
)

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def landlord(db):
    return make_landlord(make_exchange_space())


@pytest.fixture
def listing(landlord):
    due = timezone.localdate() - datetime.timedelta(days=1)
    return make_listing(make_dwelling(landlord), renew_by=due)


def page(name, listing, *args):
    return reverse(f"housing:{name}", args=[listing.space.slug, listing.code, *args])


def test_one_digit_keeps_a_listing_for_six_months(listing):
    renewing.ask(NOW)
    renewing.ask(NOW)

    notice = Notice.objects.get(kind="housing.still-looking")
    take_answer(notice=notice, answer="1", by=listing.tenant, via="sms")

    listing.refresh_from_db()
    assert listing.renew_by > timezone.localdate() + datetime.timedelta(days=170)
    assert listing.asked_renewal_at is None


def test_the_other_digit_stops_it(listing):
    renewing.ask(NOW)
    notice = Notice.objects.get(kind="housing.still-looking")

    take_answer(notice=notice, answer="2", by=listing.tenant, via="sms")

    listing.refresh_from_db()
    assert listing.state == State.ENDED


def test_silence_is_told_then_ends_it(listing):
    renewing.ask(NOW)
    before = NOW + datetime.timedelta(days=24)
    renewing.remind(before)
    renewing.remind(before)
    renewing.end_the_silent(before)
    listing.refresh_from_db()
    assert listing.state == State.PUBLISHED

    renewing.end_the_silent(NOW + datetime.timedelta(days=31))

    listing.refresh_from_db()
    assert (listing.state, listing.end_reason) == (State.ENDED, "silence")
    assert list(Notice.objects.order_by("pk").values_list("kind", flat=True)) == [
        "housing.still-looking", "housing.about-to-end", "housing.ended-in-silence",
    ]  # fmt: skip


def test_what_waited_for_an_answer_waits_no_more_once_it_stops(listing, landlord):
    other = make_listing(make_dwelling(landlord))
    interest = Interest.objects.create(sender=other, receiver=listing)
    acts.correct(listing=listing, by=listing.tenant, text="Refait à neuf.")

    life.end(listing=listing, by=listing.tenant, reason="elsewhere")

    interest.refresh_from_db()
    assert interest.state == InterestState.CLOSED
    assert Check.objects.get().outcome == Outcome.WITHDRAWN


def test_a_correction_is_checked_while_the_old_text_stays(client, listing, landlord):
    Listing.objects.filter(pk=listing.pk).update(text="Clair.")
    client.force_login(listing.tenant)

    client.post(
        page("edit", listing),
        {"household_size": "3", "children": "0", "reason": "bigger", "text": "Clair et calme."},
    )

    listing.refresh_from_db()
    check = Check.objects.get()
    assert (listing.text, check.changes) == ("Clair.", {"text": "Clair et calme."})
    checking.confirm(check=check, by=make_officer(landlord))
    listing.refresh_from_db()
    assert listing.text == "Clair et calme."


def test_a_pause_hides_it_and_a_no_of_the_landlord_keeps_it_hidden(listing, landlord):
    life.pause(listing=listing, by=listing.tenant)
    assert not Listing.objects.published().exists()
    life.resume(listing=listing, by=listing.tenant)
    assert Listing.objects.published().exists()

    check = checking.ask(listing=listing, by=listing.tenant, changes={"text": "Grand."})
    checking.refuse(check=check, by=make_officer(landlord), grounds=[Ground.NOTICE_GIVEN])
    with pytest.raises(Refused, match="a dit non"):
        life.resume(listing=listing, by=listing.tenant)


def test_hiding_from_a_number_says_nothing_of_whose_it_is(client, listing, landlord):
    other = make_listing(make_dwelling(landlord))
    other.tenant.channels.create(kind="mobile", value="+33612345678", verified_at=NOW)
    client.force_login(listing.tenant)

    known = client.post(page("screens", listing), {"who": "06 12 34 56 78"}, follow=True)
    unknown = client.post(page("screens", listing), {"who": "06 99 99 99 99"}, follow=True)

    assert not fitting.homes_for(other.wish).exists()
    assert str(other.tenant) not in known.content.decode()
    shown = [answer.content.decode().split("<h1>")[1] for answer in (known, unknown)]
    assert shown[0].split("csrf")[0] == shown[1].split("csrf")[0]


def test_a_photo_shows_once_the_team_let_it_through(client, listing):
    file = File.objects.create(kind="picture", content=ContentFile(b"x", "a.jpg"))
    photo = ListingPhoto.objects.create(listing=listing, room="living", file=file)
    client.force_login(make_facilitator(listing.space))
    assert not listing.photos.shown().exists()

    client.post(reverse("housing:photo-pass", args=[listing.space.slug, photo.pk]))

    assert listing.photos.shown().exists()


def test_a_photo_that_shows_somebody_is_taken_away_and_its_household_told(client, listing):
    file = File.objects.create(kind="picture", content=ContentFile(b"x", "a.jpg"))
    photo = ListingPhoto.objects.create(listing=listing, room="living", file=file)
    client.force_login(make_facilitator(listing.space))

    client.post(
        reverse("housing:photo-refuse", args=[listing.space.slug, photo.pk]), {"reason": "face"}
    )

    assert not ListingPhoto.objects.exists()
    assert "on voit une personne" in Notice.objects.get().text


@pytest.mark.parametrize(
    ("home", "persons", "need", "points"),
    [
        ({"rooms": 3, "area": 64}, 3, "none", {}),
        ({"rooms": 2, "area": 30}, 4, "none", {"too-small": 30}),
        ({"rooms": 4, "area": 80}, 1, "none", {"too-large": 20}),
        ({"floor": 3, "lift": False}, 3, "step_free", {"unfit": 40}),
    ],
)
def test_points_are_those_of_the_table(landlord, home, persons, need, points):
    listing = make_listing(
        make_dwelling(landlord, **home), household_size=persons, wish={"need": need}
    )

    counted = priorities.points_of(listing)

    assert {rule.key: number for rule, number in counted.items()} == points


@pytest.mark.parametrize("stop", [life.pause, lambda **by: life.end(**by, reason="other")])
def test_who_pauses_or_stops_leaves_the_exchanges_proposed_to_them(listing, landlord, stop):
    other = make_listing(make_dwelling(landlord))
    swap = swaps.propose(listings=[listing, other], by=other.tenant)

    stop(listing=listing, by=listing.tenant)

    swap.refresh_from_db()
    assert (swap.state, swap.broken_because) == (SwapState.BROKEN, Stop.LEFT)
    assert Notice.objects.filter(person=other.tenant).exists()
