import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from traboule.kernel.privacy import PersonalData

if TYPE_CHECKING:
    from collections.abc import Iterable


class Kind(models.TextChoices):
    """What a file is to those who open it."""

    PICTURE = "picture", _("photo")
    VIDEO = "video", _("vidéo")
    AUDIO = "audio", _("enregistrement")
    PAPER = "paper", _("document")


class State(models.TextChoices):
    """Whether it can be opened yet."""

    PREPARING = "preparing", _("en préparation")
    READY = "ready", _("prêt")
    FAILED = "failed", _("illisible")


def _place(file: "File", name: str) -> str:
    return f"files/{file.key.hex[:2]}/{file.key.hex}/{name}"


class FileQuerySet(models.QuerySet["File"]):
    """Files, and which of them may be shown."""

    def shown(self) -> Self:
        """Those that nobody on them, nor the team, keeps from being seen."""
        return self.filter(withdrawn_at=None, awaits_consent=False)

    def ready(self) -> Self:
        """Those that can be opened."""
        return self.filter(state=State.READY)


class File(models.Model):
    """Something people sent, made safe to open, at one address wherever it is used.

    ``space_key`` says whose it is (``space:12``): those who read there may open it, everyone once
    it ``is_public``. Withdrawn, or waiting for the consent of someone seen on it, it opens for
    nobody, at once, on every page.
    """

    key = models.UUIDField(_("clé"), default=uuid.uuid4, unique=True, editable=False)
    space_key = models.CharField(_("à"), max_length=40, db_index=True, blank=True)
    kind = models.CharField(_("nature"), max_length=10, choices=Kind)
    state = models.CharField(_("état"), max_length=10, choices=State, default=State.READY)
    percent = models.PositiveSmallIntegerField(_("avancement"), default=100)
    name = models.CharField(_("nom"), max_length=200, blank=True)
    alt = models.CharField(_("ce que l’on y voit"), max_length=300, blank=True)
    credit = models.CharField(_("de qui"), max_length=120, blank=True)
    content = models.FileField(_("fichier"), upload_to=_place, max_length=200)
    small = models.FileField(_("vignette"), upload_to=_place, max_length=200, blank=True)
    light = models.FileField(_("version légère"), upload_to=_place, max_length=200, blank=True)
    sound = models.FileField(_("le son seul"), upload_to=_place, max_length=200, blank=True)
    width = models.PositiveIntegerField(_("largeur"), null=True, blank=True)
    height = models.PositiveIntegerField(_("hauteur"), null=True, blank=True)
    seconds = models.PositiveIntegerField(_("durée"), null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="files",
        verbose_name=_("envoyé par"),
    )
    created_at = models.DateTimeField(_("le"), auto_now_add=True)
    is_public = models.BooleanField(_("visible de tout le monde"), default=False)
    awaits_consent = models.BooleanField(_("attend un accord"), default=False)
    withdrawn_at = models.DateTimeField(_("retiré le"), null=True, blank=True)

    objects = FileQuerySet.as_manager()
    personal_data = PersonalData(
        fields=("content", "alt", "credit", "by", "created_at"),
        purpose=_("Montrer ce que les personnes ont voulu partager."),
        lifetime=_("Tant que l’espace existe, ou jusqu’à ce qu’on le retire."),
        person="by",
        erasure="scrub",
        scrubbed=("credit", "name"),
    )

    class Meta:
        verbose_name = _("fichier")
        verbose_name_plural = _("fichiers")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.alt or self.name or str(self.get_kind_display())

    def get_absolute_url(self) -> str:
        return reverse("files:open", args=[self.key])

    @property
    def url(self) -> str:
        """Where it opens, for those who may."""
        return self.get_absolute_url()

    @property
    def small_url(self) -> str:
        """Where its thumbnail opens, or the file itself when it has none."""
        return reverse("files:open", args=[self.key, "vignette"]) if self.small else self.url

    @property
    def light_url(self) -> str:
        """Where the version for slow networks opens, if it has one."""
        return reverse("files:open", args=[self.key, "leger"]) if self.light else ""

    @property
    def sound_url(self) -> str:
        """Where the sound alone opens, if it has one."""
        return reverse("files:open", args=[self.key, "son"]) if self.sound else ""

    @property
    def is_shown(self) -> bool:
        """Whether it may be shown to those who may read."""
        return self.state == State.READY and self.withdrawn_at is None and not self.awaits_consent

    @property
    def parts(self) -> "Iterable[models.fields.files.FieldFile]":
        """Everything that is kept of it on the disk."""
        return [part for part in (self.content, self.small, self.light, self.sound) if part]


class Seen(models.Model):
    """That a person is seen, or heard, on a file: it shows while they agree."""

    file = models.ForeignKey(File, models.CASCADE, related_name="seen", verbose_name=_("fichier"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="seen_on",
        verbose_name=_("personne"),
    )

    personal_data = PersonalData(
        fields=("file", "person"),
        purpose=_("Retrouver toutes les photos d’une personne, et les retirer si elle le veut."),
        lifetime=_("Tant que la photo est gardée."),
        person="person",
        erasure="keep",
        kept_because=_(
            "Pour que les photos où l’on vous voit ne soient plus montrées : la ligne garde un "
            "numéro, plus votre nom."
        ),
    )

    class Meta:
        verbose_name = _("personne sur une photo")
        verbose_name_plural = _("personnes sur des photos")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["file", "person"],
                name="files_seen_once",
                violation_error_message=_("Cette personne est déjà nommée sur cette photo."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.file}"
