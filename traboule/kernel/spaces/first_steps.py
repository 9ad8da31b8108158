"""What a facilitator who never saw Traboule does first; apps above add their own steps."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import blocks
from .models import Role, Space


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing to do, where it is done, and whether it is, as the space itself shows.

    ``key`` begins with ``spaces.`` or the key of the block that it needs (``agenda.date``).
    """

    key: str
    label: str | Promise
    url: Callable[[Space], str]
    is_done: Callable[[Space], bool]
    applies: Callable[[Space], bool] = lambda space: True
    """Whether it is anything to that space: some steps wait for a block."""
    order: int = 100


@dataclass(frozen=True)
class StepOfSpace:
    """A step as one space shows it."""

    label: str | Promise
    url: str
    done: bool


_steps: dict[str, Step] = {}


def register(*steps: Step) -> None:
    """Add steps; called from ``apps.ready()``, as ``admin.register`` is."""
    _steps.update((step.key, step) for step in steps)


def of(space: Space) -> list[StepOfSpace]:
    """The steps of a space and of the blocks it uses, in order; none once all are done."""
    away = blocks.known.keys() - {block.key for block in space.open_blocks}
    steps = (step for step in _steps.values() if step.key.partition(".")[0] not in away)
    ordered = sorted((step for step in steps if step.applies(space)), key=lambda step: step.order)
    shown = [StepOfSpace(step.label, step.url(space), step.is_done(space)) for step in ordered]
    return [] if all(step.done for step in shown) else shown


def _people_came(space: Space) -> bool:
    return space.participations.current().exclude(role=Role.COORDINATOR).exists()


OWN = (
    Step(
        key="spaces.people",
        label=_("Ajouter les premières personnes"),
        url=lambda space: reverse("spaces:add-person", args=[space.slug]),
        is_done=_people_came,
        order=30,
    ),
    Step(
        key="spaces.news",
        label=_("Écrire la première nouvelle"),
        url=lambda space: reverse("spaces:write-news", args=[space.slug]),
        is_done=lambda space: space.news.exists(),
        order=40,
    ),
    Step(
        key="spaces.code",
        label=_("Créer le code d’accès et imprimer l’affiche"),
        url=lambda space: reverse("spaces:access", args=[space.slug]),
        is_done=lambda space: bool(space.access_code),
        order=50,
    ),
)
"""The steps that need no block. The agenda's (first date, poster, roll-call) come around them."""
