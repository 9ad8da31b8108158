"""Who sits, as a page or a sheet of paper shows it: by college, seats first."""

from dataclasses import dataclass, field

from .models import College, Member
from .standing import Proposal, Standing


@dataclass(frozen=True)
class CollegeShown:
    """One college: who holds its seats, who is ready to, what is vacant and who would come."""

    college: College
    titulars: list[Member]
    substitutes: list[Member]
    asked: int
    vacant: int
    proposal: Proposal | None = None


@dataclass(frozen=True)
class Composition:
    """All of it; proposals are for those who compose."""

    colleges: list[CollegeShown]
    bureau: list[Member] = field(default_factory=list)


def composition(standing: Standing, *, with_proposals: bool = False) -> Composition:
    """Who sits today, the bureau in the order of its functions."""
    order = {name: rank for rank, name in enumerate(standing.roster.functions)}
    bureau = [one for one in standing.members if one.function]
    return Composition(
        colleges=[
            CollegeShown(
                college=college,
                titulars=[one for one in standing.titulars if one.college_id == college.pk],
                substitutes=[one for one in standing.substitutes if one.college_id == college.pk],
                asked=sum(one.college_id == college.pk for one in standing.asked),
                vacant=standing.vacant(college),
                proposal=standing.proposal(college) if with_proposals else None,
            )
            for college in standing.colleges
        ],
        bureau=sorted(bureau, key=lambda one: (order.get(one.function, len(order)), one.pk)),
    )
