"""What is asked of whoever carries a wage, and what it answers."""

import datetime
from dataclasses import dataclass
from typing import Protocol

from ..models import Contested, Payment, PaymentState


@dataclass(frozen=True, kw_only=True)
class Contest:
    """What the bank of the card makes of a payment that its holder disputes.

    ``cents`` are disputed; ``moves`` are those that came to the association, by the number of each
    move: below nothing when the bank took them, above when it gave them back. ``answer_by`` is
    empty once there is nothing more to answer.
    """

    id: str
    state: Contested
    cents: int
    moves: dict[str, int]
    answer_by: datetime.datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What a provider knows of a payment now; ``taken`` in cents."""

    state: PaymentState
    remote_id: str = ""
    page: str = ""
    taken: int = 0
    held_until: datetime.datetime | None = None
    problem: str = ""
    contest: Contest | None = None


class Unreachable(Exception):  # noqa: N818 - it says what happened.
    """The provider did not answer, or not now: the same is asked again later."""


class Impossible(Exception):  # noqa: N818 - it says what happened.
    """The provider refuses, and will again; the words are its own."""


class Provider(Protocol):
    """Carries wages. Each verb is safe to repeat, and answers how the payment stands then.

    Raises Unreachable and Impossible.
    """

    def ask(self, payment: Payment) -> Seen:
        """Begin: give it a number there, and a page where to pay if there is one."""

    def look(self, payment: Payment) -> Seen:
        """How it stands."""

    def take(self, payment: Payment, *, cents: int) -> Seen:
        """Take that much of what is held, or was handed over."""

    def cancel(self, payment: Payment) -> Seen:
        """Take nothing, and let go of what is held."""

    def refund(self, payment: Payment) -> Seen:
        """Give back all that was taken."""
