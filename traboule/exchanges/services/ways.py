"""By which ways a wage can go, here and today."""

from .models import PaidBy


def ways() -> list[str]:
    """Those that this installation offers."""
    return [PaidBy.DIRECT, PaidBy.CESU_PLUS]
