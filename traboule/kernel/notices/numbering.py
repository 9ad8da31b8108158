"""Digits to answer with: two questions open at one number never share one."""

from collections.abc import Iterable
from itertools import count

from .answers import offered
from .models import Notice


def give_digits(notice: Notice, *, value: str) -> None:
    """Give each answer its digit, once. The caller holds the lock of the recipient.

    The digit asked for is kept when it is free at that number. A digit stays taken until the
    last day to answer, so that people may change their mind and no late reply goes astray.
    """
    if not notice.is_asking or notice.digits:
        return
    others = Notice.objects.asking().filter(channel_value=value).exclude(pk=notice.pk)
    taken = {digit for digits in others.values_list("digits", flat=True) for digit in digits}
    notice.change(digits=numbered(list(notice.answers), taken=taken), channel_value=value)


def numbered(asked: Iterable[str], *, taken: Iterable[str]) -> dict[str, str]:
    """From digit to answer: those asked for where all are free, else all moved up together.

    Who learnt that 1 is yes and 2 is no finds 3 and 4, and 10 where 0 undid something.
    """
    asked, used = list(asked), set(taken)
    step = 10 if "0" in asked else max(2, len(asked))
    for shift in count(0, step):
        digits = {str(int(digit) + shift): digit for digit in asked}
        if used.isdisjoint(digits):
            return digits
    raise AssertionError("numbers never run out")


def choices(notice: Notice) -> list[tuple[str, str]]:
    """The digits to send and what each means, in the order of the answers."""
    labels = {key: str(answer.label) for key, answer in offered(notice)}
    return [(digit, labels[answer]) for digit, answer in notice.digits.items()]
