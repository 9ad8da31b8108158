import datetime
import secrets
from typing import Any, Self

from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from traboule.engines.calendar import Rule
from traboule.kernel.initiatives.models.contribution import LETTERS
from traboule.kernel.spaces.models import Space

from ..wording import when

DOORS_OPEN = datetime.timedelta(hours=12)
"""The roll is called from the morning of the day on: not before."""


class Kind(models.TextChoices):
    """What sort of gathering it is."""

    MEETING = "meeting", _("Réunion")
    WORKSHOP = "workshop", _("Atelier")
    VISIT = "visit", _("Visite")
    WORK_DAY = "work-day", _("Chantier participatif")
    PERFORMANCE = "performance", _("Représentation")


class Series(models.Model):
    """Events that come back: the rule of their dates, and whether one signs up for all at once."""

    space = models.ForeignKey(
        Space, models.CASCADE, related_name="series", verbose_name=_("espace")
    )
    title = models.CharField(_("titre"), max_length=120)
    rule = models.JSONField(_("règle des dates"))
    skips_public_holidays = models.BooleanField(_("saute les jours fériés"), default=True)
    skips_school_holidays = models.BooleanField(_("saute les vacances scolaires"), default=False)
    is_whole = models.BooleanField(_("on s’inscrit à toutes les séances ensemble"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    personal_data = None

    class Meta:
        verbose_name = _("série")
        verbose_name_plural = _("séries")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def dates(self) -> Rule:
        """The rule of its dates."""
        return Rule.from_dict(self.rule)

    @property
    def dates_in_words(self) -> str:
        """« tous les mardis, 9 fois »."""
        return self.dates.to_text(get_language() or "fr")


def new_code() -> str:
    """Five letters and figures that are not misread on paper: an event's short name."""
    return "".join(secrets.choice(LETTERS) for _ in range(5))


class EventQuerySet(models.QuerySet["Event"]):
    """Events, and which of them one may see."""

    def announced(self) -> Self:
        """Those that are open or cancelled: what was said publicly stays said."""
        return self.exclude(state=Event.State.DRAFT)

    def open(self) -> Self:
        """Those that will take place."""
        return self.filter(state=Event.State.OPEN)

    def public(self) -> Self:
        """What anyone may read: announced, of a published initiative, and not for members only."""
        return self.announced().filter(
            is_public=True, space__initiative__published_at__isnull=False
        )

    def gatherings(self) -> Self:
        """Events as an agenda shows them: one-to-one slots stand inside their event."""
        return self.filter(parent__isnull=True)

    def upcoming(self, now: datetime.datetime | None = None) -> Self:
        """Those that are not over, the nearest first."""
        return self.filter(ends_at__gte=now or timezone.now()).order_by("starts_at", "pk")

    def after(self, last: "Event") -> Self:
        """Those that follow one of the upcoming ones."""
        later = Q(starts_at__gt=last.starts_at) | Q(pk__gt=last.pk)
        return self.filter(later, starts_at__gte=last.starts_at)

    def past(self, now: datetime.datetime | None = None) -> Self:
        """Those that are over, the latest first."""
        return self.filter(ends_at__lt=now or timezone.now()).order_by("-starts_at", "-pk")

    def for_listing(self) -> Self:
        """Everything that one line of an agenda shows, in one query."""
        # Late: sign-ups point to events.
        from .signup import Signup

        waiting = Signup.objects.filter(event=OuterRef("pk"), state="waiting")
        free = Event.objects.filter(parent=OuterRef("pk"), state="open", seats_taken=0)
        return self.select_related("space__initiative__commune", "series").annotate(
            waiting=_number(waiting, "event"), free_slots=_number(free, "parent")
        )

    def for_page(self) -> Self:
        """Everything that its own page shows of the event, in one query."""
        return self.select_related(
            "space__initiative__commune", "space__initiative__holder", "series", "parent"
        )


def _number(rows: "models.QuerySet[Any]", of: str) -> Coalesce:
    """How many of them there are, counted for the rows that are shown and no other."""
    counted = rows.order_by().values(of).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


class Event(models.Model):
    """A dated gathering that people can sign up for, or one slot of one-to-one help within it."""

    class State(models.TextChoices):
        DRAFT = "draft", _("à confirmer")
        OPEN = "open", _("confirmé")
        CANCELLED = "cancelled", _("annulé")

    MOVES = {
        State.DRAFT: {State.OPEN, State.CANCELLED},
        State.OPEN: {State.CANCELLED},
        State.CANCELLED: set[State](),
    }

    space = models.ForeignKey(
        Space, models.CASCADE, related_name="events", verbose_name=_("espace")
    )
    series = models.ForeignKey(
        Series, models.SET_NULL, null=True, blank=True, related_name="events",
        verbose_name=_("série"),
    )  # fmt: skip
    rank = models.PositiveSmallIntegerField(_("rang dans la série"), default=0)
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="slots",
        verbose_name=_("rendez-vous de"),
    )  # fmt: skip
    kind = models.CharField(_("sorte"), max_length=12, choices=Kind, default=Kind.WORKSHOP)
    title = models.CharField(_("titre"), max_length=120)
    description = models.TextField(_("description"), max_length=4000, blank=True)
    place_name = models.CharField(_("lieu"), max_length=200, blank=True)
    address = models.CharField(_("adresse"), max_length=300, blank=True)
    starts_at = models.DateTimeField(_("début"))
    ends_at = models.DateTimeField(_("fin"))
    moved_from = models.DateTimeField(_("prévu d’abord le"), null=True, blank=True)
    capacity = models.PositiveSmallIntegerField(_("nombre de places"), null=True, blank=True)
    seats_taken = models.PositiveIntegerField(_("places prises"), default=0, editable=False)
    slot_minutes = models.PositiveSmallIntegerField(
        _("durée d’un rendez-vous, en minutes"), null=True, blank=True
    )
    takes_signups = models.BooleanField(_("on s’inscrit"), default=True)
    is_public = models.BooleanField(_("tout le monde peut le voir"), default=True)
    state = models.CharField(_("état"), max_length=10, choices=State, default=State.OPEN)
    reason = models.CharField(_("raison du changement"), max_length=300, blank=True)
    code = models.CharField(_("code"), max_length=5, unique=True, default=new_code)
    revision = models.PositiveIntegerField(_("révision"), default=0, editable=False)
    changed_at = models.DateTimeField(_("modifié le"), auto_now=True)

    objects = EventQuerySet.as_manager()
    personal_data = None
    # What ``for_listing`` counts.
    waiting: int
    free_slots: int

    class Meta:
        verbose_name = _("événement")
        verbose_name_plural = _("événements")
        ordering = ["starts_at", "pk"]
        indexes = [
            models.Index(fields=["space", "starts_at"], name="agenda_event_space"),
            models.Index(fields=["ends_at"], name="agenda_event_end"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="agenda_event_ends_after_start",
                violation_error_message=_("La fin doit suivre le début."),
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(seats_taken__lte=F("capacity")),
                name="agenda_event_never_over_capacity",
                violation_error_message=_("Il n’y a plus assez de places."),
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gte=1),
                name="agenda_event_has_a_seat",
                violation_error_message=_("Il faut au moins une place."),
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | Q(slot_minutes__isnull=True),
                name="agenda_slot_has_no_slots",
                violation_error_message=_("Un rendez-vous ne se découpe pas."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("agenda:event", args=[self.space.slug, self.pk])

    @property
    def journal_label(self) -> str:
        """« Créer son site, mardi 12 janvier à 18 h »: receipts tell of a date, not of a title."""
        return f"{self.title}, {when(self)}"

    @property
    def free(self) -> int | None:
        """Seats left; None when they are not counted."""
        return None if self.capacity is None else self.capacity - self.seats_taken

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.ends_at < timezone.now()

    @property
    def is_slotted(self) -> bool:
        """Whether one signs up for a slot of it rather than for itself."""
        return self.slot_minutes is not None

    @property
    def takes_people(self) -> bool:
        """Whether somebody may sign up for it now."""
        opened = self.state == self.State.OPEN and self.takes_signups
        return opened and not self.is_slotted and not self.is_over

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    @property
    def has_begun(self) -> bool:
        """Whether its hour has come, near enough to open the door and call the roll."""
        return self.starts_at - DOORS_OPEN <= timezone.now()

    @property
    def has_two_halves(self) -> bool:
        """Whether it goes on after lunch, so that each half of the day is signed for."""
        start, end = timezone.localtime(self.starts_at), timezone.localtime(self.ends_at)
        return start.date() == end.date() and start.hour < 12 and end.hour >= 14

    def may_become(self, state: Any) -> bool:
        """Whether the table of moves allows it."""
        return state in self.MOVES[self.State(self.state)]
