"""What a recipe says to letters, and what letters measure."""

import datetime

import pytest
from django.utils import timezone
from pydantic import ValidationError

from traboule.blocks.mailings import recipe
from traboule.blocks.mailings.actions import subscribing
from traboule.blocks.mailings.indicators import people_reached, subscribers
from traboule.blocks.mailings.indicators import sent as counted
from traboule.kernel.notices.models import Notice
from traboule.kernel.spaces.blocks import Period

from .factories import make_mailing, make_neighbour, make_subscriber, sent

TABLE = {
    "name": "Le Petit Vélo",
    "mailings": [
        {"subject": "Bienvenue", "text": "Voici la première lettre."},
        {"subject": "Convocation", "text": "…", "short_text": "Réunion.", "nature": "statutory"},
    ],
}
ALL = Period()


@pytest.mark.parametrize("table", [TABLE, {}, {"name": "Seule"}], ids=["full", "empty", "name"])
def test_what_a_recipe_says_comes_back(space, karim, table):
    recipe.seed(space, recipe.read(table), by=karim)

    assert recipe.export(space) == table


def test_what_left_and_who_reads_it_is_no_recipe(space, karim):
    make_subscriber(space)
    sent(make_mailing(space, karim), karim)

    assert recipe.export(space) == {}


@pytest.mark.parametrize("table", [{"nom": "x"}, {"mailings": [{"subject": "x"}]}])
def test_a_mistake_is_told(table):
    with pytest.raises(ValidationError):
        recipe.read(table)


def test_only_what_left_counts_as_sent(space, karim):
    make_mailing(space, karim)
    sent(make_mailing(space, karim), karim)

    assert counted(space, ALL) == 1
    assert counted(space, Period(end=datetime.date(2020, 1, 1))) == 0


def test_each_person_reached_counts_once(space, karim):
    ali = make_neighbour(space, "Ali", email="ali@exemple.fr")
    for _time in range(2):
        sent(make_mailing(space, karim), karim)
    Notice.objects.filter(person=ali).update(state="sent")

    assert list(people_reached(space, ALL)) == [ali]


def test_who_stopped_still_counts_for_the_time_before(space):
    nadia, rose = make_subscriber(space, "Nadia"), make_subscriber(space, "Rose")
    week_ago = timezone.now() - datetime.timedelta(days=7)
    space.subscriptions.update(confirmed_at=week_ago)
    subscribing.end(space=space, person=rose, by=rose)

    yesterday = Period(end=timezone.localdate() - datetime.timedelta(days=1))

    assert list(subscribers(space, ALL)) == [nadia]
    assert list(subscribers(space, yesterday)) == [nadia, rose]
