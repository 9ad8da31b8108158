import datetime
import secrets
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from traboule.kernel.privacy import PersonalData

from ..channels import BY_MACHINE, ChannelKind

LIFETIME = datetime.timedelta(minutes=15)
KEPT_FOR = datetime.timedelta(days=1)
MAX_ATTEMPTS = 5


class SignInCodeQuerySet(models.QuerySet["SignInCode"]):
    """Codes sent, which also serve to count how many were asked."""

    def sent_to(self, kind: str, value: str) -> Self:
        """Every code lately sent to this number or address."""
        return self.filter(channel_kind=kind, value=value)

    def since(self, moment: datetime.datetime) -> Self:
        """Codes made after that moment."""
        return self.filter(created_at__gt=moment)

    def live(self) -> Self:
        """Codes that may still be typed."""
        return self.filter(
            used_at__isnull=True, expires_at__gt=timezone.now(), attempts__lt=MAX_ATTEMPTS
        )

    def outdated(self) -> Self:
        """Codes that no longer serve any purpose, not even for counting."""
        return self.filter(created_at__lt=timezone.now() - KEPT_FOR)


class SignInCodeManager(models.Manager.from_queryset(SignInCodeQuerySet)):  # type: ignore[misc]
    """Makes codes; only their hash is kept."""

    def issue(self, kind: str, value: str) -> tuple["SignInCode", str]:
        """A new code for this number or address, and its six digits."""
        digits = f"{secrets.randbelow(1_000_000):06d}"
        now = timezone.now()
        code = self.create(
            channel_kind=kind,
            value=value,
            code_hash=_hash(value, digits),
            created_at=now,
            expires_at=now + LIFETIME,
        )
        return code, digits


class SignInCode(models.Model):
    """Six digits sent to a number or address, good once and for a quarter of an hour."""

    channel_kind = models.CharField(_("moyen"), max_length=10, choices=ChannelKind)
    value = models.CharField(_("numéro ou adresse"), max_length=300)
    code_hash = models.CharField(_("empreinte"), max_length=64)
    created_at = models.DateTimeField(_("envoyé le"))
    expires_at = models.DateTimeField(_("valable jusqu’à"))
    attempts = models.PositiveSmallIntegerField(_("essais"), default=0)
    used_at = models.DateTimeField(_("utilisé le"), null=True, blank=True)

    objects = SignInCodeManager()

    personal_data = PersonalData(
        fields=("value", "created_at", "used_at"),
        purpose=_("Vérifier que le numéro ou l’adresse est bien celui de la personne."),
        lifetime=_("Un jour."),
    )

    class Meta:
        verbose_name = _("code de connexion")
        verbose_name_plural = _("codes de connexion")
        ordering = ("-created_at", "-pk")
        indexes = [
            models.Index(fields=["value", "created_at"], name="people_code_value"),
            models.Index(fields=["created_at"], name="people_code_created"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(attempts__lte=MAX_ATTEMPTS),
                name="people_code_few_attempts",
                violation_error_message=_("Trop d’essais pour ce code."),
            ),
            models.CheckConstraint(
                condition=Q(channel_kind__in=BY_MACHINE),
                name="people_code_by_machine",
                violation_error_message=_("Un code part par SMS ou par e-mail."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_kind_display()} · {self.created_at:%Y-%m-%d %H:%M}"

    def try_digits(self, digits: str) -> bool:
        """Spend one attempt; True for the one caller whose digits are right and come first.

        Both steps are conditional updates, so that however many try at once, the attempts
        are never exceeded and the code never serves twice.
        """
        this = SignInCode.objects.filter(pk=self.pk)
        if not this.live().update(attempts=F("attempts") + 1):
            return False
        if not constant_time_compare(self.code_hash, _hash(self.value, digits)):
            return False
        return bool(this.filter(used_at__isnull=True).update(used_at=timezone.now()))


def _hash(value: str, digits: str) -> str:
    """Keyed with the installation's secret: a million codes are too few for a bare hash."""
    return salted_hmac("people.sign-in", f"{value}:{digits}", algorithm="sha256").hexdigest()
