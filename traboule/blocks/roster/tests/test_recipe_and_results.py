"""A composition begins from a recipe, becomes one again, and is measured."""

import datetime

import pytest
from django.utils import timezone
from pydantic import ValidationError

from traboule.blocks.roster import recipe
from traboule.blocks.roster.actions import answers, members
from traboule.blocks.roster.indicators import (
    candidates,
    people_drawn,
    people_sitting,
    seats_drawn,
    vacancies,
)
from traboule.blocks.roster.indicators import (
    members as seats_held,
)
from traboule.blocks.roster.models import College, Draw, Rank
from traboule.kernel.spaces import first_steps
from traboule.kernel.spaces.blocks import Period
from traboule.kernel.spaces.tests.factories import make_space

from .factories import coordinator_of, make_council, make_draw, make_member, make_resident

pytestmark = pytest.mark.django_db

COUNCIL = {
    "public": True,
    "parity": "colleges",
    "functions": ["Coprésidence", "Secrétariat"],
    "colleges": [
        {"name": "Habitants", "seats": 11},
        {"name": "Associations et acteurs locaux", "seats": 10},
    ],
    "quotas": [
        {"age": "18", "least": 3},
        {"college": "Habitants", "priority": "yes", "least": 6, "most": 11},
    ],
}


def test_what_a_recipe_says_comes_back_as_it_was():
    space = make_space(blocks=("roster",))

    recipe.seed(space, recipe.read(COUNCIL), by=make_resident("Awa"))

    assert recipe.export(space) == COUNCIL
    assert recipe.read(recipe.export(space)) == recipe.read(COUNCIL)
    assert recipe.announce(recipe.read(COUNCIL), start=timezone.localdate()) == [
        "Collège Habitants : 11 places",
        "Collège Associations et acteurs locaux : 10 places",
    ]


def test_a_recipe_that_says_nothing_makes_nothing():
    space = make_space(blocks=("roster",))

    recipe.seed(space, recipe.read({}), by=make_resident("Awa"))

    assert recipe.export(space) == {}
    assert not College.objects.exists()


def test_who_sits_never_leaves_with_the_recipe():
    council = make_council()
    make_member(council, "Lina Haddad")

    assert "Lina" not in str(recipe.export(council))


@pytest.mark.parametrize(
    "wrong",
    [
        {"college": []},
        {"colleges": [{"name": "Habitants", "seats": 0}]},
        {"colleges": [{"name": "A", "seats": 1}, {"name": "A", "seats": 2}]},
        {"quotas": [{"least": 2}]},
        {"quotas": [{"gender": "woman"}]},
        {"quotas": [{"gender": "woman", "least": 3, "most": 2}]},
        {"quotas": [{"gender": "woman", "least": 3, "college": "Ailleurs"}]},
    ],
)
def test_a_recipe_with_a_mistake_is_refused(wrong):
    with pytest.raises(ValidationError):
        recipe.read(wrong)


def test_members_are_those_who_hold_a_seat_at_the_end_of_the_period():
    council = make_council(seats=4)
    long_ago = datetime.date(2026, 1, 5)
    lina = make_member(council, "Lina", starts_on=long_ago)
    make_member(council, "Rose", starts_on=long_ago, rank=Rank.SUBSTITUTE)
    gone = make_member(council, "Omar", starts_on=long_ago)
    members.end(
        member=gone, because="moved", on=datetime.date(2026, 3, 1), by=coordinator_of(council)
    )

    winter, now = Period(end=datetime.date(2026, 2, 1)), Period()

    assert (seats_held(council, winter), seats_held(council, now)) == (2, 1)
    assert (vacancies(council, winter), vacancies(council, now)) == (2, 3)
    assert list(people_sitting(council, now)) == [lina.person]


def test_those_who_came_by_lot_count_when_they_accept():
    council = make_council(seats=3)
    draw = make_draw(council, state=Draw.State.APPLIED)
    first = draw.candidates.asked().first()
    answers.accept(candidate=first, by=first.person)
    make_member(council, "Rose", designation="elected")
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)

    assert seats_drawn(council, Period()) == 1
    assert seats_drawn(council, Period(start=tomorrow)) == 0
    assert list(people_drawn(council, Period())) == [first.person]


def test_candidates_count_once_their_draw_is_held():
    council = make_council()
    make_draw(council, women=3, men=3, state=Draw.State.DRAWN)
    make_draw(council, women=5, men=5)

    assert candidates(council, Period()) == 6
    assert candidates(council, Period(end=datetime.date(2026, 1, 1))) == 0


def test_composing_is_a_first_step_where_the_block_is_used_only():
    council, other = make_council(), make_space()

    def steps(space):
        return {str(step.label): step.done for step in first_steps.of(space)}

    compose = "Composer le conseil : collèges, règles, premiers membres"
    assert steps(council)[compose] is False
    assert compose not in steps(other)
    make_member(council)
    assert steps(council)[compose] is True
