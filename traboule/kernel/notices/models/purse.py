import datetime
from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traboule.kernel.privacy import PersonalData

ZERO = Decimal(0)


class Purse(models.Model):
    """What a space may spend on SMS in a month; beyond it, people are called or written to."""

    key = models.CharField(_("clé"), max_length=60, unique=True)
    label = models.CharField(_("nom"), max_length=120)
    monthly_cap_cents = models.DecimalField(
        _("plafond du mois, en centimes"),
        max_digits=9,
        decimal_places=2,
        default=Decimal(1000),
        validators=[MinValueValidator(0)],
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="purses",
        verbose_name=_("responsable"),
    )

    personal_data = PersonalData(
        fields=("owner",),
        purpose=_("Savoir qui répond de ce que coûtent les SMS."),
        lifetime=_("Tant que le lieu fonctionne."),
        person="owner",
        erasure="scrub",
        scrubbed=("owner",),
    )

    class Meta:
        verbose_name = _("bourse de SMS")
        verbose_name_plural = _("bourses de SMS")
        ordering = ("label", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(monthly_cap_cents__gte=0),
                name="notices_purse_cap_not_negative",
                violation_error_message=_("Le plafond ne peut pas être négatif."),
            )
        ]

    def __str__(self) -> str:
        return self.label

    def spent(self, *, now: datetime.datetime | None = None) -> Decimal:
        """What SMS of this month cost so far, in cents, those that are leaving included."""
        local = timezone.localtime(now)
        first = local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        months = self.deliveries.filter(at__gte=first)
        return months.aggregate(total=Sum("cost_cents"))["total"] or ZERO

    def left(self, *, now: datetime.datetime | None = None) -> Decimal:
        """What may still be spent this month, in cents; never below nothing."""
        return max(ZERO, self.monthly_cap_cents - self.spent(now=now))
