"""Drawing lots under quotas, in a way that anyone can redo from a list and a seed.

Each candidate has a number; the order is that of the SHA-256 of ``seed:number``. Going down that
order, each is taken whose taking leaves the seats and the quotas within reach; the others, in the
same order, are the reserve. Nothing else decides: neither how the list was sorted nor who runs it.
"""

from .drawing import Draw, Line, Outcome, Replacement, draw, in_order, replacement
from .published import PROFILE, PublishedList, Unreadable, fingerprint, publish
from .quotas import Candidate, Lack, Quota, Unfeasible, shortfall

__all__ = [
    "PROFILE",
    "Candidate",
    "Draw",
    "Lack",
    "Line",
    "Outcome",
    "PublishedList",
    "Quota",
    "Replacement",
    "Unfeasible",
    "Unreadable",
    "draw",
    "fingerprint",
    "in_order",
    "publish",
    "replacement",
    "shortfall",
]
