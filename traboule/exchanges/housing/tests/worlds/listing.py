from typing import Any

OWN = (
    "own", "step", "places-clear", "place-remove", "photo-remove", "send", "renew", "pause",
    "resume", "end", "edit", "screens", "screens-clear", "screen-remove",
)  # fmt: skip
"""The addresses of a household's own listing."""


def values(space: Any, participant: Any) -> dict[str, Any]:
    """The participant's own listing, with a place, a photo and a screen."""
    from traboule.exchanges.housing.models import ListingPhoto, Screen
    from traboule.exchanges.housing.tests.factories import (
        make_dwelling,
        make_landlord,
        make_listing,
    )
    from traboule.kernel.files.tests.factories import make_file

    landlord = make_landlord(space)
    listing = make_listing(make_dwelling(landlord), tenant=participant)
    photo = ListingPhoto.objects.create(
        listing=listing, room="living", file=make_file(space, by=participant)
    )
    screen = Screen.objects.create(listing=listing, landlord=landlord)
    return {
        **{f"housing:{name} code": listing.code for name in OWN},
        "housing:register-home pk": landlord.pk,
        "housing:step step": "communes",
        "housing:place-remove pk": listing.wish.places.get().pk,
        "housing:photo-remove pk": photo.pk,
        "housing:photo-pass pk": photo.pk,
        "housing:photo-refuse pk": photo.pk,
        "housing:screen-remove pk": screen.pk,
    }
