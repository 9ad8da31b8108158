import pytest

from traboule.kernel.spaces.tests.factories import (
    make_coordinator,
    make_facilitator,
    make_participant,
    make_space,
)

from .factories import make_charter


@pytest.fixture
def space(db):
    """A space with a charter, whose first article is about respect."""
    made = make_space(sheet={"title": "Le jardin des Minguettes"})
    make_charter(made)
    return made


@pytest.fixture
def karim(space):
    """Who moderates first."""
    return make_facilitator(space, "Karim")


@pytest.fixture
def awa(space):
    """Another who moderates."""
    return make_coordinator(space, "Awa")


@pytest.fixture
def nadia(space):
    """A member whose mobile is known."""
    return make_participant(space, name="Nadia", mobile="+33612345678")


@pytest.fixture
def other_space(db):
    """A space of other people."""
    return make_space(sheet={"title": "La radio"})
