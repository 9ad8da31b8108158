"""What every page may say about the house it stands in."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_bidi


def site(request: HttpRequest) -> dict[str, object]:
    """The site's name, territory, telephone, reading direction, and the reader's wishes.

    Costs no query of its own: the menus ask who is there on every page.
    """
    reader = getattr(request, "user", None)
    return {
        "site_name": "Traboule",
        "territory": settings.TERRITORY,
        "help_phone": settings.HELP_PHONE,
        "language": get_language() or settings.LANGUAGE_CODE,
        "direction": "rtl" if get_language_bidi() else "ltr",
        "languages": settings.LANGUAGES,
        "large_type": getattr(reader, "large_type", False),
        "read_aloud": getattr(reader, "read_aloud", False),
    }
