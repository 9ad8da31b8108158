import datetime
from decimal import Decimal
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.kernel.files.models import File
from traboule.kernel.initiatives.models.contribution import new_code
from traboule.kernel.privacy import PersonalData
from traboule.kernel.spaces.models import Space

from ..kinds import ALL, KINDS, Kind
from .household import Household

OPEN_FOR = datetime.timedelta(days=21)
"""How long a request without a date is shown."""


class State(models.TextChoices):
    """Where a request is."""

    DRAFT = "draft", _("à compléter")
    OPEN = "open", _("en ligne")
    AGREED = "agreed", _("quelqu’un est choisi")
    DONE = "done", _("faite")
    CLOSED = "closed", _("fermée")


class EndReason(models.TextChoices):
    """Why a request ends without a job done here."""

    ELSEWHERE = "elsewhere", _("J’ai trouvé autrement")
    NO_MORE = "no-more", _("Je n’en ai plus besoin")
    NOBODY = "nobody", _("Personne n’a répondu")
    OTHER = "other", _("Autre raison")


class Rhythm(models.TextChoices):
    """Once, or how often."""

    ONCE = "once", _("une fois")
    WEEKLY = "weekly", _("chaque semaine")
    FORTNIGHTLY = "fortnightly", _("une semaine sur deux")
    MONTHLY = "monthly", _("chaque mois")


class Via(models.TextChoices):
    """By which door it came."""

    WEB = "web", _("en ligne")
    PHONE = "phone", _("au téléphone")
    CALL_BACK = "call-back", _("SMS, puis rappel")
    PAPER = "paper", _("sur papier")


class RequestQuerySet(models.QuerySet["Request"]):
    """Requests, and which of them workers see."""

    def open(self) -> Self:
        """Those that wait for offers."""
        return self.filter(
            state=State.OPEN, hidden_at__isnull=True, closes_on__gte=timezone.localdate()
        )

    def for_listing(self) -> Self:
        """Everything that one card shows, but for the space."""
        return self.select_related("household__commune")

    def after(self, last: "Request | None") -> Self:
        """Those that follow one in the order in which they came, the latest first."""
        rows = self.order_by("-opened_at", "-pk")
        if last is None:
            return rows
        older = Q(opened_at__lt=last.opened_at)
        return rows.filter(older | Q(opened_at=last.opened_at, pk__lt=last.pk))


class Request(models.Model):
    """What a household needs a hand for.

    ``latitude`` and ``longitude`` are those of the household put on the blurred grid of maps;
    ``budget`` is net of an hour, as the calculator told it.
    """

    MOVES = {
        State.DRAFT: {State.OPEN, State.CLOSED},
        State.OPEN: {State.AGREED, State.CLOSED},
        State.AGREED: {State.OPEN, State.DONE, State.CLOSED},
        State.DONE: set(),
        State.CLOSED: set(),
    }

    space = models.ForeignKey(
        Space, models.CASCADE, related_name="service_requests", verbose_name=_("espace")
    )
    household = models.ForeignKey(
        Household, models.PROTECT, related_name="requests", verbose_name=_("ménage")
    )
    code = models.CharField(_("code"), max_length=9, unique=True, default=new_code)
    kind = models.CharField(
        _("service"), max_length=12, choices=[(one.key, one.label) for one in ALL]
    )
    words = models.TextField(_("ce qu’il y a à faire"), max_length=800, blank=True)
    voice = models.ForeignKey(
        File, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("voix")
    )
    photos = models.ManyToManyField(File, related_name="+", blank=True, verbose_name=_("photos"))
    also = models.CharField(
        _("avec un autre service, le même jour"), max_length=12, blank=True,
        choices=[(one.key, one.label) for one in ALL],
    )  # fmt: skip
    rhythm = models.CharField(
        _("combien de fois"), max_length=12, choices=Rhythm, default=Rhythm.ONCE
    )
    on = models.DateField(_("quel jour"), null=True, blank=True)
    when_words = models.CharField(_("quand, en quelques mots"), max_length=120, blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("combien de temps, en minutes"), default=120,
        validators=[MinValueValidator(30), MaxValueValidator(600)],
    )  # fmt: skip
    budget = models.DecimalField(_("pour une heure, net"), max_digits=5, decimal_places=2)
    via = models.CharField(_("par quelle porte"), max_length=9, choices=Via, default=Via.WEB)
    state = models.CharField(_("état"), max_length=6, choices=State, default=State.DRAFT)
    latitude = models.FloatField(_("latitude, floutée"), null=True, blank=True)
    longitude = models.FloatField(_("longitude, floutée"), null=True, blank=True)
    created_at = models.DateTimeField(_("commencée le"), default=timezone.now)
    opened_at = models.DateTimeField(_("en ligne depuis le"), null=True, blank=True)
    closes_on = models.DateField(_("en ligne jusqu’au"), null=True, blank=True)
    ended_at = models.DateTimeField(_("terminée le"), null=True, blank=True)
    end_reason = models.CharField(_("pourquoi"), max_length=10, choices=EndReason, blank=True)
    hidden_at = models.DateTimeField(_("masquée le"), null=True, blank=True)

    objects = RequestQuerySet.as_manager()
    personal_data = PersonalData(
        fields=("household", "kind", "words", "voice", "photos", "when_words", "budget"),
        purpose=_("Trouver une personne du quartier pour un service."),
        lifetime=_("Deux ans après la demande."),
        person="household__person",
        erasure="scrub",
        scrubbed=("words", "when_words"),
    )

    class Meta:
        verbose_name = _("demande")
        verbose_name_plural = _("demandes")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=list(KINDS)), name="services_request_kind",
                violation_error_message=_("Ce service n’est pas dans la liste."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="services_request_state",
                violation_error_message=_("Cet état n’existe pas."),
            ),
            models.CheckConstraint(
                condition=Q(minutes__gte=30, minutes__lte=600), name="services_request_minutes",
                violation_error_message=_("Choisissez de 30 minutes à 10 heures."),
            ),
            models.CheckConstraint(
                condition=Q(budget__gt=0, budget__lte=200), name="services_request_budget",
                violation_error_message=_("Une heure vaut de 1 à 200 €."),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["space", "state", "-opened_at"], name="services_request_list")
        ]

    def __str__(self) -> str:
        return str(self.kind_data.label)

    def get_absolute_url(self) -> str:
        return reverse("services:request", args=[self.space.slug, self.code])

    @property
    def kind_data(self) -> Kind:
        """What is known of this kind of service."""
        return KINDS[self.kind]

    @property
    def journal_label(self) -> str:
        """What stays in the journal for ever."""
        return gettext("demande %(code)s") % {"code": self.code}

    @property
    def is_open(self) -> bool:
        """Whether offers may come."""
        return (
            self.state == State.OPEN
            and self.hidden_at is None
            and self.closes_on is not None
            and self.closes_on >= timezone.localdate()
        )

    @property
    def hours(self) -> Decimal:
        """How long one time lasts."""
        return Decimal(self.minutes) / 60

    def hide(self) -> None:
        """Have others see it no more."""
        self.hidden_at = timezone.now()
        self.save(update_fields=["hidden_at"])

    def show(self) -> None:
        """Have others see it again."""
        self.hidden_at = None
        self.save(update_fields=["hidden_at"])

    def may_become(self, state: Any) -> bool:
        """Whether the table of moves allows it."""
        return state in self.MOVES[State(self.state)]
