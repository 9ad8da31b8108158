import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traboule.kernel.conversations.models import Conversation
from traboule.kernel.privacy import PersonalData

from .listing import Listing


class InterestState(models.TextChoices):
    """What became of an interest."""

    SENT = "sent", _("envoyé")
    MUTUAL = "mutual", _("partagé")
    DECLINED = "declined", _("décliné")
    CLOSED = "closed", _("fermé, faute de réponse")


class InterestQuerySet(models.QuerySet["Interest"]):
    """Interests between households."""

    def of(self, listing: Listing) -> Self:
        """Those that this household sent or received."""
        return self.filter(Q(sender=listing) | Q(receiver=listing))

    def replies_of(self, listing: Listing) -> tuple[int, int]:
        """To how many this household answered, of how many that asked it and are over."""
        received = self.filter(receiver=listing).exclude(state=InterestState.SENT)
        counted = received.aggregate(all=Count("pk"), answered=Count("answered_at"))
        return counted["answered"], counted["all"]

    def waiting(self) -> Self:
        """Those that wait for an answer."""
        return self.filter(state=InterestState.SENT)

    def for_listing(self) -> Self:
        """Everything that one line shows."""
        return self.select_related(
            "sender__dwelling__commune", "receiver__dwelling__commune",
            "sender__dwelling__landlord", "receiver__dwelling__landlord",
            "sender__tenant", "receiver__tenant", "conversation",
            "sender__space__purse", "sender__space__initiative", "receiver__space__initiative",
        )  # fmt: skip


class Interest(models.Model):
    """That a household likes another's home, and what the other answers.

    Once mutual, both may write to each other, without any number being shown.
    """

    MOVES = {
        InterestState.SENT: {
            InterestState.MUTUAL, InterestState.DECLINED, InterestState.CLOSED
        },
        InterestState.MUTUAL: {InterestState.DECLINED, InterestState.CLOSED},
        InterestState.DECLINED: set(),
        InterestState.CLOSED: set(),
    }  # fmt: skip

    sender = models.ForeignKey(
        Listing, models.CASCADE, related_name="interests_sent", verbose_name=_("de")
    )
    receiver = models.ForeignKey(
        Listing, models.CASCADE, related_name="interests_received", verbose_name=_("à")
    )
    state = models.CharField(
        _("état"), max_length=10, choices=InterestState, default=InterestState.SENT
    )
    sent_at = models.DateTimeField(_("envoyé le"), default=timezone.now)
    answered_at = models.DateTimeField(_("répondu le"), null=True, blank=True)
    closed_at = models.DateTimeField(_("fermé le"), null=True, blank=True)
    conversation = models.OneToOneField(
        Conversation, models.SET_NULL, null=True, blank=True, related_name="housing_interest",
        verbose_name=_("conversation"),
    )  # fmt: skip

    objects = InterestQuerySet.as_manager()
    personal_data = PersonalData(
        fields=("sender", "receiver", "state", "sent_at"),
        purpose=_("Mettre en relation deux ménages qui se plaisent."),
        lifetime=_("Tant que les deux annonces vivent."),
        person="sender__tenant receiver__tenant",
    )

    class Meta:
        verbose_name = _("intérêt")
        verbose_name_plural = _("intérêts")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sender", "receiver"],
                condition=Q(state__in=["sent", "mutual"]),
                name="housing_interest_once",
                violation_error_message=_("Vous l’avez déjà dit à ce ménage."),
            ),
            models.CheckConstraint(
                condition=~Q(sender=F("receiver")),
                name="housing_interest_in_another",
                violation_error_message=_("C’est votre propre annonce."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sender} → {self.receiver}"

    @property
    def journal_label(self) -> str:
        """What stays in the journal for ever."""
        return f"{self.sender.code} → {self.receiver.code}"

    def other_than(self, listing: Listing) -> Listing:
        """The other household."""
        return self.receiver if listing.pk == self.sender_id else self.sender

    def may_become(self, state: Any) -> bool:
        """Whether the table of moves allows it."""
        return state in self.MOVES[InterestState(self.state)]


class VisitState(models.TextChoices):
    """Where a visit is."""

    ASKED = "asked", _("à fixer")
    SET = "set", _("fixée")
    DONE = "done", _("faite")
    CANCELLED = "cancelled", _("annulée")


class Verdict(models.TextChoices):
    """What one says after a visit."""

    UNSAID = "", _("pas encore dit")
    YES = "yes", _("concluante")
    NO = "no", _("pas concluante")


class VisitQuerySet(models.QuerySet["Visit"]):
    """Visits between households."""

    def between(self, one: Listing, other: Listing) -> Self:
        """Those that one pays to the other, both ways."""
        return self.filter(visitor__in=(one, other), host__in=(one, other))

    def for_listing(self) -> Self:
        """Everything that one line shows."""
        return self.select_related(
            "visitor__tenant", "visitor__dwelling__commune", "visitor__space__purse",
            "visitor__space__initiative", "host__tenant", "host__dwelling__commune",
        )  # fmt: skip


class Visit(models.Model):
    """A household comes to see another's home, on one of the hours that the other gave.

    ``hours`` are ISO 8601 instants the host proposes; ``at`` the one chosen. Both say whether
    it was conclusive: the visitor of the home, the host of the visitors.
    """

    MOVES = {
        VisitState.ASKED: {VisitState.SET, VisitState.CANCELLED},
        VisitState.SET: {VisitState.DONE, VisitState.CANCELLED, VisitState.ASKED},
        VisitState.DONE: set(),
        VisitState.CANCELLED: set(),
    }

    visitor = models.ForeignKey(
        Listing, models.CASCADE, related_name="visits_made", verbose_name=_("qui visite")
    )
    host = models.ForeignKey(
        Listing, models.CASCADE, related_name="visits_received", verbose_name=_("chez qui")
    )
    state = models.CharField(_("état"), max_length=10, choices=VisitState, default=VisitState.ASKED)
    hours = models.JSONField(_("heures proposées"), default=list, blank=True)
    at = models.DateTimeField(_("le"), null=True, blank=True)
    verdict_of_visitor = models.CharField(
        _("ce qu’en dit qui visite"), max_length=3, choices=Verdict, blank=True
    )
    verdict_of_host = models.CharField(
        _("ce qu’en dit qui reçoit"), max_length=3, choices=Verdict, blank=True
    )
    asked_at = models.DateTimeField(_("demandée le"), default=timezone.now)

    objects = VisitQuerySet.as_manager()
    personal_data = PersonalData(
        fields=("visitor", "host", "hours", "at", "verdict_of_visitor", "verdict_of_host"),
        purpose=_("Fixer une visite, et dire si elle convient."),
        lifetime=_("Tant que les deux annonces vivent."),
        person="visitor__tenant host__tenant",
    )

    class Meta:
        verbose_name = _("visite")
        verbose_name_plural = _("visites")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["visitor", "host"],
                condition=Q(state__in=["asked", "set"]),
                name="housing_visit_once",
                violation_error_message=_("Une visite est déjà demandée."),
            ),
            models.CheckConstraint(
                condition=~Q(visitor=F("host")),
                name="housing_visit_elsewhere",
                violation_error_message=_("C’est votre propre logement."),
            ),
            models.CheckConstraint(
                condition=~Q(state="set") | Q(at__isnull=False),
                name="housing_visit_set_has_an_hour",
                violation_error_message=_("Choisissez une heure."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.visitor} → {self.host}"

    @property
    def journal_label(self) -> str:
        """What stays in the journal for ever."""
        return f"{self.visitor.code} → {self.host.code}"

    def may_become(self, state: Any) -> bool:
        """Whether the table of moves allows it."""
        return state in self.MOVES[VisitState(self.state)]

    @property
    def hours_given(self) -> list[datetime.datetime]:
        """The hours that the host proposes."""
        return [datetime.datetime.fromisoformat(hour) for hour in self.hours]

    @property
    def took_place(self) -> bool:
        """Whether its hour is past."""
        set_or_done = self.state in {VisitState.SET, VisitState.DONE}
        return set_or_done and self.at is not None and self.at <= timezone.now()

    @property
    def is_conclusive(self) -> bool:
        """Whether both say so."""
        return self.verdict_of_visitor == self.verdict_of_host == Verdict.YES
