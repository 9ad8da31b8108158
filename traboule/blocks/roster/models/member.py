import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traboule.kernel.privacy import PersonalData
from traboule.kernel.spaces.models import Space

from .roster import College

SOON = datetime.timedelta(days=90)
"""How long before the end of a term its end is told to those who prepare what follows."""


class Rank(models.TextChoices):
    """Whether one holds a seat, or takes it when its holder leaves."""

    TITULAR = "titular", _("titulaire")
    SUBSTITUTE = "substitute", _("suppléance")


class Designation(models.TextChoices):
    """How someone came to sit there."""

    DRAWN = "drawn", _("par tirage au sort")
    APPOINTED = "appointed", _("par désignation")
    ELECTED = "elected", _("par élection")
    VOLUNTEER = "volunteer", _("par volontariat")


class Because(models.TextChoices):
    """Why someone sits there no more."""

    RESIGNED = "resigned", _("La personne renonce à sa place")
    TERM = "term", _("Son mandat est terminé")
    MOVED = "moved", _("Elle a quitté le quartier ou son organisme")
    MISTAKE = "mistake", _("Elle avait été ajoutée par erreur")
    OTHER = "other", _("Autre raison")


class MemberQuerySet(models.QuerySet["Member"]):
    """Seats held, now and before."""

    def current(self) -> Self:
        """Those who sit today."""
        return self.filter(ended_on__isnull=True)

    def held_on(self, day: datetime.date) -> Self:
        """Those who sat on that day."""
        until = Q(ended_on__isnull=True) | Q(ended_on__gt=day)
        return self.filter(until, starts_on__lte=day)

    def titular(self) -> Self:
        """Those who hold a seat."""
        return self.filter(rank=Rank.TITULAR)

    def substitutes(self) -> Self:
        """Those who take a seat when it becomes vacant, the first first."""
        return self.filter(rank=Rank.SUBSTITUTE).order_by("starts_on", "pk")

    def bureau(self) -> Self:
        """Those who have a function."""
        return self.exclude(function="")

    def ending_soon(self, today: datetime.date) -> Self:
        """Current members whose term ends within three months, or should have."""
        return self.current().filter(term_ends_on__lte=today + SOON).order_by("term_ends_on", "pk")

    def for_listing(self) -> Self:
        """Everything one line of a list shows, in one query; by college, seats first."""
        first = models.Case(models.When(rank=Rank.TITULAR, then=0), default=1)
        return self.select_related("person", "college").order_by(
            "college__position", "college", first, "starts_on", "pk"
        )


class Member(models.Model):
    """That a person sits in a college, or is ready to: as what, since when, until when."""

    space = models.ForeignKey(
        Space, models.CASCADE, related_name="members", verbose_name=_("espace")
    )
    college = models.ForeignKey(
        College, models.PROTECT, related_name="members", verbose_name=_("collège")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="roster_seats",
        verbose_name=_("personne"),
    )  # fmt: skip
    rank = models.CharField(_("place"), max_length=10, choices=Rank, default=Rank.TITULAR)
    designation = models.CharField(
        _("choisie"), max_length=10, choices=Designation, default=Designation.APPOINTED
    )
    function = models.CharField(_("fonction"), max_length=80, blank=True)
    starts_on = models.DateField(_("depuis le"), default=timezone.localdate)
    term_ends_on = models.DateField(_("mandat jusqu’au"), null=True, blank=True)
    ended_on = models.DateField(_("partie le"), null=True, blank=True)
    ended_because = models.CharField(_("pourquoi"), max_length=10, choices=Because, blank=True)

    objects = MemberQuerySet.as_manager()
    personal_data = PersonalData(
        fields=("person", "college", "rank", "designation", "function", "starts_on",
                "term_ends_on", "ended_on", "ended_because"),
        purpose=_("Tenir la composition du groupe : qui y siège, comment, jusqu’à quand."),
        lifetime=_("Tant que l’espace existe ; ensuite, compté sans le nom."),
        person="person",
        erasure="scrub",
        scrubbed=("function",),
    )  # fmt: skip

    class Meta:
        verbose_name = _("membre")
        verbose_name_plural = _("membres")
        ordering = ["pk"]
        indexes = [models.Index(fields=["space", "ended_on"], name="roster_member_current")]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "person"],
                condition=Q(ended_on__isnull=True),
                name="roster_member_once",
                violation_error_message=_("Cette personne fait déjà partie de la composition."),
            ),
            models.CheckConstraint(
                condition=Q(rank__in=Rank.values),
                name="roster_member_rank",
                violation_error_message=_("Choisissez titulaire ou suppléance."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_because="")
                | Q(ended_on__isnull=False) & ~Q(ended_because=""),
                name="roster_member_end_has_a_reason",
                violation_error_message=_("Dites pourquoi cette personne quitte sa place."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("starts_on")),
                name="roster_member_ends_after_start",
                violation_error_message=_("La fin ne peut pas précéder le début."),
            ),
            models.CheckConstraint(
                condition=Q(term_ends_on__isnull=True) | Q(term_ends_on__gte=F("starts_on")),
                name="roster_member_term_after_start",
                violation_error_message=_("Le mandat ne peut pas finir avant d’avoir commencé."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.college}"

    @property
    def journal_label(self) -> str:
        """« Conseil citoyen, collège Habitants »: the journal names nobody."""
        return f"{self.space}, {self.college}"

    @property
    def is_titular(self) -> bool:
        """Whether they hold a seat."""
        return self.rank == Rank.TITULAR
