"""What a recipe says to outreach, and gets back."""

import pytest
from pydantic import ValidationError

from traboule.blocks.outreach import recipe
from traboule.kernel.spaces.tests.factories import make_facilitator, make_space

TABLE = {
    "stages": ["Idée", "Projet", "Activité"],
    "needs": ["Site internet"],
    "pace": [{"kind": "call", "after_days": 10}, {"kind": "lost-touch", "after_days": 40}],
    "templates": [{"title": "Premier", "subject": "Bonjour {prenom}", "text": "{atelier} ?"}],
    "plans": [{"title": "Après", "steps": [{"label": "Une photo", "after_days": 7}]}],
}


@pytest.mark.django_db
@pytest.mark.parametrize("table", [TABLE, {}, {"pace": []}])
def test_what_is_seeded_is_exported_the_same(table):
    space = make_space(blocks=("outreach",))
    by = make_facilitator(space)

    for _ in range(2):
        recipe.seed(space, recipe.read(table), by=by)

    assert recipe.read(recipe.export(space)) == recipe.read(table)


@pytest.mark.parametrize(
    "wrong",
    [
        {"stage": ["Idée"]},
        {"stages": ["Idée", "Idée"]},
        {"pace": [{"kind": "shout", "after_days": 3}]},
        {"pace": [{"kind": "call", "after_days": 9}, {"kind": "call", "after_days": 3}]},
        {"templates": [{"title": "T", "subject": "S", "text": "Bonjour {prénom}"}]},
        {"plans": [{"title": "P", "steps": []}]},
    ],
)
def test_a_mistake_is_refused(wrong):
    with pytest.raises(ValidationError):
        recipe.read(wrong)
