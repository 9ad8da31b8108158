"""Something at every address of publications."""

from typing import Any

OF_ONE = (
    "accept-comment", "after", "article-pdf", "box", "card", "change", "comment", "count",
    "decide-file",
    "decide-pair", "gestures-pdf", "pack", "page", "pair-new", "pairs-pdf", "pictures", "remove",
    "review", "steps", "submit", "who", "withdraw",
)  # fmt: skip
"""The addresses that speak of one publication."""


def values(space: Any, participant: Any) -> dict[str, Any]:
    """An album online with a photo, a place, and a box."""
    from traboule.blocks.publishing.tests.factories import make_pair, make_published

    album = make_published(space, by=participant, kind="album", pictures=1, is_box=True)
    comment = album.comments.create(person=participant, text="Bravo !")
    piece, pair = album.files.get(), make_pair(album)
    return {
        **{f"publishing:{name} publication": album.slug for name in OF_ONE},
        "publishing:accept-comment pk": comment.pk,
        "publishing:write kind": "news",
        "publishing:who pk": piece.pk,
        "publishing:decide-file pk": piece.pk,
        "publishing:after pk": pair.pk,
        "publishing:decide-pair pk": pair.pk,
    }
