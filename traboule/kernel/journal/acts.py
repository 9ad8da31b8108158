"""What acts are called on screen, and how those that can be undone are undone.

Each app registers its own from ``apps.ready()``; the journal knows none of them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from .models import Entry


@dataclass(frozen=True, kw_only=True)
class Act:
    """A kind of act: its key in the journal, its words, and its undoing if it has one.

    ``words`` complete « … a fait cela pour vous : » and hold ``%(subject)s``. ``undo`` takes the
    entry and ``by``, the person who undoes; it raises a ValidationError when it is too late.
    """

    key: str
    words: str | Promise
    undo: Callable[[Entry, Any], None] | None = None


_acts: dict[str, Act] = {}


def register(*acts: Act) -> None:
    """Give words to acts; called from ``apps.ready()``."""
    _acts.update((act.key, act) for act in acts)


def act_of(entry: Entry) -> Act:
    """The kind of an entry; one that nobody described speaks by its key."""
    return _acts.get(entry.act) or Act(key=entry.act, words=entry.act)


def words_of(entry: Entry) -> str:
    """What was done, as a person reads it."""
    return str(act_of(entry).words) % {"subject": entry.subject_label}
