"""Whoever carries a wage from a household to a worker: Stripe, Urssaf (Cesu+), or their hands."""

from django.conf import settings

from ..models import PaidBy, Payment
from .by_hand import ByHand
from .provider import Contest, Impossible, Provider, Seen, Unreachable
from .stripe import Stripe

__all__ = ["Contest", "Impossible", "Provider", "Seen", "Unreachable", "cards", "provider_of"]


def provider_of(payment: Payment) -> Provider:
    """Who carries it."""
    return cards() if payment.how == PaidBy.STRIPE else ByHand()


def cards() -> Stripe:
    """Stripe, with our key. Raises Unreachable without one."""
    if not settings.STRIPE_KEY:
        raise Unreachable("TRABOULE_STRIPE_KEY")
    return Stripe(key=settings.STRIPE_KEY, url=settings.STRIPE_URL, site=settings.SITE_URL)
