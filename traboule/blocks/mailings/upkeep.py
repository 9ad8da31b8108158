"""What letters do by themselves, every quarter of an hour. Safe to repeat."""

from .actions.subscribing import forget_unconfirmed
from .tasks import wake

CHORES = (wake, forget_unconfirmed)
