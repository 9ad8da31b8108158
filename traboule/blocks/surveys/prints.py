"""Prints of devices, numbers and networks: they tell same from other, and not who."""

import hashlib
import hmac
import ipaddress
import secrets

from django.utils import timezone
from django.utils.crypto import salted_hmac

from .models import Survey


def of_receipt(code: str) -> str:
    """The print of a receipt code, however it was typed."""
    signs = "".join(sign for sign in code.upper() if sign.isalnum())
    return salted_hmac("surveys.receipt", signs, algorithm="sha256").hexdigest()


def of_source(survey: Survey, source: str) -> str:
    """The print of a device or a number, another in each survey."""
    return salted_hmac(f"surveys.source.{survey.pk}", source, algorithm="sha256").hexdigest()


def of_network(survey: Survey, address: str) -> str:
    """The print of a network, another each day: that day's salt is lost when the next one comes.

    ``survey`` is locked by the caller.
    """
    today = timezone.localdate()
    if survey.salt_on != today:
        survey.salt, survey.salt_on = secrets.token_hex(16), today
        survey.save(update_fields=["salt", "salt_on"])
    network = _network(address).encode()
    return hmac.new(survey.salt.encode(), network, hashlib.sha256).hexdigest()


def _network(address: str) -> str:
    """An address, or for IPv6 the part that a household shares."""
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network(f"{read}/64", strict=False)) if read.version == 6 else address
