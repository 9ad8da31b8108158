from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from traboule.kernel.privacy import PersonalData

from .event import Event, Series

MOST_EXTRA = 9


class Via(models.TextChoices):
    """By which door someone came."""

    WEB = "web", _("en ligne")
    SMS = "sms", _("par SMS")
    PHONE = "phone", _("au téléphone")
    PAPER = "paper", _("sur papier")
    DESK = "desk", _("sur place")


class Enrolment(models.Model):
    """That a person comes to every session of a series, or waits for a seat in all of them."""

    class State(models.TextChoices):
        GOING = "going", _("inscription faite")
        WAITING = "waiting", _("liste d’attente")
        CANCELLED = "cancelled", _("annulée")

    series = models.ForeignKey(
        Series, models.CASCADE, related_name="enrolments", verbose_name=_("série")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="enrolments",
        verbose_name=_("personne"),
    )  # fmt: skip
    state = models.CharField(_("état"), max_length=10, choices=State)
    asked_at = models.DateTimeField(_("demandée le"))

    personal_data = PersonalData(
        fields=("person", "asked_at", "state"),
        purpose=_("Garder une place dans toutes les séances d’une série."),
        lifetime=_("Tant que l’espace existe ; ensuite, compté sans le nom."),
        person="person",
        erasure="scrub",
    )

    class Meta:
        verbose_name = _("inscription à une série")
        verbose_name_plural = _("inscriptions à des séries")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "person"],
                name="agenda_enrolment_once",
                violation_error_message=_("Cette personne est déjà inscrite à toute la série."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.series}"


class SignupQuerySet(models.QuerySet["Signup"]):
    """Sign-ups, and which of them count."""

    def going(self) -> Self:
        """Those that hold a seat."""
        return self.filter(state=Signup.State.GOING)

    def waiting(self) -> Self:
        """The waiting list, first come first."""
        return self.filter(state=Signup.State.WAITING).order_by("asked_at", "pk")

    def with_place_in_line(self) -> Self:
        """Each one's ``line``: 1 for the next who will get a seat of its event."""
        earlier = Q(asked_at__lt=OuterRef("asked_at"))
        ahead = earlier | Q(asked_at=OuterRef("asked_at"), pk__lte=OuterRef("pk"))
        waiting = Signup.objects.waiting().order_by().filter(ahead, event=OuterRef("event"))
        counted = waiting.values("event").annotate(n=Count("pk")).values("n")
        return self.annotate(line=Subquery(counted))

    def live(self) -> Self:
        """Those that are not cancelled."""
        return self.exclude(state=Signup.State.CANCELLED)

    def for_list(self) -> Self:
        """Everything that a line of the list shows, in one query."""
        return self.select_related("person", "by", "enrolment")


class Signup(models.Model):
    """That a person comes to an event, with how many others, or waits for a seat."""

    class State(models.TextChoices):
        GOING = "going", _("inscription faite")
        WAITING = "waiting", _("liste d’attente")
        CANCELLED = "cancelled", _("annulée")

    event = models.ForeignKey(
        Event, models.CASCADE, related_name="signups", verbose_name=_("événement")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="signups",
        verbose_name=_("personne"),
    )  # fmt: skip
    enrolment = models.ForeignKey(
        Enrolment, models.SET_NULL, null=True, blank=True, related_name="signups",
        verbose_name=_("inscription à la série"),
    )  # fmt: skip
    extra = models.PositiveSmallIntegerField(_("personnes en plus"), default=0)
    state = models.CharField(_("état"), max_length=10, choices=State)
    asked_at = models.DateTimeField(_("demandée le"))
    changed_at = models.DateTimeField(auto_now=True)
    via = models.CharField(_("par quelle porte"), max_length=5, choices=Via, default=Via.WEB)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="typed_signups",
        verbose_name=_("inscription notée par"),
    )  # fmt: skip
    note = models.CharField(_("à savoir"), max_length=200, blank=True)
    reason = models.CharField(_("raison de l’annulation"), max_length=200, blank=True)

    objects = SignupQuerySet.as_manager()
    personal_data = PersonalData(
        fields=("person", "state", "asked_at", "via", "by", "note", "reason"),
        purpose=_("Garder une place, prévenir d’un changement, compter qui vient."),
        lifetime=_("Tant que l’espace existe ; ensuite, compté sans le nom."),
        person="person",
        erasure="scrub",
        scrubbed=("note", "reason"),
    )

    class Meta:
        verbose_name = _("inscription")
        verbose_name_plural = _("inscriptions")
        ordering = ["asked_at", "pk"]
        indexes = [
            models.Index(fields=["event", "state", "asked_at"], name="agenda_signup_order"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "person"],
                name="agenda_signup_once",
                violation_error_message=_("Cette personne est déjà inscrite."),
            ),
            models.CheckConstraint(
                condition=Q(extra__lte=MOST_EXTRA),
                name="agenda_signup_few_extra",
                violation_error_message=_("Neuf personnes en plus, au maximum."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.event}"

    @property
    def seats(self) -> int:
        """How many seats it takes."""
        return 1 + self.extra

    @property
    def place_in_line(self) -> int:
        """1 for the next who will get a seat."""
        ahead = Q(asked_at__lt=self.asked_at) | Q(asked_at=self.asked_at, pk__lte=self.pk)
        return Signup.objects.waiting().filter(ahead, event=self.event_id).count()


def seats(queryset: "models.QuerySet[Signup]") -> int:
    """How many seats these sign-ups take together."""
    return queryset.aggregate(n=models.Sum(1 + F("extra"), default=0))["n"]
