import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traboule.kernel.privacy import PersonalData

from .landlord import Landlord


class Stage(models.TextChoices):
    """Where a file of homes is: read first, then, if asked, put in the stock."""

    READING = "reading", _("en lecture")
    READ = "read", _("lu")
    IMPORTING = "importing", _("en cours d’import")
    DONE = "done", _("importé")
    FAILED = "failed", _("arrêté")


class StockImportQuerySet(models.QuerySet["StockImport"]):
    """Files of homes, and which of them still work."""

    def working(self) -> Self:
        """Those that are being read or imported."""
        return self.filter(stage__in=[Stage.READING, Stage.IMPORTING])


class StockImport(models.Model):
    """A landlord's file of homes: tried first, nothing kept; then imported, once.

    ``done`` and ``size`` are bytes, ``lines`` those that were read. ``wrong`` holds the lines to
    correct as they came, with what to do in a last column. ``report`` counts what would become,
    or became, of the others.
    """

    MOVES = {
        Stage.READING: {Stage.READ, Stage.FAILED},
        Stage.READ: {Stage.IMPORTING},
        Stage.IMPORTING: {Stage.DONE, Stage.FAILED},
        Stage.DONE: set(),
        Stage.FAILED: set(),
    }

    landlord = models.ForeignKey(
        Landlord, models.CASCADE, related_name="stock_imports", verbose_name=_("bailleur")
    )
    key = models.UUIDField(_("clé"), default=uuid.uuid4, unique=True, editable=False)
    stage = models.CharField(_("étape"), max_length=10, choices=Stage, default=Stage.READING)
    file_name = models.CharField(_("nom du fichier"), max_length=200)
    file = models.FileField(_("fichier"), upload_to="housing/%Y/", blank=True)
    wrong = models.FileField(_("lignes à corriger"), upload_to="housing/%Y/", blank=True)
    is_whole = models.BooleanField(_("c’est tout le parc"), default=False)
    only_right = models.BooleanField(_("seulement les lignes justes"), default=False)
    size = models.BigIntegerField(_("taille"), default=0)
    done = models.BigIntegerField(_("octets lus"), default=0)
    lines = models.PositiveIntegerField(_("lignes lues"), default=0)
    report = models.JSONField(_("ce qui en est dit"), default=dict)
    language = models.CharField(max_length=8, default="fr")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="housing_imports",
        verbose_name=_("envoyé par"),
    )  # fmt: skip
    at = models.DateTimeField(_("envoyé le"), default=timezone.now)
    started_at = models.DateTimeField(_("importé à partir de"), null=True, blank=True)
    ended_at = models.DateTimeField(_("terminé le"), null=True, blank=True)

    objects = StockImportQuerySet.as_manager()
    personal_data = PersonalData(
        fields=("file", "wrong", "by", "at"),
        purpose=_("Mettre à jour le parc d’un bailleur, et rendre les lignes à corriger."),
        lifetime=_("Les fichiers : une semaine."),
        person="by",
    )

    class Meta:
        verbose_name = _("import de logements")
        verbose_name_plural = _("imports de logements")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["landlord"],
                condition=Q(stage="importing"),
                name="housing_one_import_at_a_time",
                violation_error_message=_("Un import est déjà en cours pour ce bailleur."),
            )
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("housing:stock-read", args=[self.landlord.space.slug, self.key])

    @property
    def journal_label(self) -> str:
        """What stays in the journal for ever."""
        return str(self.landlord)

    @property
    def is_over(self) -> bool:
        """Whether nothing works on it now."""
        return self.stage not in {Stage.READING, Stage.IMPORTING}

    @property
    def percent(self) -> int:
        """How far it is."""
        return 100 * self.done // self.size if self.size else 0

    def may_become(self, stage: Any) -> bool:
        """Whether the table of moves allows it."""
        return stage in self.MOVES[Stage(self.stage)]
