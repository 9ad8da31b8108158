"""Who may see, answer and follow up what people are told."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q

from traboule.kernel.people.rules import is_editor

if TYPE_CHECKING:
    from traboule.kernel.people.models import Person

    from .models import Inbound, Notice

Followed = Callable[["Person"], Q]

_followed: dict[str, Followed] = {}


def register_follower(key: str, followed: Followed) -> None:
    """Let more people follow notices up: ``followed(person)`` says which, as a condition.

    A space says ``Q(purse__key__in=…)`` for those who facilitate it.
    """
    _followed[key] = followed


def followed_by(person: "Person") -> Q:
    """The condition that a notice meets when this person may follow it up."""
    if person.is_superuser:
        return Q()
    condition = Q(owner=person)
    for followed in _followed.values():
        condition |= followed(person)
    return condition


def can_follow(person: "Person", notice: "Notice") -> bool:
    """Whether they may see how a notice fares and note what was done for it."""
    return type(notice).objects.filter(followed_by(person), pk=notice.pk).exists()


def can_answer(person: "Person", notice: "Notice") -> bool:
    """Whether the answer is theirs to give: they were told, for themselves or for another."""
    return person.pk == notice.recipient_id


def can_read_unknown(person: "Person") -> bool:
    """Whether they read the SMS that come from numbers nobody knows."""
    return person.is_superuser or is_editor(person)


def can_handle(person: "Person", inbound: "Inbound") -> bool:
    """Whether they may deal with an SMS that no machine understood."""
    if inbound.notice and can_follow(person, inbound.notice):
        return True
    return can_read_unknown(person)


def can_see_mailbox(person: "Person") -> bool:
    """Whether they see every message that left, where messages are for show."""
    return shows_mailbox() and is_editor(person)


def shows_mailbox() -> bool:
    """Whether this installation is a demonstration, or one whose SMS go nowhere."""
    return settings.DEMO or not settings.SMS_BACKEND.endswith(".HttpBackend")


def batches_of(person: "Person") -> Q:
    """The condition that a batch of letters meets when this person may print and post it."""
    return Q() if person.is_superuser else Q(by=person)
