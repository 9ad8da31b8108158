"""Printing: from a typst template and its data to the bytes of an accessible PDF.

A template lives beside the code that prints it and begins with
``#import "/ui/printing/theme.typ": *``, which gives it ``data``, the colours and the house style.
"""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import get_language

from . import drawings
from .drawings import qr_code, qr_picture
from .typeset import picture, typeset

__all__ = ["house", "picture", "qr_code", "qr_picture", "shown_address", "typeset"]


def house() -> dict[str, Any]:
    """What every print shares: the house, its drawing, its language and how to reach it."""
    return {
        "language": get_language() or settings.LANGUAGE_CODE,
        "site": "Traboule",
        "territory": settings.TERRITORY,
        "site_address": shown_address(settings.SITE_URL),
        "phone": settings.HELP_PHONE,
        "logo": drawings.logo(),
    }


def shown_address(address: str) -> str:
    """An address as one types it: ``traboule.fr/initiatives/…``."""
    parts = urlsplit(address)
    return f"{parts.netloc}{parts.path}".rstrip("/")
