import datetime
import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, F, OuterRef, Prefetch, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.kernel.files.models import File
from traboule.kernel.initiatives.models.contribution import new_code
from traboule.kernel.privacy import PersonalData
from traboule.kernel.spaces.models import Space

from .desk import Category, Zone, is_a_point

MOST_PHOTOS = 3


class Via(models.TextChoices):
    """By which door a problem was reported."""

    WEB = "web", _("en ligne")
    PHONE = "phone", _("au téléphone")
    PAPER = "paper", _("sur papier")
    SMS = "sms", _("par SMS")


class State(models.TextChoices):
    """What became of a problem."""

    NEW = "new", _("à prendre en charge")
    TAKEN = "taken", _("pris en charge")
    DONE = "done", _("réparé")
    REOPENED = "reopened", _("encore là")
    REFUSED = "refused", _("transmis")


OPEN = (State.NEW, State.TAKEN, State.REOPENED)
CLOSED = (State.DONE, State.REFUSED)


class ReportQuerySet(models.QuerySet["Report"]):
    """Reports, and which of them one reads or has to see to."""

    def shown(self) -> Self:
        """Those that readers see: looked at where need be, and not hidden."""
        return self.filter(shown_at__isnull=False, hidden_at__isnull=True)

    def open(self) -> Self:
        """Those that are still to be seen to."""
        return self.filter(closed_at__isnull=True)

    def closed(self, *, after: "Report | None" = None) -> Self:
        """Those that are settled, the latest first; those that follow one of them."""
        rows = self.filter(closed_at__isnull=False).order_by("-closed_at", "-pk")
        if after is None:
            return rows
        older = Q(closed_at__lt=after.closed_at) | Q(pk__lt=after.pk)
        return rows.filter(older, closed_at__lte=after.closed_at)

    def overdue(self, today: datetime.date | None = None) -> Self:
        """Those whose day is past."""
        return self.open().filter(due_on__lt=today or timezone.localdate())

    def by_due_date(self, *, after: "Report | None" = None) -> Self:
        """What presses most first; what follows one of them."""
        rows = self.order_by("due_on", "pk")
        if after is None:
            return rows
        later = Q(due_on__gt=after.due_on) | Q(pk__gt=after.pk)
        return rows.filter(later, due_on__gte=after.due_on)

    def for_listing(self) -> Self:
        """Everything that one line of a list shows, in a fixed number of queries."""
        seen = Follow.objects.filter(report=OuterRef("pk"), has_seen=True).order_by()
        counted = seen.values("report").annotate(n=Count("pk")).values("n")
        return (
            self.select_related("space__initiative__commune", "zone", "category", "owner")
            .annotate(others=Subquery(counted))
            .prefetch_related(Prefetch("photos", Photo.objects.select_related("file")))
        )


class Report(models.Model):
    """A problem on the spot, from its photo to the photo that shows it is no more."""

    MOVES = {
        State.NEW: {State.TAKEN, State.DONE, State.REFUSED},
        State.TAKEN: {State.TAKEN, State.DONE, State.REFUSED},
        State.DONE: {State.REOPENED},
        State.REOPENED: {State.TAKEN, State.DONE, State.REFUSED},
        State.REFUSED: {State.REOPENED},
    }

    space = models.ForeignKey(
        Space, models.CASCADE, related_name="reports", verbose_name=_("espace")
    )
    key = models.UUIDField(_("clé"), default=uuid.uuid4, unique=True, editable=False)
    number = models.PositiveIntegerField(_("numéro"))
    code = models.CharField(_("code de suivi"), max_length=9, unique=True, default=new_code)
    words = models.TextField(_("ce qui ne va pas"), max_length=600, blank=True)
    category = models.ForeignKey(
        Category, models.SET_NULL, null=True, blank=True, related_name="reports",
        verbose_name=_("sorte de problème"),
    )  # fmt: skip
    zone = models.ForeignKey(
        Zone, models.SET_NULL, null=True, blank=True, related_name="reports",
        verbose_name=_("endroit"),
    )  # fmt: skip
    place = models.CharField(_("où, en mots"), max_length=200, blank=True)
    x = models.PositiveSmallIntegerField(null=True, blank=True)
    y = models.PositiveSmallIntegerField(null=True, blank=True)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="reports",
        verbose_name=_("signalé par"),
    )  # fmt: skip
    via = models.CharField(_("par quelle porte"), max_length=5, choices=Via, default=Via.WEB)
    state = models.CharField(_("état"), max_length=10, choices=State, default=State.NEW)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True,
        related_name="reports_owned", verbose_name=_("s’en occupe"),
    )  # fmt: skip
    due_on = models.DateField(_("pour le"))
    outcome = models.CharField(_("ce qu’il en est"), max_length=300, blank=True)
    opened_at = models.DateTimeField(_("signalé le"), default=timezone.now)
    closed_at = models.DateTimeField(_("réglé le"), null=True, blank=True)
    shown_at = models.DateTimeField(_("montré le"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("masqué le"), null=True, blank=True)

    objects = ReportQuerySet.as_manager()
    personal_data = PersonalData(
        fields=("reporter", "owner", "words", "place", "code", "via", "opened_at"),
        purpose=_("Réparer ce qui ne va pas, et dire à qui l’a vu ce qui a été fait."),
        lifetime=_("Tant que l’espace existe, sans le nom de qui a signalé."),
        person="reporter",
        erasure="scrub",
    )
    # What ``for_listing`` counts.
    others: int | None

    class Meta:
        verbose_name = _("signalement")
        verbose_name_plural = _("signalements")
        ordering = ["-opened_at", "-pk"]
        indexes = [
            models.Index(
                fields=["space", "due_on", "id"],
                condition=Q(closed_at__isnull=True),
                name="reports_open",
            ),
            models.Index(
                fields=["space", "-closed_at", "-id"],
                condition=Q(closed_at__isnull=False),
                name="reports_closed",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "number"],
                name="reports_number_once",
                violation_error_message=_("Un autre signalement porte déjà ce numéro."),
            ),
            models.CheckConstraint(
                condition=is_a_point(),
                name="reports_on_the_plan",
                violation_error_message=_("Montrez un point du plan."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=CLOSED, closed_at__isnull=False)
                | Q(state__in=OPEN, closed_at__isnull=True),
                name="reports_closed_when_settled",
                violation_error_message=_("Seul ce qui est réglé a une date de fin."),
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(outcome=""),
                name="reports_refused_with_words",
                violation_error_message=_("Dites à qui le problème est transmis."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reports:report", args=[self.space.slug, self.number])

    @property
    def title(self) -> str:
        """A few words by which people know it."""
        words = " ".join(self.words.split())
        if words:
            return Truncator(words).chars(60)
        return str(self.category) if self.category else gettext("Photo sans mots")

    @property
    def journal_label(self) -> str:
        """What stays in the journal for ever: never what someone wrote."""
        return gettext("signalement n° %(number)s") % {"number": self.number}

    @property
    def where(self) -> str:
        """Where it is, in words."""
        said = ", ".join(str(part) for part in (self.zone, self.place) if part)
        return said or (gettext("Montré sur le plan") if self.x is not None else "")

    @property
    def is_open(self) -> bool:
        """Whether it is still to be seen to."""
        return self.state in OPEN

    @property
    def is_overdue(self) -> bool:
        """Whether its day is past."""
        return self.is_open and self.due_on < timezone.localdate()

    @property
    def is_shown(self) -> bool:
        """Whether readers see it."""
        return self.shown_at is not None and self.hidden_at is None

    @property
    def before(self) -> "list[Photo]":
        """The photos of the problem."""
        return [photo for photo in self.photos.all() if not photo.is_after]

    @property
    def after(self) -> "list[Photo]":
        """The photos that show it is no more."""
        return [photo for photo in self.photos.all() if photo.is_after]

    @property
    def first_before(self) -> "Photo | None":
        """The photo by which one knows it."""
        return next(iter(self.before), None)

    @property
    def first_after(self) -> "Photo | None":
        """The photo that shows the repair."""
        return next(iter(self.after), None)

    @property
    def seen_by(self) -> int:
        """How many people saw the problem: who reported it, and those who say it is the same."""
        return 1 + (self.others or 0)

    def may_become(self, state: Any) -> bool:
        """Whether the table of moves allows it."""
        return state in self.MOVES[State(self.state)]

    def hide(self) -> None:
        """Have readers see it no more."""
        self.hidden_at = timezone.now()
        self.save(update_fields=["hidden_at"])
        self.open_photos()

    def show(self) -> None:
        """Have readers see it again."""
        self.hidden_at = None
        self.save(update_fields=["hidden_at"])
        self.open_photos()

    def open_photos(self) -> None:
        """Its photos open for everyone while it shows, and no longer."""
        File.objects.filter(report_photo__report=self).update(is_public=self.is_shown)


class Photo(models.Model):
    """A photo of the problem, or of what was done."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="photos")
    file = models.OneToOneField(File, models.PROTECT, related_name="report_photo")
    is_after = models.BooleanField(_("montre que c’est réparé"), default=False)

    personal_data = None

    class Meta:
        verbose_name = _("photo d’un signalement")
        verbose_name_plural = _("photos de signalements")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.report} · {self.pk}"


class Follow(models.Model):
    """That someone wants news of a problem, and maybe saw it too; known, or by a number alone."""

    report = models.ForeignKey(
        Report, models.CASCADE, related_name="follows", verbose_name=_("signalement")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True,
        related_name="report_follows", verbose_name=_("personne"),
    )  # fmt: skip
    reach = models.CharField(_("numéro à rappeler"), max_length=60, blank=True)
    has_seen = models.BooleanField(_("a vu le même problème"), default=False)
    at = models.DateTimeField(_("depuis le"), auto_now_add=True)
    called_at = models.DateTimeField(_("rappel fait le"), null=True, blank=True)

    personal_data = PersonalData(
        fields=("person", "reach", "has_seen", "at", "called_at"),
        purpose=_("Dire ce que devient un problème à qui l’a vu."),
        lifetime=_("Le numéro à rappeler : trente jours après la réparation."),
        person="person",
        erasure="delete",
    )

    class Meta:
        verbose_name = _("personne à prévenir")
        verbose_name_plural = _("personnes à prévenir")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "person"],
                condition=Q(person__isnull=False),
                name="reports_follow_once",
                violation_error_message=_("Cette personne sera déjà prévenue."),
            ),
            models.CheckConstraint(
                condition=Q(called_at__isnull=True) | Q(called_at__gte=F("at")),
                name="reports_called_after_asking",
                violation_error_message=_("On rappelle après avoir reçu le numéro."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} · {self.pk}"
