"""Who sits today, who was asked, what is vacant, and who would be called."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from traboule.engines.sortition import Candidate, replacement
from traboule.kernel.spaces.models import Space

from .models import College, DrawCandidate, Member, Roster
from .models.draw import DrawCandidateQuerySet
from .quotas import Rule, features_of, rules_of


@dataclass(frozen=True)
class Proposal:
    """Who may take a vacant seat: a substitute, or the next of a draw's reserve.

    Which rule is not kept would say what the person is, so that only whether all are is told.
    """

    college: College
    member: Member | None = None
    candidate: DrawCandidate | None = None
    keeps_rules: bool = True


class Standing:
    """The seats of a space as they stand now, read in a fixed number of queries."""

    def __init__(self, space: Space) -> None:
        self.space = space
        self.roster = Roster.of(space)
        self.colleges = list(space.colleges.all())
        self.members = list(space.members.current().for_listing())
        self.titulars = [one for one in self.members if one.is_titular]
        self.substitutes = [one for one in self.members if not one.is_titular]
        here = {one.person_id for one in self.members}
        asked = self._candidates().asked().order_by("pk")
        self.asked = [one for one in asked if one.person_id not in here]
        self.seated: list[Member | DrawCandidate] = [*self.titulars, *self.asked]
        self._held = Counter(one.college_id for one in self.seated)

    def _candidates(self) -> DrawCandidateQuerySet:
        return DrawCandidate.objects.filter(draw__space=self.space).for_listing()

    @cached_property
    def reserve(self) -> list[DrawCandidate]:
        """Those of past draws who may still be called, in order, and do not sit already."""
        taken = {one.person_id for one in self.members} | {one.person_id for one in self.asked}
        return [one for one in self._candidates().in_line() if one.person_id not in taken]

    @cached_property
    def rules(self) -> list[Rule]:
        """Every rule of the whole."""
        return rules_of(self.roster, self.colleges)

    @cached_property
    def _features(self) -> dict[int, dict[str, str]]:
        return features_of(one.person for one in self.members)

    def features(self, one: Member | DrawCandidate) -> dict[str, str]:
        """What quotas look at in them: of who was drawn, as it was when the list was frozen."""
        own = self._features[one.person_id] if isinstance(one, Member) else one.features
        return {**own, "college": str(one.college_id)}

    def vacant(self, college: College) -> int:
        """Seats that nobody holds, nor is asked to take."""
        return max(0, college.seats - self._held[college.pk])

    def proposal(self, college: College) -> Proposal | None:
        """Who would take a vacant seat there: the first who keeps the quotas, nobody if none is.

        Substitutes come before the reserve of a draw: they have already said yes.
        """
        if not self.vacant(college):
            return None
        ready: Sequence[Member | DrawCandidate] = [
            one for one in self.substitutes if one.college_id == college.pk
        ] or [one for one in self.reserve if one.college_id == college.pk]
        found = replacement(
            members=[self._candidate(0, one) for one in self.seated],
            line=[self._candidate(rank, one) for rank, one in enumerate(ready)],
            seats=self._held.total() + 1,
            quotas=[rule.quota for rule in self.rules if not rule.is_of_seats],
        )
        if found is None:
            return None
        # While other seats are vacant too, what lacks today may come with them.
        alone = sum(map(self.vacant, self.colleges)) == 1
        keeps_rules = not (alone and found.lacks)
        called = ready[found.candidate.number]
        if isinstance(called, Member):
            return Proposal(college, member=called, keeps_rules=keeps_rules)
        return Proposal(college, candidate=called, keeps_rules=keeps_rules)

    def _candidate(self, number: int, one: Member | DrawCandidate) -> Candidate:
        return Candidate(number=number, features=self.features(one))
