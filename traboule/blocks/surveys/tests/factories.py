"""Small plausible surveys to test with."""

from typing import Any

from traboule.blocks.surveys import paths
from traboule.blocks.surveys.actions import answering, asking, holding
from traboule.blocks.surveys.asked import Asked
from traboule.blocks.surveys.models import Door, Response, Survey
from traboule.blocks.surveys.reading import read
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.tests.factories import make_facilitator, make_space

GARDEN = (
    {"kind": "yes-no", "text": "Venez-vous au jardin ?", "required": True},
    {"kind": "several", "text": "Qu’y faites-vous ?", "choices": ["Jardiner", "Lire", "Jouer"]},
    {"kind": "scale", "text": "Vous y plaisez-vous ?", "low_words": "pas du tout",
     "high_words": "beaucoup"},
    {"kind": "number", "text": "Combien vivez-vous chez vous ?"},
    {"kind": "long", "text": "Que faut-il changer ?"},
)  # fmt: skip
"""Whoever says no to the first goes to the fourth."""


def make_survey(
    space: Space | None = None,
    *,
    questions: Any = GARDEN,
    opened: bool = True,
    by: Person | None = None,
    **fields: Any,
) -> Survey:
    """The garden's survey, open unless said otherwise."""
    space = space or make_space(blocks=("surveys",))
    by = by or make_facilitator(space, name="Karima")
    survey = asking.create_survey(space=space, by=by, **{"title": "Le jardin et vous", **fields})
    for one in questions:
        asking.add_question(survey=survey, by=by, **one)
    if questions is GARDEN:
        first = survey.questions.get(number=1)
        asking.set_ways(question=first, ways={2: 4}, by=by)
    if opened:
        holding.move(survey=survey, to="open", by=by)
        survey.refresh_from_db()
    return survey


def make_ending_survey(**fields: Any) -> Survey:
    """Two questions, whose first may end the survey."""
    survey = make_survey(
        questions=({"kind": "yes-no", "text": "Encore ?"}, {"kind": "short", "text": "Quoi ?"}),
        opened=False,
        **fields,
    )
    assert survey.by
    asking.set_ways(question=survey.questions.get(number=1), ways={2: paths.END}, by=survey.by)
    holding.move(survey=survey, to="open", by=survey.by)
    survey.refresh_from_db()
    return survey


def respond(survey: Survey, *said: str, door: Door = Door.WEB, **how: Any) -> Response:
    """A response sent, with what was written to each question in turn; empty to pass."""
    response, _receipt = answering.begin(survey=survey, door=door, **how)
    asked = Asked(survey)
    for question, text in zip(asked.questions, said, strict=False):
        value = read(question, asked.choices(question), text)
        if value:
            answering.put(response=response, question=question, value=value)
    answering.finish(response=response)
    response.refresh_from_db()
    return response
