"""The SMS gateway, which hands us what people send and signs it."""

import json
import uuid

from django.conf import settings
from django.test import Client
from django.urls import reverse

from traboule.kernel.notices.signatures import signed_headers
from traboule.kernel.people import sms


def text_us(number: str, words: str) -> list[str]:
    """Send an SMS to us; what we answer to that number."""
    already = len(sms.outbox)
    body = json.dumps({"id": str(uuid.uuid4()), "from": number, "text": words}).encode()
    headers = signed_headers(body, secret=settings.SMS_WEBHOOK_SECRET)
    taken = Client().post(
        reverse("notices:inbound"), body, content_type="application/json", headers=headers
    )
    assert taken.status_code == 202
    return [message["text"] for message in sms.outbox[already:] if message["to"] == number]
