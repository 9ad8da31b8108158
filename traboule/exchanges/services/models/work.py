import datetime
from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.kernel.privacy import PersonalData

from .contract import Contract, Side
from .payslip import Payslip


class WorkState(models.TextChoices):
    """Where some hours are."""

    ENTERED = "entered", _("à confirmer")
    CONFIRMED = "confirmed", _("confirmées")
    DISPUTED = "disputed", _("en discussion")
    DROPPED = "dropped", _("retirées")
    PAID = "paid", _("sur un bulletin")


class WorkQuerySet(models.QuerySet["Work"]):
    """Hours worked."""

    def counting(self) -> Self:
        """Those that were not taken back."""
        return self.exclude(state=WorkState.DROPPED)

    def of_month(self, first: datetime.date) -> Self:
        """Those of a month, told by one of its days."""
        return self.filter(begun_at__year=first.year, begun_at__month=first.month)


class Work(models.Model):
    """Some hours done, entered by one of the two and confirmed by the other."""

    MOVES = {
        WorkState.ENTERED: {WorkState.CONFIRMED, WorkState.DISPUTED, WorkState.DROPPED},
        WorkState.DISPUTED: {WorkState.CONFIRMED, WorkState.DROPPED},
        WorkState.CONFIRMED: {WorkState.PAID, WorkState.DISPUTED},
        WorkState.PAID: set(),
        WorkState.DROPPED: set(),
    }

    contract = models.ForeignKey(
        Contract, models.PROTECT, related_name="works", verbose_name=_("contrat")
    )
    payslip = models.ForeignKey(
        Payslip, models.PROTECT, null=True, blank=True, related_name="works",
        verbose_name=_("bulletin"),
    )  # fmt: skip
    state = models.CharField(_("état"), max_length=9, choices=WorkState, default=WorkState.ENTERED)
    begun_at = models.DateTimeField(_("de"))
    ended_at = models.DateTimeField(_("à"))
    pause = models.PositiveSmallIntegerField(_("pause, en minutes"), default=0)
    kilometres = models.PositiveSmallIntegerField(_("kilomètres"), default=0)
    words = models.CharField(_("un mot"), max_length=200, blank=True)
    entered_by = models.CharField(_("écrites par"), max_length=9, choices=Side)
    entered_at = models.DateTimeField(_("écrites le"), default=timezone.now)
    answered_at = models.DateTimeField(_("répondu le"), null=True, blank=True)
    objection = models.CharField(_("pourquoi en discussion"), max_length=300, blank=True)

    objects = WorkQuerySet.as_manager()
    personal_data = PersonalData(
        fields=("contract", "begun_at", "ended_at", "kilometres", "words", "objection"),
        purpose=_("Payer les heures faites, ni plus ni moins."),
        lifetime=_("Cinq ans après la fin du contrat."),
        person="contract__worker__person contract__household__person",
        erasure="keep",
        kept_because=_("Les heures d’un bulletin se gardent cinq ans."),
    )

    class Meta:
        verbose_name = _("heures faites")
        verbose_name_plural = _("heures faites")
        ordering = ["begun_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "begun_at"],
                condition=~Q(state="dropped"),
                name="services_work_once",
                violation_error_message=_("Ces heures sont déjà écrites."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at__gt=F("begun_at")), name="services_work_ends_later",
                violation_error_message=_("La fin vient après le début."),
            ),
            models.CheckConstraint(
                condition=~Q(state="paid") | Q(payslip__isnull=False),
                name="services_work_paid_on_a_slip",
                violation_error_message=_("Des heures payées sont sur un bulletin."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=WorkState.values), name="services_work_state",
                violation_error_message=_("Cet état n’existe pas."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return date_format(timezone.localtime(self.begun_at), "j F Y, H:i")

    @property
    def journal_label(self) -> str:
        """What stays in the journal for ever."""
        return gettext("heures du contrat %(code)s") % {"code": self.contract.code}

    @property
    def hours(self) -> Decimal:
        """Hours to pay, to the hundredth."""
        minutes = int((self.ended_at - self.begun_at).total_seconds() // 60) - self.pause
        return (Decimal(minutes) / 60).quantize(Decimal("0.01"))

    def may_become(self, state: Any) -> bool:
        """Whether the table of moves allows it."""
        return state in self.MOVES[WorkState(self.state)]
