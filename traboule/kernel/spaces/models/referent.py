from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from traboule.kernel.people.channels import ChannelKind, normalise, shown
from traboule.kernel.privacy import PersonalData


class Referent(models.Model):
    """Someone to call or to find, for what, when; written on every page of the space.

    They agreed to it: the number is the one they gave for that, not one of their channels.
    """

    space = models.ForeignKey(
        "spaces.Space", models.CASCADE, related_name="referents", verbose_name=_("espace")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="referent_in",
        verbose_name=_("personne"),
    )
    charge = models.CharField(_("pour quoi"), max_length=120)
    hours = models.CharField(_("quand"), max_length=120, blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    is_public = models.BooleanField(_("tout le monde peut le lire"), default=False)
    named_at = models.DateTimeField(_("depuis le"), auto_now_add=True)

    personal_data = PersonalData(
        fields=("person", "charge", "hours", "phone", "is_public", "named_at"),
        purpose=_("Dire à qui s’adresser, et quand."),
        lifetime=_("Tant que la personne tient ce rôle."),
        person="person",
    )

    class Meta:
        verbose_name = _("référente ou référent")
        verbose_name_plural = _("référentes et référents")
        ordering = ["named_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "person"],
                name="spaces_referent_once",
                violation_error_message=_("Cette personne est déjà à appeler : corrigez sa ligne."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.charge}"

    def clean(self) -> None:
        """Keep the number under the one form that a telephone calls."""
        if self.phone:
            self.phone = normalise(ChannelKind.LANDLINE, self.phone)

    @property
    def shown_phone(self) -> str:
        """The number as people read it."""
        return shown(ChannelKind.LANDLINE, self.phone)
