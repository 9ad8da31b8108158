from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traboule.blocks.agenda.models import Via
from traboule.kernel.privacy import PersonalData

from .meeting import Meeting


class Convocation(models.Model):
    """That a group of people is called to a meeting, in which words, and when it left."""

    meeting = models.OneToOneField(
        Meeting, models.CASCADE, related_name="convocation", verbose_name=_("réunion")
    )
    audience = models.CharField(_("groupe convoqué"), max_length=80)
    is_statutory = models.BooleanField(_("prévue par les statuts"), default=True)
    text = models.TextField(_("mot de la convocation"), max_length=1200, blank=True)
    sent_at = models.DateTimeField(_("partie le"))
    sent_to = models.PositiveIntegerField(_("personnes convoquées"), default=0)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="convocations",
        verbose_name=_("par"),
    )  # fmt: skip

    personal_data = PersonalData(
        fields=("by",),
        purpose=_("Savoir qui a convoqué la réunion."),
        lifetime=_("Tant que l’espace existe ; ensuite, sans le nom."),
        person="by",
        erasure="scrub",
        scrubbed=("by",),
    )

    class Meta:
        verbose_name = _("convocation")
        verbose_name_plural = _("convocations")
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return str(self.meeting)


class Excuse(models.Model):
    """That someone said beforehand that they cannot come."""

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="excuses", verbose_name=_("réunion")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="meeting_excuses",
        verbose_name=_("personne"),
    )  # fmt: skip
    at = models.DateTimeField(_("dit le"), auto_now_add=True)
    via = models.CharField(_("par quelle porte"), max_length=5, choices=Via, default=Via.WEB)

    personal_data = PersonalData(
        fields=("person", "at", "via"),
        purpose=_("Distinguer, dans le compte-rendu, les personnes excusées des absentes."),
        lifetime=_("Tant que l’espace existe."),
        person="person",
        erasure="delete",
    )

    class Meta:
        verbose_name = _("excuse")
        verbose_name_plural = _("excuses")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                name="meetings_excuse_once",
                violation_error_message=_("Cette personne s’est déjà excusée."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.meeting}"


class Proxy(models.Model):
    """That someone absent gives their voice to someone who comes, for one meeting.

    It can be taken back until the meeting begins, and stays written that it was given.
    """

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="proxies", verbose_name=_("réunion")
    )
    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="voices_given",
        verbose_name=_("voix de"),
    )  # fmt: skip
    carrier = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="voices_carried",
        verbose_name=_("portée par"),
    )  # fmt: skip
    given_at = models.DateTimeField(_("donnée le"), auto_now_add=True)
    withdrawn_at = models.DateTimeField(_("reprise le"), null=True, blank=True)
    via = models.CharField(_("par quelle porte"), max_length=5, choices=Via, default=Via.WEB)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="typed_voices",
        verbose_name=_("notée par"),
    )  # fmt: skip

    personal_data = PersonalData(
        fields=("giver", "carrier", "given_at", "withdrawn_at", "via", "by"),
        purpose=_("Compter la voix d’une personne absente, portée par une autre."),
        lifetime=_("Tant que l’espace existe."),
        person="giver carrier",
        erasure="delete",
    )

    class Meta:
        verbose_name = _("voix portée")
        verbose_name_plural = _("voix portées")
        ordering = ["given_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "giver"],
                condition=Q(withdrawn_at__isnull=True),
                name="meetings_one_voice_each",
                violation_error_message=_("Cette personne a déjà donné sa voix."),
            ),
            models.CheckConstraint(
                condition=~Q(giver=F("carrier")),
                name="meetings_voice_to_another",
                violation_error_message=_("On donne sa voix à quelqu’un d’autre."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver} → {self.carrier}"
