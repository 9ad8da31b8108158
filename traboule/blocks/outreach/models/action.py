import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traboule.kernel.privacy import PersonalData

from .contact import Contact
from .exchange import Exchange
from .naming import ActionKind


class NextActionQuerySet(models.QuerySet["NextAction"]):
    """Things to do, and which of them are due."""

    def to_do(self) -> Self:
        """Those not done yet, the oldest first."""
        return self.filter(done_at__isnull=True).order_by("due_on", "pk")

    def due(self, day: datetime.date) -> Self:
        """Those whose day has come, of contacts that may still be approached."""
        return self.to_do().filter(due_on__lte=day, contact__in=Contact.objects.may_be_approached())


class NextAction(models.Model):
    """What is to be done next with a contact, by whom, and when; one at a time."""

    contact = models.ForeignKey(
        Contact, models.CASCADE, related_name="actions", verbose_name=_("contact")
    )
    kind = models.CharField(_("à faire"), max_length=10, choices=ActionKind)
    due_on = models.DateField(_("pour le"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True,
        related_name="outreach_actions", verbose_name=_("par"),
    )  # fmt: skip
    done_at = models.DateTimeField(_("fait le"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True,
        related_name="outreach_actions_done", verbose_name=_("fait par"),
    )  # fmt: skip
    exchange = models.ForeignKey(
        Exchange, models.SET_NULL, null=True, blank=True, related_name="closed_actions",
        verbose_name=_("échange"),
    )  # fmt: skip

    objects = NextActionQuerySet.as_manager()
    personal_data = PersonalData(
        fields=("kind", "due_on", "owner", "done_at"),
        purpose=_("Ne laisser personne sans suite."),
        lifetime=_("Comme le contact."),
        person="contact__person",
    )

    class Meta:
        verbose_name = _("prochaine action")
        verbose_name_plural = _("prochaines actions")
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["done_at", "due_on"], name="outreach_action_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["contact"],
                condition=Q(done_at__isnull=True),
                name="outreach_one_next_action",
                violation_error_message=_("Ce contact a déjà une prochaine action."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.due_on}"

    @property
    def is_late(self) -> bool:
        """Whether its day is past."""
        return self.due_on < timezone.localdate()
