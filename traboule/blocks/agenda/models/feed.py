import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from traboule.kernel.privacy import PersonalData


def new_token() -> str:
    """What nobody guesses: whoever holds it reads the calendar."""
    return secrets.token_urlsafe(18)


class PersonalFeed(models.Model):
    """The secret address under which a person's own dates reach the calendar they use."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="agenda_feed",
        verbose_name=_("personne"),
    )  # fmt: skip
    token = models.CharField(_("clé"), max_length=40, unique=True, default=new_token)

    personal_data = PersonalData(
        fields=("person",),
        purpose=_("Montrer ses propres dates dans l’agenda de son téléphone."),
        lifetime=_("Jusqu’à ce que la personne change l’adresse ou soit effacée."),
        person="person",
    )

    class Meta:
        verbose_name = _("agenda personnel")
        verbose_name_plural = _("agendas personnels")

    def __str__(self) -> str:
        return str(self.person)
