import pytest
from django.core import mail

from traboule.kernel.people import sms
from traboule.kernel.spaces.tests.factories import make_facilitator, make_space


@pytest.fixture(autouse=True)
def _empty_outbox():
    sms.outbox.clear()
    mail.outbox.clear()


@pytest.fixture
def space(db):
    """A space that writes letters, and says where answers go."""
    return make_space(
        blocks=("mailings",),
        sheet={"contact": {"name": "La Roue", "email": "equipe@exemple.fr"}},
    )


@pytest.fixture
def karim(space):
    """Who facilitates it."""
    return make_facilitator(space)
