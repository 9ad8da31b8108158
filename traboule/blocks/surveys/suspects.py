"""Responses that a human should look at: too many at once from one network, or too fast.

Nothing is left out by itself: a class answers together, and some read fast.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from .models import Door, Response, Survey

BURST, WITHIN = 5, datetime.timedelta(minutes=10)
"""So many from one network in so long."""
TOO_FAST = 2.0
"""Seconds a question under which nobody reads it."""

SAME_NETWORK = _("plusieurs réponses du même réseau en quelques minutes")
FAST = _("réponse trop rapide pour avoir lu les questions")
AGAIN = _("appareil qui avait déjà répondu")


def of(survey: Survey) -> list[tuple[Any, list[str]]]:
    """The responses not looked at yet that are odd, each with the reasons."""
    sent = survey.responses.counted().filter(door=Door.WEB, typed_by=None)
    responses = list(sent.annotate(said=Count("answers")).order_by("finished_at", "pk"))
    together = _bursts(responses)
    odd = []
    for one in responses:
        reasons = [SAME_NETWORK] * (one.pk in together) + [FAST] * _is_fast(one)
        reasons += [AGAIN] * (one.is_again and bool(reasons))
        if reasons and one.checked_at is None:
            odd.append((one, [str(reason) for reason in reasons]))
    return odd


def _is_fast(response: Any) -> bool:
    """Whether it was sent faster than its questions are read; one alone may be."""
    spent = (_moment(response) - response.started_at).total_seconds()
    return bool(response.said >= 2 and spent < TOO_FAST * response.said)


def _bursts(responses: Iterable[Response]) -> set[int]:
    """Those sent with many others from one network within minutes."""
    by_network: dict[str, list[Response]] = defaultdict(list)
    for one in responses:
        if one.network:
            by_network[one.network].append(one)
    found: set[int] = set()
    for line in by_network.values():
        for first, last in zip(line, line[BURST - 1 :], strict=False):
            if _moment(last) - _moment(first) <= WITHIN:
                rank = line.index(first)
                found.update(one.pk for one in line[rank : rank + BURST])
    return found


def _moment(response: Response) -> datetime.datetime:
    assert response.finished_at  # noqa: S101 (only those that were sent)
    return response.finished_at
