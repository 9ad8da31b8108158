"""The sheet, the draft that becomes one, the index that finds it, and the work done on it."""

from .confirmation import Confirmation
from .contribution import Draft, Review
from .index import Spelling, Term
from .initiative import Initiative, Lineage, Partnership, Picture, Result
from .job import Job

__all__ = [
    "Confirmation",
    "Draft",
    "Initiative",
    "Job",
    "Lineage",
    "Partnership",
    "Picture",
    "Result",
    "Review",
    "Spelling",
    "Term",
]
