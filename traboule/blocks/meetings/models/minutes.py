from typing import Any, NoReturn, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.blocks.agenda.models import Via
from traboule.kernel.privacy import PersonalData
from traboule.kernel.spaces.models import Space

from .meeting import Item, Meeting


class Decision(models.Model):
    """What was decided under a point, by consensus or with so many voices."""

    space = models.ForeignKey(
        Space, models.CASCADE, related_name="decisions", verbose_name=_("espace")
    )
    item = models.ForeignKey(
        Item, models.CASCADE, related_name="decisions", verbose_name=_("point")
    )
    year = models.PositiveSmallIntegerField(_("année"))
    number = models.PositiveSmallIntegerField(_("numéro dans l’année"))
    text = models.TextField(_("décision"), max_length=1500)
    is_consensus = models.BooleanField(_("par consensus"), default=True)
    votes_for = models.PositiveSmallIntegerField(_("pour"), null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(_("contre"), null=True, blank=True)
    votes_abstain = models.PositiveSmallIntegerField(_("abstentions"), null=True, blank=True)

    personal_data = None

    class Meta:
        verbose_name = _("décision")
        verbose_name_plural = _("décisions")
        ordering = ["year", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "year", "number"],
                name="meetings_decision_number_once",
                violation_error_message=_("Une autre décision porte déjà ce numéro."),
            ),
            models.CheckConstraint(
                condition=Q(
                    is_consensus=True, votes_for__isnull=True, votes_against__isnull=True,
                    votes_abstain__isnull=True,
                )
                | Q(
                    is_consensus=False, votes_for__isnull=False, votes_against__isnull=False,
                    votes_abstain__isnull=False,
                ),
                name="meetings_consensus_or_count",
                violation_error_message=_("Dites le consensus, ou comptez toutes les voix."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.ref} · {self.text}"

    @property
    def ref(self) -> str:
        """« 2026-3 »."""
        return f"{self.year}-{self.number}"

    @property
    def how(self) -> str:
        """« par consensus », « 9 pour, 2 contre, 1 abstention »."""
        if self.is_consensus:
            return gettext("par consensus")
        return counted(self.votes_for or 0, self.votes_against or 0, self.votes_abstain or 0)


def counted(yes: int, no: int, blank: int) -> str:
    """« 9 pour, 2 contre, 1 abstention(s) » in words."""
    said = (
        gettext("%(yes)d pour, %(no)d contre, %(blank)d abstention")
        if blank < 2
        else gettext("%(yes)d pour, %(no)d contre, %(blank)d abstentions")
    )
    return said % {"yes": yes, "no": no, "blank": blank}


class ActionQuerySet(models.QuerySet["ActionPoint"]):
    """Things to do after meetings."""

    def for_listing(self) -> Self:
        """Everything that a line shows, the soonest first."""
        return self.select_related(
            "owner", "item__meeting__event", "item__meeting__space__initiative"
        )

    def to_do(self) -> Self:
        """Those still to be done, the soonest first, then those without a date."""
        return self.filter(done_at__isnull=True).order_by(
            models.F("due_on").asc(nulls_last=True), "pk"
        )

    def done(self) -> Self:
        """Those that are done, the latest first."""
        return self.filter(done_at__isnull=False).order_by("-done_at", "-pk")


class ActionPoint(models.Model):
    """What somebody said they would do, and whether it is done."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="actions", verbose_name=_("point"))
    text = models.CharField(_("ce qui est à faire"), max_length=300)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True,
        related_name="action_points", verbose_name=_("qui s’en charge"),
    )  # fmt: skip
    owner_words = models.CharField(_("qui s’en charge"), max_length=120, blank=True)
    due_on = models.DateField(_("pour quand"), null=True, blank=True)
    done_at = models.DateTimeField(_("fait le"), null=True, blank=True)

    objects = ActionQuerySet.as_manager()
    personal_data = PersonalData(
        fields=("owner", "owner_words", "due_on", "done_at"),
        purpose=_("Savoir qui s’est chargé de quoi, et le rappeler."),
        lifetime=_("Tant que l’espace existe ; ensuite, sans le nom."),
        person="owner",
        erasure="scrub",
        scrubbed=("owner", "owner_words"),
    )

    class Meta:
        verbose_name = _("chose à faire")
        verbose_name_plural = _("choses à faire")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def who(self) -> str:
        """Who sees to it, in words; empty when nobody was named."""
        return str(self.owner) if self.owner else self.owner_words

    @property
    def is_late(self) -> bool:
        """Whether its day has passed and it is not done."""
        late = self.due_on is not None and self.due_on < timezone.localdate()
        return late and self.done_at is None


class Amendment(models.Model):
    """A change to the minutes that someone who was there asks for."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("demandée")
        ACCEPTED = "accepted", _("acceptée")
        REFUSED = "refused", _("refusée")

    MOVES = {
        State.PROPOSED: {State.ACCEPTED, State.REFUSED},
        State.ACCEPTED: set[State](),
        State.REFUSED: set[State](),
    }

    item = models.ForeignKey(
        Item, models.CASCADE, related_name="amendments", verbose_name=_("point")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="minutes_amendments",
        verbose_name=_("demandée par"),
    )  # fmt: skip
    passage = models.TextField(_("le passage"), max_length=2000, blank=True)
    proposed = models.TextField(_("ce qu’il faudrait écrire"), max_length=3000)
    state = models.CharField(_("état"), max_length=8, choices=State, default=State.PROPOSED)
    reason = models.CharField(_("raison de la réponse"), max_length=500, blank=True)
    via = models.CharField(_("par quelle porte"), max_length=5, choices=Via, default=Via.WEB)
    asked_at = models.DateTimeField(_("demandée le"), auto_now_add=True)
    answered_at = models.DateTimeField(_("répondue le"), null=True, blank=True)

    personal_data = PersonalData(
        fields=("person", "passage", "proposed", "via", "asked_at"),
        purpose=_("Corriger le compte-rendu avant de l’approuver, et répondre à qui le demande."),
        lifetime=_("Tant que l’espace existe ; ensuite, sans le nom."),
        person="person",
        erasure="scrub",
        scrubbed=("person",),
    )

    class Meta:
        verbose_name = _("correction demandée")
        verbose_name_plural = _("corrections demandées")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""),
                name="meetings_refusal_has_a_reason",
                violation_error_message=_("Dites pourquoi : une phrase suffit."),
            )
        ]

    def __str__(self) -> str:
        return self.proposed[:80]

    def may_become(self, state: Any) -> bool:
        """Whether the table of moves allows it."""
        return state in self.MOVES[self.State(self.state)]


class VersionQuerySet(models.QuerySet["MinutesVersion"]):
    """Versions, which nobody rewrites."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refused: what people read stays as they read it."""
        raise TypeError("versions of minutes are only ever added to")


class MinutesVersion(models.Model):
    """The minutes as they stood when people were given them, with their hash.

    ``content`` holds what the public reads: nobody's name but of those who present a point or see
    to something by their function, as the minutes write them.
    """

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="versions", verbose_name=_("réunion")
    )
    number = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(_("pour"), max_length=10, choices=Meeting.State)
    content = models.JSONField(_("contenu"))
    sha256 = models.CharField(_("empreinte"), max_length=64)
    at = models.DateTimeField(_("le"), auto_now_add=True)

    objects = VersionQuerySet.as_manager()
    personal_data = PersonalData(
        fields=("content",),
        purpose=_("Garder le compte-rendu tel que chacun l’a lu et approuvé."),
        lifetime=_("Tant que l’espace existe : c’est la mémoire du groupe."),
        erasure="keep",
        kept_because=_(
            "Un compte-rendu approuvé est une archive ; seuls y figurent les noms de "
            "celles et ceux qui parlent au nom du groupe."
        ),
    )

    class Meta:
        verbose_name = _("version du compte-rendu")
        verbose_name_plural = _("versions du compte-rendu")
        ordering = ["number"]
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number"],
                name="meetings_version_once",
                violation_error_message=_("Cette version existe déjà."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting} · {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new version; an existing one is refused."""
        if not self._state.adding:
            raise TypeError("versions of minutes are only ever added to")
        super().save(*args, **{**kwargs, "force_insert": True})
