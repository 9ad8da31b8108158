import datetime
import uuid
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.kernel.initiatives.models.contribution import new_code
from traboule.kernel.privacy import PersonalData
from traboule.kernel.spaces.models import Space

from .dwelling import Dwelling
from .listing import Listing
from .run import Run

DAYS_TO_ANSWER = 14


class SwapState(models.TextChoices):
    """Where an exchange is."""

    PROPOSED = "proposed", _("proposé")
    AGREED = "agreed", _("d’accord : dossier chez les bailleurs")
    VALIDATED = "validated", _("accepté par les bailleurs")
    DONE = "done", _("réalisé")
    BROKEN = "broken", _("arrêté")


BINDING = (SwapState.AGREED, SwapState.VALIDATED)
"""While it is in these, no other exchange may claim its households nor its homes."""


class Origin(models.TextChoices):
    """How it came about."""

    TENANTS = "tenants", _("les ménages se sont trouvés")
    ENGINE = "engine", _("proposé par le calcul")
    REPAIR = "repair", _("réparation d’un échange arrêté")


class Stop(models.TextChoices):
    """Why an exchange stopped."""

    SAID_NO = "said-no", _("un ménage a dit non")
    LEFT = "left", _("un ménage s’est retiré")
    LATE = "late", _("un ménage n’a pas répondu à temps")
    REFUSED = "refused", _("un bailleur a dit non")
    TAKEN = "taken", _("un autre échange s’est conclu avant")
    GONE = "gone", _("une annonce ou un logement n’est plus là")


class SwapQuerySet(models.QuerySet["Swap"]):
    """Exchanges, and those under way."""

    def under_way(self) -> Self:
        """Those that are neither done nor broken."""
        return self.filter(state__in=["proposed", *BINDING])

    def counting_on(self, dwelling: Dwelling) -> Self:
        """Those under way in which someone leaves a home, or comes in."""
        of_it = Q(moves__dwelling=dwelling) | Q(moves__listing__dwelling=dwelling)
        return self.under_way().filter(of_it).distinct().order_by("pk")

    def of(self, listing: Listing) -> Self:
        """Those in which a household moves."""
        return self.filter(moves__listing=listing).distinct()

    def for_listing(self) -> Self:
        """Everything one line shows, in two queries."""
        moves = Move.objects.for_listing()
        return self.prefetch_related(models.Prefetch("moves", moves))


class Swap(models.Model):
    """Households that move together: each into the home that another leaves, or an empty one."""

    MOVES = {
        SwapState.PROPOSED: {SwapState.AGREED, SwapState.BROKEN},
        SwapState.AGREED: {SwapState.VALIDATED, SwapState.BROKEN},
        SwapState.VALIDATED: {SwapState.DONE, SwapState.BROKEN},
        SwapState.DONE: set(),
        SwapState.BROKEN: set(),
    }

    space = models.ForeignKey(
        Space, models.CASCADE, related_name="housing_swaps", verbose_name=_("espace")
    )
    key = models.UUIDField(_("clé"), default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("numéro du dossier"), max_length=9, unique=True, default=new_code)
    state = models.CharField(
        _("état"), max_length=10, choices=SwapState, default=SwapState.PROPOSED
    )
    origin = models.CharField(_("origine"), max_length=10, choices=Origin, default=Origin.TENANTS)
    run = models.ForeignKey(
        Run, models.SET_NULL, null=True, blank=True, related_name="swaps",
        verbose_name=_("calcul"),
    )  # fmt: skip
    repairs = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="repaired_by",
        verbose_name=_("répare"),
    )  # fmt: skip
    weight = models.PositiveIntegerField(_("poids"), default=0)
    proposed_at = models.DateTimeField(_("proposé le"), default=timezone.now)
    answer_by = models.DateField(_("réponse avant le"))
    agreed_at = models.DateTimeField(_("d’accord le"), null=True, blank=True)
    inventory_on = models.DateField(_("états des lieux le"), null=True, blank=True)
    done_at = models.DateTimeField(_("réalisé le"), null=True, blank=True)
    broken_at = models.DateTimeField(_("arrêté le"), null=True, blank=True)
    broken_because = models.CharField(
        _("pourquoi il s’arrête"), max_length=20, choices=Stop, blank=True
    )

    objects = SwapQuerySet.as_manager()
    personal_data = None

    class Meta:
        verbose_name = _("échange")
        verbose_name_plural = _("échanges")
        ordering = ["-proposed_at", "-pk"]
        indexes = [models.Index(fields=["space", "state"], name="housing_swap_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=SwapState.values), name="housing_swap_state_known",
                violation_error_message=_("Cet état n’existe pas."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return gettext("échange %(code)s") % {"code": self.code}

    def get_absolute_url(self) -> str:
        return reverse("housing:swap", args=[self.space.slug, self.code])

    @property
    def journal_label(self) -> str:
        """What stays in the journal for ever."""
        return str(self)

    @property
    def is_under_way(self) -> bool:
        """Whether it is neither done nor broken."""
        return self.state in {SwapState.PROPOSED, *BINDING}

    @cached_property
    def size(self) -> int:
        """How many households move."""
        return len(self.moves.all())

    def may_become(self, state: Any) -> bool:
        """Whether the table of moves allows it."""
        return state in self.MOVES[SwapState(self.state)]


class Answer(models.TextChoices):
    """What a household says of an exchange proposed to it."""

    WAITING = "waiting", _("pas encore répondu")
    YES = "yes", _("oui")
    NO = "no", _("non")


class MoveQuerySet(models.QuerySet["Move"]):
    """The moves of exchanges."""

    def for_listing(self) -> Self:
        """Everything one line shows, in one query."""
        return self.select_related(
            "listing__tenant", "listing__dwelling__commune", "listing__dwelling__landlord",
            "dwelling__commune", "dwelling__landlord",
        )  # fmt: skip


class Move(models.Model):
    """A household moves into a home; while binding, neither can be in another exchange."""

    swap = models.ForeignKey(Swap, models.CASCADE, related_name="moves", verbose_name=_("échange"))
    listing = models.ForeignKey(
        Listing, models.PROTECT, related_name="moves", verbose_name=_("annonce")
    )
    dwelling = models.ForeignKey(
        Dwelling, models.PROTECT, related_name="moves_in", verbose_name=_("logement")
    )
    position = models.PositiveSmallIntegerField(_("rang"), default=0)
    answer = models.CharField(_("réponse"), max_length=8, choices=Answer, default=Answer.WAITING)
    answered_at = models.DateTimeField(_("répondu le"), null=True, blank=True)
    is_binding = models.BooleanField(_("engagé"), default=False)
    rent_before = models.DecimalField(
        _("loyer avant"), max_digits=7, decimal_places=2, null=True, blank=True
    )
    rent_after = models.DecimalField(
        _("loyer après"), max_digits=7, decimal_places=2, null=True, blank=True
    )
    lease_signed_on = models.DateField(_("bail signé le"), null=True, blank=True)

    objects = MoveQuerySet.as_manager()
    personal_data = PersonalData(
        fields=("listing", "dwelling", "answer", "answered_at"),
        purpose=_("Organiser un échange de logements."),
        lifetime=_("Cinq ans, comme les baux qu’il a changés."),
        person="listing__tenant",
        erasure="keep",
        kept_because=_("Les bailleurs doivent pouvoir dire pourquoi un bail a changé."),
    )

    class Meta:
        verbose_name = _("déménagement")
        verbose_name_plural = _("déménagements")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["swap", "listing"], name="housing_moves_once_a_swap",
                violation_error_message=_("Ce ménage est déjà dans cet échange."),
            ),
            models.UniqueConstraint(
                fields=["swap", "dwelling"], name="housing_taken_once_a_swap",
                violation_error_message=_("Ce logement est déjà dans cet échange."),
            ),
            models.UniqueConstraint(
                fields=["listing"], condition=Q(is_binding=True), name="housing_moves_once",
                violation_error_message=_("Ce ménage est engagé dans un autre échange."),
            ),
            models.UniqueConstraint(
                fields=["dwelling"], condition=Q(is_binding=True), name="housing_taken_once",
                violation_error_message=_("Ce logement est promis dans un autre échange."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.listing} → {self.dwelling}"

    @property
    def left_behind(self) -> Dwelling:
        """The home that the household leaves."""
        return self.listing.dwelling

    @property
    def answer_by(self) -> datetime.date:
        """Until when to answer."""
        return self.swap.answer_by
