from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from traboule.kernel.privacy import PersonalData

from .space import Space


class Page(models.Model):
    """A text of the space that stays: how it works, what to bring, whom to ask."""

    space = models.ForeignKey(Space, models.CASCADE, related_name="pages")
    slug = models.SlugField(_("adresse"), max_length=60)
    title = models.CharField(_("titre"), max_length=120)
    text = models.TextField(_("texte"))
    html = models.TextField(_("texte mis en forme"), editable=False)
    is_public = models.BooleanField(_("tout le monde peut la lire"), default=True)
    position = models.PositiveSmallIntegerField(_("rang"), default=0)
    changed_at = models.DateTimeField(_("modifiée le"), auto_now=True)

    personal_data = None

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "slug"],
                name="space_page_once",
                violation_error_message=_("Une page de cet espace porte déjà ce nom."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("spaces:page", args=[self.space.slug, self.slug])

    @property
    def body(self) -> SafeString:
        """The text as HTML, cleaned when it was saved."""
        return mark_safe(self.html)  # noqa: S308


class ChecklistItem(models.Model):
    """One thing to do in the life of a space, ticked by whoever did it."""

    space = models.ForeignKey(Space, models.CASCADE, related_name="checklist")
    list_title = models.CharField(_("liste"), max_length=120)
    label = models.CharField(_("à faire"), max_length=300)
    position = models.PositiveSmallIntegerField(_("rang"), default=0)
    done_at = models.DateTimeField(_("fait le"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="ticked_items",
        verbose_name=_("fait par"),
    )

    personal_data = PersonalData(
        fields=("done_by", "done_at"),
        purpose=_("Savoir qui a fait quoi pour préparer l’initiative."),
        lifetime=_("Tant que l’espace existe."),
        person="done_by",
        erasure="scrub",
    )

    class Meta:
        verbose_name = _("chose à faire")
        verbose_name_plural = _("choses à faire")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_by__isnull=True) | Q(done_at__isnull=False),
                name="checklist_done_has_a_date",
                violation_error_message=_("Ce qui est fait porte sa date."),
            )
        ]

    def __str__(self) -> str:
        return self.label


class NewsQuerySet(models.QuerySet["News"]):
    """News, the latest first."""

    def visible(self) -> Self:
        """Those that nobody hid."""
        return self.filter(hidden_at__isnull=True)


class News(models.Model):
    """A few lines that a facilitator writes for everyone in the space."""

    space = models.ForeignKey(Space, models.CASCADE, related_name="news")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="news",
        verbose_name=_("écrite par"),
    )
    title = models.CharField(_("titre"), max_length=120)
    text = models.TextField(_("texte"), max_length=4000)
    html = models.TextField(_("texte mis en forme"), editable=False)
    at = models.DateTimeField(_("le"), auto_now_add=True)
    hidden_at = models.DateTimeField(_("masquée le"), null=True, blank=True)

    objects = NewsQuerySet.as_manager()
    personal_data = PersonalData(
        fields=("by",),
        purpose=_("Savoir qui parle au nom de l’initiative."),
        lifetime=_("Tant que la nouvelle est en ligne."),
        person="by",
        erasure="scrub",
    )

    class Meta:
        verbose_name = _("nouvelle")
        verbose_name_plural = _("nouvelles")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["space", "-at", "-id"], name="news_by_date")]

    def __str__(self) -> str:
        return self.title

    @property
    def body(self) -> SafeString:
        """The text as HTML, cleaned when it was saved."""
        return mark_safe(self.html)  # noqa: S308

    def hide(self) -> None:
        """Show it to the team only."""
        self.hidden_at = timezone.now()
        self.save(update_fields=["hidden_at"])

    def show(self) -> None:
        """Show it to everyone in the space again."""
        self.hidden_at = None
        self.save(update_fields=["hidden_at"])
