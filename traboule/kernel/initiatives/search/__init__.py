"""Finding sheets: every filter is a word in the index, so one query answers any combination.

``index`` keeps the published sheets findable, ``find`` answers a search, ``rebuild`` starts over.
"""

from .finder import Found, find, matching
from .indexing import forget, index, rebuild

__all__ = ["Found", "find", "forget", "index", "matching", "rebuild"]
