import datetime
import uuid
from pathlib import Path
from typing import Self

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEPT_FOR = datetime.timedelta(hours=24)


class UploadQuerySet(models.QuerySet["Upload"]):
    """Uploads, and which of them can be used."""

    def complete(self) -> Self:
        """Those that have arrived whole."""
        return self.filter(received=F("size"))

    def stale(self, *, now: datetime.datetime | None = None) -> Self:
        """Those that nobody has gone on with, nor used, for a day."""
        return self.filter(changed_at__lt=(now or timezone.now()) - KEPT_FOR)


class Upload(models.Model):
    """A file on its way here, piece by piece; whoever knows its key may go on with it."""

    key = models.UUIDField(_("clé"), default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("nom"), max_length=200)
    size = models.BigIntegerField(_("taille"), validators=[MinValueValidator(1)])
    received = models.BigIntegerField(_("octets reçus"), default=0)
    changed_at = models.DateTimeField(_("dernier morceau le"), default=timezone.now)

    objects = UploadQuerySet.as_manager()
    personal_data = None

    class Meta:
        verbose_name = _("envoi en cours")
        verbose_name_plural = _("envois en cours")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(received__gte=0, received__lte=F("size")),
                name="files_upload_within_its_size",
                violation_error_message=_("Un envoi ne peut dépasser la taille annoncée."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where its pieces are put together, out of reach of any address."""
        return Path(settings.MEDIA_ROOT) / "uploads" / str(self.key)

    @property
    def is_complete(self) -> bool:
        """Whether it has arrived whole."""
        return self.received == self.size

    def forget(self) -> None:
        """Let go of it and of what was received."""
        self.path.unlink(missing_ok=True)
        self.delete()
