from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from traboule.kernel.files.models import File

from .publication import Publication

PICTOGRAMS = (
    ("hammer", _("outil")),
    ("wrench", _("réglage")),
    ("sprout", _("plante")),
    ("hand-helping", _("main")),
    ("users", _("ensemble")),
    ("phone", _("téléphone")),
    ("monitor", _("écran")),
    ("key-round", _("clé")),
    ("clock", _("attendre")),
    ("eye", _("regarder")),
    ("camera", _("photo")),
    ("package", _("matériel")),
    ("repeat", _("recommencer")),
    ("triangle-alert", _("attention")),
    ("check", _("fini")),
)
"""The drawings that a step may show when no photo does."""


class PublicationFileQuerySet(models.QuerySet["PublicationFile"]):
    """Files of publications."""

    def for_page(self) -> Self:
        """Everything that a page shows of them, in one query."""
        return self.select_related("file").order_by("position", "pk")

    def of_body(self) -> Self:
        """Those that stand in the page itself."""
        return self.filter(place=Place.BODY)

    def accepted(self) -> Self:
        """Those that are in it; what came to the box waits until the team took it in."""
        return self.filter(is_accepted=True)

    def unanswered(self) -> Self:
        """Pictures and videos of which nobody said who is seen on them."""
        return self.filter(is_answered=False)


class Place(models.TextChoices):
    """Where in a publication a file stands."""

    BODY = "body", _("dans la page")
    STEP = "step", _("étape")
    PAIR = "pair", _("avant / après")


class PublicationFile(models.Model):
    """A picture, video, sound or paper of a publication, and what was said of who is seen on it.

    Every file of a publication has its row here, so that none is shown of which nobody answered
    « Qui voit-on ? ».
    """

    publication = models.ForeignKey(
        Publication, models.CASCADE, related_name="files", verbose_name=_("publication")
    )
    file = models.ForeignKey(
        File, models.CASCADE, related_name="publications", verbose_name=_("fichier")
    )
    place = models.CharField(_("où"), max_length=4, choices=Place, default=Place.BODY)
    position = models.PositiveSmallIntegerField(_("rang"), default=0)
    caption = models.CharField(_("légende"), max_length=300, blank=True)
    is_accepted = models.BooleanField(_("accepté par l’équipe"), default=True)
    is_answered = models.BooleanField(_("on a dit qui l’on voit"), default=False)
    nobody_seen = models.BooleanField(_("personne de reconnaissable"), default=False)
    paper_agreement = models.BooleanField(_("accord écrit gardé par l’équipe"), default=False)

    objects = PublicationFileQuerySet.as_manager()
    personal_data = None

    class Meta:
        verbose_name = _("fichier d’une publication")
        verbose_name_plural = _("fichiers des publications")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "file"],
                name="publishing_file_once",
                violation_error_message=_("Ce fichier est déjà dans cette publication."),
            ),
        ]

    def __str__(self) -> str:
        return self.caption or str(self.file)

    @property
    def is_read(self) -> bool:
        """Whether readers may see it today: taken in, told who is on it, and they agree."""
        return self.is_accepted and self.is_answered and self.file.is_shown


class Step(models.Model):
    """One gesture of a tutorial: a few words, and a photo or a drawing for who reads little."""

    publication = models.ForeignKey(
        Publication, models.CASCADE, related_name="steps", verbose_name=_("tutoriel")
    )
    position = models.PositiveSmallIntegerField(_("rang"), default=0)
    words = models.CharField(_("ce que l’on fait"), max_length=200)
    picture = models.ForeignKey(
        File, models.SET_NULL, null=True, blank=True, related_name="steps",
        verbose_name=_("photo"),
    )  # fmt: skip
    icon = models.CharField(_("dessin"), max_length=20, choices=PICTOGRAMS, blank=True)

    personal_data = None

    class Meta:
        verbose_name = _("étape d’un tutoriel")
        verbose_name_plural = _("étapes des tutoriels")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.words


class PairQuerySet(models.QuerySet["Pair"]):
    """Places as they were and as they are."""

    def for_page(self) -> Self:
        """Everything that a page shows of them, in one query."""
        return self.select_related("before", "after").order_by("position", "pk")

    def complete(self) -> Self:
        """Those whose two pictures are there."""
        return self.filter(after__isnull=False)


class Pair(models.Model):
    """One place photographed before, and after once that has come."""

    publication = models.ForeignKey(
        Publication, models.CASCADE, related_name="pairs", verbose_name=_("publication")
    )
    place = models.CharField(_("lieu"), max_length=120)
    caption = models.CharField(_("légende"), max_length=300, blank=True)
    before = models.ForeignKey(
        File, models.CASCADE, related_name="pairs_before", verbose_name=_("avant")
    )
    after = models.ForeignKey(
        File, models.SET_NULL, null=True, blank=True, related_name="pairs_after",
        verbose_name=_("après"),
    )  # fmt: skip
    position = models.PositiveSmallIntegerField(_("rang"), default=0)

    objects = PairQuerySet.as_manager()
    personal_data = None
    # What ``shown_pairs`` finds: which photos are there, and which of them may be seen today.
    hides_before = False
    has_after = False

    class Meta:
        verbose_name = _("avant / après")
        verbose_name_plural = _("avant / après")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(before=models.F("after")),
                name="publishing_pair_has_two_pictures",
                violation_error_message=_("L’avant et l’après sont deux photos."),
            ),
        ]

    def __str__(self) -> str:
        return self.place

    @property
    def is_complete(self) -> bool:
        """Whether both pictures may be shown today."""
        return not self.hides_before and self.after is not None
