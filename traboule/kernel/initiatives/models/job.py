import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from traboule.kernel.privacy import PersonalData


def new_key() -> str:
    return secrets.token_urlsafe(12)


class Job(models.Model):
    """Long work done in the background, with progress the person can see and a file at its end."""

    class Kind(models.TextChoices):
        BOOKLET = "booklet", _("recueil imprimé")
        WALL_MAP = "wall-map", _("carte murale")
        IMPORT_CHECK = "import-check", _("essai d’importation")
        IMPORT = "import", _("importation")

    class Status(models.TextChoices):
        WAITING = "waiting", _("en attente")
        WORKING = "working", _("en cours")
        DONE = "done", _("terminé")
        FAILED = "failed", _("arrêté")

    IMPORTS = frozenset({Kind.IMPORT, Kind.IMPORT_CHECK})

    key = models.CharField(max_length=32, unique=True, default=new_key)
    kind = models.CharField(max_length=16, choices=Kind)
    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="jobs"
    )
    query = models.CharField(max_length=1000, blank=True)
    language = models.CharField(max_length=8, default="fr")
    input = models.FileField(upload_to="jobs/%Y/", blank=True)
    output = models.FileField(upload_to="jobs/%Y/", blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    personal_data = PersonalData(
        fields=("by", "input"),
        purpose=_("rendre le travail demandé à la personne qui l’a demandé"),
        lifetime=_("trente jours"),
        person="by",
    )

    class Meta:
        verbose_name = _("travail en arrière-plan")
        verbose_name_plural = _("travaux en arrière-plan")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done__lte=models.F("total")) | Q(total=0),
                name="job_progress_within_total",
                violation_error_message=_("L’avancement ne dépasse pas le total."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.get_status_display()})"

    def get_absolute_url(self) -> str:
        return reverse("initiatives:job", args=[self.key])

    @property
    def is_over(self) -> bool:
        return self.status in {self.Status.DONE, self.Status.FAILED}
