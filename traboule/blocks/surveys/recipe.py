"""What a recipe may say of surveys: questions ready to ask, with where their choices lead."""

import datetime
from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated, Any, Literal, Self

from django.db import transaction
from django.utils.translation import gettext as _
from pydantic import ConfigDict, Field, model_validator
from pydantic.dataclasses import dataclass

from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space

from . import paths
from .actions import asking
from .asked import Asked
from .models import Question, Survey

_strict = ConfigDict(extra="forbid")
Kind = Question.Kind
Text = Annotated[str, Field(min_length=1, max_length=120)]


@dataclass(frozen=True, kw_only=True, config=_strict)
class Way:
    """Where a choice leads: the number of a later question, or the end."""

    choice: Annotated[int, Field(ge=1, le=asking.MOST_CHOICES)]
    to: Annotated[int, Field(ge=2)] | Literal["end"]


@dataclass(frozen=True, kw_only=True, config=_strict)
class Asking:
    """One question; ``choices`` are for « one » and « several » only."""

    kind: Kind
    text: Annotated[str, Field(min_length=1, max_length=300)]
    help: Annotated[str, Field(max_length=300)] = ""
    required: bool = False
    low: Annotated[str, Field(max_length=40)] = ""
    high: Annotated[str, Field(max_length=40)] = ""
    choices: tuple[Text, ...] = ()
    ways: tuple[Way, ...] = ()

    @model_validator(mode="after")
    def _has_what_its_kind_needs(self) -> Self:
        listed = self.kind in (Kind.ONE, Kind.SEVERAL)
        if listed and not 2 <= len(self.choices) <= asking.MOST_CHOICES:
            raise ValueError(_("Il faut de deux à vingt choix."))
        if self.choices and not listed:
            raise ValueError(_("Cette sorte de question n’a pas de choix à écrire."))
        if self.ways and self.kind not in Question.BRANCHING:
            raise ValueError(_("Seul un choix unique peut mener ailleurs."))
        number = 2 if self.kind == Kind.YES_NO else len(self.choices)
        if any(way.choice > number for way in self.ways):
            raise ValueError(_("Une suite part d’un choix qui n’existe pas."))
        return self

    def step(self, number: int) -> paths.Step:
        """Where its choices lead when it has that number."""
        leads = {way.choice: paths.END if way.to == "end" else way.to for way in self.ways}
        return paths.Step(number, leads)


@dataclass(frozen=True, kw_only=True, config=_strict)
class FirstSurvey:
    """A survey in preparation; nobody is asked before the team opens it."""

    title: Text
    intro: Annotated[str, Field(max_length=2000)] = ""
    thanks: Annotated[str, Field(max_length=500)] = ""
    who: Survey.Who = Survey.Who.ANYONE
    shown: Survey.Shown = Survey.Shown.CLOSED
    one_a_device: bool = True
    questions: Annotated[tuple[Asking, ...], Field(max_length=asking.MOST_QUESTIONS)] = ()

    @model_validator(mode="after")
    def _leads_forward(self) -> Self:
        steps = [one.step(number) for number, one in enumerate(self.questions, 1)]
        if wrong := paths.mistakes(steps):
            raise ValueError(
                _("Le choix %(choice)s de la question %(number)s ne mène pas plus loin.")
                % {"number": wrong[0][0], "choice": wrong[0][1]}
            )
        return self


@dataclass(frozen=True, kw_only=True, config=_strict)
class Seed:
    """The surveys' part of a recipe."""

    surveys: tuple[FirstSurvey, ...] = ()


def read(table: Mapping[str, Any]) -> Seed:
    """The seed that a recipe's table describes. Raises pydantic's ValidationError."""
    return Seed(**table)


@transaction.atomic
def seed(space: Space, data: Seed, *, by: Person) -> None:
    """Prepare the surveys; the team reads them again, then opens them."""
    for first in data.surveys:
        survey = asking.create_survey(
            space=space, by=by, title=first.title, intro=first.intro, thanks=first.thanks,
            who=first.who, shown=first.shown, one_a_device=first.one_a_device,
        )  # fmt: skip
        asked = [
            asking.add_question(
                survey=survey, by=by, choices=one.choices, kind=one.kind, text=one.text,
                help=one.help, required=one.required, low_words=one.low, high_words=one.high,
            )
            for one in first.questions
        ]  # fmt: skip
        for question, one in zip(asked, first.questions, strict=True):
            if one.ways:
                asking.set_ways(question=question, ways=one.step(0).leads, by=by)


def announce(data: Seed, *, start: datetime.date) -> list[str]:
    """What seeding would prepare, in words."""
    return [
        _("Enquête « %(title)s » : %(n)s questions, à relire puis à ouvrir")
        % {"title": first.title, "n": len(first.questions)}
        for first in data.surveys
    ]


def export(space: Space) -> dict[str, Any]:
    """The table that prepares the same questions again; nothing of what was answered."""
    return {"surveys": [_table(survey) for survey in space.surveys.order_by("pk")]}


def _table(survey: Survey) -> dict[str, Any]:
    asked = Asked(survey)
    questions = [_asking(asked, one) for one in asked.questions]
    first = FirstSurvey(
        title=survey.title, intro=survey.intro, thanks=survey.thanks, who=Survey.Who(survey.who),
        shown=Survey.Shown(survey.shown), one_a_device=survey.one_a_device,
    )  # fmt: skip
    return {**_said(first, FirstSurvey(title="-"), {"title"}), "questions": questions}


def _asking(asked: Asked, question: Question) -> dict[str, Any]:
    leads = asked.steps[question.number - 1].leads
    choices = () if question.kind == Kind.YES_NO else asked.choices(question)
    one = Asking(
        kind=Kind(question.kind), text=question.text, help=question.help,
        required=question.required, low=question.low_words, high=question.high_words,
        choices=tuple(choice.text for choice in choices),
        ways=tuple(
            Way(choice=choice, to="end" if target == paths.END else target)
            for choice, target in leads.items()
        ),
    )  # fmt: skip
    return _said(one, Asking(kind=Kind.SHORT, text="-"), {"kind", "text"})


def _said(one: Any, usual: Any, always: set[str]) -> dict[str, Any]:
    """A table without what has its usual value."""
    return {
        key: value
        for key, value in asdict(one).items()
        if key in always or value != getattr(usual, key)
    }
