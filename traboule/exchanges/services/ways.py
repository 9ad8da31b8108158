"""By which ways a wage can go, here and today."""

from django.conf import settings

from .models import PaidBy


def ways() -> list[str]:
    """Those that this installation offers: cards need a key of Stripe."""
    cards = [PaidBy.STRIPE] if settings.STRIPE_KEY else []
    return [PaidBy.DIRECT, PaidBy.CESU_PLUS, *cards]
