from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from traboule.kernel.privacy import PersonalData

from .publication import Publication


class DayViews(models.Model):
    """How many times a publication was opened on a day: a number, and nothing of who opened it."""

    publication = models.ForeignKey(
        Publication, models.CASCADE, related_name="views", verbose_name=_("publication")
    )
    day = models.DateField(_("jour"))
    count = models.PositiveIntegerField(_("lectures"), default=0)

    personal_data = None

    class Meta:
        verbose_name = _("lectures d’un jour")
        verbose_name_plural = _("lectures par jour")
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "day"],
                name="publishing_views_once_a_day",
                violation_error_message=_("Les lectures de ce jour sont déjà comptées."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publication} · {self.day} · {self.count}"


class CommentQuerySet(models.QuerySet["Comment"]):
    """Comments, and which of them readers see."""

    def read_by_team(self) -> Self:
        """Those in front of readers and those hidden, of which it is said why; oldest first."""
        read = self.exclude(state=Comment.State.WAITING)
        return read.select_related("person").order_by("pk")

    def waiting(self) -> Self:
        """Those that someone of the team has to read first."""
        return self.filter(state=Comment.State.WAITING).select_related("person").order_by("pk")


class Comment(models.Model):
    """What a reader answers, where the team opened comments."""

    class State(models.TextChoices):
        WAITING = "waiting", _("à lire")
        SHOWN = "shown", _("visible")
        HIDDEN = "hidden", _("masqué")

    publication = models.ForeignKey(
        Publication, models.CASCADE, related_name="comments", verbose_name=_("publication")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="publishing_comments",
        verbose_name=_("de qui"),
    )  # fmt: skip
    text = models.TextField(_("commentaire"), max_length=2000)
    state = models.CharField(_("état"), max_length=8, choices=State, default=State.WAITING)
    at = models.DateTimeField(_("le"), auto_now_add=True)

    objects = CommentQuerySet.as_manager()
    personal_data = PersonalData(
        fields=("person", "text", "at"),
        purpose=_("Montrer ce que les lecteurs répondent, là où l’équipe l’a ouvert."),
        lifetime=_("Tant que la publication existe, ou jusqu’à ce que la personne l’efface."),
        person="person",
    )

    class Meta:
        verbose_name = _("commentaire")
        verbose_name_plural = _("commentaires")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.publication)

    def hide(self) -> None:
        """Take it from readers, as moderation decides."""
        self._become(self.State.HIDDEN)

    def show(self) -> None:
        """Give it back to readers."""
        self._become(self.State.SHOWN)

    def _become(self, state: State) -> None:
        self.state = state
        self.save(update_fields=["state"])
