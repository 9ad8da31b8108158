"""Something at every address of the documents."""

from typing import Any

PAGES = (
    "document",
    "add-version",
    "change",
    "move",
    "put-away",
    "bring-back",
    "ask-copy",
    "give-up-copy",
    "hand-copies",
)
"""The addresses that speak of one document."""


def values(space: Any, participant: Any) -> dict[str, Any]:
    """A document that everyone reads, and one that is expected."""
    from traboule.blocks.documents.models import Expected, Shelf
    from traboule.blocks.documents.tests.factories import make_document

    document = make_document(space, shelf=Shelf.PUBLIC)
    expected = Expected.objects.create(space=space, title="Règlement intérieur")
    return {
        **{f"documents:{name} number": document.number for name in PAGES},
        "documents:archive shelf": "public",
        "documents:expect-no-more pk": expected.pk,
    }
