"""Signing in with an account kept elsewhere, by the code flow of OpenID Connect.

FranceConnect and ProConnect are settings of it: whatever they ask beyond the plain flow (PKCE,
a level of assurance, a signed userinfo, closing their session) is in the standard.
"""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlencode

import httpx
from authlib.common.security import generate_token
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from joserfc import jwt
from joserfc.errors import InvalidClaimError, JoseError
from joserfc.jwk import KeySet, KeySetSerialization

from .actions import Refused
from .channels import ChannelKind, normalise
from .kept import Kept

log = logging.getLogger(__name__)

TIMEOUT = httpx.Timeout(8, connect=4)
REMEMBERED = 60 * 60
CLOCKS_DIFFER = 60
ALGORITHMS = ("RS256", "PS256", "ES256")  # Never those whose key is the client's secret.

# What a token that does not hold, or an answer of another shape, raises on its way.
WRONG_ANSWERS = (httpx.HTTPError, httpx.InvalidURL, JoseError, ValueError, LookupError, TypeError)


@dataclass(frozen=True)
class Provider:
    """A house that tells who someone is, as the settings name it."""

    key: str
    name: str
    issuer: str
    client_id: str
    client_secret: str
    scopes: str
    acr_values: str
    logout: bool

    @property
    def return_address(self) -> str:
        """Where it sends people back, as declared to it."""
        return settings.SITE_URL + reverse("people:oidc-return", args=[self.key])


@dataclass
class Errand(Kept):
    """What we must remember of someone while they are at their provider's."""

    provider: str
    next: str
    state: str
    nonce: str
    verifier: str


@dataclass
class Proof(Kept):
    """Whom a provider says has come; ``email`` only when it says that it checked it.

    ``farewell`` is where its own session ends, if it is to end with ours.
    """

    provider: str
    subject: str
    name: str
    email: str
    farewell: str
    next: str

    @property
    def provider_name(self) -> str:
        """The provider, as people call it."""
        return provider_of(self.provider).name


def providers() -> list[Provider]:
    """Those of this installation, in the order of its settings."""
    return [Provider(key=key, **values) for key, values in settings.OIDC_PROVIDERS.items()]


def provider_of(key: str) -> Provider:
    """The provider of that key. Raises Refused when there is none."""
    if key not in settings.OIDC_PROVIDERS:
        raise Refused(_("Cette façon d’entrer n’existe pas ici."))
    return Provider(key=key, **settings.OIDC_PROVIDERS[key])


def leave(provider: Provider, *, next: str) -> tuple[str, Errand]:
    """Where to send someone to say who they are, and what to remember. Raises Refused."""
    errand = Errand(
        provider.key, next, generate_token(43), generate_token(43), verifier=generate_token(64)
    )
    with _in_plain_words(provider):
        address = prepare_grant_uri(
            _metadata(provider)["authorization_endpoint"],
            provider.client_id,
            "code",
            redirect_uri=provider.return_address,
            scope=provider.scopes,
            state=errand.state,
            nonce=errand.nonce,
            code_challenge=create_s256_code_challenge(errand.verifier),
            code_challenge_method="S256",
            acr_values=provider.acr_values or None,
        )
    return address, errand


def come_back(provider: Provider, errand: Errand | None, answer: Mapping[str, str]) -> Proof:
    """Whom the provider names, once everything it said is checked. Raises Refused."""
    errand = _of_this_errand(provider, errand, answer)
    with _in_plain_words(provider):
        tokens = _exchange(provider, errand, answer["code"])
        token = _id_token(provider, errand, tokens)
        claims = _userinfo(provider, tokens["access_token"], token)
        return Proof(
            provider.key,
            token["sub"],
            _name(claims),
            _email(claims),
            _farewell(provider, tokens["id_token"]),
            errand.next,
        )


def _of_this_errand(provider: Provider, errand: Errand | None, answer: Mapping[str, str]) -> Errand:
    """The errand that this answer ends, when it ends well."""
    if errand is None:
        raise Refused(_("Trop de temps a passé, ou cette page s’est ouverte deux fois."))
    ours = constant_time_compare(answer.get("state", ""), errand.state)
    issuer = answer.get("iss", provider.issuer)
    if not ours or errand.provider != provider.key or issuer != provider.issuer:
        raise Refused(_("Cette réponse ne répond pas à votre demande."))
    if answer.get("error") == "access_denied":
        raise Refused(_("Vous n’avez pas donné votre accord : rien ne nous a été transmis."))
    if "code" not in answer:
        log.warning("%s answers %s", provider.key, answer.get("error"))
        raise Refused(_unexpected(provider))
    return errand


def _exchange(provider: Provider, errand: Errand, code: str) -> dict[str, Any]:
    """The tokens that the code stands for."""
    metadata = _metadata(provider)
    body = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": provider.return_address,
        "code_verifier": errand.verifier,
    }
    # The standard's default is the header; FranceConnect takes the form alone.
    if "client_secret_basic" in metadata.get(
        "token_endpoint_auth_methods_supported", ["client_secret_basic"]
    ):
        auth = httpx.BasicAuth(provider.client_id, provider.client_secret)
        return _fetch("POST", metadata["token_endpoint"], data=body, auth=auth).json()
    body |= {"client_id": provider.client_id, "client_secret": provider.client_secret}
    return _fetch("POST", metadata["token_endpoint"], data=body).json()


def _id_token(provider: Provider, errand: Errand, tokens: dict[str, Any]) -> dict[str, Any]:
    """The claims of the ID token, whose signature, parties, dates, nonce and level are right."""
    decoded = _decode(provider, tokens["id_token"])
    asked = provider.acr_values.split()
    claims = CodeIDToken(
        decoded.claims,
        decoded.header,
        options={
            "iss": {"essential": True, "value": provider.issuer},
            "aud": {"essential": True, "value": provider.client_id},
        },
        params={
            "nonce": errand.nonce,
            "client_id": provider.client_id,
            "access_token": tokens["access_token"],
        },
    )
    claims.validate(leeway=CLOCKS_DIFFER)
    if asked and claims.get("acr") not in asked:
        raise InvalidClaimError("acr")
    return claims


def _userinfo(provider: Provider, access_token: str, token: dict[str, Any]) -> dict[str, Any]:
    """What the provider tells of the person, in plain JSON or signed."""
    response = _fetch(
        "GET",
        _metadata(provider)["userinfo_endpoint"],
        headers={"Authorization": f"Bearer {access_token}"},
    )
    if response.headers.get("Content-Type", "").startswith("application/jwt"):
        claims = _decode(provider, response.text.strip()).claims
        jwt.JWTClaimsRegistry(
            leeway=CLOCKS_DIFFER,
            iss={"value": provider.issuer},
            aud={"value": provider.client_id},
        ).validate(claims)
    else:
        claims = response.json()
    if claims["sub"] != token["sub"]:
        raise InvalidClaimError("sub")
    return claims


def _decode(provider: Provider, text: str) -> jwt.Token:
    """A token that one of the provider's keys signed; keys that changed are fetched once more."""
    address = _metadata(provider)["jwks_uri"]
    try:
        return jwt.decode(text, _keys(address), ALGORITHMS)
    except JoseError:
        cache.delete(_cache_key(address))
        return jwt.decode(text, _keys(address), ALGORITHMS)


def _keys(address: str) -> KeySet:
    return KeySet.import_key_set(cast(KeySetSerialization, _document(address)))


def _metadata(provider: Provider) -> dict[str, Any]:
    """The provider's own description (discovery), which must be its own."""
    metadata = _document(provider.issuer.rstrip("/") + "/.well-known/openid-configuration")
    if metadata["issuer"] != provider.issuer:
        raise ValueError(f"the issuer is {metadata['issuer']}")
    return metadata


def _document(address: str) -> dict[str, Any]:
    """A public document of a provider, remembered for an hour."""
    document = cache.get(_cache_key(address))
    if document is None:
        document = _fetch("GET", address).json()
        cache.set(_cache_key(address), document, REMEMBERED)
    return document


def _cache_key(address: str) -> str:
    return f"people.oidc:{address}"


def _fetch(method: str, address: str, **options: Any) -> httpx.Response:
    response = httpx.request(method, address, timeout=TIMEOUT, **options)
    return response.raise_for_status()


def _name(claims: Mapping[str, Any]) -> str:
    """How to call the person: as they use it at work when it differs (ProConnect)."""
    family = claims.get("usual_name") or claims.get("family_name") or ""
    parts = f"{claims.get('given_name') or ''} {family}".split()
    return (" ".join(parts) or str(claims.get("name") or ""))[:120]


def _email(claims: Mapping[str, Any]) -> str:
    """The e-mail address, if the provider says in so many words that it checked it."""
    if claims.get("email_verified") is not True:
        return ""
    try:
        return normalise(ChannelKind.EMAIL, str(claims.get("email", "")))
    except ValidationError:
        return ""


def _farewell(provider: Provider, id_token: str) -> str:
    """Where the provider's session ends (RP-initiated logout); empty when it does not."""
    address = _metadata(provider).get("end_session_endpoint", "")
    if not (address and provider.logout):
        return ""
    query = {
        "id_token_hint": id_token,
        "post_logout_redirect_uri": settings.SITE_URL + reverse("people:sign-out"),
        "state": generate_token(43),
    }
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}"


@contextmanager
def _in_plain_words(provider: Provider) -> Iterator[None]:
    """Turn whatever goes wrong on the way into words for whoever waits, and a line for us."""
    try:
        yield
    except httpx.TransportError as error:
        log.warning("%s cannot be reached: %s", provider.key, error)
        raise Refused(
            _("%(name)s ne répond pas en ce moment.") % {"name": provider.name}
        ) from error
    except WRONG_ANSWERS as error:
        log.warning("%s answers wrongly: %r", provider.key, error)
        raise Refused(_unexpected(provider)) from error


def _unexpected(provider: Provider) -> str:
    return _("%(name)s n’a pas pu nous dire qui vous êtes.") % {"name": provider.name}
