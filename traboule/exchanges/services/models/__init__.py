"""Who asks and who offers, what is asked, what is answered."""

from .household import Allowance, Household
from .offer import LIVE_OFFERS, Offer, OfferState
from .request import EndReason, Request, Rhythm, State, Via
from .worker import Worker

__all__ = [
    "LIVE_OFFERS",
    "Allowance",
    "EndReason",
    "Household",
    "Offer",
    "OfferState",
    "Request",
    "Rhythm",
    "State",
    "Via",
    "Worker",
]
