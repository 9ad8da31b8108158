from decimal import Decimal
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.kernel.privacy import PersonalData

from .contract import Contract

if TYPE_CHECKING:
    from .money import Payment


class PayslipQuerySet(models.QuerySet["Payslip"]):
    """Payslips, as they were made."""

    def for_listing(self) -> Self:
        """Everything that one line shows."""
        return self.select_related(
            "contract__household__person", "contract__household__space__initiative__commune",
            "contract__household__space__purse", "contract__worker__person",
            "contract__offer__request",
        )  # fmt: skip


class Payslip(models.Model):
    """A month of a contract, counted once with the table of that day and never counted again.

    ``case`` and ``slip`` are what ``engines.payroll`` was asked and what it answered for the whole
    month; ``net``, ``due`` and ``cost`` are what this slip adds, in euros: all of it for the first
    of a month (``rank`` 0), the difference for the one that hours entered late bring. A fixed term
    that ends after its hours were paid has one more, without an hour: ``bonus`` is all of it.
    """

    contract = models.ForeignKey(
        Contract, models.PROTECT, related_name="payslips", verbose_name=_("contrat")
    )
    month = models.DateField(_("mois"))
    rank = models.PositiveSmallIntegerField(_("rang dans le mois"), default=0)
    code = models.CharField(_("numéro"), max_length=24, unique=True)
    case = models.JSONField(_("ce qui est compté"))
    slip = models.JSONField(_("ce qui est trouvé"))
    table = models.CharField(_("version des taux"), max_length=20)
    hours = models.DecimalField(_("heures"), max_digits=6, decimal_places=2)
    net = models.DecimalField(_("net à payer"), max_digits=9, decimal_places=2)
    due = models.DecimalField(_("à l’Urssaf"), max_digits=9, decimal_places=2)
    cost = models.DecimalField(_("coût pour l’employeur"), max_digits=9, decimal_places=2)
    bonus = models.DecimalField(
        _("dont indemnité de fin de contrat, net"), max_digits=8, decimal_places=2,
        default=Decimal(0),
    )  # fmt: skip
    costs = models.DecimalField(
        _("frais rendus"), max_digits=7, decimal_places=2, default=Decimal(0)
    )
    made_at = models.DateTimeField(_("fait le"), default=timezone.now)

    objects = PayslipQuerySet.as_manager()
    personal_data = PersonalData(
        fields=("contract", "month", "case", "slip", "net", "due", "cost"),
        purpose=_("Payer et déclarer les heures faites."),
        lifetime=_("Cinq ans pour l’employeur, sans limite pour la personne employée."),
        person="contract__worker__person contract__household__person",
        erasure="keep",
        kept_because=_("Un bulletin prouve des droits à la retraite et au chômage."),
    )

    class Meta:
        verbose_name = _("bulletin de salaire")
        verbose_name_plural = _("bulletins de salaire")
        ordering = ["-month", "-rank", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "month", "rank"], name="services_payslip_once",
                violation_error_message=_("Ce bulletin existe déjà."),
            ),
            models.CheckConstraint(
                condition=Q(net__gt=0, cost__gt=0, hours__gte=0),
                name="services_payslip_positive",
                violation_error_message=_("Un bulletin paie quelque chose."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return date_format(self.month, "F Y")

    def get_absolute_url(self) -> str:
        slug = self.contract.household.space.slug
        return reverse("services:payslip", args=[slug, self.code])

    @property
    def journal_label(self) -> str:
        """What stays in the journal for ever."""
        return gettext("bulletin %(code)s") % {"code": self.code}

    @property
    def to_worker(self) -> Decimal:
        """What the worker receives: the net wage, and costs given back."""
        return self.net + self.costs

    @property
    def cents(self) -> int:
        """The same, in cents."""
        return int(self.to_worker * 100)

    @property
    def payment(self) -> "Payment | None":
        """What pays it, or the last try."""
        return self.payments.order_by("-pk").first()
