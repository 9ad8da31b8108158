"""A space, the people in it, the blocks it uses, and the little it holds of its own."""

from .content import ChecklistItem, News, Page
from .participation import Participation, Role
from .referent import Referent
from .space import Joining, Space, SpaceBlock

__all__ = [
    "ChecklistItem",
    "Joining",
    "News",
    "Page",
    "Participation",
    "Referent",
    "Role",
    "Space",
    "SpaceBlock",
]
