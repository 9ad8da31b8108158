from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traboule.kernel.notices.choosing import Way
from traboule.kernel.notices.models import Notice
from traboule.kernel.notices.models import State as Told
from traboule.kernel.privacy import PersonalData

from .mailing import Mailing

ARRIVED = (Told.SENT, Told.DELIVERED, Told.CALLED, Told.POSTED)


class RecipientQuerySet(models.QuerySet["Recipient"]):
    """Those to whom a text goes, and how they fare."""

    def to_go(self) -> Self:
        """Those who were not written to yet, in the order in which they are."""
        return self.filter(state=Recipient.State.LISTED).order_by("pk")

    def reached(self) -> Self:
        """Those whom it reached, as far as one can tell."""
        on_the_site = Q(notice__state=Told.WEB, notice__read_at__isnull=False)
        return self.filter(Q(notice__state__in=ARRIVED) | on_the_site)

    def not_reached(self) -> Self:
        """Those whom it did not reach, or not yet: to call, to post, lost, nowhere to go."""
        told = self.filter(state=Recipient.State.TOLD, notice__isnull=False)
        return told.exclude(pk__in=self.reached().order_by().values("pk"))

    def for_listing(self) -> Self:
        """Everything one line shows, in one query."""
        return self.select_related("person", "notice__recipient").order_by("pk")


class Recipient(models.Model):
    """One person to whom a text goes, once."""

    class State(models.TextChoices):
        """What was done for them."""

        LISTED = "listed", _("pas encore partie")
        TOLD = "told", _("partie")
        LEFT_OUT = "left-out", _("n’en veut plus")

    class Means(models.TextChoices):
        """By what they would be told, when the list was made."""

        SMS = Way.SMS.value, _("SMS")
        EMAIL = Way.EMAIL.value, _("E-mail")
        CALL = Way.CALL.value, _("Appel")
        POST = Way.POST.value, _("Lettre")
        WEB = Way.WEB.value, _("Aucun moyen")

    mailing = models.ForeignKey(
        Mailing, models.CASCADE, related_name="recipients", verbose_name=_("envoi")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="received_mailings",
        verbose_name=_("personne"),
    )
    state = models.CharField(_("état"), max_length=10, choices=State, default=State.LISTED)
    means = models.CharField(_("moyen prévu"), max_length=10, choices=Means)
    notice = models.OneToOneField(
        Notice,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="mailing_recipient",
        verbose_name=_("message"),
    )

    objects = RecipientQuerySet.as_manager()

    personal_data = PersonalData(
        fields=("person", "means", "state"),
        purpose=_("Écrire une seule fois à chacun, et savoir qui n’a pas été joint."),
        lifetime=_("Tant que l’espace garde ses lettres ; ensuite, compté sans nom."),
        person="person",
        erasure="scrub",
    )

    class Meta:
        verbose_name = _("destinataire")
        verbose_name_plural = _("destinataires")
        ordering = ("pk",)
        indexes = [models.Index(fields=["mailing", "state", "id"], name="mailings_to_go")]
        constraints = [
            models.UniqueConstraint(
                fields=["mailing", "person"],
                name="mailings_recipient_once",
                violation_error_message=_("Cette personne est déjà dans la liste."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=("listed", "told", "left-out")),
                name="mailings_recipient_known_state",
                violation_error_message=_("Cet état n’existe pas."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.mailing}"

    @property
    def told_how(self) -> str:
        """By what they were told and how that went, in words."""
        return self.notice.told_how if self.notice else self.get_state_display()
