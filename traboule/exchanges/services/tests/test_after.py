import datetime

import pytest
from django.utils import timezone

from traboule.kernel.notices.models import Notice
from traboule.kernel.people.actions import Refused
from traboule.kernel.spaces.blocks import Period
from traboule.kernel.spaces.tests.factories import make_facilitator

from ..actions import after
from ..indicators import INDICATORS
from ..models import BLIND_FOR, Harm, Review, Side
from ..printing.certificate import certificate_of
from .factories import make_contract, make_services_space, make_slip, make_work

pytestmark = pytest.mark.django_db
WELL = {"on_time": "yes", "as_agreed": "yes", "again": "yes"}


@pytest.fixture
def contract():
    return make_contract(make_services_space())


def test_one_says_how_it_went_and_the_other_reads_it_after_saying_theirs(contract):
    make_work(contract)
    after.write_review(
        contract=contract, side=Side.HOUSEHOLD, by=contract.household.person, words="Parfait.",
        **WELL,
    )  # fmt: skip
    assert not Review.objects.shown().exists()

    after.write_review(contract=contract, side=Side.WORKER, by=contract.worker.person, **WELL)

    assert Review.objects.shown().count() == 2


def test_fourteen_days_are_enough_when_the_other_says_nothing(contract):
    make_work(contract)
    review = after.write_review(
        contract=contract, side=Side.WORKER, by=contract.worker.person, **WELL
    )
    with pytest.raises(Refused, match="pas encore visible"):
        after.reply(review=review, words="Merci.", by=contract.household.person)
    Review.objects.update(written_at=timezone.now() - BLIND_FOR, shown_from=timezone.now())

    after.reply(review=review, words="Merci.", by=contract.household.person)

    assert Review.objects.shown().get().reply == "Merci."


def test_nothing_is_said_of_a_work_before_it_is_done(contract):
    with pytest.raises(Refused, match="après le premier travail"):
        after.write_review(contract=contract, side=Side.WORKER, by=contract.worker.person, **WELL)


def test_an_incident_told_twice_is_one_and_the_team_knows_at_once(contract):
    facilitator = make_facilitator(contract.household.space)
    for _time in range(2):
        incident = after.tell_incident(
            contract=contract, side=Side.WORKER, harm=Harm.INJURY, on=timezone.localdate(),
            words="Une coupure.", by=contract.worker.person,
        )  # fmt: skip

    assert contract.incidents.get() == incident
    assert Notice.objects.filter(person=facilitator, kind="services.incident").count() == 1


def test_the_certificate_says_who_covers_what(contract):
    today = timezone.localdate()
    policy = after.set_policy(
        space=contract.household.space, by=contract.household.person, insurer="Mutuelle du Drac",
        number="RC 4512", begins_on=today, ends_on=today + datetime.timedelta(days=300),
        covers="Dommages causés pendant le service.", excess=150,
    )  # fmt: skip

    assert certificate_of(contract, policy).startswith(b"%PDF")


def test_the_results_are_those_that_the_founders_count(contract):
    make_slip(contract)
    found = {one.key: one.value(contract.household.space, Period()) for one in INDICATORS}

    assert found["services.active"] == 2
    assert (found["services.rendered"], found["services.hours"]) == (1, 2)
    assert 25.9 < found["services.wages"] < 26.1
