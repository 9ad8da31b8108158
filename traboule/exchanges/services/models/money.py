from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.kernel.privacy import PersonalData
from traboule.kernel.spaces.models import Space

from .contract import Contract, PaidBy
from .household import Household
from .payslip import Payslip
from .worker import Worker


class PaymentState(models.TextChoices):
    """Where a payment is."""

    ASKED = "asked", _("demandé")
    HELD = "held", _("réservé sur la carte")
    PAID = "paid", _("payé")
    FAILED = "failed", _("refusé")
    EXPIRED = "expired", _("réservation expirée")
    CANCELLED = "cancelled", _("annulé")
    REFUNDED = "refunded", _("remboursé")


class Contested(models.TextChoices):
    """What a bank makes of a payment that the holder of the card disputes."""

    NONE = "none", _("non contesté")
    OPEN = "open", _("contesté à la banque")
    WON = "won", _("contesté, sans suite")
    LOST = "lost", _("contesté, rendu par la banque")


LIVE_PAYMENTS = (PaymentState.ASKED, PaymentState.HELD, PaymentState.PAID)
NOTHING_TAKEN = (PaymentState.FAILED, PaymentState.EXPIRED, PaymentState.CANCELLED)
OVER_PAYMENTS = (*NOTHING_TAKEN, PaymentState.REFUNDED)


class PaymentQuerySet(models.QuerySet["Payment"]):
    """Payments of wages."""

    def live(self) -> Self:
        """Those that pay, or still may."""
        return self.filter(state__in=LIVE_PAYMENTS)

    def for_listing(self) -> Self:
        """Everything that one line shows, and that those who are told need."""
        return self.select_related(
            "payslip", "contract__household__person", "contract__worker__person",
            "contract__household__space__initiative__commune", "contract__household__space__purse",
        )  # fmt: skip

    def unsettled(self) -> Self:
        """Those of which the provider may know more than we do, or has still to be asked."""
        return self.filter(
            Q(state__in=[PaymentState.ASKED, PaymentState.HELD])
            | Q(state__in=OVER_PAYMENTS, done_at__isnull=True)
            | Q(contested=Contested.OPEN)
            | Q(contested=Contested.WON, contested_cents__gt=0)
        )

    def wanting_help(self) -> Self:
        """Those that someone of the team should look at."""
        return self.filter(~Q(problem="") | Q(state=PaymentState.REFUNDED, done_at__isnull=True))


class Payment(models.Model):
    """What goes from a household to a worker, for a payslip; held on a card before there is one.

    ``cents`` are what was asked, ``captured_cents`` what was taken. ``key`` makes whatever is asked
    of a provider happen once. An end that we decide (cancelled, refunded) is written before the
    provider is asked for it: ``done_at`` is empty until it has answered. Money taken without a
    right to it goes from any state to refunded.

    A payment ``contested`` at the bank stays paid: the wage is the worker's. ``contested_cents``
    are what the bank has of the association because of that; the team answers by ``answer_by``.
    """

    MOVES = {
        PaymentState.ASKED: {
            PaymentState.HELD, PaymentState.PAID, PaymentState.FAILED, PaymentState.EXPIRED,
            PaymentState.CANCELLED, PaymentState.REFUNDED,
        },
        PaymentState.HELD: {
            PaymentState.PAID, PaymentState.EXPIRED, PaymentState.CANCELLED, PaymentState.FAILED,
            PaymentState.REFUNDED,
        },
        PaymentState.PAID: {PaymentState.REFUNDED},
        PaymentState.FAILED: {PaymentState.REFUNDED},
        PaymentState.EXPIRED: {PaymentState.REFUNDED},
        PaymentState.CANCELLED: {PaymentState.REFUNDED},
        PaymentState.REFUNDED: set(),
    }  # fmt: skip

    contract = models.ForeignKey(
        Contract, models.PROTECT, related_name="payments", verbose_name=_("contrat")
    )
    payslip = models.ForeignKey(
        Payslip, models.PROTECT, null=True, blank=True, related_name="payments",
        verbose_name=_("bulletin"),
    )  # fmt: skip
    how = models.CharField(_("comment"), max_length=9, choices=PaidBy)
    state = models.CharField(
        _("état"), max_length=9, choices=PaymentState, default=PaymentState.ASKED
    )
    cents = models.PositiveIntegerField(_("centimes demandés"))
    captured_cents = models.PositiveIntegerField(_("centimes pris"), default=0)
    remote_id = models.CharField(_("numéro chez le prestataire"), max_length=80, blank=True)
    page = models.URLField(_("page où payer"), max_length=600, blank=True)
    key = models.UUIDField(_("clé"), unique=True)
    asked_at = models.DateTimeField(_("demandé le"), default=timezone.now)
    held_until = models.DateTimeField(_("réservé jusqu’au"), null=True, blank=True)
    done_at = models.DateTimeField(_("conclu chez le prestataire le"), null=True, blank=True)
    problem = models.CharField(_("problème"), max_length=200, blank=True)
    contested = models.CharField(
        _("contesté"), max_length=4, choices=Contested, default=Contested.NONE
    )
    contested_cents = models.PositiveIntegerField(_("centimes repris par la banque"), default=0)
    answer_by = models.DateTimeField(_("répondre à la banque avant le"), null=True, blank=True)

    objects = PaymentQuerySet.as_manager()
    personal_data = PersonalData(
        fields=("contract", "payslip", "how", "state", "cents", "remote_id", "contested"),
        purpose=_("Payer la personne employée, une fois et une seule."),
        lifetime=_("Dix ans (Code de commerce L123-22)."),
        person="contract__worker__person contract__household__person",
        erasure="keep",
        kept_because=_("Les paiements d’une association se gardent dix ans."),
    )

    class Meta:
        verbose_name = _("paiement")
        verbose_name_plural = _("paiements")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["payslip"],
                condition=Q(state__in=["asked", "held", "paid"]),
                name="services_payment_once",
                violation_error_message=_("Ce bulletin a déjà son paiement."),
            ),
            models.UniqueConstraint(
                fields=["contract"],
                condition=Q(state__in=["asked", "held"], payslip__isnull=True),
                name="services_hold_once",
                violation_error_message=_("Une somme est déjà réservée."),
            ),
            models.CheckConstraint(
                condition=Q(cents__gt=0) & Q(captured_cents__lte=models.F("cents")),
                name="services_payment_amount",
                violation_error_message=_("On ne prend pas plus que ce qui est demandé."),
            ),
            models.CheckConstraint(
                condition=~Q(state="paid") | Q(payslip__isnull=False),
                name="services_payment_for_a_slip",
                violation_error_message=_("On paie un bulletin."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=PaymentState.values) & Q(how__in=PaidBy.values)
                & Q(contested__in=Contested.values),
                name="services_payment_state",
                violation_error_message=_("Cet état n’existe pas."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.euros} € · {self.get_state_display()}"

    @property
    def euros(self) -> Decimal:
        """What is asked, in euros."""
        return Decimal(self.cents) / 100

    @property
    def euros_taken(self) -> Decimal:
        """What was taken, in euros."""
        return Decimal(self.captured_cents) / 100

    @property
    def euros_contested(self) -> Decimal:
        """What the bank has of the association, in euros."""
        return Decimal(self.contested_cents) / 100

    @property
    def is_with_the_bank(self) -> bool:
        """Whether its bank decides, or has given the money back: we give nothing back then."""
        return self.contested in (Contested.OPEN, Contested.LOST)

    @property
    def is_being_given_back(self) -> bool:
        """Whether it is to be refunded, and the provider has not yet said that it is."""
        return self.state == PaymentState.REFUNDED and self.done_at is None

    @property
    def journal_label(self) -> str:
        """What stays in the journal for ever."""
        return gettext("paiement du contrat %(code)s") % {"code": self.contract.code}

    def may_become(self, state: Any) -> bool:
        """Whether the table of moves allows it."""
        return state in self.MOVES[PaymentState(self.state)]


class Holder(models.TextChoices):
    """Whose account it is."""

    HOUSEHOLD = "household", _("employeur")
    WORKER = "worker", _("personne employée")
    URSSAF = "urssaf", _("Urssaf")
    PROVIDER = "provider", _("prestataire de paiement")
    ASSOCIATION = "association", _("association")


class Account(models.Model):
    """Where money is owed: above nothing, it is owed to its holder; below, by it."""

    space = models.ForeignKey(
        Space, models.PROTECT, related_name="service_accounts", verbose_name=_("espace")
    )
    holder = models.CharField(_("à qui"), max_length=11, choices=Holder)
    household = models.OneToOneField(
        Household, models.PROTECT, null=True, blank=True, related_name="account",
        verbose_name=_("employeur"),
    )  # fmt: skip
    worker = models.OneToOneField(
        Worker, models.PROTECT, null=True, blank=True, related_name="account",
        verbose_name=_("personne employée"),
    )  # fmt: skip

    personal_data = PersonalData(
        fields=("household", "worker"),
        purpose=_("Savoir ce que chacun doit, et a reçu."),
        lifetime=_("Dix ans (Code de commerce L123-22)."),
        person="worker__person household__person",
        erasure="keep",
        kept_because=_("Les comptes d’une association se gardent dix ans."),
    )

    class Meta:
        verbose_name = _("compte")
        verbose_name_plural = _("comptes")
        constraints = [
            models.CheckConstraint(
                condition=Q(holder="household", household__isnull=False, worker__isnull=True)
                | Q(holder="worker", worker__isnull=False, household__isnull=True)
                | Q(
                    holder__in=["urssaf", "provider", "association"],
                    household__isnull=True,
                    worker__isnull=True,
                ),
                name="services_account_holder",
                violation_error_message=_("Un compte est à une seule personne."),
            ),
            models.UniqueConstraint(
                fields=["space", "holder"],
                condition=Q(household__isnull=True, worker__isnull=True),
                name="services_account_of_all_once",
                violation_error_message=_("Ce compte existe déjà."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.household or self.worker or self.get_holder_display())

    @property
    def balance(self) -> int:
        """Cents owed to its holder."""
        return self.postings.aggregate(all=Sum("cents"))["all"] or 0


class Entry(models.Model):
    """One thing that happened to money; its postings sum to nothing. Written once."""

    space = models.ForeignKey(
        Space, models.PROTECT, related_name="service_entries", verbose_name=_("espace")
    )
    key = models.CharField(_("clé"), max_length=80, unique=True)
    what = models.CharField(_("quoi"), max_length=20)
    payslip = models.ForeignKey(
        Payslip, models.PROTECT, null=True, blank=True, related_name="entries",
        verbose_name=_("bulletin"),
    )  # fmt: skip
    payment = models.ForeignKey(
        Payment, models.PROTECT, null=True, blank=True, related_name="entries",
        verbose_name=_("paiement"),
    )  # fmt: skip
    at = models.DateTimeField(_("le"), default=timezone.now)

    personal_data = None

    class Meta:
        verbose_name = _("écriture")
        verbose_name_plural = _("écritures")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.what} · {self.key}"


class Posting(models.Model):
    """Cents that an entry adds to an account."""

    entry = models.ForeignKey(
        Entry, models.PROTECT, related_name="postings", verbose_name=_("écriture")
    )
    account = models.ForeignKey(
        Account, models.PROTECT, related_name="postings", verbose_name=_("compte")
    )
    cents = models.BigIntegerField(_("centimes"))

    personal_data = None

    class Meta:
        verbose_name = _("ligne d’écriture")
        verbose_name_plural = _("lignes d’écriture")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(cents=0), name="services_posting_something",
                violation_error_message=_("Une ligne change un compte."),
            ),
            models.UniqueConstraint(
                fields=["entry", "account"], name="services_posting_once",
                violation_error_message=_("Un compte n’a qu’une ligne par écriture."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.account} · {self.cents}"


class WebhookEvent(models.Model):
    """What a payment provider told us, its signature checked; each is heard once."""

    remote_id = models.CharField(_("numéro"), max_length=80, unique=True)
    kind = models.CharField(_("sorte"), max_length=80)
    body = models.JSONField(_("contenu"))
    received_at = models.DateTimeField(_("reçu le"), default=timezone.now)
    handled_at = models.DateTimeField(_("traité le"), null=True, blank=True)
    problem = models.CharField(_("problème"), max_length=200, blank=True)

    personal_data = None

    class Meta:
        verbose_name = _("message du prestataire")
        verbose_name_plural = _("messages du prestataire")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} · {self.remote_id}"
