"""The printed card: handing it out, replacing and revoking it, and coming in with it."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traboule.kernel.journal.actions import record
from traboule.kernel.journal.models import Entry
from traboule.ui.printing import house, qr_code, shown_address, typeset

from .actions import Refused
from .models.card import TRIES_A_DAY, Card, NewCard
from .models.person import Person

TITLES = {"m", "mme", "mlle", "mr", "monsieur", "madame"}


@transaction.atomic
def issue(*, person: Person, by: Person) -> NewCard:
    """Make a person's card. Raises Refused when they already have one."""
    try:
        with transaction.atomic():
            new = Card.objects.make(person, by=by)
    except IntegrityError as error:
        raise Refused(_("Cette personne a déjà une carte : remplacez-la.")) from error
    record("issue-card", person, by=by, for_=person)
    return new


@transaction.atomic
def replace(*, person: Person, by: Person) -> NewCard:
    """Revoke the card that a person has, if any, and make another, in one act."""
    # Whoever replaces the card of the same person at the same time waits here.
    Person.objects.select_for_update().get(pk=person.pk)
    for card in person.cards.live():
        card.revoke(by=by)
    new = Card.objects.make(person, by=by)
    record("replace-card", person, by=by, for_=person)
    return new


@transaction.atomic
def revoke(*, card: Card, by: Person) -> None:
    """Make a card useless; one already revoked is no matter."""
    if card.revoke(by=by):
        record("revoke-card", card.person, by=by, for_=card.person)


def undo_making(entry: Entry, by: Person) -> None:
    """Revoke the card that was made in someone's name, unless another took its place since."""
    made = Card.objects.live().filter(person=entry.subject_key, issued_at__lte=entry.at)
    for card in made:
        revoke(card=card, by=by)


def sign_in(*, card: Card, pin: str) -> Person:
    """The person whose card this is, if the six digits are right.

    Raises Refused. Not atomic on purpose: a failed attempt must stay counted.
    """
    if card.try_pin(pin):
        return card.person
    card.refresh_from_db()
    if card.attempts >= TRIES_A_DAY and card.revoke():
        record("revoke-card", card.person, reason="attempts")
        card.refresh_from_db()
    raise Refused(_why_not(card))


def person_of_token(token: str) -> Person | None:
    """Whose card this QR code is; enough for a facilitator who scans it, not for signing in."""
    card = Card.objects.with_token(token)
    return card.person if card and card.is_live and card.person.is_active else None


def person_of(text: str) -> Person | None:
    """Whose card says this: its number as typed, or the address that its QR code holds."""
    if "/" in text:
        return person_of_token(text.rstrip("/").rpartition("/")[2])
    card = Card.objects.with_number("".join(sign for sign in text.upper() if sign.isalnum()))
    return card.person if card and card.is_live and card.person.is_active else None


def pdf(cards: Iterable[NewCard]) -> bytes:
    """New cards on A4, eight a page, each with its code on a strip to tear off."""
    words = {
        "title": _("Cartes à découper"),
        "how": _("Découpez sur les traits. Détachez le code : il se garde à part de la carte."),
    }
    drawn = [_drawn(new) for new in cards]
    return typeset(Path(__file__).parent / "card.typ", house() | {"labels": words, "cards": drawn})


def _why_not(card: Card) -> str:
    """What to tell whoever typed a wrong code."""
    if not card.is_live:
        return _("Trop d’essais : cette carte est arrêtée.")
    if card.is_locked:
        until = time_format(timezone.localtime(card.locked_until))
        return _("Trop d’essais. Attendez jusqu’à %(time)s, puis recommencez.") % {"time": until}
    left = card.tries_left
    return ngettext(
        "Ce n’est pas le bon code. Il vous reste un essai.",
        "Ce n’est pas le bon code. Il vous reste %(left)s essais.",
        left,
    ) % {"left": left}


def _drawn(new: NewCard) -> dict[str, Any]:
    """What is printed of one card, in the language of whoever will hold it."""
    address = reverse("people:card-open", args=[new.token])
    typed = shown_address(f"{settings.SITE_URL}{reverse('people:card-sign-in')}")
    name = _first_name(new.card.person.name)
    with translation.override(new.card.person.language):
        return {
            "name": name,
            "language": new.card.person.language,
            "number": new.card.shown_number,
            "pin": f"{new.pin[:3]}\u00a0{new.pin[3:]}",
            "qr": qr_code(f"{settings.SITE_URL}{address}"),
            "qr_alt": _("QR code de la carte de %(name)s") % {"name": name},
            "scan": _("Scannez-moi"),
            "or_type": _("ou tapez ce numéro sur"),
            "typed": typed,
            "lost": _("Perdue ? Appelez le"),
            "lost_without_phone": _("Perdue ? Dites-le au centre qui vous l’a remise."),
            "pin_of": _("Code secret de %(name)s") % {"name": name},
            "pin_advice": _("À garder à part. Ne le donnez à personne."),
        }


def _first_name(name: str) -> str:
    """The first word of a name; all of it when that word is only a title."""
    first = name.split(maxsplit=1)[0]
    return name if first.rstrip(".").lower() in TITLES else first
