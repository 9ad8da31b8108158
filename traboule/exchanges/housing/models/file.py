import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traboule.kernel.files.models import File
from traboule.kernel.privacy import PersonalData

from .landlord import Landlord
from .swap import Move, Swap


class Refusal(models.TextChoices):
    """The published grounds on which a landlord may refuse an exchange."""

    CEILING = "ceiling", _("Les ressources passent le plafond du logement")
    OVER_OCCUPIED = "over-occupied", _("Le logement serait trop petit pour le ménage")
    UNDER_OCCUPIED = "under-occupied", _("Le logement serait trop grand pour le ménage")
    RENT = "rent", _("Le loyer serait trop lourd pour le ménage")
    DEBT = "debt", _("Une dette de loyer reste sans plan d’apurement")
    CONDITION = "condition", _("L’état du logement ne permet pas l’échange")
    PIECES = "pieces", _("Des pièces manquent malgré les relances")
    COMMISSION = "commission", _("La commission d’attribution a dit non")


class DecisionState(models.TextChoices):
    """What a landlord said of an exchange."""

    WAITING = "waiting", _("en attente")
    COMMISSION = "commission", _("en commission d’attribution")
    ACCEPTED = "accepted", _("accepté")
    REFUSED = "refused", _("refusé")


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Decisions, and those still to be given."""

    def open(self) -> Self:
        """Those still to be given, what presses most first."""
        return self.filter(state__in=["waiting", "commission"]).order_by("due_on", "pk")

    def overdue(self, today: datetime.date | None = None) -> Self:
        """Those whose day is past."""
        return self.open().filter(due_on__lt=today or timezone.localdate())


class Decision(models.Model):
    """What a landlord decides of an exchange that takes a household into one of its homes."""

    MOVES = {
        DecisionState.WAITING: {
            DecisionState.COMMISSION, DecisionState.ACCEPTED, DecisionState.REFUSED
        },
        DecisionState.COMMISSION: {DecisionState.ACCEPTED, DecisionState.REFUSED},
        DecisionState.ACCEPTED: set(),
        DecisionState.REFUSED: set(),
    }  # fmt: skip

    swap = models.ForeignKey(
        Swap, models.CASCADE, related_name="decisions", verbose_name=_("échange")
    )
    landlord = models.ForeignKey(
        Landlord, models.PROTECT, related_name="decisions", verbose_name=_("bailleur")
    )
    state = models.CharField(
        _("réponse"), max_length=10, choices=DecisionState, default=DecisionState.WAITING
    )
    asked_at = models.DateTimeField(_("demandée le"), default=timezone.now)
    due_on = models.DateField(_("à donner avant le"))
    commission_on = models.DateField(_("commission d’attribution le"), null=True, blank=True)
    decided_at = models.DateTimeField(_("donnée le"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True,
        related_name="housing_decisions", verbose_name=_("donnée par"),
    )  # fmt: skip
    ground = models.CharField(_("motif"), max_length=15, choices=Refusal, blank=True)
    note = models.CharField(_("explication"), max_length=400, blank=True)

    objects = DecisionQuerySet.as_manager()
    personal_data = PersonalData(
        fields=("decided_by", "note"),
        purpose=_("Garder qui a décidé d’un échange, et pourquoi."),
        lifetime=_("Cinq ans, comme les baux."),
        person="decided_by",
        erasure="scrub",
    )

    class Meta:
        verbose_name = _("décision de bailleur")
        verbose_name_plural = _("décisions de bailleurs")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["swap", "landlord"],
                name="housing_decision_once",
                violation_error_message=_("Ce bailleur est déjà consulté."),
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(ground=""),
                name="housing_refusal_says_why",
                violation_error_message=_("Dites le motif du refus."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.swap} · {self.landlord}"

    @property
    def journal_label(self) -> str:
        """What stays in the journal for ever."""
        return str(self)

    @property
    def is_open(self) -> bool:
        """Whether it is still to be given."""
        return self.state in {DecisionState.WAITING, DecisionState.COMMISSION}

    @property
    def is_overdue(self) -> bool:
        """Whether its day is past."""
        return self.is_open and self.due_on < timezone.localdate()

    def may_become(self, state: Any) -> bool:
        """Whether the table of moves allows it."""
        return state in self.MOVES[DecisionState(self.state)]


class PieceKind(models.TextChoices):
    """What a household gives for its file."""

    IDENTITY = "identity", _("pièce d’identité de chaque adulte")
    TAX = "tax", _("avis d’imposition")
    INCOME = "income", _("justificatifs de ressources des trois derniers mois")
    RENT_PAID = "rent-paid", _("dernière quittance de loyer")
    INSURANCE = "insurance", _("attestation d’assurance du logement")
    FAMILY = "family", _("livret de famille ou justificatif de charge")
    DISABILITY = "disability", _("justificatif de handicap")


class Piece(models.Model):
    """A paper that a landlord asks of a household; seen on paper, or sent as a file."""

    move = models.ForeignKey(
        Move, models.CASCADE, related_name="pieces", verbose_name=_("déménagement")
    )
    landlord = models.ForeignKey(
        Landlord, models.PROTECT, related_name="pieces", verbose_name=_("bailleur")
    )
    kind = models.CharField(_("pièce"), max_length=12, choices=PieceKind)
    file = models.OneToOneField(
        File, models.SET_NULL, null=True, blank=True, related_name="housing_piece",
        verbose_name=_("fichier"),
    )  # fmt: skip
    received_at = models.DateTimeField(_("reçue le"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("validée le"), null=True, blank=True)
    wrong_because = models.CharField(_("ce qui ne va pas"), max_length=200, blank=True)
    chased_at = models.DateTimeField(_("relancée le"), null=True, blank=True)

    personal_data = PersonalData(
        fields=("file", "received_at", "accepted_at", "wrong_because"),
        purpose=_("Réunir ce que les bailleurs demandent pour un échange."),
        lifetime=_("Le fichier : trois mois après la fin de l’échange."),
        person="move__listing__tenant",
    )

    class Meta:
        verbose_name = _("pièce de dossier")
        verbose_name_plural = _("pièces de dossiers")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["move", "landlord", "kind"],
                name="housing_piece_asked_once",
                violation_error_message=_("Cette pièce est déjà demandée."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.move} · {self.get_kind_display()}"

    @property
    def is_missing(self) -> bool:
        """Whether it is still to be given, or given again."""
        return self.received_at is None or bool(self.wrong_because)


class Step(models.TextChoices):
    """What happens to an exchange, in the words of its timeline."""

    PROPOSED = "proposed", _("échange proposé")
    SAID_YES = "said-yes", _("un ménage a dit oui")
    SAID_NO = "said-no", _("un ménage a dit non")
    AGREED = "agreed", _("tous les ménages sont d’accord")
    PIECES = "pieces", _("dossier complet pour un ménage")
    COMMISSION = "commission", _("date de commission fixée")
    ACCEPTED = "accepted", _("un bailleur a dit oui")
    REFUSED = "refused", _("un bailleur a dit non")
    VALIDATED = "validated", _("tous les bailleurs ont dit oui")
    INVENTORY = "inventory", _("jour des états des lieux fixé")
    LEASE = "lease", _("un bail est signé")
    DONE = "done", _("échange réalisé")
    BROKEN = "broken", _("échange arrêté")
    REPAIRED = "repaired", _("une autre solution est proposée")


class Milestone(models.Model):
    """A line of the timeline that all members of an exchange and its landlords share."""

    swap = models.ForeignKey(
        Swap, models.CASCADE, related_name="milestones", verbose_name=_("échange")
    )
    step = models.CharField(_("étape"), max_length=10, choices=Step)
    landlord = models.ForeignKey(
        Landlord, models.SET_NULL, null=True, blank=True, related_name="milestones",
        verbose_name=_("bailleur"),
    )  # fmt: skip
    on: "models.DateField[Any, datetime.date | None]" = models.DateField(
        _("jour dit"), null=True, blank=True
    )
    at = models.DateTimeField(_("le"), default=timezone.now)

    personal_data = None

    class Meta:
        verbose_name = _("étape d’un échange")
        verbose_name_plural = _("étapes d’échanges")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.swap} · {self.get_step_display()}"
