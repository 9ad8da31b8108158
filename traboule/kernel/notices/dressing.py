"""How the messages of one kind look by e-mail and by SMS, where plain words are not enough.

An app registers a dresser for its kind from ``apps.ready()``; kinds without one go in plain words.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .models import Notice


@dataclass(frozen=True, kw_only=True)
class Dress:
    """What a message of its kind has of its own; what is empty stays as usual.

    ``sms`` says in a few words what ``text`` says in full; ``html`` is the whole e-mail, beside
    its plain text; ``foot`` ends the plain e-mail; ``reply_to`` takes the answers.
    """

    sms: str = ""
    html: str = ""
    foot: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    reply_to: tuple[str, ...] = ()


Dresser = Callable[["Notice"], Dress]

_dressers: dict[str, Dresser] = {}


def register(kind: str, dresser: Dresser) -> None:
    """Dress all messages of a kind: ``dresser(notice)``, called in the language of the notice."""
    _dressers[kind] = dresser


def dress_of(notice: "Notice") -> Dress:
    """What this message wears."""
    dresser = _dressers.get(notice.kind)
    return dresser(notice) if dresser else Dress()
