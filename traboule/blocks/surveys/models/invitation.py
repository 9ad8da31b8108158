import secrets
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from traboule.kernel.initiatives.models.contribution import LETTERS
from traboule.kernel.privacy import PersonalData

from .response import Response
from .survey import Question, Survey


def new_invitation() -> str:
    """Eight signs: nobody guesses one in a lifetime of tries, with the slowing down of pages."""
    return "".join(secrets.choice(LETTERS) for _ in range(8))


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def unused(self) -> Self:
        """Those by which one can still answer."""
        return self.filter(used_on=None)


class Invitation(models.Model):
    """A code that answers once: sent to a person, or printed on a slip for nobody in particular.

    Once the answer is sent, the invitation says that it was used, and no longer by which answer.
    """

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="invitations")
    code = models.CharField(_("code"), max_length=8, unique=True, default=new_invitation)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True,
        related_name="survey_invitations", verbose_name=_("personne invitée"),
    )  # fmt: skip
    sent_at = models.DateTimeField(auto_now_add=True)
    used_on = models.DateField(_("a servi le"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()
    personal_data = PersonalData(
        fields=("person", "sent_at", "used_on"),
        purpose=_("N’inviter chaque personne qu’une fois, et lui dire les résultats."),
        lifetime=_("Tant que l’espace existe."),
        person="person",
    )

    class Meta:
        verbose_name = _("invitation à répondre")
        verbose_name_plural = _("invitations à répondre")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "person"],
                condition=Q(person__isnull=False),
                name="surveys_invited_once",
                violation_error_message=_("Cette personne est déjà invitée."),
            )
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("surveys:invited", args=[self.survey.code, self.code])


class SmsThread(models.Model):
    """A survey being answered by SMS: which question that number was asked last."""

    number = models.CharField(_("numéro"), max_length=32, unique=True)
    response = models.OneToOneField(Response, models.CASCADE, related_name="thread")
    question = models.ForeignKey(Question, models.CASCADE, related_name="threads")
    asked_at = models.DateTimeField(_("demandé le"), auto_now=True)

    personal_data = PersonalData(
        fields=("number", "asked_at"),
        purpose=_("Poser la question suivante à qui répond par SMS."),
        lifetime=_("Jusqu’à la dernière réponse, trois jours au plus."),
        person="response__person",
    )

    class Meta:
        verbose_name = _("enquête en cours par SMS")
        verbose_name_plural = _("enquêtes en cours par SMS")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.response} · {self.question}"
