import datetime
from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.blocks.agenda.models import Event
from traboule.blocks.agenda.wording import day_and_year
from traboule.blocks.documents.models import Document
from traboule.kernel.privacy import PersonalData
from traboule.kernel.spaces.models import Space
from traboule.ui import markdown

SUMMARY_LINES = 5
"""A plain summary is read in a minute, and printed large on one page."""


class HouseRules(models.Model):
    """How a space holds its meetings: delays, quorum, voices carried."""

    space = models.OneToOneField(
        Space, models.CASCADE, related_name="meeting_rules", verbose_name=_("espace")
    )
    notice_days = models.PositiveSmallIntegerField(
        _("jours entre la convocation et la réunion"),
        default=8,
        validators=[MaxValueValidator(60)],
    )
    quorum = models.PositiveSmallIntegerField(
        _("personnes présentes ou représentées pour décider"), null=True, blank=True
    )
    voices_each = models.PositiveSmallIntegerField(
        _("voix qu’une personne peut porter"), default=1, validators=[MaxValueValidator(10)]
    )
    amend_days = models.PositiveSmallIntegerField(
        _("jours pour relire un compte-rendu"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(90)],
    )

    personal_data = None

    class Meta:
        verbose_name = _("règles de réunion")
        verbose_name_plural = _("règles de réunion")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.space)

    @classmethod
    def of(cls, space: Space) -> "HouseRules":
        """Those of the space; the usual ones until it says otherwise, not kept yet."""
        return cls._default_manager.filter(space=space).first() or cls(space=space)


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings, and what their pages show."""

    def for_page(self) -> Self:
        """Everything that a page shows of the meeting itself, in one query."""
        return self.select_related(
            "event", "space__initiative__commune", "space__initiative__holder", "space__purse",
            "approved_in__event",
        )  # fmt: skip

    def for_listing(self) -> Self:
        """Everything that one line shows, the latest first."""
        return self.select_related("event", "space__initiative").order_by(
            "-event__starts_at", "-pk"
        )

    def upcoming(self) -> Self:
        """Those still to come, the nearest first."""
        to_come = Q(event__ends_at__gte=timezone.now()) & ~Q(event__state=Event.State.CANCELLED)
        return self.filter(to_come).order_by("event__starts_at", "pk")

    def published(self) -> Self:
        """Those whose approved minutes anyone may read."""
        return self.filter(state=Meeting.State.PUBLISHED)

    def approved(self) -> Self:
        """Those whose minutes the group has approved."""
        return self.filter(state__in=[Meeting.State.ADOPTED, Meeting.State.PUBLISHED])


class Meeting(models.Model):
    """A meeting of the group, from its agenda to its approved minutes."""

    class State(models.TextChoices):
        PREPARING = "preparing", _("en préparation")
        CONVENED = "convened", _("convoquée")
        HELD = "held", _("tenue")
        DRAFTED = "drafted", _("compte-rendu en cours d’écriture")
        AMENDING = "amending", _("compte-rendu à relire")
        ADOPTED = "adopted", _("compte-rendu approuvé")
        PUBLISHED = "published", _("compte-rendu publié")

    MOVES = {
        State.PREPARING: {State.CONVENED, State.HELD},
        State.CONVENED: {State.HELD},
        State.HELD: {State.DRAFTED},
        State.DRAFTED: {State.AMENDING, State.ADOPTED},
        State.AMENDING: {State.ADOPTED},
        State.ADOPTED: {State.PUBLISHED},
        State.PUBLISHED: set[State](),
    }
    """Minutes approved long ago on paper go from draft to approved at once."""

    space = models.ForeignKey(
        Space, models.CASCADE, related_name="meetings", verbose_name=_("espace")
    )
    event = models.OneToOneField(
        Event, models.CASCADE, related_name="meeting", verbose_name=_("date de l’agenda")
    )
    year = models.PositiveSmallIntegerField(_("année"))
    number = models.PositiveSmallIntegerField(_("numéro dans l’année"))
    state = models.CharField(_("état"), max_length=10, choices=State, default=State.PREPARING)
    quorum = models.PositiveSmallIntegerField(
        _("personnes présentes ou représentées pour décider"), null=True, blank=True
    )
    voices_each = models.PositiveSmallIntegerField(
        _("voix qu’une personne peut porter"), default=1, validators=[MaxValueValidator(10)]
    )
    summary = models.TextField(_("l’essentiel en cinq lignes"), max_length=800, blank=True)
    opening = models.TextField(_("ouverture de la séance"), max_length=2000, blank=True)
    amend_until = models.DateField(_("à relire jusqu’au"), null=True, blank=True)
    approved_in = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="approves",
        verbose_name=_("approuvé à la réunion"),
    )  # fmt: skip
    approved_on = models.DateField(_("approuvé le"), null=True, blank=True)
    approval = models.CharField(_("comment il a été approuvé"), max_length=500, blank=True)
    published_at = models.DateTimeField(_("publié le"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = MeetingQuerySet.as_manager()
    personal_data = None

    class Meta:
        verbose_name = _("réunion")
        verbose_name_plural = _("réunions")
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "year", "number"],
                name="meetings_number_once",
                violation_error_message=_("Une autre réunion porte déjà ce numéro."),
            ),
            models.CheckConstraint(
                condition=~Q(state="amending") | Q(amend_until__isnull=False),
                name="meetings_amending_until_a_day",
                violation_error_message=_("Dites jusqu’à quel jour on relit le compte-rendu."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["adopted", "published"]) | Q(approved_on__isnull=False),
                name="meetings_adopted_on_a_day",
                violation_error_message=_("Dites quel jour le compte-rendu a été approuvé."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["amending", "adopted", "published"]) | ~Q(summary=""),
                name="meetings_summary_before_readers",
                violation_error_message=_("Écrivez d’abord l’essentiel en cinq lignes."),
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False),
                name="meetings_published_at_a_time",
                violation_error_message=_("Dites quand le compte-rendu a été publié."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event}"

    def get_absolute_url(self) -> str:
        return reverse("meetings:meeting", args=[self.space.slug, self.ref])

    @property
    def ref(self) -> str:
        """« 2026-3 »: the third meeting of that year."""
        return f"{self.year}-{self.number}"

    @property
    def day(self) -> datetime.date:
        """Its day, in France."""
        return timezone.localtime(self.event.starts_at).date()

    @property
    def journal_label(self) -> str:
        """« Réunion du mardi 12 janvier 2027 »: receipts tell of a date."""
        return gettext("réunion du %(day)s") % {"day": day_and_year(self.day)}

    @property
    def has_begun(self) -> bool:
        """Whether its hour has come: voices are no longer given nor taken back."""
        return self.event.starts_at <= timezone.now()

    @property
    def is_cancelled(self) -> bool:
        """Whether it will not take place."""
        return self.event.state == Event.State.CANCELLED

    @property
    def is_held(self) -> bool:
        """Whether it took place."""
        return self.state not in {self.State.PREPARING, self.State.CONVENED}

    @property
    def is_written(self) -> bool:
        """Whether there are minutes, be they a draft."""
        return self.is_held and self.state != self.State.HELD

    @property
    def is_approved(self) -> bool:
        """Whether the group has approved its minutes."""
        return self.state in {self.State.ADOPTED, self.State.PUBLISHED}

    @property
    def takes_amendments(self) -> bool:
        """Whether those who were there may still ask for a change today."""
        return (
            self.state == self.State.AMENDING
            and self.amend_until is not None
            and timezone.localdate() <= self.amend_until
        )

    @property
    def summary_lines(self) -> list[str]:
        """The plain summary, line by line."""
        return [line.strip() for line in self.summary.splitlines() if line.strip()]

    def may_become(self, state: Any) -> bool:
        """Whether the table of moves allows it."""
        return state in self.MOVES[self.State(self.state)]


class Purpose(models.TextChoices):
    """What a point of the agenda is for."""

    INFORM = "inform", _("informer")
    DISCUSS = "discuss", _("discuter")
    DECIDE = "decide", _("décider")


class Item(models.Model):
    """A point of the agenda, then what was said of it."""

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, related_name="items", verbose_name=_("réunion")
    )
    position = models.PositiveSmallIntegerField(_("rang"), default=0)
    title = models.CharField(_("sujet"), max_length=160)
    duration = models.PositiveSmallIntegerField(
        _("durée prévue, en minutes"), null=True, blank=True, validators=[MaxValueValidator(480)]
    )
    purpose = models.CharField(
        _("pour quoi faire"), max_length=7, choices=Purpose, default=Purpose.DISCUSS
    )
    theme = models.CharField(_("thème"), max_length=60, blank=True)
    presenter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True,
        related_name="presented_items", verbose_name=_("présenté par"),
    )  # fmt: skip
    presenter_words = models.CharField(_("présenté par"), max_length=120, blank=True)
    approves = models.ForeignKey(
        Meeting, models.SET_NULL, null=True, blank=True, related_name="approval_items",
        verbose_name=_("approuve le compte-rendu de"),
    )  # fmt: skip
    documents = models.ManyToManyField(
        Document, blank=True, related_name="meeting_items", verbose_name=_("documents")
    )
    notes = models.TextField(_("ce qui s’est dit"), max_length=20_000, blank=True)
    html = models.TextField(_("texte mis en forme"), editable=False, blank=True)

    personal_data = PersonalData(
        fields=("presenter", "presenter_words"),
        purpose=_("Savoir qui présente quel sujet."),
        lifetime=_("Tant que l’espace existe ; ensuite, sans le nom."),
        person="presenter",
        erasure="scrub",
        scrubbed=("presenter", "presenter_words"),
    )

    class Meta:
        verbose_name = _("point de l’ordre du jour")
        verbose_name_plural = _("points de l’ordre du jour")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "approves"],
                name="meetings_one_approval_item",
                violation_error_message=_("Ce compte-rendu est déjà à l’ordre du jour."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def who(self) -> str:
        """Who presents it, in words; empty when nobody was named."""
        return str(self.presenter) if self.presenter else self.presenter_words

    @property
    def body(self) -> SafeString:
        """What was said, as HTML, cleaned when it was saved."""
        return mark_safe(self.html)  # noqa: S308

    def write(self, notes: str) -> None:
        """Keep what was said, and its HTML."""
        self.notes, self.html = notes, markdown.render(notes)
        self.save(update_fields=["notes", "html"])
