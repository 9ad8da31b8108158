"""Liking a home, writing, visiting: on the web, by a digit, by someone who helps."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from traboule.exchanges.housing.actions import contacts, visits
from traboule.exchanges.housing.models import Interest, InterestState, Verdict, Visit, VisitState
from traboule.exchanges.housing.upkeep import finding as upkeep
from traboule.kernel.conversations.actions import block, write
from traboule.kernel.journal.models import Entry
from traboule.kernel.notices.answering import take_answer
from traboule.kernel.notices.models import Notice
from traboule.kernel.people.actions import Refused
from traboule.kernel.spaces.tests.factories import make_facilitator

from .factories import make_dwelling, make_exchange_space, make_landlord, make_listing

pytestmark = pytest.mark.django_db


@pytest.fixture
def space(db):
    return make_exchange_space()


@pytest.fixture
def landlord(space):
    return make_landlord(space)


@pytest.fixture
def nadia(landlord):
    return make_listing(make_dwelling(landlord, address="3 rue de Nadia"))


@pytest.fixture
def paul(landlord):
    return make_listing(make_dwelling(landlord, address="5 rue de Paul"))


def like(one, other):
    return contacts.show_interest(sender=one, receiver=other, by=one.tenant)


def both_like(one, other):
    return contacts.answer(interest=like(one, other), listing=other, yes=True, by=other.tenant)


def told(kind, listing):
    return Notice.objects.filter(kind=kind, person=listing.tenant).order_by("-pk").first()


def digit(notice, answer, *, by=None):
    return take_answer(notice=notice, answer=answer, by=by or notice.person, via="sms")


def tomorrow(hours=24):
    return timezone.now().replace(microsecond=0) + datetime.timedelta(hours=hours)


def test_a_yes_by_one_digit_opens_a_conversation_without_names_nor_numbers(nadia, paul):
    like(nadia, paul)

    digit(told("housing.liked", paul), "1")

    interest = Interest.objects.get()
    assert interest.state == InterestState.MUTUAL
    assert {party.person for party in interest.conversation.parties.all()} == {
        nadia.tenant, paul.tenant,
    }  # fmt: skip
    assert told("housing.mutual", nadia)
    assert not told("housing.mutual", paul)


def test_a_no_by_one_digit_is_told_kindly_and_may_be_asked_again(nadia, paul):
    like(nadia, paul)

    digit(told("housing.liked", paul), "2")

    assert Interest.objects.get().state == InterestState.DECLINED
    assert told("housing.declined", nadia)
    assert like(nadia, paul).state == InterestState.SENT


def test_two_who_like_each_other_make_one_contact(nadia, paul):
    like(nadia, paul)
    like(nadia, paul)

    assert like(paul, nadia).state == InterestState.MUTUAL
    assert Interest.objects.count() == 1


def test_whoever_asked_does_not_answer_themselves(nadia, paul):
    interest = like(nadia, paul)

    with pytest.raises(Refused):
        contacts.answer(interest=interest, listing=nadia, yes=True, by=nadia.tenant)


def test_one_blocked_or_not_online_is_not_written_to(nadia, paul):
    block(person=paul.tenant, other=nadia.tenant, by=paul.tenant)
    with pytest.raises(Refused):
        like(nadia, paul)

    assert not Interest.objects.exists()


def test_a_household_not_yet_checked_looks_but_does_not_write(client, nadia, paul):
    nadia.state = "checking"
    nadia.save()
    client.force_login(nadia.tenant)

    page = client.post(
        reverse("housing:interest", args=[nadia.space.slug, paul.code]), follow=True
    ).content.decode()

    assert "doit être en ligne" in page
    assert not Interest.objects.exists()


def test_ten_days_of_silence_close_what_was_asked_and_what_was_begun(nadia, paul, landlord):
    asked = like(nadia, make_listing(make_dwelling(landlord)))
    begun = both_like(nadia, paul)
    now = timezone.now()

    upkeep.close_silent(now + datetime.timedelta(days=9))
    assert Interest.objects.filter(closed_at=None).count() == 2
    for _ in range(2):
        upkeep.close_silent(now + datetime.timedelta(days=11))

    assert set(Interest.objects.values_list("pk", "state")) == {
        (asked.pk, "closed"), (begun.pk, "closed"),
    }  # fmt: skip
    begun.refresh_from_db()
    assert begun.conversation.is_closed


def test_a_visit_to_come_keeps_a_contact_open(nadia, paul):
    interest = both_like(nadia, paul)
    later = timezone.now() + datetime.timedelta(days=15)
    visits.offer_hours(interest=interest, host=paul, hours=[later], by=paul.tenant)
    visits.choose(visit=Visit.objects.get(), number=1, by=nadia.tenant)

    upkeep.close_silent(timezone.now() + datetime.timedelta(days=11))

    interest.refresh_from_db()
    assert interest.state == InterestState.MUTUAL


def test_the_address_is_told_to_the_visitor_alone_once_the_hour_is_chosen(client, nadia, paul):
    interest = both_like(nadia, paul)
    later = tomorrow(30)
    visits.ask(interest=interest, visitor=nadia, by=nadia.tenant)
    visits.offer_hours(interest=interest, host=paul, hours=[tomorrow(), later], by=paul.tenant)
    client.force_login(nadia.tenant)
    here = reverse("housing:interests", args=[nadia.space.slug])
    assert "rue de Paul" not in client.get(here).content.decode()

    digit(told("housing.visit-hours", nadia), "2")

    visit = Visit.objects.get()
    assert (visit.state, visit.at) == (VisitState.SET, later)
    assert "5 rue de Paul" in told("housing.visit-set", nadia).text
    assert "rue de" not in told("housing.visit-set", paul).text
    assert "rue de Paul" in client.get(here).content.decode()


def test_both_are_reminded_once_then_asked_once_what_they_think(nadia, paul):
    interest = both_like(nadia, paul)
    visits.offer_hours(interest=interest, host=paul, hours=[tomorrow()], by=paul.tenant)
    visits.choose(visit=Visit.objects.get(), number=1, by=nadia.tenant)

    for _ in range(2):
        upkeep.recall_visits(tomorrow(2))
        upkeep.recall_visits(tomorrow(30))

    for kind in ("housing.visit-tomorrow", "housing.visit-verdict"):
        assert Notice.objects.filter(kind=kind).count() == 2


def test_a_visit_is_conclusive_when_both_say_so_and_the_exchange_may_be_proposed(nadia, paul):
    visit = Visit.objects.create(
        visitor=nadia, host=paul, state=VisitState.SET, at=tomorrow(-3), hours=[]
    )
    visits.give_verdict(visit=visit, listing=nadia, yes=True, by=nadia.tenant)
    upkeep.recall_visits(timezone.now())
    digit(told("housing.visit-verdict", paul), "1")

    visit.refresh_from_db()
    assert visit.verdict_of_host == Verdict.YES
    assert visit.is_conclusive


def test_nobody_judges_a_visit_to_come(nadia, paul):
    visit = Visit.objects.create(
        visitor=nadia, host=paul, state=VisitState.SET, at=tomorrow(), hours=[]
    )

    with pytest.raises(Refused):
        visits.give_verdict(visit=visit, listing=nadia, yes=True, by=nadia.tenant)


def test_nobody_visits_whom_they_do_not_like_both_ways(nadia, paul):
    with pytest.raises(Refused):
        visits.ask(interest=like(nadia, paul), visitor=nadia, by=nadia.tenant)


def test_the_team_acts_for_a_household_and_the_journal_says_so(client, space, nadia, paul):
    karim = make_facilitator(space)
    client.force_login(karim)

    client.post(reverse("housing:interest", args=[space.slug, paul.code]), {"pour": nadia.code})
    interest = Interest.objects.get()
    answer = reverse("housing:interest-answer", args=[space.slug, interest.pk])
    client.post(answer, {"pour": paul.code, "oui": "1"})

    interest.refresh_from_db()
    assert interest.state == InterestState.MUTUAL
    acts = Entry.objects.filter(act__in=("housing.liked", "housing.liked-back")).order_by("pk")
    assert [(one.by_key, one.for_key) for one in acts] == [
        (karim.pk, nadia.tenant_id), (karim.pk, paul.tenant_id),
    ]  # fmt: skip


def test_a_stranger_answers_for_nobody(client, nadia, paul, landlord):
    interest = like(nadia, paul)
    client.force_login(make_listing(make_dwelling(landlord)).tenant)
    answer = reverse("housing:interest-answer", args=[nadia.space.slug, interest.pk])

    assert client.post(answer, {"oui": "1", "pour": paul.code}).status_code == 404


def test_a_journey_goes_from_a_liked_home_to_a_chosen_hour_on_the_web(client, nadia, paul):
    slug = nadia.space.slug
    contacts_page = reverse("housing:interests", args=[slug])
    client.force_login(nadia.tenant)
    client.post(reverse("housing:interest", args=[slug, paul.code]))
    client.force_login(paul.tenant)
    assert "Oui, parlons-en" in client.get(contacts_page).content.decode()
    interest = Interest.objects.get()
    client.post(reverse("housing:interest-answer", args=[slug, interest.pk]), {"oui": "1"})
    ask = reverse("housing:visit-ask", args=[slug, interest.pk])
    assert (
        "Cette heure est passée."
        in client.post(ask, {"hour_1": "2020-01-01T10:00"}).content.decode()
    )
    at = timezone.localtime(tomorrow())
    client.post(ask, {"hour_1": at.strftime("%Y-%m-%dT%H:%M")})
    client.force_login(nadia.tenant)
    assert "Quelle heure vous va" in client.get(contacts_page).content.decode()

    client.post(
        reverse("housing:visit-choose", args=[slug, Visit.objects.get().pk]), {"heure": "1"}
    )

    assert Visit.objects.get().state == VisitState.SET


def test_the_page_of_contacts_costs_the_same_with_one_as_with_five(
    client, nadia, landlord, django_assert_max_num_queries
):
    for _ in range(5):
        other = make_listing(make_dwelling(landlord))
        interest = both_like(nadia, other)
        visits.ask(interest=interest, visitor=nadia, by=nadia.tenant)
        write(
            party=interest.conversation.parties.get(person=other.tenant), text="Bonjour",
            by=other.tenant,
        )  # fmt: skip
    client.force_login(nadia.tenant)

    with django_assert_max_num_queries(16):
        client.get(reverse("housing:interests", args=[nadia.space.slug]))
