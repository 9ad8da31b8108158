"""Two moderators at the same moment, on PostgreSQL, where two writers truly race."""

import pytest
from django.db import connection

from traboule.kernel.moderation import actions
from traboule.kernel.moderation.models import Charter, Hiding, Standing
from traboule.kernel.notices.models import Notice
from traboule.kernel.people.tests.test_races import at_once
from traboule.kernel.spaces.tests.factories import make_facilitator, make_participant, make_space

from .factories import REASON, article_of, make_hiding, make_news

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _needs_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL lets two writers race")


@pytest.fixture
def space():
    return make_space(sheet={"title": "Le jardin"})


@pytest.fixture
def team(space):
    return [make_facilitator(space, f"Luc {rank}") for rank in range(4)]


def test_four_who_hide_the_same_thing_at_once_hide_it_once(space, team):
    news, article = make_news(space), article_of(space)

    answers = at_once(
        4, lambda n: actions.hide(subject=news, article=article, reason=REASON, by=team[n])
    )

    assert answers.count("refused") == 3
    assert Hiding.objects.count() == 1
    assert Notice.objects.filter(kind="moderation.hidden").count() == 1


def test_four_who_answer_the_same_appeal_at_once_give_one_answer(space, team):
    author = make_participant(space, name="Nadia")
    hiding = make_hiding(space, author=author)
    actions.appeal(hiding=hiding, by=author)

    answers = at_once(
        4, lambda n: actions.decide(hiding=hiding, upheld=n % 2 == 0, words="Non.", by=team[n])
    )

    assert answers.count("refused") == 3
    answered = Notice.objects.filter(kind__in=["moderation.upheld", "moderation.shown-again"])
    assert answered.count() == 1


def test_trust_counts_every_contribution_accepted_at_once(space, team):
    author = make_participant(space, name="Nadia")

    at_once(6, lambda n: actions.accepted(person=author, space=space))

    assert Standing.objects.get().accepted_count == 6
    assert Notice.objects.filter(kind="moderation.standing").count() == 1


def test_four_who_adopt_a_charter_at_once_adopt_one(space, team):
    answers = at_once(4, lambda n: actions.adopt_proposed(space=space, by=team[n]))

    assert answers.count("refused") == 3
    assert Charter.objects.count() == 1
