"""The name an e-mail of ours goes by, so that what comes back says which notice it carried.

It holds a signature: whoever writes to the mailbox of returned mail cannot make up a failure.
"""

import hmac
import re

from django.conf import settings
from django.utils.crypto import salted_hmac

_OURS = re.compile(r"<notice-(\d{1,18})-([0-9a-f]{20})@")


def message_id(pk: int) -> str:
    """The Message-ID of the e-mail that carries a notice, the same at each try."""
    return f"<notice-{pk}-{_signature(pk)}@{settings.ALLOWED_HOSTS[0]}>"


def notice_in(text: str) -> int | None:
    """The key of the first notice of ours that these headers name."""
    for match in _OURS.finditer(text):
        if hmac.compare_digest(match[2], _signature(int(match[1]))):
            return int(match[1])
    return None


def _signature(pk: int) -> str:
    return salted_hmac("traboule.notices.message-id", str(pk), algorithm="sha256").hexdigest()[:20]
