"""Passkeys: what the browser is asked, and whether its answer holds (WebAuthn, level 2)."""

import json
import logging
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlsplit

import webauthn
from django.conf import settings
from django.utils.translation import gettext as _
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, generate_challenge
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from . import actions
from .kept import Kept
from .models import Passkey, Person

log = logging.getLogger(__name__)

# What the library raises on an answer that no browser would give.
UNREADABLE = (WebAuthnException, ValueError, KeyError, TypeError)


@dataclass
class Challenge(Kept):
    """A number drawn for one ceremony: an answer to any other is worth nothing."""

    text: str

    @classmethod
    def draw(cls) -> Self:
        """A new one."""
        return cls(bytes_to_base64url(generate_challenge()))

    @property
    def value(self) -> bytes:
        """The number itself."""
        return base64url_to_bytes(self.text)


def options_to_add(person: Person, challenge: Challenge) -> dict[str, Any]:
    """What the browser needs to make a key that its device keeps and finds by itself."""
    options = webauthn.generate_registration_options(
        rp_id=_house(),
        rp_name=f"Traboule {settings.TERRITORY}",
        user_id=person.public_id.bytes,
        user_name=person.name,
        user_display_name=person.name,
        challenge=challenge.value,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[
            PublicKeyCredentialDescriptor(id=base64url_to_bytes(passkey.credential_id))
            for passkey in person.passkeys.all()
        ],
    )
    return json.loads(webauthn.options_to_json(options))


def options_to_enter(challenge: Challenge) -> dict[str, Any]:
    """What the browser needs to offer the keys that its device keeps for this site."""
    options = webauthn.generate_authentication_options(
        rp_id=_house(),
        challenge=challenge.value,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return json.loads(webauthn.options_to_json(options))


def add(*, person: Person, name: str, answer: str, challenge: Challenge | None) -> Passkey:
    """Keep the key that the browser just made. Raises Refused when its answer does not hold."""
    if challenge is None:
        raise actions.Refused(_("Trop de temps a passé. Recommencez."))
    try:
        made = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=challenge.value,
            expected_rp_id=_house(),
            expected_origin=_origin(),
            require_user_verification=True,
        )
    except UNREADABLE as error:
        log.warning("A passkey could not be added: %s", error)
        raise actions.Refused(_("Cette clé n’a pas pu être ajoutée. Recommencez.")) from error
    return actions.add_passkey(
        person=person,
        name=name,
        credential_id=bytes_to_base64url(made.credential_id),
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        by=person,
    )


def holder_of(*, answer: str, challenge: Challenge | None) -> Person:
    """The person whose key signed the challenge. Raises Refused when the answer does not hold."""
    if challenge is None:
        raise actions.Refused(_("Trop de temps a passé. Recommencez."))
    try:
        return _verified(json.loads(answer), challenge)
    except UNREADABLE as error:
        log.warning("A passkey was refused: %s", error)
        raise actions.Refused(
            _("Cette clé n’a pas ouvert. Recommencez, ou entrez avec un code.")
        ) from error


def _verified(answer: dict[str, Any], challenge: Challenge) -> Person:
    """The holder of the key, whose use is counted."""
    passkey = Passkey.objects.select_related("person").filter(credential_id=answer["id"]).first()
    if passkey is None:
        raise actions.Refused(
            _("Cette clé n’est pas connue ici. Entrez avec un code, puis ajoutez-la à votre page.")
        )
    if base64url_to_bytes(answer["response"]["userHandle"]) != passkey.person.public_id.bytes:
        raise ValueError("the key says that it is someone else's")
    use = webauthn.verify_authentication_response(
        credential=answer,
        expected_challenge=challenge.value,
        expected_rp_id=_house(),
        expected_origin=_origin(),
        credential_public_key=bytes(passkey.public_key),
        credential_current_sign_count=passkey.sign_count,
        require_user_verification=True,
    )
    if not passkey.count_use(use.new_sign_count):
        raise ValueError("this use of the key was counted already")
    return passkey.person


def _house() -> str:
    """The name to which browsers tie keys: the host of this installation."""
    return urlsplit(settings.SITE_URL).hostname or ""


def _origin() -> str:
    """The one origin from which an answer is taken."""
    site = urlsplit(settings.SITE_URL)
    return f"{site.scheme}://{site.netloc}"
