"""Figures, recipes, reminders, and the helper for plain words."""

import datetime

import pytest
from django.utils import timezone

from traboule.blocks.meetings import indicators, recipe, upkeep
from traboule.blocks.meetings.actions import writing
from traboule.blocks.meetings.plain import remarks
from traboule.kernel.notices.answering import take_answer
from traboule.kernel.notices.models import Notice
from traboule.kernel.spaces import first_steps
from traboule.kernel.spaces.blocks import Period

from .factories import council, held, make_meeting, only_item, published, to_amend

pytestmark = pytest.mark.django_db
ALWAYS = Period()


def yesterday_and_before():
    return Period(end=timezone.localdate() - datetime.timedelta(days=2))


def test_meetings_held_count_once_noted_as_held(space, karim):
    held(space, by=karim)
    make_meeting(space, by=karim)

    assert indicators.held(space, ALWAYS) == 1
    assert indicators.held(space, yesterday_and_before()) == 0


def test_minutes_count_once_approved(space, karim, nadia):
    to_amend(space, nadia, by=karim)
    published(space, nadia, by=karim)

    assert indicators.approved(space, ALWAYS) == 1


def test_decisions_count_once_their_minutes_are_approved(space, karim, nadia):
    to_amend(space, nadia, by=karim)
    published(space, nadia, by=karim)

    assert indicators.decisions(space, ALWAYS) == 1


def test_what_is_done_counts_the_day_it_is(space, karim):
    item = only_item(held(space, by=karim))
    action = writing.note_action(item=item, text="Écrire", by=karim)
    assert indicators.actions_done(space, ALWAYS) == 0

    writing.finish(action=action, by=karim)

    assert indicators.actions_done(space, ALWAYS) == 1
    assert indicators.actions_done(space, yesterday_and_before()) == 0


def test_whoever_comes_twice_counts_twice(space, karim, nadia):
    held(space, nadia, karim, by=karim)
    held(space, nadia, by=karim)

    assert indicators.attendance(space, ALWAYS) == 3


TABLE = {
    "notice_days": 5,
    "quorum": 7,
    "models": [
        {
            "title": "Réunion du mois",
            "items": [
                {"title": "Accueil", "minutes": 10, "purpose": "inform"},
                {"title": "Tour de table"},
            ],
        }
    ],
}


@pytest.mark.parametrize("table", [{}, TABLE, {"voices_each": 0}], ids=["empty", "full", "none"])
def test_what_a_recipe_says_of_meetings_comes_back(space, karim, table):
    recipe.seed(space, recipe.read(table), by=karim)

    assert recipe.export(space) == table
    assert recipe.read(recipe.export(space)) == recipe.read(table)


def test_a_recipe_that_misspells_is_refused():
    with pytest.raises(ValueError, match="quorom"):
        recipe.read({"quorom": 7})


def test_the_first_step_is_done_once_a_meeting_has_its_agenda(space, karim):
    label = "Préparer la première réunion"
    assert {step.label: step.done for step in first_steps.of(space)}[label] is False

    make_meeting(space, by=karim)

    assert {step.label: step.done for step in first_steps.of(space)}[label] is True


def test_whoever_sees_to_something_is_reminded_once_and_may_say_that_it_is_done(
    space, karim, nadia
):
    item = only_item(to_amend(space, nadia, by=karim))
    soon = timezone.localdate() + datetime.timedelta(days=3)
    late = soon + datetime.timedelta(days=60)
    writing.note_action(item=item, text="Écrire", by=karim, owner=nadia, due_on=soon)
    writing.note_action(item=item, text="Relancer", by=karim, owner=nadia, due_on=late)

    upkeep.remind(timezone.now())
    upkeep.remind(timezone.now())

    notice = Notice.objects.get(kind="meetings.reminder")
    assert notice.text.startswith("Écrire, pour le ")
    take_answer(notice=notice, answer="1", by=nadia, via="sms")
    assert indicators.actions_done(space, ALWAYS) == 1


def test_nobody_is_reminded_of_a_draft_that_they_could_not_read(space, karim, nadia):
    item = only_item(held(space, nadia, by=karim))
    soon = timezone.localdate()
    writing.note_action(item=item, text="Écrire", by=karim, owner=nadia, due_on=soon)

    upkeep.remind(timezone.now())

    assert not Notice.objects.filter(kind="meetings.reminder").exists()


LONG = "Nous avons parlé du banc du square qui est cassé depuis longtemps et que la mairie doit " \
    "réparer avant cet été"  # fmt: skip


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("La salle est ouverte.", []),
        (LONG, ["« Nous avons parlé du banc… »"]),
        ("Le CCAS vient.", ["Que veut dire « CCAS » ?"]),
        ("Le centre communal (CCAS) vient.", []),
        ("Rendez-vous le 12/01.", ["« 12/01 » : écrivez"]),
    ],
)
def test_what_is_hard_to_read_is_said(text, begins):
    found = remarks(text)

    assert len(found) == len(begins)
    assert all(one.startswith(start) for one, start in zip(found, begins, strict=True))


def test_another_space_sees_nothing_of_it(space, karim):
    held(space, by=karim)

    assert indicators.held(council(), ALWAYS) == 0
