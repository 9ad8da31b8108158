"""Reading the e-mail that comes back: delivery reports (RFC 3464) and complaints (RFC 5965)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.message import Message
from email.parser import BytesParser
from enum import StrEnum

from .message_ids import notice_in

HEADERS = ("Message-ID", "In-Reply-To", "References", "X-Failed-Message-ID", "Original-Message-ID")
PASSING = re.compile(r"4\.|5\.2\.[23]|5\.3\.|5\.7\.")
"""Statuses (RFC 3463) that say nothing against the address: a full box, a message refused."""


class Nature(StrEnum):
    """What a returned e-mail means."""

    LOST = "lost"
    """The address leads nowhere."""
    DELAYED = "delayed"
    """This message did not arrive; another may."""
    COMPLAINT = "complaint"
    """The person said that it was unwanted mail."""


@dataclass(frozen=True, kw_only=True)
class Returned:
    """What came back: about which notice, what it means, and the words of the other side."""

    notice: int
    nature: Nature
    reason: str


def read(raw: bytes) -> Returned | None:
    """What a returned e-mail says of a notice of ours; nothing for any other mail."""
    message = BytesParser(policy=policy.default).parsebytes(raw)
    if message.get_content_type() != "multipart/report":
        return None
    said = _complaint(message) or _failure(message)
    notice = _notice_of(message)
    if said is None or notice is None:
        return None
    nature, reason = said
    return Returned(notice=notice, nature=nature, reason=" ".join(reason.split())[:300])


def _complaint(message: Message) -> tuple[Nature, str] | None:
    for report in _parts(message, "message/feedback-report"):
        kind = _header(report, "Feedback-Type").lower()
        if kind and kind != "not-spam":
            return Nature.COMPLAINT, kind
    return None


def _failure(message: Message) -> tuple[Nature, str] | None:
    """The first recipient to whom it failed; « delayed » means that they still try."""
    for block in _parts(message, "message/delivery-status"):
        if _header(block, "Action").lower() == "failed":
            status = _header(block, "Status").strip()
            nature = Nature.DELAYED if PASSING.match(status) else Nature.LOST
            return nature, _header(block, "Diagnostic-Code") or status
    return None


def _notice_of(message: Message) -> int | None:
    """The notice named by the mail that is sent back, or by what sends it."""
    originals = [*_parts(message, "message/rfc822"), *_parts(message, "text/rfc822-headers")]
    for one in [*originals, message]:
        named = " ".join(_header(one, name) for name in HEADERS)
        if found := notice_in(named):
            return found
    return None


def _parts(message: Message, kind: str) -> Iterator[Message]:
    """What stands in the parts of that kind, each as headers."""
    for part in message.walk():
        if part.get_content_type() != kind:
            continue
        inside = part.get_payload()
        if isinstance(inside, list):
            yield from (one for one in inside if isinstance(one, Message))
        else:
            raw = part.get_payload(decode=True)
            yield BytesParser(policy=policy.default).parsebytes(
                raw if isinstance(raw, bytes) else b"", headersonly=True
            )


def _header(message: Message, name: str) -> str:
    """A header in words, whatever its form; nothing when it is missing or unreadable."""
    try:
        return str(message.get(name) or "")
    except (ValueError, IndexError, AttributeError):  # The parser trips over some malformed ones.
        return ""
