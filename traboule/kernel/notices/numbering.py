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
    """From digit to answer: the digits asked for where free, else the next ones that are."""
    asked, used = list(asked), set(taken)
    digits: dict[str, str] = {}
    for answer in asked:
        digit = answer if answer not in used else _next_free(used | set(asked))
        used.add(digit)
        digits[digit] = answer
    return digits


def choices(notice: Notice) -> list[tuple[str, str]]:
    """The digits to send and what each means, in the order of the answers."""
    labels = {key: str(answer.label) for key, answer in offered(notice)}
    return [(digit, labels[answer]) for digit, answer in notice.digits.items()]


def _next_free(used: set[str]) -> str:
    return next(str(number) for number in count(1) if str(number) not in used)
