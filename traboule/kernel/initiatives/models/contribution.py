import secrets
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from traboule.kernel.privacy import PersonalData

from .initiative import Initiative

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # Without I, O, 0 and 1, which are misread on paper.


def new_code() -> str:
    """A code to come back with, easy to dictate: ``7K4M-2QXD``."""
    letters = "".join(secrets.choice(LETTERS) for _ in range(8))
    return f"{letters[:4]}-{letters[4:]}"


class DraftQuerySet(models.QuerySet["Draft"]):
    def awaiting_review(self) -> Self:
        return self.filter(status=Draft.Status.SUBMITTED).order_by("submitted_at", "pk")

    def in_territory(self, departments: set[str] | None) -> Self:
        """Those of the departments named; all of them for ``None``."""
        if departments is None:
            return self
        return self.filter(Q(department_code__in=departments) | Q(department_code=""))


class Draft(models.Model):
    """What someone has told so far about an initiative, question by question."""

    class Status(models.TextChoices):
        OPEN = "open", _("en cours d’écriture")
        SUBMITTED = "submitted", _("envoyé")
        RETURNED = "returned", _("à compléter")
        PUBLISHED = "published", _("publié")
        REFUSED = "refused", _("non retenu")

    MOVES = {
        Status.OPEN: {Status.SUBMITTED},
        Status.SUBMITTED: {Status.RETURNED, Status.PUBLISHED, Status.REFUSED},
        Status.RETURNED: {Status.SUBMITTED},
        Status.PUBLISHED: set[Status](),
        Status.REFUSED: set[Status](),
    }

    code = models.CharField(_("code pour revenir"), max_length=9, unique=True, default=new_code)
    form_key = models.CharField(max_length=64, unique=True, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="drafts",
        verbose_name=_("personne qui raconte"),
    )
    initiative = models.ForeignKey(
        Initiative,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="drafts",
        verbose_name=_("fiche à mettre à jour"),
    )
    status = models.CharField(_("état"), max_length=10, choices=Status, default=Status.OPEN)
    answers = models.JSONField(_("réponses"), default=dict)
    department_code = models.CharField(_("département"), max_length=3, blank=True)
    picture = models.ImageField(_("photo"), upload_to="drafts/%Y/", blank=True)
    callback_name = models.CharField(_("votre nom"), max_length=120, blank=True)
    callback_contact = models.CharField(_("où vous joindre"), max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(null=True, blank=True)

    objects = DraftQuerySet.as_manager()
    personal_data = PersonalData(
        fields=("callback_name", "callback_contact", "answers", "picture", "author"),
        purpose=_("rappeler la personne qui raconte, et préparer la fiche avec elle"),
        lifetime=_("un an après la dernière modification"),
        person="author",
    )

    class Meta:
        verbose_name = _("brouillon")
        verbose_name_plural = _("brouillons")
        ordering = ["-updated_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="open") | Q(submitted_at__isnull=False),
                name="draft_sent_has_a_date",
                violation_error_message=_("Un brouillon envoyé porte sa date d’envoi."),
            )
        ]

    def __str__(self) -> str:
        return self.answers.get("title") or self.code

    def get_absolute_url(self) -> str:
        return reverse("initiatives:draft", args=[self.code])

    @property
    def journal_label(self) -> str:
        """Never the code, which opens the draft to whoever reads it."""
        return self.answers.get("title", "")

    @property
    def is_editable(self) -> bool:
        return self.status in {self.Status.OPEN, self.Status.RETURNED}


class Review(models.Model):
    """An editor's decision about a draft, with the reason the author reads."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="reviews")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="reviews"
    )
    decision = models.CharField(_("décision"), max_length=10, choices=Draft.Status)
    reason = models.TextField(_("raison"), blank=True)
    at = models.DateTimeField(auto_now_add=True)

    personal_data = PersonalData(
        fields=("by", "reason"),
        purpose=_("expliquer la décision à la personne qui a raconté"),
        lifetime=_("comme le brouillon"),
        person="by",
        erasure="scrub",
    )

    class Meta:
        verbose_name = _("relecture")
        verbose_name_plural = _("relectures")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="published") | ~Q(reason=""),
                name="review_refusal_has_a_reason",
                violation_error_message=_("Dites pourquoi, en une phrase."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.draft} : {self.get_decision_display()}"
