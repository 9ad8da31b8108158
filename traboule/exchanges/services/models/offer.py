from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.kernel.conversations.models import Conversation
from traboule.kernel.privacy import PersonalData

from .request import Request
from .worker import Worker


class OfferState(models.TextChoices):
    """What became of an offer."""

    SENT = "sent", _("envoyée")
    CHOSEN = "chosen", _("choisie")
    DECLINED = "declined", _("déclinée")
    WITHDRAWN = "withdrawn", _("retirée")
    CLOSED = "closed", _("fermée")


LIVE_OFFERS = (OfferState.SENT, OfferState.CHOSEN)


class OfferQuerySet(models.QuerySet["Offer"]):
    """Offers, those that still may become a job."""

    def live(self) -> Self:
        """Those that are not over."""
        return self.filter(state__in=LIVE_OFFERS)

    def for_listing(self) -> Self:
        """Everything that one line shows."""
        return self.select_related("worker__person", "worker__commune", "request", "conversation")

    def compared(self) -> Self:
        """The same, with how many contracts each worker has done hours under, here."""
        done = Q(worker__contracts__works__state__in=("confirmed", "paid"))
        jobs = models.Count("worker__contracts", filter=done, distinct=True)
        return self.for_listing().annotate(jobs=jobs)


class Offer(models.Model):
    """What a worker answers to a request: a price net of an hour, a few words."""

    MOVES = {
        OfferState.SENT: {
            OfferState.CHOSEN, OfferState.DECLINED, OfferState.WITHDRAWN, OfferState.CLOSED
        },
        OfferState.CHOSEN: {OfferState.WITHDRAWN, OfferState.CLOSED},
        OfferState.DECLINED: set(),
        OfferState.WITHDRAWN: set(),
        OfferState.CLOSED: set(),
    }  # fmt: skip

    request = models.ForeignKey(
        Request, models.CASCADE, related_name="offers", verbose_name=_("demande")
    )
    worker = models.ForeignKey(
        Worker, models.CASCADE, related_name="offers", verbose_name=_("personne qui propose")
    )
    net_hourly = models.DecimalField(_("pour une heure, net"), max_digits=5, decimal_places=2)
    words = models.TextField(_("en quelques mots"), max_length=400, blank=True)
    state = models.CharField(_("état"), max_length=9, choices=OfferState, default=OfferState.SENT)
    conversation = models.OneToOneField(
        Conversation, models.SET_NULL, null=True, blank=True, related_name="service_offer",
        verbose_name=_("conversation"),
    )  # fmt: skip
    sent_at = models.DateTimeField(_("envoyée le"), default=timezone.now)
    answered_at = models.DateTimeField(_("répondu le"), null=True, blank=True)

    # What ``compared`` adds.
    jobs: int

    objects = OfferQuerySet.as_manager()
    personal_data = PersonalData(
        fields=("request", "worker", "net_hourly", "words", "state"),
        purpose=_("Proposer ses mains pour un service."),
        lifetime=_("Deux ans après la demande."),
        person="worker__person request__household__person",
        erasure="scrub",
        scrubbed=("words",),
    )

    class Meta:
        verbose_name = _("offre")
        verbose_name_plural = _("offres")
        ordering = ["sent_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["request", "worker"],
                condition=Q(state__in=["sent", "chosen"]),
                name="services_offer_once",
                violation_error_message=_("Vous avez déjà répondu à cette demande."),
            ),
            models.UniqueConstraint(
                fields=["request"],
                condition=Q(state="chosen"),
                name="services_one_chosen",
                violation_error_message=_("Quelqu’un est déjà choisi pour cette demande."),
            ),
            models.CheckConstraint(
                condition=Q(net_hourly__gt=0, net_hourly__lte=200), name="services_offer_price",
                violation_error_message=_("Une heure vaut de 1 à 200 €."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.request} · {self.worker}"

    @property
    def journal_label(self) -> str:
        """What stays in the journal for ever."""
        return gettext("offre pour la demande %(code)s") % {"code": self.request.code}

    def may_become(self, state: Any) -> bool:
        """Whether the table of moves allows it."""
        return state in self.MOVES[OfferState(self.state)]
