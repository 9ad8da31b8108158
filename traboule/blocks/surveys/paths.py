"""Which questions come after which: forward only, so that every path ends.

Knows nothing of Django: a survey is told as steps, an answer as the number of the choice taken.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

END = 0
"""Where a choice leads that ends the survey; questions are numbered from 1."""


@dataclass(frozen=True)
class Step:
    """A question by its number, and where its choices lead: choice → number of a question, or END.

    >>> Step(1, {2: 4})
    Step(number=1, leads={2: 4})
    """

    number: int
    leads: Mapping[int, int] = field(default_factory=dict)


def mistakes(steps: Iterable[Step]) -> list[tuple[int, int]]:
    """The (question, choice) that lead backwards, to themselves or to no question."""
    known = list(steps)
    numbers = {step.number for step in known}
    return [
        (step.number, choice)
        for step in known
        for choice, target in step.leads.items()
        if target != END and (target <= step.number or target not in numbers)
    ]


def after(steps: Iterable[Step], number: int, chosen: int | None) -> int:
    """The question after that one, given the choice taken there if any; END when it was the last.

    >>> after([Step(1, {2: 3}), Step(2), Step(3)], 1, 2)
    3
    """
    here = {step.number: step for step in steps}
    if chosen is not None and number in here and chosen in here[number].leads:
        return here[number].leads[chosen]
    return min((later for later in here if later > number), default=END)


def path(steps: Iterable[Step], chosen: Mapping[int, int]) -> list[int]:
    """The questions that somebody meets who takes these choices (question → choice), in order.

    >>> path([Step(1, {2: END}), Step(2)], {1: 2})
    [1]
    """
    known = list(steps)
    number = min((step.number for step in known), default=END)
    met = []
    while number != END:
        met.append(number)
        number = after(known, number, chosen.get(number))
    return met
