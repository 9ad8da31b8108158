"""Something at every address of the exchange of homes."""

from typing import Any

from .worlds import finding, listing, results, stock, swaps


def values(space: Any, participant: Any) -> dict[str, Any]:
    """What each subject says of its own addresses."""
    subjects = (stock, listing, finding, swaps, results)
    return {
        name: value
        for subject in subjects
        for name, value in subject.values(space, participant).items()
    }
