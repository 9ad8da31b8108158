import secrets
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traboule.kernel.privacy import PersonalData
from traboule.kernel.spaces.models import Space

from .event import Event, Kind, new_code
from .signup import Via


def new_key() -> str:
    """What lets a browser change the answer that it gave."""
    return secrets.token_urlsafe(18)


class DatePollQuerySet(models.QuerySet["DatePoll"]):
    """Date polls, and which of them still lead somewhere."""

    def undecided(self) -> Self:
        """Those whose date is still to be found, the latest asked first."""
        to_come = PollDate.objects.filter(starts_at__gte=timezone.now())
        return self.filter(event__isnull=True, pk__in=to_come.values("poll"))


class DatePoll(models.Model):
    """A question to everyone: which of these dates suit you?"""

    space = models.ForeignKey(
        Space, models.CASCADE, related_name="date_polls", verbose_name=_("espace")
    )
    code = models.CharField(_("code"), max_length=5, unique=True, default=new_code)
    title = models.CharField(_("titre"), max_length=120)
    description = models.TextField(_("à quoi sert cette rencontre"), max_length=2000, blank=True)
    kind = models.CharField(_("sorte"), max_length=12, choices=Kind, default=Kind.MEETING)
    place_name = models.CharField(_("lieu"), max_length=200, blank=True)
    closes_on = models.DateField(_("répondre avant le"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="date_polls",
        verbose_name=_("demandé par"),
    )  # fmt: skip
    event = models.OneToOneField(
        Event, models.SET_NULL, null=True, blank=True, related_name="date_poll",
        verbose_name=_("événement retenu"),
    )  # fmt: skip
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(_("clos le"), null=True, blank=True)

    objects = DatePollQuerySet.as_manager()
    personal_data = PersonalData(
        fields=("by",),
        purpose=_("Savoir qui organise la rencontre."),
        lifetime=_("Tant que l’espace existe."),
        person="by",
        erasure="scrub",
    )

    class Meta:
        verbose_name = _("sondage de dates")
        verbose_name_plural = _("sondages de dates")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("agenda:poll", args=[self.code])

    @property
    def is_open(self) -> bool:
        """Whether anyone can still answer: nobody closed it, and its last day is not over."""
        over = self.closes_on is not None and timezone.localdate() > self.closes_on
        return self.closed_at is None and not over


class PollDate(models.Model):
    """One of the dates proposed."""

    poll = models.ForeignKey(DatePoll, models.CASCADE, related_name="dates")
    starts_at = models.DateTimeField(_("début"))
    ends_at = models.DateTimeField(_("fin"))

    personal_data = None

    class Meta:
        verbose_name = _("date proposée")
        verbose_name_plural = _("dates proposées")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "starts_at", "ends_at"],
                name="agenda_poll_date_once",
                violation_error_message=_("Cette date est déjà proposée."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="agenda_poll_date_ends_after_start",
                violation_error_message=_("La fin doit suivre le début."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def is_past(self) -> bool:
        """Whether it is too late to meet then."""
        return self.starts_at < timezone.now()


class PollAnswer(models.Model):
    """What one person answered, under the name they gave; no account is needed."""

    poll = models.ForeignKey(DatePoll, models.CASCADE, related_name="answers")
    name = models.CharField(_("prénom ou nom"), max_length=80)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True,
        related_name="poll_answers", verbose_name=_("personne"),
    )  # fmt: skip
    via = models.CharField(_("par quelle porte"), max_length=5, choices=Via, default=Via.WEB)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True,
        related_name="typed_poll_answers", verbose_name=_("réponse notée par"),
    )  # fmt: skip
    key = models.CharField(_("clé"), max_length=40, unique=True, default=new_key)
    at = models.DateTimeField(_("le"), auto_now=True)

    personal_data = PersonalData(
        fields=("name", "person", "via", "by", "at"),
        purpose=_("Trouver la date qui convient au plus grand nombre."),
        lifetime=_("Trois mois après la rencontre."),
        person="person",
        erasure="scrub",
        scrubbed=("name",),
    )

    class Meta:
        verbose_name = _("réponse")
        verbose_name_plural = _("réponses")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["poll", "person"],
                condition=Q(person__isnull=False),
                name="agenda_poll_answer_once",
                violation_error_message=_("Cette personne a déjà répondu."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class PollVote(models.Model):
    """Whether a date suits someone: yes, if need be, or no."""

    class Value(models.TextChoices):
        YES = "yes", _("Oui")
        MAYBE = "maybe", _("Si besoin")
        NO = "no", _("Non")

    answer = models.ForeignKey(PollAnswer, models.CASCADE, related_name="votes")
    date = models.ForeignKey(PollDate, models.CASCADE, related_name="votes")
    value = models.CharField(_("réponse"), max_length=5, choices=Value)

    personal_data = PersonalData(
        fields=("value",),
        purpose=_("Trouver la date qui convient au plus grand nombre."),
        lifetime=_("Trois mois après la rencontre."),
        person="answer__person",
        erasure="scrub",
    )

    class Meta:
        verbose_name = _("choix")
        verbose_name_plural = _("choix")
        ordering = ["date", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "date"],
                name="agenda_poll_vote_once",
                violation_error_message=_("Cette date a déjà sa réponse."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.answer} · {self.date} · {self.value}"
