from .inbound import Inbound
from .letters import LetterBatch
from .notice import DIGEST, MOVES, RECEIPT, Notice, State
from .purse import Purse
from .sending import Bounce, Delivery, NewsStop, Outcome

__all__ = [
    "DIGEST",
    "MOVES",
    "RECEIPT",
    "Bounce",
    "Delivery",
    "Inbound",
    "LetterBatch",
    "NewsStop",
    "Notice",
    "Outcome",
    "Purse",
    "State",
]
