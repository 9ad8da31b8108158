"""Telling people what became of what they told us, on the channel they gave."""

import logging
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.functional import Promise

from traboule.kernel.people.channels import BY_MACHINE, NotSent, deliver, read_address

logger = logging.getLogger(__name__)


class Reach(NamedTuple):
    """A mobile number or e-mail address, in its exact form."""

    kind: str
    value: str


def reach(contact: str) -> Reach | None:
    """Where a machine can write to, from what someone typed; none for a landline or a letter."""
    try:
        kind, value = read_address(contact)
    except ValidationError:
        return None
    return Reach(kind, value) if kind in BY_MACHINE else None


def tell(contact: str, *, subject: str | Promise, text: str | Promise, **values: str) -> bool:
    """Send a message once the transaction holds; False when no machine reaches this contact.

    The words are formatted with ``values`` in the language of the territory. A message that
    does not leave is logged and stops nothing: what happened has happened.
    """
    to = reach(contact)
    if to is None:
        return False
    with translation.override(settings.LANGUAGE_CODE):
        message = {
            "subject": " ".join((str(subject) % values).splitlines()),  # A header is one line.
            "text": str(text) % values,
        }
    transaction.on_commit(lambda: _send(to, message))
    return True


def _send(to: Reach, message: dict[str, str]) -> None:
    try:
        deliver(to.kind, to.value, **message)
    except NotSent as error:
        logger.warning("a notice did not leave", extra={"kind": to.kind, "reason": str(error)})
