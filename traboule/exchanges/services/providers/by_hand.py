"""Wages that pass elsewhere: what people, or Urssaf, say of them is all there is to know."""

from ..models import Payment, PaymentState
from .provider import Seen


class ByHand:
    """Cesu+ (Urssaf debits and pays) and money given directly."""

    def ask(self, payment: Payment) -> Seen:
        """Nobody else numbers it: our own key does."""
        return Seen(state=PaymentState.ASKED, remote_id=str(payment.key))

    def look(self, payment: Payment) -> Seen:
        """As we know it."""
        return Seen(state=PaymentState(payment.state), taken=payment.captured_cents)

    def take(self, payment: Payment, *, cents: int) -> Seen:
        """It was received."""
        return Seen(state=PaymentState.PAID, taken=cents)

    def cancel(self, payment: Payment) -> Seen:
        """It was not."""
        return Seen(state=PaymentState.CANCELLED)

    def refund(self, payment: Payment) -> Seen:
        """It was given back, as the team was told."""
        return Seen(state=PaymentState.REFUNDED, taken=payment.captured_cents)
