"""What moderators, authors and readers do; blocks call ``accepted``, and ask ``rules``."""

from .charters import adopt_proposed, publish_charter
from .flags import flag, set_aside
from .hiding import appeal, decide, expire, hide, restore
from .trust import accepted, hold, set_standing

__all__ = [
    "accepted",
    "adopt_proposed",
    "appeal",
    "decide",
    "expire",
    "flag",
    "hide",
    "hold",
    "publish_charter",
    "restore",
    "set_aside",
    "set_standing",
]
