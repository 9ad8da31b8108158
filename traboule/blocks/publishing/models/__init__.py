"""What a neighbourhood tells, what it is made of, and how it came to be read."""

from .parts import PICTOGRAMS, Pair, Place, PublicationFile, Step
from .publication import MOVES, Kind, Publication, PublicationQuerySet, State
from .reading import Comment, DayViews
from .review import Outcome, Review

__all__ = [
    "MOVES",
    "PICTOGRAMS",
    "Comment",
    "DayViews",
    "Kind",
    "Outcome",
    "Pair",
    "Place",
    "Publication",
    "PublicationFile",
    "PublicationQuerySet",
    "Review",
    "State",
    "Step",
]
