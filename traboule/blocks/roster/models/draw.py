from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from traboule.engines.sortition import PublishedList
from traboule.kernel.privacy import PersonalData
from traboule.kernel.spaces.models import Space

from .roster import College


class Draw(models.Model):
    """One draw by lot: its list is published with its fingerprint, and then only comes the seed."""

    class State(models.TextChoices):
        PREPARED = "prepared", _("en préparation")
        FROZEN = "frozen", _("liste figée")
        DRAWN = "drawn", _("tiré")
        APPLIED = "applied", _("personnes prévenues")
        CANCELLED = "cancelled", _("annulé")

    MOVES = {
        State.PREPARED: {State.FROZEN, State.CANCELLED},
        State.FROZEN: {State.DRAWN, State.CANCELLED},
        State.DRAWN: {State.APPLIED, State.CANCELLED},
        State.APPLIED: set[State](),
        State.CANCELLED: set[State](),
    }

    space = models.ForeignKey(Space, models.CASCADE, related_name="draws", verbose_name=_("espace"))
    title = models.CharField(_("titre"), max_length=120)
    places = models.JSONField(_("places à tirer, par collège"), default=dict)
    reserve = models.PositiveSmallIntegerField(_("taille de la réserve"), null=True, blank=True)
    term_ends_on = models.DateField(_("mandat jusqu’au"), null=True, blank=True)
    state = models.CharField(_("état"), max_length=10, choices=State, default=State.PREPARED)
    seed_source = models.CharField(_("d’où viendra la graine"), max_length=300, blank=True)
    seed = models.CharField(_("graine"), max_length=200, blank=True)
    rules = models.JSONField(_("règles, en mots"), default=list)
    published = models.TextField(_("liste publiée"), blank=True)
    fingerprint = models.CharField(_("empreinte de la liste"), max_length=64, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    frozen_at = models.DateTimeField(_("figée le"), null=True, blank=True)
    drawn_at = models.DateTimeField(_("tiré le"), null=True, blank=True)

    personal_data = None

    class Meta:
        verbose_name = _("tirage au sort")
        verbose_name_plural = _("tirages au sort")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["prepared", "cancelled"]) | ~Q(fingerprint=""),
                name="roster_draw_frozen_has_a_fingerprint",
                violation_error_message=_("La liste doit d’abord être figée."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["prepared", "frozen"]) | Q(seed=""),
                name="roster_draw_no_seed_before_its_list",
                violation_error_message=_("La graine ne vient qu’une fois la liste figée."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["drawn", "applied"]) | ~Q(seed=""),
                name="roster_draw_has_a_seed",
                violation_error_message=_("Il faut une graine pour tirer."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("roster:draw", args=[self.space.slug, self.pk])

    @property
    def seats(self) -> int:
        """How many are drawn in all."""
        return sum(self.places.values())

    @property
    def is_published(self) -> bool:
        """Whether its list was frozen: what was published stays readable, even called off."""
        return self.fingerprint != ""

    @property
    def is_drawn(self) -> bool:
        """Whether the lots are drawn."""
        return self.drawn_at is not None

    @property
    def takes_candidates(self) -> bool:
        """Whether its list may still change."""
        return self.state == self.State.PREPARED

    def published_list(self) -> PublishedList:
        """What was published, as the engine reads it."""
        return PublishedList.read(self.published)

    def may_become(self, state: Any) -> bool:
        """Whether the table of moves allows it."""
        return state in self.MOVES[self.State(self.state)]


class DrawCandidateQuerySet(models.QuerySet["DrawCandidate"]):
    """Candidates, and who may still be called."""

    def chosen(self) -> Self:
        """Those who were drawn and are still there."""
        here = Q(person__isnull=False, person__erased_at__isnull=True)
        return self.filter(here, outcome=DrawCandidate.Outcome.CHOSEN)

    def asked(self) -> Self:
        """Those who were asked and have not answered: their seat is kept for them."""
        return self.filter(answer=DrawCandidate.Answer.ASKED)

    def in_line(self) -> Self:
        """The reserve that nobody called yet, in the order of the draw."""
        waiting = self.filter(
            outcome=DrawCandidate.Outcome.RESERVE, answer="", draw__state=Draw.State.APPLIED,
            person__isnull=False, person__erased_at__isnull=True,
        )  # fmt: skip
        return waiting.order_by("-draw__drawn_at", "rank")

    def for_listing(self) -> Self:
        """Everything one line of a draw shows, in one query."""
        return self.select_related("person", "college")


class DrawCandidate(models.Model):
    """Someone in the list of a draw: a number, a college, and what became of them."""

    class Outcome(models.TextChoices):
        CHOSEN = "chosen", _("sort du tirage")
        RESERVE = "reserve", _("réserve")
        LEFT = "left", _("ne sort pas")

    class Answer(models.TextChoices):
        ASKED = "asked", _("attend sa réponse")
        ACCEPTED = "accepted", _("a dit oui")
        DECLINED = "declined", _("a dit non")

    draw = models.ForeignKey(
        Draw, models.CASCADE, related_name="candidates", verbose_name=_("tirage")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="draw_candidacies",
        verbose_name=_("personne"),
    )  # fmt: skip
    college = models.ForeignKey(
        College, models.PROTECT, related_name="draw_candidates", verbose_name=_("collège")
    )
    number = models.PositiveIntegerField(_("numéro"))
    features = models.JSONField(_("ce que regardent les quotas"), default=dict)
    profile = models.CharField(_("profil publié"), max_length=8, blank=True)
    rank = models.PositiveIntegerField(_("rang au tirage"), null=True, blank=True)
    outcome = models.CharField(_("résultat"), max_length=10, choices=Outcome, blank=True)
    was_passed_over = models.BooleanField(_("passée, les règles l’empêchaient"), default=False)
    answer = models.CharField(_("réponse"), max_length=10, choices=Answer, blank=True)
    asked_at = models.DateTimeField(_("prévenue le"), null=True, blank=True)
    answered_at = models.DateTimeField(_("réponse le"), null=True, blank=True)

    objects = DrawCandidateQuerySet.as_manager()
    personal_data = PersonalData(
        fields=("person", "college", "number", "features", "outcome", "answer", "asked_at",
                "answered_at"),
        purpose=_("Tirer au sort parmi les personnes candidates, prévenir celles qui sortent."),
        lifetime=_("Un an après le tirage ; ensuite, le numéro reste sans le nom."),
        person="person",
        erasure="scrub",
        scrubbed=("features",),
    )  # fmt: skip

    class Meta:
        verbose_name = _("candidature à un tirage")
        verbose_name_plural = _("candidatures aux tirages")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["draw", "person"],
                name="roster_candidate_once",
                violation_error_message=_("Cette personne est déjà dans la liste."),
            ),
            models.UniqueConstraint(
                fields=["draw", "number"],
                name="roster_candidate_number_once",
                violation_error_message=_("Ce numéro est déjà pris."),
            ),
            models.CheckConstraint(
                condition=Q(answer="") | Q(asked_at__isnull=False),
                name="roster_candidate_asked_before_answering",
                violation_error_message=_("Cette personne n’a pas encore été prévenue."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draw} · {self.number}"

    @property
    def journal_label(self) -> str:
        """« Tirage des habitants, numéro 12 »: the journal names nobody."""
        return f"{self.draw}, nº {self.number}"
