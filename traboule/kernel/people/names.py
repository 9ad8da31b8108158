"""When two written names may be one person's.

>>> are_close("Katrine Moulin", "catherine moulin")
True
>>> are_close("Amina", "Amina Benali")
True
>>> are_close("Amina Benali", "Amina Charef")
False
"""

from traboule.engines.french import fold, skeleton


def sounds(name: str) -> frozenset[str]:
    """How each word of a name sounds."""
    return frozenset(skeleton(word) for word in fold(name).replace("-", " ").split())


def are_close(one: str, other: str) -> bool:
    """Whether one name says no more than the other, spelling mistakes forgiven."""
    first, second = sounds(one), sounds(other)
    return first <= second or second <= first
