"""A stand-in for Stripe, for demonstrations and tests: no money leaves the machine.

It speaks the part of the API that we use, shows the pages where one pays and opens an account, and
tells what happens by signed events, as Stripe would.
"""

from .books import DECLINES, Books, Refusal
from .server import StandIn, running

__all__ = ["DECLINES", "Books", "Refusal", "StandIn", "running"]
