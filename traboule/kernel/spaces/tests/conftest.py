import pytest

from traboule.kernel.people.models import Person
from traboule.kernel.spaces import blocks, shelf
from traboule.kernel.spaces.blocks import Block, Indicator
from traboule.kernel.spaces.tests.factories import (
    make_coordinator,
    make_facilitator,
    make_participant,
    make_space,
)
from traboule.kernel.spaces.tests.notebook import NOTEBOOK


def _members(space, period):
    return Person.objects.filter(participations__space=space, participations__left_at=None)


COUNTED = Indicator(
    key="essai.people",
    name="personnes présentes",
    unit=lambda n: "personne" if n == 1 else "personnes",
    counts="Chaque personne compte une fois.",
    value=lambda space, period: _members(space, period).count(),
    people=_members,
)


@pytest.fixture
def trial_block(monkeypatch):
    """A block that counts the people of a space."""
    block = Block(
        key="essai",
        label="Essai",
        summary="Une brique pour essayer.",
        icon="calendar",
        url_name="spaces:people",
        schema=dict,
        seed=lambda space, data, by: None,
        export=lambda space: {},
        indicators=(COUNTED,),
    )
    monkeypatch.setitem(blocks.known, "essai", block)
    return block


@pytest.fixture
def space(db):
    return make_space(sheet={"title": "Le jardin des Minguettes"})


@pytest.fixture
def awa(space):
    """Who coordinates."""
    return make_coordinator(space, "Awa Diallo")


@pytest.fixture
def karim(space):
    """Who facilitates."""
    return make_facilitator(space, "Karim Haddad")


@pytest.fixture
def nadia(space):
    """A member."""
    return make_participant(space, name="Nadia Benali", mobile="+33612345678")


@pytest.fixture
def notebook(monkeypatch):
    """A block that recipes can seed, beside those of the house."""
    monkeypatch.setitem(blocks.known, NOTEBOOK.key, NOTEBOOK)
    return NOTEBOOK


@pytest.fixture
def recipes_folder(tmp_path, settings):
    """A folder of the installation's own recipes, empty yet."""
    folder = tmp_path / "modeles"
    folder.mkdir()
    settings.RECIPES = str(folder)
    shelf.forget()
    yield folder
    shelf.forget()
