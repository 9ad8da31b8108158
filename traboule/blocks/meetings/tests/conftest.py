import pytest

from traboule.kernel.people.channels import ChannelKind
from traboule.kernel.people.models import Channel
from traboule.kernel.spaces.tests.factories import make_facilitator, make_participant

from .factories import council


@pytest.fixture
def space(db):
    return council()


@pytest.fixture
def karim(space):
    """Who facilitates."""
    return make_facilitator(space, "Karim Haddad")


@pytest.fixture
def nadia(space):
    """A member, with a mobile."""
    return make_participant(space, name="Nadia Benali", mobile="+33612345601")


@pytest.fixture
def rose(space):
    """She has no telephone and no e-mail: only a letter reaches her."""
    made = make_participant(space, name="Rose Morel")
    address = "3 rue Conchette\n63300 Thiers"
    Channel.objects.create(person=made, kind=ChannelKind.POST, value=address)
    return made
