from dataclasses import dataclass

from ..channels import ChannelKind, shown
from ..kept import Kept


@dataclass
class Pending(Kept):
    """What a browser is in the middle of proving."""

    kind: str
    value: str
    next: str = ""
    remember: bool = False
    proven: bool = False

    @property
    def shown(self) -> str:
        """The number or address as people read it."""
        return shown(self.kind, self.value)

    @property
    def by_sms(self) -> bool:
        """Whether the code travels by SMS rather than by e-mail."""
        return self.kind == ChannelKind.MOBILE
