"""What moderation holds: the charter, trust, what is hidden and why, what people flag."""

from .charter import Charter, CharterArticle
from .flag import Flag
from .hiding import MOVES, Hiding
from .trust import Standing

__all__ = ["MOVES", "Charter", "CharterArticle", "Flag", "Hiding", "Standing"]
