"""Problems reported on the spot, where they are, who sees to them and who wants news."""

from .desk import Category, Desk, Zone
from .report import Follow, Photo, Report, State, Via

__all__ = ["Category", "Desk", "Follow", "Photo", "Report", "State", "Via", "Zone"]
