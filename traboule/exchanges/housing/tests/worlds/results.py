"""An advert that may be printed."""

from typing import Any

from ..factories import make_dwelling, make_landlord, make_listing


def values(space: Any, participant: Any) -> dict[str, Any]:
    """The code of a published listing."""
    listing = make_listing(make_dwelling(make_landlord(space)))
    return {"housing:advert-pdf code": listing.code}
