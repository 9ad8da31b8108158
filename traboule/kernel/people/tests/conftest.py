import re

import pytest
from django.core import mail
from django.urls import reverse

from traboule.kernel.people import sms


@pytest.fixture(autouse=True)
def _empty_outbox():
    sms.outbox.clear()


@pytest.fixture
def last_code():
    """Read the six digits of the last message that left, by SMS or by e-mail."""

    def read() -> str:
        text = sms.outbox[-1]["text"] if sms.outbox else mail.outbox[-1].body
        return re.search(r"\b\d{6}\b", text)[0]

    return read


@pytest.fixture
def ask(client):
    """Type a number or address on the sign-in page."""

    def post(address: str, **fields):
        return client.post(reverse("people:sign-in"), {"address": address, **fields})

    return post


@pytest.fixture
def give(client):
    """Type a code on the page that asks for it."""

    def post(digits: str, **fields):
        return client.post(reverse("people:sign-in-code"), {"digits": digits, **fields})

    return post
