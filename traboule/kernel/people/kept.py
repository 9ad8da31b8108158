import time
from dataclasses import asdict, dataclass, field
from typing import Self

from django.contrib.sessions.backends.base import SessionBase

KEPT_FOR = 60 * 60


@dataclass
class Kept:
    """What a browser is in the middle of, kept in its session for an hour."""

    begun: float = field(default_factory=time.time, kw_only=True)

    @classmethod
    def of(cls, session: SessionBase, key: str) -> Self | None:
        """What this session is in the middle of, unless it is too old to go on with."""
        values = session.get(key)
        kept = cls(**values) if values else None
        return kept if kept and kept.begun > time.time() - KEPT_FOR else None

    @classmethod
    def take(cls, session: SessionBase, key: str) -> Self | None:
        """The same, for the last time: the session forgets it."""
        kept = cls.of(session, key)
        session.pop(key, None)
        return kept

    def keep(self, session: SessionBase, key: str) -> None:
        """Write it into the session, in place of what was there."""
        session[key] = asdict(self)
