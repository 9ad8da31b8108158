from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from traboule.kernel.privacy import PersonalData
from traboule.kernel.spaces.models import Space

TRUST_AFTER = 3
MOST_TRUST_AFTER = 50


class CharterQuerySet(models.QuerySet["Charter"]):
    """Charters, the one that holds first."""

    def of(self, space: Space) -> Self:
        """Every version of the space's charter."""
        return self.filter(space=space)

    def current(self, space: Space) -> "Charter | None":
        """The version that holds today, if the space adopted one."""
        return self.of(space).first()


class Charter(models.Model):
    """What people of a space agreed on, as it stood from one day on; a change is a new version."""

    space = models.ForeignKey(Space, models.CASCADE, related_name="charters")
    version = models.PositiveSmallIntegerField(_("version"))
    intro = models.TextField(_("introduction"), max_length=2000, blank=True)
    trust_after = models.PositiveSmallIntegerField(
        _("confiance après tant de contributions acceptées"),
        default=TRUST_AFTER,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_TRUST_AFTER)],
    )
    published_at = models.DateTimeField(_("adoptée le"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="charters",
        verbose_name=_("écrite par"),
    )

    objects = CharterQuerySet.as_manager()
    personal_data = PersonalData(
        fields=("by",),
        purpose=_("Savoir qui a écrit la charte d’un espace."),
        lifetime=_("Tant que l’espace existe."),
        person="by",
        erasure="scrub",
        scrubbed=("by",),
    )

    class Meta:
        verbose_name = _("charte")
        verbose_name_plural = _("chartes")
        ordering = ["-version", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "version"],
                name="moderation_charter_version_once",
                violation_error_message=_("Une autre personne vient de changer la charte."),
            ),
            models.CheckConstraint(
                condition=Q(trust_after__gte=1),
                name="moderation_charter_trust_after",
                violation_error_message=_("Il faut au moins une contribution acceptée."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.space} · {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("moderation:charter-version", args=[self.space.slug, self.version])


class CharterArticle(models.Model):
    """One rule of a charter, by its number: what decisions name."""

    charter = models.ForeignKey(Charter, models.CASCADE, related_name="articles")
    number = models.PositiveSmallIntegerField(_("numéro"))
    title = models.CharField(_("titre"), max_length=120)
    text = models.TextField(_("texte"), max_length=2000)

    personal_data = None

    class Meta:
        verbose_name = _("article de charte")
        verbose_name_plural = _("articles de charte")
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["charter", "number"],
                name="moderation_article_once",
                violation_error_message=_("Cette charte a déjà un article de ce numéro."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"
