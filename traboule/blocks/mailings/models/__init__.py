"""The letter of a space, who asked for it, each text that went to many, and whom it reached."""

from .letter import Letter
from .mailing import MOVES, Mailing, Nature, State
from .recipient import Recipient
from .subscription import How, Subscription

__all__ = [
    "MOVES",
    "How",
    "Letter",
    "Mailing",
    "Nature",
    "Recipient",
    "State",
    "Subscription",
]
