import time
from dataclasses import asdict, dataclass, field
from typing import Self

from django.contrib.sessions.backends.base import SessionBase

from ..channels import ChannelKind, shown

KEPT_FOR = 60 * 60


@dataclass
class Pending:
    """What a browser is in the middle of proving, kept in its session for an hour."""

    kind: str
    value: str
    next: str = ""
    remember: bool = False
    proven: bool = False
    begun: float = field(default_factory=time.time)

    @classmethod
    def of(cls, session: SessionBase, key: str) -> Self | None:
        """What this session is proving, unless it is too old to go on with."""
        kept = session.get(key)
        pending = cls(**kept) if kept else None
        return pending if pending and pending.begun > time.time() - KEPT_FOR else None

    def keep(self, session: SessionBase, key: str) -> None:
        """Write it into the session, in place of what was there."""
        session[key] = asdict(self)

    @property
    def shown(self) -> str:
        """The number or address as people read it."""
        return shown(self.kind, self.value)

    @property
    def by_sms(self) -> bool:
        """Whether the code travels by SMS rather than by e-mail."""
        return self.kind == ChannelKind.MOBILE
