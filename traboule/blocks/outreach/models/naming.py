from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from traboule.kernel.spaces.models import Space


class ActionKind(models.TextChoices):
    """What is to be done next with a contact."""

    CALL = "call", _("Appeler")
    VISIT = "visit", _("Passer voir")
    WRITE = "write", _("Écrire")
    MEET = "meet", _("Rendez-vous")
    FOLLOW_UP = "follow-up", _("Faire le point")
    LOST_TOUCH = "lost-touch", _("Dire si le contact est perdu")


class Stage(models.Model):
    """Where a contact stands on the way, from the idea on: the space names its own stages."""

    space = models.ForeignKey(
        Space, models.CASCADE, related_name="outreach_stages", verbose_name=_("espace")
    )
    label = models.CharField(_("étape"), max_length=60)
    position = models.PositiveSmallIntegerField(_("rang"), default=0)

    personal_data = None

    class Meta:
        verbose_name = _("étape")
        verbose_name_plural = _("étapes")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "label"],
                name="outreach_stage_once",
                violation_error_message=_("Cette étape est déjà dans la liste."),
            )
        ]

    def __str__(self) -> str:
        return self.label


class Need(models.Model):
    """Something that people come to ask for, in the space's own words."""

    space = models.ForeignKey(
        Space, models.CASCADE, related_name="outreach_needs", verbose_name=_("espace")
    )
    label = models.CharField(_("besoin"), max_length=60)
    position = models.PositiveSmallIntegerField(_("rang"), default=0)

    personal_data = None

    class Meta:
        verbose_name = _("besoin")
        verbose_name_plural = _("besoins")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "label"],
                name="outreach_need_once",
                violation_error_message=_("Ce besoin est déjà dans la liste."),
            )
        ]

    def __str__(self) -> str:
        return self.label


class PaceStep(models.Model):
    """What is done so many days after the first try, while nobody has been reached."""

    space = models.ForeignKey(
        Space, models.CASCADE, related_name="outreach_pace", verbose_name=_("espace")
    )
    kind = models.CharField(_("à faire"), max_length=10, choices=ActionKind)
    after_days = models.PositiveSmallIntegerField(
        _("jours après"), validators=[MaxValueValidator(365)]
    )

    personal_data = None

    class Meta:
        verbose_name = _("pas du rythme")
        verbose_name_plural = _("pas du rythme")
        ordering = ["after_days", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "after_days"],
                name="outreach_pace_once_a_day",
                violation_error_message=_("Une seule chose à faire par jour du rythme."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.after_days}"
