"""Signing in, being reachable, being given charge of the territory."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traboule.kernel.journal.actions import record

from .channels import ChannelKind, NotSent, deliver
from .models import Channel, Editorship, ExternalIdentity, Passkey, Person, SignInCode
from .rules import can_remove_channel, can_remove_key

CODES_AN_HOUR = 5
RESEND_AFTER = datetime.timedelta(minutes=1)


class Refused(ValidationError):  # noqa: N818 - it says what happened.
    """Something people can be told about, in the words it carries."""


def ask_code(*, kind: str, value: str, language: str) -> bool:
    """Send a code there, whoever it belongs to; False when one left less than a minute ago.

    Raises Refused when too many were asked or the message could not leave.
    """
    now = timezone.now()
    SignInCode.objects.outdated().delete()
    sent = SignInCode.objects.sent_to(kind, value)
    if sent.live().since(now - RESEND_AFTER).exists():
        return False
    if sent.since(now - datetime.timedelta(hours=1)).count() >= CODES_AN_HOUR:
        raise Refused(_("Trop de codes demandés en peu de temps. Réessayez dans une heure."))
    known = Person.objects.reached_at(kind, value)
    code, digits = SignInCode.objects.issue(kind, value)
    subject, text = _code_message(digits, language=known.language if known else language)
    try:
        deliver(kind, value, subject=subject, text=text)
    except NotSent as error:
        code.delete()  # It must not count against someone who never got it.
        raise Refused(
            _("Le message n’a pas pu partir. Réessayez dans quelques minutes.")
        ) from error
    return True


def use_code(*, kind: str, value: str, digits: str) -> None:
    """Accept the digits of any code still good for this number or address, once.

    Raises Refused. Not atomic on purpose: a failed attempt must stay counted.
    """
    live = SignInCode.objects.sent_to(kind, value).live()
    if any(code.try_digits(digits) for code in live):
        return
    if live.exists():
        raise Refused(_("Ce n’est pas le bon code. Regardez bien les six chiffres du message."))
    raise Refused(_("Ce code ne sert plus. Demandez-en un autre avec le bouton ci-dessous."))


@transaction.atomic
def join(*, name: str, kind: str, value: str, language: str) -> Person:
    """Make the person whose mobile or e-mail was just proven, or find who already has it."""
    channel = Channel(kind=kind, value=value, verified_at=timezone.now())
    try:
        with transaction.atomic():
            person = Person.objects.create_person(name=name, channels=[channel], language=language)
    except IntegrityError:
        known = Person.objects.reached_at(kind, value)
        if known is None:
            raise
        return known
    record("join", person, by=person, channel=kind)
    return person


def note_sign_in(*, person: Person, kind: str) -> None:
    """Keep in the journal that this person signed in, and by what kind of channel."""
    record("sign-in", person, by=person, channel=kind)


@transaction.atomic
def add_channel(*, person: Person, kind: str, value: str, by: Person) -> Channel:
    """Add a channel that was just proven. Raises Refused when it already serves someone else."""
    try:
        with transaction.atomic():
            channel, created = Channel.objects.get_or_create(
                person=person, kind=kind, value=value, defaults={"verified_at": timezone.now()}
            )
            news = created or not channel.is_verified
            if not channel.is_verified:
                channel.verified_at = timezone.now()
                channel.save(update_fields=["verified_at"])
    except IntegrityError as error:
        raise Refused(
            _("Ce numéro ou cette adresse sert déjà à une autre personne ici.")
        ) from error
    if person.is_guest:
        person.is_guest = False
        person.save(update_fields=["is_guest"])
    if news:
        record("add-channel", person, by=by, channel=kind)
    return channel


@transaction.atomic
def remove_channel(*, channel: Channel, by: Person) -> None:
    """Remove a channel. Raises Refused for the last one by which the person can sign in."""
    # Whoever removes another channel of the same person at the same time waits here.
    person = Person.objects.select_for_update().get(pk=channel.person_id)
    if not can_remove_channel(person, channel):
        raise Refused(_("C’est le dernier moyen de vous connecter : ajoutez-en un autre d’abord."))
    channel.delete()
    record("remove-channel", person, by=by, channel=channel.kind)


@transaction.atomic
def add_passkey(
    *, person: Person, name: str, credential_id: str, public_key: bytes, sign_count: int, by: Person
) -> Passkey:
    """Keep a key that the person's device just made. Raises Refused when it is kept already."""
    try:
        with transaction.atomic():
            passkey = Passkey.objects.create(
                person=person,
                name=name,
                credential_id=credential_id,
                public_key=public_key,
                sign_count=sign_count,
            )
    except IntegrityError as error:
        raise Refused(_("Cette clé est déjà enregistrée.")) from error
    record("add-passkey", person, by=by)
    return passkey


@transaction.atomic
def link_identity(*, person: Person, provider: str, subject: str, by: Person) -> None:
    """Let an account kept elsewhere open this one. Raises Refused when it opens another."""
    identity, created = ExternalIdentity.objects.get_or_create(
        provider=provider, subject=subject, defaults={"person": person}
    )
    if identity.person_id != person.pk:
        raise Refused(_("Ce compte est déjà relié à une autre personne ici."))
    if created:
        record("link-identity", person, by=by, provider=provider)


@transaction.atomic
def join_with_identity(
    *, name: str, provider: str, subject: str, email: str, language: str
) -> Person:
    """Make the person whom a provider vouches for; ``email`` is one that it checked, or empty.

    Raises Refused when they came in another way at the same moment.
    """
    proven = Channel(kind=ChannelKind.EMAIL, value=email, verified_at=timezone.now())
    try:
        with transaction.atomic():
            person = Person.objects.create_person(
                name=name, channels=[proven] if email else [], language=language
            )
    except IntegrityError as error:
        raise Refused(_("Cette adresse e-mail sert déjà ici. Recommencez.")) from error
    record("join", person, by=person, channel="oidc")
    link_identity(person=person, provider=provider, subject=subject, by=person)
    return person


@transaction.atomic
def remove_key(*, key: Passkey | ExternalIdentity, by: Person) -> None:
    """Remove a passkey or a linked account. Raises Refused for the last way in."""
    # Whoever removes another one of the same person at the same time waits here.
    person = Person.objects.select_for_update().get(pk=key.person_id)
    if not can_remove_key(person, key):
        raise Refused(_("C’est le dernier moyen de vous connecter : ajoutez-en un autre d’abord."))
    key.delete()
    record("remove-key", person, by=by, kind=key._meta.model_name)


@transaction.atomic
def name_editor(*, person: Person, department_code: str = "", by: Any = None) -> Editorship:
    """Give someone charge of a department's sheets, or of the whole territory's."""
    editorship, created = Editorship.objects.get_or_create(
        person=person, department_code=department_code
    )
    if created:
        record("name-editor", person, by=by, department=department_code)
    return editorship


_SUBJECT = gettext_lazy("Votre code Traboule : %(digits)s")
_TEXT = gettext_lazy(
    "Votre code Traboule : %(digits)s\nIl sert une fois, pendant 15 minutes. "
    "Ne le donnez à personne."
)


def _code_message(digits: str, *, language: str) -> tuple[str, str]:
    """The subject and text that carry a code, short enough for a single SMS."""
    with translation.override(language):
        return str(_SUBJECT) % {"digits": digits}, str(_TEXT) % {"digits": digits}
