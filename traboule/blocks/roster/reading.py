"""A draw as people read it: each number, and what became of it."""

from dataclasses import dataclass

from traboule.engines.sortition.drawing import digest
from traboule.kernel.people.models import Person

from .models import Draw, DrawCandidate
from .models.draw import DrawCandidateQuerySet

DIGEST_SHOWN = 12
"""Signs of a digest that one compares by eye."""


@dataclass(frozen=True)
class LineShown:
    """One number of a draw. ``name`` is empty for whoever may not read it."""

    candidate: DrawCandidate
    name: str
    digest: str

    @property
    def is_chosen(self) -> bool:
        """Whether it was drawn."""
        return self.candidate.outcome == DrawCandidate.Outcome.CHOSEN

    @property
    def is_reserve(self) -> bool:
        """Whether it may be called later."""
        return self.candidate.outcome == DrawCandidate.Outcome.RESERVE


def lines_of(draw: Draw, *, reads: bool, composes: bool) -> list[LineShown]:
    """Every number in the order of the draw.

    Those who compose read all names; members, the names of those who said yes; others, numbers.
    """
    if not draw.is_drawn:
        return []
    found = []
    rows: DrawCandidateQuerySet = draw.candidates.for_listing()
    for one in rows.filter(rank__isnull=False).order_by("rank"):
        one.draw = draw
        named = composes or (reads and one.answer == DrawCandidate.Answer.ACCEPTED)
        found.append(
            LineShown(
                candidate=one,
                name=one.person.name if named and one.person else "",
                digest=digest(draw.seed, one.number)[:DIGEST_SHOWN],
            )
        )
    return found


def mine_in(draw: Draw, person: Person | None) -> DrawCandidate | None:
    """The reader's own line, if they are in the list."""
    if person is None:
        return None
    return draw.candidates.for_listing().filter(person=person).first()
