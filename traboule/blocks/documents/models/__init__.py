"""Documents on two shelves, their versions and words, and the copies wanted on paper."""

from .document import (
    MOST_LINES,
    Document,
    Expected,
    PaperCopy,
    Reading,
    Shelf,
    Version,
    Via,
)

__all__ = [
    "MOST_LINES",
    "Document",
    "Expected",
    "PaperCopy",
    "Reading",
    "Shelf",
    "Version",
    "Via",
]
