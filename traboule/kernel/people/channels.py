"""The ways a person can be reached: how they are written, read back and used."""

from smtplib import SMTPException

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.validators import validate_email
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType

from . import sms

# Overseas departments share the French way of dialling but have their own prefixes.
FRENCH_REGIONS = ("FR", "RE", "GP", "MQ", "GF", "YT")
MOBILE_TYPES = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)


class ChannelKind(TextChoices):
    """By what a person can be reached."""

    MOBILE = "mobile", _("Téléphone mobile")
    LANDLINE = "landline", _("Téléphone fixe")
    EMAIL = "email", _("Adresse e-mail")
    POST = "post", _("Adresse postale")
    RELAY = "relay", _("Personne relais")


BY_MACHINE = (ChannelKind.MOBILE, ChannelKind.EMAIL)
"""The kinds on which this software can send a message, hence also a code."""

PHONES = (ChannelKind.MOBILE, ChannelKind.LANDLINE)


class NotSent(Exception):  # noqa: N818 - it says what happened.
    """A message could not be handed over to the e-mail or SMS service."""


def read_address(text: str) -> tuple[ChannelKind, str]:
    """The kind and exact form of a phone number or e-mail address as people write them.

    Raises ValidationError, in words that say what to type instead.
    """
    compact = "".join(text.split()).strip(".,;:<>")
    return _read_email(compact) if "@" in compact else _read_phone(text)


def normalise(kind: str, value: str) -> str:
    """The one form under which ``value`` is kept: E.164, lower case, or tidy lines."""
    if kind == ChannelKind.EMAIL:
        return _read_email("".join(value.split()))[1]
    if kind in PHONES:
        return _read_phone(value)[1]
    return "\n".join(" ".join(line.split()) for line in value.strip().splitlines())


def shown(kind: str, value: str) -> str:
    """``value`` as people read it: a French number by pairs of digits, on one line."""
    if kind not in PHONES:
        return value
    number = phonenumbers.parse(value)
    french = number.country_code == 33
    form = PhoneNumberFormat.NATIONAL if french else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, form).replace(" ", "\u00a0")


def deliver(kind: str, value: str, *, subject: str, text: str) -> bool:
    """Send ``text`` there; False when no machine reaches that kind of channel.

    Raises NotSent when the service that should carry the message refuses it or is down.
    """
    if kind == ChannelKind.MOBILE:
        try:
            sms.send_sms(value, text)
        except sms.SmsNotSent as error:
            raise NotSent(str(error)) from error
        return True
    if kind == ChannelKind.EMAIL:
        try:
            send_mail(subject, text, None, [value])
        except (SMTPException, OSError) as error:
            raise NotSent(str(error)) from error
        return True
    return False


def _read_email(text: str) -> tuple[ChannelKind, str]:
    try:
        validate_email(text)
    except ValidationError as error:
        raise ValidationError(
            _("Cette adresse e-mail semble incomplète. Exemple : marie@exemple.fr"),
            code="invalid",
        ) from error
    return ChannelKind.EMAIL, text.lower()


def _read_phone(text: str) -> tuple[ChannelKind, str]:
    for region in FRENCH_REGIONS:
        try:
            number = phonenumbers.parse(text, region)
        except NumberParseException:
            break
        if phonenumbers.is_valid_number(number):
            mobile = phonenumbers.number_type(number) in MOBILE_TYPES
            kind = ChannelKind.MOBILE if mobile else ChannelKind.LANDLINE
            return kind, phonenumbers.format_number(number, PhoneNumberFormat.E164)
    raise ValidationError(
        _("Ce n’est ni un numéro de téléphone ni une adresse e-mail. Exemple : 06 12 34 56 78"),
        code="invalid",
    )
