"""When two written names may be one person's.

>>> are_close("Katrine Moulin", "catherine moulin")
True
>>> are_close("Amina", "Amina Benali")
True
>>> are_close("Amina Benali", "Amina Charef")
False
"""

from traboule.engines.french import fold, variants


def sounds(name: str) -> list[set[str]]:
    """For each word of a name, how it sounds when heard well, or with one letter amiss."""
    return [variants(word) for word in fold(name).replace("-", " ").split()]


def are_close(one: str, other: str) -> bool:
    """Whether one name says no more than the other, a mistake in each word forgiven."""
    first, second = sorted((sounds(one), sounds(other)), key=len)
    return all(any(word & heard for heard in second) for word in first)
