"""By which ways a wage can go, here and today."""

from django.conf import settings

from .models import PaidBy


def ways() -> list[PaidBy]:
    """Those that this installation offers: cards need a key of Stripe."""
    by_hand = [PaidBy.DIRECT, PaidBy.CESU_PLUS]
    return [*by_hand, PaidBy.STRIPE] if settings.STRIPE_KEY else by_hand
