import datetime
import secrets
from typing import NamedTuple, Self

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from traboule.kernel.privacy import PersonalData

from .person import Person

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""What a number is written with: no I nor O nor 0 nor 1, which people take for one another."""

NUMBER_LENGTH = 8
TRIES = 5
TRIES_A_DAY = 15
LOCKED_FOR = datetime.timedelta(minutes=15)
COUNTED_OVER = datetime.timedelta(days=1)


class NewCard(NamedTuple):
    """A card just made, and the two secrets that are known at that moment only."""

    card: "Card"
    token: str
    pin: str


class CardQuerySet(models.QuerySet["Card"]):
    """Cards, and which of them open a door."""

    def live(self) -> Self:
        """Those that nobody revoked."""
        return self.filter(revoked_at__isnull=True)

    def answering(self, now: datetime.datetime) -> Self:
        """Those on which a code may be tried at this moment."""
        unlocked = Q(locked_until__isnull=True) | Q(locked_until__lte=now)
        return self.live().filter(unlocked, attempts__lt=TRIES_A_DAY)

    def with_token(self, token: str) -> "Card | None":
        """The card, revoked or not, whose QR code says this."""
        return self.select_related("person").filter(token_hash=_hash("token", token)).first()

    def with_number(self, number: str) -> "Card | None":
        """The card, revoked or not, on which this is written."""
        return self.select_related("person").filter(number=number).first()


class CardManager(models.Manager.from_queryset(CardQuerySet)):  # type: ignore[misc]
    """Makes cards; of their secrets only the hashes are kept."""

    def make(self, person: Person, *, by: Person) -> NewCard:
        """A new card for this person, with its QR token and its six digits."""
        number = "".join(secrets.choice(ALPHABET) for _ in range(NUMBER_LENGTH))
        token, pin = secrets.token_urlsafe(16), f"{secrets.randbelow(1_000_000):06d}"
        card = self.create(
            person=person,
            number=number,
            token_hash=_hash("token", token),
            pin_hash=_hash("pin", f"{number}:{pin}"),
            issued_by=by,
        )
        return NewCard(card, token, pin)


class Card(models.Model):
    """A printed card that opens the door to whoever also knows its six digits."""

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="cards", verbose_name=_("personne")
    )
    number = models.CharField(_("numéro"), max_length=NUMBER_LENGTH, unique=True)
    token_hash = models.CharField(_("empreinte du QR code"), max_length=64, unique=True)
    pin_hash = models.CharField(_("empreinte du code secret"), max_length=64)
    issued_by = models.ForeignKey(
        Person,
        on_delete=models.SET_NULL,
        null=True,
        related_name="cards_issued",
        verbose_name=_("remise par"),
    )
    issued_at = models.DateTimeField(_("remise le"), default=timezone.now)
    revoked_by = models.ForeignKey(
        Person,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="cards_revoked",
        verbose_name=_("arrêtée par"),
    )
    revoked_at = models.DateTimeField(_("arrêtée le"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("essais manqués"), default=0)
    counted_from = models.DateTimeField(_("essais comptés depuis"), default=timezone.now)
    locked_until = models.DateTimeField(_("bloquée jusqu’à"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("dernier usage"), null=True, blank=True)

    objects = CardManager()

    personal_data = PersonalData(
        fields=("number", "issued_at", "issued_by", "revoked_at", "last_used_at"),
        purpose=_("Se connecter sans téléphone ni e-mail, avec une carte et un code secret."),
        lifetime=_("Tant que la personne participe ; une carte arrêtée n’ouvre plus rien."),
        person="person",
    )

    class Meta:
        verbose_name = _("carte")
        verbose_name_plural = _("cartes")
        ordering = ("-issued_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(revoked_at__isnull=True),
                name="people_card_one_live",
                violation_error_message=_("Cette personne a déjà une carte : remplacez-la."),
            ),
            models.CheckConstraint(
                condition=Q(attempts__lte=TRIES_A_DAY),
                name="people_card_few_attempts",
                violation_error_message=_("Trop d’essais pour cette carte."),
            ),
        ]

    def __str__(self) -> str:
        return self.shown_number

    @property
    def shown_number(self) -> str:
        """The number as it is printed: two groups of four."""
        return f"{self.number[:4]}-{self.number[4:]}"

    @property
    def is_live(self) -> bool:
        """Whether it still opens the door."""
        return self.revoked_at is None

    @property
    def is_locked(self) -> bool:
        """Whether it waits, after too many wrong codes."""
        return self.locked_until is not None and self.locked_until > timezone.now()

    @property
    def tries_left(self) -> int:
        """How many wrong codes it takes before it waits."""
        return TRIES - self.attempts % TRIES

    def try_pin(self, pin: str) -> bool:
        """Spend one attempt; True when the six digits are right.

        Each step is one conditional update, so that however many try at once, no more than
        five attempts are spent before the card waits, nor fifteen in a day.
        """
        now = timezone.now()
        this = Card.objects.filter(pk=self.pk)
        this.filter(counted_from__lte=now - COUNTED_OVER).update(attempts=0, counted_from=now)
        # The attempt that fills the measure closes the door behind it; the right code reopens it.
        before_last = range(TRIES - 1, TRIES_A_DAY, TRIES)
        wait = Case(When(attempts__in=before_last, then=Value(now + LOCKED_FOR)), default=None)
        if not this.answering(now).update(attempts=F("attempts") + 1, locked_until=wait):
            return False
        if not constant_time_compare(self.pin_hash, _hash("pin", f"{self.number}:{pin}")):
            return False
        return bool(this.live().update(attempts=0, locked_until=None, last_used_at=now))

    def revoke(self, *, by: Person | None = None) -> bool:
        """Close this door for good; True for the one caller who closed it."""
        this = Card.objects.filter(pk=self.pk).live()
        return bool(this.update(revoked_at=timezone.now(), revoked_by=by))


def _hash(kind: str, secret: str) -> str:
    """Keyed with the installation's secret: a million codes are too few for a bare hash."""
    return salted_hmac(f"people.card.{kind}", secret, algorithm="sha256").hexdigest()
