"""What a recipe may say to outreach: stages, needs, the pace, models of messages and of plans."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, field
from typing import Annotated, Any, Literal, Self

from django.core.exceptions import ValidationError as NotAField
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pydantic import AfterValidator, ConfigDict, Field, model_validator
from pydantic.dataclasses import dataclass

from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space

from .drafting import check_fields
from .models import MessageTemplate, Need, PaceStep, Plan, PlanStep, Stage

_strict = ConfigDict(extra="forbid")
Label = Annotated[str, Field(min_length=1, max_length=60)]


def _once(values: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(values)) != len(values):
        raise ValueError(_("la même valeur y est deux fois"))
    return values


Labels = Annotated[tuple[Label, ...], AfterValidator(_once)]


@dataclass(frozen=True, kw_only=True, config=_strict)
class Pace:
    """What is done so many days after the first try, while nobody has been reached."""

    kind: Literal["call", "visit", "write", "meet", "follow-up", "lost-touch"]
    after_days: Annotated[int, Field(ge=1, le=365)]


@dataclass(frozen=True, kw_only=True, config=_strict)
class Template:
    """A text from which drafts are made; its fields are ``{prenom}``, ``{atelier}``…"""

    title: Annotated[str, Field(min_length=1, max_length=120)]
    subject: Annotated[str, Field(min_length=1, max_length=150)]
    text: Annotated[str, Field(min_length=1, max_length=4000)]

    @model_validator(mode="after")
    def _fields_are_known(self) -> Self:
        try:
            check_fields(self.subject + self.text)
        except NotAField as error:
            raise ValueError(error.messages[0]) from error
        return self


@dataclass(frozen=True, kw_only=True, config=_strict)
class Step:
    """One step of a plan."""

    label: Annotated[str, Field(min_length=1, max_length=160)]
    after_days: Annotated[int, Field(ge=0, le=730)]


@dataclass(frozen=True, kw_only=True, config=_strict)
class FollowUpPlan:
    """What is followed up after a workshop."""

    title: Annotated[str, Field(min_length=1, max_length=120)]
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]


USUAL_PACE = (
    Pace(kind="call", after_days=14),
    Pace(kind="call", after_days=21),
    Pace(kind="lost-touch", after_days=45),
)


@dataclass(frozen=True, kw_only=True, config=_strict)
class Seed:
    """Outreach's part of a recipe."""

    stages: Labels = ()
    needs: Labels = ()
    pace: tuple[Pace, ...] = field(default=USUAL_PACE)
    templates: tuple[Template, ...] = ()
    plans: tuple[FollowUpPlan, ...] = ()

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        for names in (
            [one.title for one in self.templates],
            [one.title for one in self.plans],
            [str(one.after_days) for one in self.pace],
        ):
            _once(tuple(names))
        if list(self.pace) != sorted(self.pace, key=lambda one: one.after_days):
            raise ValueError(_("les jours du rythme se suivent du plus petit au plus grand"))
        return self


def read(table: Mapping[str, Any]) -> Seed:
    """The seed that a recipe's table describes. Raises pydantic's ValidationError."""
    return Seed(**table)


@transaction.atomic
def seed(space: Space, data: Seed, *, by: Person) -> None:
    """Give the space its words, its pace and its models; said twice, nothing is doubled."""
    write_labels(space, Stage, data.stages)
    write_labels(space, Need, data.needs)
    for pace in data.pace:
        PaceStep.objects.get_or_create(
            space=space, after_days=pace.after_days, defaults={"kind": pace.kind}
        )
    for one in data.templates:
        MessageTemplate.objects.get_or_create(
            space=space, title=one.title, defaults={"subject": one.subject, "text": one.text}
        )
    for given in data.plans:
        plan, created = Plan.objects.get_or_create(space=space, title=given.title)
        if created:
            write_steps(plan, [(step.label, step.after_days) for step in given.steps])


def write_labels(space: Space, model: type[Stage] | type[Need], labels: Iterable[str]) -> None:
    """The list of these words in this order; what is used of those taken out is let go."""
    wanted = list(labels)
    model.objects.filter(space=space).exclude(label__in=wanted).delete()
    for position, label in enumerate(wanted):
        model.objects.update_or_create(space=space, label=label, defaults={"position": position})


def write_steps(plan: Plan, steps: Iterable[tuple[str, int]]) -> None:
    """The steps of a plan, in place of those it had."""
    plan.steps.all().delete()
    PlanStep.objects.bulk_create(
        [PlanStep(plan=plan, label=label, after_days=days) for label, days in steps]
    )


def announce(data: Seed, *, start: object) -> list[str]:
    """What seeding would make, in words."""
    templates, plans, stages = len(data.templates), len(data.plans), len(data.stages)
    counted = (
        (templates, ngettext("%d modèle de message", "%d modèles de messages", templates)),
        (plans, ngettext("%d plan de suivi", "%d plans de suivi", plans)),
        (stages, ngettext("%d étape de projet", "%d étapes de projet", stages)),
    )
    return [words % number for number, words in counted if number]


def export(space: Space) -> dict[str, Any]:
    """The table that says the same; nothing of anybody."""
    plans = space.followup_plans.prefetch_related("steps").order_by("pk")
    return {
        "stages": list(space.outreach_stages.values_list("label", flat=True)),
        "needs": list(space.outreach_needs.values_list("label", flat=True)),
        "pace": [
            asdict(Pace(kind=one.kind, after_days=one.after_days))  # type: ignore[arg-type]
            for one in space.outreach_pace.all()
        ],
        "templates": [
            {"title": one.title, "subject": one.subject, "text": one.text}
            for one in space.outreach_templates.order_by("pk")
        ],
        "plans": [
            {
                "title": plan.title,
                "steps": [
                    {"label": step.label, "after_days": step.after_days}
                    for step in plan.steps.all()
                ],
            }
            for plan in plans
            if plan.steps.all()  # Being written: it says nothing yet.
        ],
    }
