"""Colleges and quotas, who sits in them, and draws by lot."""

from .draw import Draw, DrawCandidate
from .member import Because, Designation, Member, Rank
from .roster import AgeBand, College, Parity, Priority, Quota, Roster

__all__ = [
    "AgeBand",
    "Because",
    "College",
    "Designation",
    "Draw",
    "DrawCandidate",
    "Member",
    "Parity",
    "Priority",
    "Quota",
    "Rank",
    "Roster",
]
