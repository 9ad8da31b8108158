from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.kernel.privacy import PersonalData

from .payslip import Payslip


class Service(models.TextChoices):
    """By which door a declaration goes to Urssaf."""

    FILE = "file", _("recopiée sur le site de l’Urssaf")
    CESU = "cesu", _("tierce déclaration Cesu")
    ADVANCE = "advance", _("avance immédiate (tiers de prestation)")


class DeclarationState(models.TextChoices):
    """Where a declaration is."""

    TO_SEND = "to-send", _("à envoyer")
    SENT = "sent", _("envoyée")
    WAITING = "waiting", _("attend l’accord de l’employeur")
    ACCEPTED = "accepted", _("acceptée")
    DEBITED = "debited", _("prélevée")
    DONE = "done", _("terminée")
    REFUSED = "refused", _("refusée")
    UNPAID = "unpaid", _("prélèvement refusé")
    CANCELLED = "cancelled", _("annulée")


OVER = (DeclarationState.DONE, DeclarationState.REFUSED, DeclarationState.CANCELLED)


class DeclarationQuerySet(models.QuerySet["Declaration"]):
    """Declarations to Urssaf."""

    def live(self) -> Self:
        """Those that stand, or still may."""
        return self.exclude(state__in=["refused", "cancelled"])

    def for_listing(self) -> Self:
        """Everything that one line shows."""
        return self.select_related(
            "payslip__contract__household__person", "payslip__contract__household__commune",
            "payslip__contract__household__space__initiative__commune",
            "payslip__contract__household__space__purse", "payslip__contract__worker__person",
            "payslip__contract__offer__request",
        )  # fmt: skip


class Declaration(models.Model):
    """What is told to Urssaf of a payslip, what it answered, and what is asked next.

    ``sent`` is the body as it left, ``answer`` the last one received; ``next_at`` when the next try
    or look is due.
    """

    MOVES = {
        DeclarationState.TO_SEND: {
            DeclarationState.SENT, DeclarationState.DONE, DeclarationState.REFUSED,
            DeclarationState.CANCELLED,
        },
        DeclarationState.SENT: {
            DeclarationState.WAITING, DeclarationState.ACCEPTED, DeclarationState.DEBITED,
            DeclarationState.DONE, DeclarationState.REFUSED, DeclarationState.UNPAID,
            DeclarationState.CANCELLED,
        },
        DeclarationState.WAITING: {
            DeclarationState.ACCEPTED, DeclarationState.DEBITED, DeclarationState.DONE,
            DeclarationState.REFUSED, DeclarationState.UNPAID, DeclarationState.CANCELLED,
        },
        DeclarationState.ACCEPTED: {
            DeclarationState.DEBITED, DeclarationState.DONE, DeclarationState.UNPAID,
            DeclarationState.CANCELLED,
        },
        DeclarationState.DEBITED: {
            DeclarationState.DONE, DeclarationState.UNPAID, DeclarationState.CANCELLED
        },
        DeclarationState.UNPAID: {DeclarationState.DONE, DeclarationState.CANCELLED},
        DeclarationState.DONE: {DeclarationState.CANCELLED},
        DeclarationState.REFUSED: set(),
        DeclarationState.CANCELLED: set(),
    }  # fmt: skip

    payslip = models.ForeignKey(
        Payslip, models.PROTECT, related_name="declarations", verbose_name=_("bulletin")
    )
    service = models.CharField(_("par où"), max_length=7, choices=Service)
    state = models.CharField(
        _("état"), max_length=9, choices=DeclarationState, default=DeclarationState.TO_SEND
    )
    remote_id = models.CharField(_("numéro chez l’Urssaf"), max_length=80, blank=True)
    remote_state = models.CharField(_("état chez l’Urssaf"), max_length=20, blank=True)
    sent = models.JSONField(_("ce qui est envoyé"), default=dict)
    answer = models.JSONField(_("ce qui est répondu"), default=dict, blank=True)
    problem = models.CharField(_("problème"), max_length=300, blank=True)
    tries = models.PositiveSmallIntegerField(_("essais"), default=0)
    next_at = models.DateTimeField(_("à reprendre le"), default=timezone.now)
    made_at = models.DateTimeField(_("préparée le"), default=timezone.now)
    sent_at = models.DateTimeField(_("envoyée le"), null=True, blank=True)
    done_at = models.DateTimeField(_("terminée le"), null=True, blank=True)

    objects = DeclarationQuerySet.as_manager()
    personal_data = PersonalData(
        fields=("payslip", "sent", "answer"),
        purpose=_("Déclarer les heures à l’Urssaf."),
        lifetime=_("Cinq ans après la déclaration."),
        person="payslip__contract__worker__person payslip__contract__household__person",
        erasure="keep",
        kept_because=_("Une déclaration prouve des droits à la retraite et au chômage."),
    )

    class Meta:
        verbose_name = _("déclaration")
        verbose_name_plural = _("déclarations")
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["payslip", "service"],
                condition=~Q(state__in=["refused", "cancelled"]),
                name="services_declaration_once",
                violation_error_message=_("Ce bulletin est déjà déclaré par là."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=DeclarationState.values) & Q(service__in=Service.values),
                name="services_declaration_state",
                violation_error_message=_("Cet état n’existe pas."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payslip.code} · {self.get_state_display()}"

    def get_absolute_url(self) -> str:
        slug = self.payslip.contract.household.space.slug
        return reverse("services:declaration", args=[slug, self.pk])

    @property
    def journal_label(self) -> str:
        """What stays in the journal for ever."""
        return gettext("déclaration du bulletin %(code)s") % {"code": self.payslip.code}

    def may_become(self, state: Any) -> bool:
        """Whether the table of moves allows it."""
        return state in self.MOVES[DeclarationState(self.state)]
