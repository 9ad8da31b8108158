import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from traboule.engines.payroll import Unusable

from ..estimates import estimate
from ..kinds import ALL, KINDS

DAY = datetime.date(2026, 10, 3)


def of(kind, net, hours, **more):
    return estimate(KINDS[kind], net_hourly=Decimal(net), hours=Decimal(hours), on=DAY, **more)


def test_a_declared_hour_of_gardening_costs_little_more_than_from_hand_to_hand():
    found = of("gardening", "12", "3")

    assert abs(found.net - 36) <= Decimal("0.03")
    assert found.credit == (found.cost / 2).quantize(Decimal("0.01"))
    assert found.beside_undeclared < Decimal("0.25") * found.net


def test_a_household_of_seventy_pays_less_than_from_hand_to_hand():
    assert of("cleaning", "12", "20", exoneration="age70").beside_undeclared < 0


def test_repairs_count_for_five_hundred_euros_a_year_only():
    assert of("repairs", "15", "60").credit == Decimal("250.00")


def test_errands_alone_give_nothing_back():
    assert of("errands", "12", "2").credit == 0


def test_too_low_a_wage_is_refused_with_the_least():
    with pytest.raises(Unusable, match="au moins"):
        of("gardening", "4", "3")


@given(
    kind=st.sampled_from([one.key for one in ALL]),
    net=st.integers(1200, 6000).map(lambda cents: Decimal(cents) / 100),
    hours=st.integers(5, 600).map(lambda tenths: Decimal(tenths) / 10),
)
def test_all_that_the_household_pays_goes_to_the_worker_or_to_urssaf(kind, net, hours):
    found = of(kind, net, hours)

    assert found.net + found.contributions == found.cost
    assert 0 <= found.credit <= found.cost / 2 + Decimal("0.01")
