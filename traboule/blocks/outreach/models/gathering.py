import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from traboule.kernel.privacy import PersonalData
from traboule.kernel.spaces.models import Space


class Segment(models.Model):
    """Filters of the list of contacts kept under a name; whoever meets them is in it."""

    space = models.ForeignKey(
        Space, models.CASCADE, related_name="outreach_segments", verbose_name=_("espace")
    )
    name = models.CharField(_("nom"), max_length=80)
    filters = models.JSONField(_("filtres"), default=dict)

    personal_data = None

    class Meta:
        verbose_name = _("groupe de contacts")
        verbose_name_plural = _("groupes de contacts")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "name"],
                name="outreach_segment_once",
                violation_error_message=_("Un autre groupe porte déjà ce nom."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class ContactImport(models.Model):
    """A file of contacts: first read without keeping anything, then, if asked, imported."""

    class State(models.TextChoices):
        CHECKED = "checked", _("lu, rien n’est importé")
        DONE = "done", _("importé")

    MOVES = {State.CHECKED: {State.DONE}, State.DONE: set[State]()}

    space = models.ForeignKey(
        Space, models.CASCADE, related_name="contact_imports", verbose_name=_("espace")
    )
    key = models.UUIDField(_("clé"), default=uuid.uuid4, unique=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="contact_imports",
        verbose_name=_("par"),
    )  # fmt: skip
    at = models.DateTimeField(_("le"), auto_now_add=True)
    file_name = models.CharField(_("fichier"), max_length=200)
    content = models.TextField(_("contenu"), blank=True)
    source_note = models.CharField(_("d’où viennent ces données"), max_length=160)
    state = models.CharField(_("état"), max_length=8, choices=State, default=State.CHECKED)
    report = models.JSONField(_("bilan"), default=dict)

    personal_data = PersonalData(
        fields=("by", "at", "file_name", "content"),
        purpose=_("Lire une liste de contacts avant de l’importer."),
        lifetime=_("Le contenu, jusqu’à l’import, et une semaine au plus ; le bilan, un an."),
        person="by",
        erasure="scrub",
        scrubbed=("content",),
    )

    class Meta:
        verbose_name = _("import de contacts")
        verbose_name_plural = _("imports de contacts")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.file_name

    def may_become(self, state: Any) -> bool:
        """Whether the table of moves allows it."""
        return state in self.MOVES[self.State(self.state)]
