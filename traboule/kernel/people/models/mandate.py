import datetime
import secrets
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traboule.kernel.privacy import PersonalData

from .person import Person

LONGEST = datetime.timedelta(days=366)
# Without the letters and digits that are taken for one another on paper.
SIGNS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"


class MandateScope(models.TextChoices):
    """What one person may let another do in their name."""

    ALL = "all", _("Tout ce qui se fait sur ce site")
    SIGN_UP = "sign-up", _("Inscrire à une activité, ou annuler")
    CONSENT = "consent", _("Donner ou refuser un accord (photos, sorties…)")


class MandateQuerySet(models.QuerySet["Mandate"]):
    """Mandates, and which of them hold."""

    def active(self, on: datetime.date | None = None) -> Self:
        """Those that hold on that day: signed, begun, neither past nor ended."""
        day = on or timezone.localdate()
        return self.standing(day).filter(signed_on__isnull=False, begins_on__lte=day)

    def standing(self, on: datetime.date | None = None) -> Self:
        """Those that hold, are about to, or wait for their signatures."""
        there = Q(giver__erased_at__isnull=True, holder__erased_at__isnull=True)
        return self.filter(there, ended_at__isnull=True, ends_on__gte=on or timezone.localdate())

    def for_listing(self) -> Self:
        """With both people, the soonest to end first."""
        return self.select_related("giver", "holder").order_by("ends_on", "pk")


def new_code() -> str:
    """Six signs that one can read aloud and copy from paper."""
    return "".join(secrets.choice(SIGNS) for _sign in range(6))


class Mandate(models.Model):
    """That one person acts for another, within bounds and until a day, signed by both on paper."""

    giver = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="mandates_given", verbose_name=_("mandant")
    )
    holder = models.ForeignKey(
        Person,
        on_delete=models.CASCADE,
        related_name="mandates_held",
        verbose_name=_("mandataire"),
    )
    scopes = models.JSONField(_("permissions"), default=list)
    begins_on = models.DateField(_("à partir du"), default=timezone.localdate)
    ends_on = models.DateField(_("jusqu’au"))
    code = models.CharField(_("code"), max_length=12, unique=True, default=new_code, editable=False)
    signed_on = models.DateField(_("signé le"), null=True, blank=True)
    created_by = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        related_name="mandates_prepared",
        verbose_name=_("préparé par"),
    )
    created_at = models.DateTimeField(_("préparé le"), default=timezone.now, editable=False)
    ended_at = models.DateTimeField(_("terminé le"), null=True, blank=True)
    ended_by = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="mandates_ended",
        verbose_name=_("terminé par"),
    )
    reason = models.CharField(_("raison"), max_length=200, blank=True)

    objects = MandateQuerySet.as_manager()

    personal_data = PersonalData(
        fields=(
            "giver",
            "holder",
            "scopes",
            "begins_on",
            "ends_on",
            "signed_on",
            "ended_at",
            "ended_by",
            "reason",
        ),
        purpose=_("Savoir qui peut agir au nom de qui, pour quoi et jusqu’à quand."),
        lifetime=_("Un an au plus, puis gardé comme preuve de ce qui a été fait."),
        person="giver",
        erasure="scrub",
        scrubbed=("reason",),
    )

    class Meta:
        verbose_name = _("mandat")
        verbose_name_plural = _("mandats")
        ordering = ("-created_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("begins_on")),
                name="people_mandate_ends_after_begin",
                violation_error_message=_("Un mandat finit après avoir commencé."),
            ),
            models.CheckConstraint(
                condition=~Q(giver=F("holder")),
                name="people_mandate_two_people",
                violation_error_message=_("On ne se donne pas de mandat à soi-même."),
            ),
            models.CheckConstraint(
                condition=~Q(scopes=[]),
                name="people_mandate_allows_something",
                violation_error_message=_("Dites au moins une chose que ce mandat permet."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="people_mandate_ended_by_someone",
                violation_error_message=_("Dites qui met fin à ce mandat."),
            ),
        ]

    def __str__(self) -> str:
        return str(_("mandat %(code)s") % {"code": self.code})

    def is_active(self, on: datetime.date | None = None) -> bool:
        """Whether the holder may use it on that day."""
        day = on or timezone.localdate()
        signed = self.signed_on is not None and self.ended_at is None
        return signed and self.begins_on <= day <= self.ends_on

    @property
    def is_past(self) -> bool:
        """Whether it ended, or ran out."""
        return self.ended_at is not None or self.ends_on < timezone.localdate()

    def covers(self, scope: str) -> bool:
        """Whether it allows this kind of act."""
        return MandateScope.ALL in self.scopes or scope in self.scopes

    @property
    def allowed(self) -> list[Any]:
        """What it allows, in words."""
        return [MandateScope(scope).label for scope in self.scopes]
