import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from traboule.kernel.notices.models import Notice
from traboule.kernel.people.actions import Refused

from ..actions import offers, requests, workers
from ..models import EndReason, OfferState, State
from .factories import make_household, make_request, make_services_space, make_worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    return make_request(make_household(make_services_space()))


def offered(asked, name, price="13"):
    worker = make_worker(asked.space, name)
    return offers.offer(
        asked=asked, worker=worker, net_hourly=Decimal(price), words="J’ai un taille-haie.",
        by=worker.person,
    )  # fmt: skip


def test_one_asks_two_answer_one_is_chosen_and_the_other_learns_it_kindly(asked):
    one, other = offered(asked, "Inès Cherif"), offered(asked, "Luc Favre", "14")

    offers.choose(offer=one, by=asked.household.person)

    for row in (asked, one, other):
        row.refresh_from_db()
    assert (asked.state, one.state, other.state) == (
        State.AGREED, OfferState.CHOSEN, OfferState.DECLINED
    )  # fmt: skip
    assert other.conversation.is_closed
    assert not one.conversation.is_closed
    told = Notice.objects.filter(person=other.worker.person, kind="services.not-chosen")
    assert told.exists()


def test_who_is_chosen_and_cannot_come_opens_the_request_again(asked):
    one = offered(asked, "Inès Cherif")
    offers.choose(offer=one, by=asked.household.person)

    offers.withdraw(offer=one, by=one.worker.person)

    asked.refresh_from_db()
    assert asked.is_open
    assert offered(asked, "Luc Favre").state == OfferState.SENT


def test_a_wage_too_low_is_refused_with_the_least(asked):
    with pytest.raises(Refused, match="au moins"):
        offered(asked, "Inès Cherif", "5")
    with pytest.raises(Refused, match="au moins"):
        make_request(asked.household, budget=Decimal("4"))


def test_nobody_answers_their_own_request(asked):
    worker = workers.offer_hands(
        space=asked.space, person=asked.household.person, kinds=["gardening"],
        commune=asked.household.commune, radius_km=5, born_on=datetime.date(1950, 1, 1),
        by=asked.household.person,
    )  # fmt: skip
    with pytest.raises(Refused, match="propre demande"):
        offers.offer(asked=asked, worker=worker, net_hourly=Decimal(13), by=worker.person)


def test_a_child_under_sixteen_is_not_put_to_work(asked):
    today = timezone.localdate()
    with pytest.raises(Refused, match="16 ans"):
        make_worker(asked.space, born_on=today.replace(year=today.year - 15, day=1))


def test_a_telephone_number_has_no_place_in_what_everyone_reads(asked):
    with pytest.raises((Refused, ValidationError)):
        make_request(asked.household, words="Appelez-moi au 06 12 34 56 78.")


def test_a_request_whose_day_has_passed_closes_by_itself_and_tells(asked):
    one = offered(asked, "Inès Cherif")

    requests.close_late(timezone.now() + datetime.timedelta(days=9))

    asked.refresh_from_db()
    assert (asked.state, asked.end_reason) == (State.CLOSED, EndReason.NOBODY)
    assert Notice.objects.filter(person=one.worker.person, kind="services.request-closed").exists()


def test_an_offer_sent_twice_is_one(asked):
    one = offered(asked, "Inès Cherif")

    again = offers.offer(asked=asked, worker=one.worker, net_hourly=Decimal(15),
                         by=one.worker.person)  # fmt: skip

    assert again == one
