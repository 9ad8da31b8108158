import pytest

from traboule.kernel.spaces.blocks import Period
from traboule.kernel.spaces.tests.factories import make_coordinator

from ..actions.signing import is_intact
from ..demo import fill
from ..indicators import INDICATORS
from ..models import Contract, Payslip
from .factories import make_services_space

pytestmark = pytest.mark.django_db


def test_a_demonstration_has_a_past_that_holds():
    space = make_services_space()

    fill(space, by=make_coordinator(space))

    assert Payslip.objects.count() >= 6
    assert all(is_intact(contract) for contract in Contract.objects.all())
    found = {one.key: one.value(space, Period()) for one in INDICATORS}
    assert found["services.rendered"] == 6
