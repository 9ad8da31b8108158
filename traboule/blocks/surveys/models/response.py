from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traboule.kernel.files.models import File
from traboule.kernel.privacy import PersonalData

from .survey import Choice, Question, Survey

_LIFETIME = _("Tant que l’espace existe, sans nom sauf accord. Effaçable avec le code de reçu.")
_PURPOSE = _("Connaître l’avis et les besoins des habitantes et habitants.")


class Door(models.TextChoices):
    """How an answer came."""

    WEB = "web", _("en ligne")
    SMS = "sms", _("par SMS")
    PHONE = "phone", _("au téléphone")
    PAPER = "paper", _("sur papier")
    INTERVIEW = "interview", _("en entretien")


class ResponseQuerySet(models.QuerySet["Response"]):
    """Responses, and which of them count."""

    def finished(self) -> Self:
        """Those that were sent."""
        return self.filter(finished_at__isnull=False)

    def counted(self) -> Self:
        """Those that results are made of."""
        return self.finished().filter(aside_at=None)


class Response(models.Model):
    """What someone answered to a survey; nobody, unless they agreed to be known."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="responses")
    door = models.CharField(_("par quelle porte"), max_length=9, choices=Door)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True,
        related_name="survey_responses", verbose_name=_("personne qui accepte d’être connue"),
    )  # fmt: skip
    typed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True,
        related_name="typed_survey_responses", verbose_name=_("réponse notée par"),
    )  # fmt: skip
    invitation = models.OneToOneField(
        "surveys.Invitation", models.SET_NULL, null=True, blank=True, related_name="response",
        verbose_name=_("invitation, jusqu’à l’envoi"),
    )  # fmt: skip
    receipt = models.CharField(_("empreinte du code de reçu"), max_length=64, unique=True)
    source = models.CharField(_("empreinte de l’appareil ou du numéro"), max_length=64, blank=True)
    network = models.CharField(_("empreinte du réseau"), max_length=64, blank=True)
    is_again = models.BooleanField(_("d’un appareil qui avait déjà répondu"), default=False)
    language = models.CharField(_("langue"), max_length=10, default="fr")
    batch = models.CharField(_("pile"), max_length=20, blank=True)
    sheet = models.PositiveIntegerField(_("feuille"), null=True, blank=True)
    started_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(_("envoyée le"), null=True, blank=True)
    checked_at = models.DateTimeField(_("vérifiée le"), null=True, blank=True)
    aside_at = models.DateTimeField(_("mise de côté le"), null=True, blank=True)
    aside_because = models.CharField(_("raison"), max_length=200, blank=True)
    aside_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True,
        related_name="survey_responses_put_aside", verbose_name=_("mise de côté par"),
    )  # fmt: skip

    objects = ResponseQuerySet.as_manager()
    personal_data = PersonalData(
        fields=("person", "typed_by", "source", "network", "language", "aside_by"),
        purpose=_PURPOSE,
        lifetime=_LIFETIME,
        person="person",
        erasure="scrub",
        scrubbed=("source", "network"),
    )

    class Meta:
        verbose_name = _("réponse à une enquête")
        verbose_name_plural = _("réponses à une enquête")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "source"],
                condition=~Q(source=""),
                name="surveys_response_once_a_source",
                violation_error_message=_("On a déjà répondu depuis cet appareil ou ce numéro."),
            ),
            models.UniqueConstraint(
                fields=["survey", "person"],
                condition=Q(person__isnull=False),
                name="surveys_response_once_a_person",
                violation_error_message=_("Cette personne a déjà répondu."),
            ),
            models.UniqueConstraint(
                fields=["survey", "batch", "sheet"],
                condition=Q(sheet__isnull=False),
                name="surveys_sheet_typed_once",
                violation_error_message=_("Cette feuille de cette pile est déjà saisie."),
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(invitation=None),
                name="surveys_sent_forgets_invitation",
                violation_error_message=_("Une réponse envoyée ne dit plus qui était invité."),
            ),
            models.CheckConstraint(
                condition=Q(aside_at=None) | ~Q(aside_because=""),
                name="surveys_aside_has_a_reason",
                violation_error_message=_("Dites pourquoi cette réponse est mise de côté."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey} · {self.pk}"

    @property
    def is_own(self) -> bool:
        """Whether whoever answers holds the screen; else somebody of the team notes it."""
        return self.typed_by_id is None


class Answer(models.Model):
    """What a response says to one question; no row where nothing was said."""

    class Moderation(models.TextChoices):
        WAITING = "waiting", _("à relire")
        SHOWN = "shown", _("montrée")
        HIDDEN = "hidden", _("cachée")

    response = models.ForeignKey(Response, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.CASCADE, related_name="answers")
    choices = models.ManyToManyField(Choice, related_name="answers", blank=True)
    number = models.DecimalField(_("nombre"), max_digits=12, decimal_places=2, null=True,
                                 blank=True)  # fmt: skip
    day = models.DateField(_("jour"), null=True, blank=True)
    text = models.TextField(_("texte"), max_length=4000, blank=True)
    file = models.ForeignKey(
        File, models.SET_NULL, null=True, blank=True, related_name="survey_answers",
        verbose_name=_("enregistrement"),
    )  # fmt: skip
    summary = models.TextField(_("ce que dit l’enregistrement"), max_length=2000, blank=True)
    moderation = models.CharField(_("relecture"), max_length=7, choices=Moderation,
                                  default=Moderation.WAITING)  # fmt: skip
    hidden_because = models.CharField(_("cachée parce que"), max_length=200, blank=True)

    personal_data = PersonalData(
        fields=("choices", "number", "day", "text", "file", "summary"),
        purpose=_PURPOSE,
        lifetime=_LIFETIME,
        person="response__person",
        erasure="scrub",
        scrubbed=("text", "summary"),
    )

    class Meta:
        verbose_name = _("réponse à une question")
        verbose_name_plural = _("réponses à une question")
        ordering = ["response", "question__number"]
        constraints = [
            models.UniqueConstraint(
                fields=["response", "question"],
                name="surveys_answer_once",
                violation_error_message=_("Cette question a déjà sa réponse."),
            ),
            models.CheckConstraint(
                condition=~Q(moderation="hidden") | ~Q(hidden_because=""),
                name="surveys_hidden_has_a_reason",
                violation_error_message=_("Dites pourquoi cette réponse est cachée."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} · {self.response_id}"

    @property
    def words(self) -> str:
        """What was written, or what the team heard."""
        return self.text or self.summary
