from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from traboule.blocks.agenda.models import Event
from traboule.kernel.privacy import PersonalData
from traboule.kernel.spaces.models import Space

from .contact import Contact


class Plan(models.Model):
    """What is followed up after a workshop, step by step: the model of it."""

    space = models.ForeignKey(
        Space, models.CASCADE, related_name="followup_plans", verbose_name=_("espace")
    )
    title = models.CharField(_("nom du plan"), max_length=120)

    personal_data = None

    class Meta:
        verbose_name = _("plan de suivi")
        verbose_name_plural = _("plans de suivi")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "title"],
                name="outreach_plan_once",
                violation_error_message=_("Un autre plan porte déjà ce nom."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class PlanStep(models.Model):
    """One step of a plan, so many days after the workshop."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="steps", verbose_name=_("plan"))
    label = models.CharField(_("étape"), max_length=160)
    after_days = models.PositiveSmallIntegerField(
        _("jours après"), validators=[MaxValueValidator(730)]
    )

    personal_data = None

    class Meta:
        verbose_name = _("étape d’un plan")
        verbose_name_plural = _("étapes des plans")
        ordering = ["after_days", "pk"]

    def __str__(self) -> str:
        return self.label


class FollowUp(models.Model):
    """The plan of one person after one workshop."""

    contact = models.ForeignKey(
        Contact, models.CASCADE, related_name="follow_ups", verbose_name=_("contact")
    )
    event = models.ForeignKey(
        Event, models.CASCADE, related_name="outreach_follow_ups", verbose_name=_("atelier")
    )
    title = models.CharField(_("plan"), max_length=120)
    created_at = models.DateTimeField(_("depuis le"), auto_now_add=True)

    personal_data = PersonalData(
        fields=("event", "title", "created_at"),
        purpose=_("Aider la personne à mettre en pratique ce qu’elle a appris."),
        lifetime=_("Comme le contact."),
        person="contact__person",
        erasure="scrub",
    )

    class Meta:
        verbose_name = _("suivi après un atelier")
        verbose_name_plural = _("suivis après un atelier")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "event", "title"],
                name="outreach_follow_up_once",
                violation_error_message=_("Cette personne a déjà ce plan pour cet atelier."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class FollowUpStep(models.Model):
    """One step of someone's plan: when, whether it is done, and a word on it."""

    follow_up = models.ForeignKey(
        FollowUp, models.CASCADE, related_name="steps", verbose_name=_("suivi")
    )
    label = models.CharField(_("étape"), max_length=160)
    due_on = models.DateField(_("pour le"))
    done_at = models.DateTimeField(_("fait le"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True,
        related_name="outreach_steps_done", verbose_name=_("noté par"),
    )  # fmt: skip
    note = models.CharField(_("note"), max_length=300, blank=True)

    personal_data = PersonalData(
        fields=("label", "due_on", "done_at", "note"),
        purpose=_("Voir ensemble ce qui est fait et ce qui reste."),
        lifetime=_("Comme le contact."),
        person="follow_up__contact__person",
        erasure="scrub",
        scrubbed=("note",),
    )

    class Meta:
        verbose_name = _("étape d’un suivi")
        verbose_name_plural = _("étapes des suivis")
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.label
