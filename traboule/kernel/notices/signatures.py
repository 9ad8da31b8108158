"""Only our gateway may hand us messages: each is signed with a secret that both hold.

The signature is the HMAC-SHA256, in hexadecimal, of the time (Unix seconds), a full stop and the
raw body. One older than five minutes is refused, so that nobody plays it again later.
"""

import hmac
import time
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest

TIME_HEADER = "X-Traboule-Timestamp"
SIGNATURE_HEADER = "X-Traboule-Signature"
WINDOW = 5 * 60


def signature(body: bytes, *, timestamp: str, secret: str) -> str:
    """What a gateway that holds the secret writes beside a body."""
    return hmac.new(secret.encode(), timestamp.encode() + b"." + body, sha256).hexdigest()


def signed_headers(body: bytes, *, secret: str) -> dict[str, str]:
    """The headers that go with a body sent now."""
    now = str(int(time.time()))
    return {TIME_HEADER: now, SIGNATURE_HEADER: signature(body, timestamp=now, secret=secret)}


def is_signed(request: HttpRequest, *, secret: str | None = None) -> bool:
    """Whether the holder of the secret (our SMS gateway's unless another is given) sent this now.

    Without a secret, nobody did.
    """
    secret = settings.SMS_WEBHOOK_SECRET if secret is None else secret
    timestamp = request.headers.get(TIME_HEADER, "")
    if not (secret and timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 12):
        return False
    expected = signature(request.body, timestamp=timestamp, secret=secret)
    given = request.headers.get(SIGNATURE_HEADER, "")
    fresh = abs(time.time() - int(timestamp)) <= WINDOW
    return hmac.compare_digest(expected.encode(), given.encode()) and fresh
