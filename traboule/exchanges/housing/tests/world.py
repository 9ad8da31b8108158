"""Something at every address of the exchange of homes."""

from typing import Any

from .worlds import exchanges, finding, listing, stock


def values(space: Any, participant: Any) -> dict[str, Any]:
    """What each subject says of its own addresses."""
    subjects = (stock, listing, finding, exchanges)
    return {
        name: value
        for subject in subjects
        for name, value in subject.values(space, participant).items()
    }
