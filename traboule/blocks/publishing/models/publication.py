import datetime
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from traboule.kernel.files.models import File
from traboule.kernel.privacy import PersonalData
from traboule.kernel.spaces.models import Space

if TYPE_CHECKING:
    from .parts import Pair, PublicationFile, Step


class Kind(models.TextChoices):
    """What sort of thing is told."""

    NEWS = "news", _("Nouvelle")
    ARTICLE = "article", _("Article")
    TUTORIAL = "tutorial", _("Tutoriel")
    ALBUM = "album", _("Album photo")
    BEFORE_AFTER = "before-after", _("Avant / après")

    @property
    def icon(self) -> str:
        """Its pictogram."""
        return ICONS[self.value]


ICONS = {
    "news": "megaphone",
    "article": "file-text",
    "tutorial": "graduation-cap",
    "album": "image",
    "before-after": "camera",
}


class State(models.TextChoices):
    """Where a publication stands on its way to its readers."""

    DRAFT = "draft", _("brouillon")
    SUBMITTED = "submitted", _("à relire")
    IN_REVIEW = "in-review", _("en relecture")
    RETURNED = "returned", _("à reprendre")
    PUBLISHED = "published", _("en ligne")
    WITHDRAWN = "withdrawn", _("retiré")


MOVES = {
    State.DRAFT: {State.SUBMITTED, State.PUBLISHED},
    State.SUBMITTED: {State.DRAFT, State.IN_REVIEW, State.PUBLISHED, State.RETURNED},
    State.IN_REVIEW: {State.PUBLISHED, State.RETURNED},
    State.RETURNED: {State.SUBMITTED, State.PUBLISHED},
    State.PUBLISHED: {State.WITHDRAWN},
    State.WITHDRAWN: {State.PUBLISHED},
}
"""From which state a publication may go to which."""

UNSEEN = tuple(one for one in State if one != State.PUBLISHED)
TO_REVIEW = (State.SUBMITTED, State.IN_REVIEW)
IN_THE_MAKING = (State.DRAFT, State.RETURNED)


class PublicationQuerySet(models.QuerySet["Publication"]):
    """Publications, and which of them one may read."""

    def published(self) -> Self:
        """Those in front of readers, the latest first; what moderation hid is not."""
        online = self.filter(state=State.PUBLISHED, hidden_at=None)
        return online.order_by("-published_at", "-pk")

    def public(self) -> Self:
        """What anyone may read: published, of a published initiative, not for members only."""
        return self.published().filter(
            is_public=True, space__initiative__published_at__isnull=False
        )

    def to_review(self) -> Self:
        """Those that wait for someone to read them, the oldest first."""
        return self.filter(state__in=TO_REVIEW).order_by("submitted_at", "pk")

    def for_listing(self) -> Self:
        """Everything that one line of a list shows, in two queries."""
        # Late: its parts name the publication.
        from .parts import PublicationFile

        pictures = PublicationFile.objects.for_page()
        return self.select_related("space__initiative__commune", "cover").prefetch_related(
            models.Prefetch("files", queryset=pictures, to_attr="listed_files")
        )

    def for_page(self) -> Self:
        """Everything that every page about one shows, in one query."""
        return self.select_related(
            "space__initiative__commune",
            "space__initiative__holder",
            "space__purse",
            "cover",
            "author",
        )


class Publication(models.Model):
    """Something told in words and pictures: read again by someone, then put in front of readers."""

    space = models.ForeignKey(
        Space, models.CASCADE, related_name="publications", verbose_name=_("espace")
    )
    slug = models.SlugField(_("adresse"), max_length=70)
    kind = models.CharField(_("sorte"), max_length=12, choices=Kind, default=Kind.NEWS)
    title = models.CharField(_("titre"), max_length=120)
    summary = models.CharField(_("en une phrase"), max_length=300, blank=True)
    text = models.TextField(_("texte"), max_length=40_000, blank=True)
    html = models.TextField(_("texte mis en forme"), editable=False, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True,
        related_name="publications", verbose_name=_("de qui"),
    )  # fmt: skip
    byline = models.CharField(_("signature"), max_length=120, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True,
        related_name="typed_publications", verbose_name=_("saisi par"),
    )  # fmt: skip
    cover = models.ForeignKey(
        File, models.SET_NULL, null=True, blank=True, related_name="covered",
        verbose_name=_("photo de couverture"),
    )  # fmt: skip
    state = models.CharField(_("état"), max_length=10, choices=State, default=State.DRAFT)
    is_public = models.BooleanField(_("tout le monde peut le lire"), default=True)
    comments_open = models.BooleanField(_("on peut commenter"), default=False)
    is_box = models.BooleanField(_("on peut y envoyer ses photos"), default=False)
    starter = models.JSONField(_("écrit par le modèle"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("commencé le"), auto_now_add=True)
    changed_at = models.DateTimeField(_("modifié le"), auto_now=True)
    submitted_at = models.DateTimeField(_("à relire depuis le"), null=True, blank=True)
    published_at = models.DateTimeField(_("en ligne depuis le"), null=True, blank=True)
    hidden_at = models.DateTimeField(_("masqué le"), null=True, blank=True, editable=False)
    told_at = models.DateTimeField(_("annoncé le"), null=True, blank=True, editable=False)

    objects = PublicationQuerySet.as_manager()
    personal_data = PersonalData(
        fields=("author", "byline", "by", "text"),
        purpose=_("Publier ce que les habitants racontent, signé comme ils le souhaitent."),
        lifetime=_("Tant que l’espace existe, ou jusqu’à ce que la personne soit effacée : le "
                   "texte reste, sans signature."),
        person="author",
        erasure="scrub",
        scrubbed=("byline",),
    )  # fmt: skip

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["space", "state", "-published_at", "-id"], name="publishing_by_state"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "slug"],
                name="publishing_slug_once",
                violation_error_message=_("Une publication de cet espace a déjà cette adresse."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=State.values),
                name="publishing_known_state",
                violation_error_message=_("Une publication n’a pas cet état."),
            ),
            models.CheckConstraint(
                condition=~Q(state=State.PUBLISHED) | Q(published_at__isnull=False),
                name="publishing_published_has_a_date",
                violation_error_message=_("Ce qui est en ligne a une date."),
            ),
            models.CheckConstraint(
                condition=Q(is_box=False) | Q(kind=Kind.ALBUM),
                name="publishing_box_is_an_album",
                violation_error_message=_("On n’envoie des photos que dans un album."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("publishing:page", args=[self.space.slug, self.slug])

    @property
    def body(self) -> SafeString:
        """The text as HTML, cleaned when it was saved."""
        return mark_safe(self.html)  # noqa: S308

    @property
    def icon(self) -> str:
        """The pictogram of its kind."""
        return Kind(self.kind).icon

    @property
    def is_published(self) -> bool:
        """Whether readers have it in front of them."""
        return self.state == State.PUBLISHED and self.hidden_at is None

    @property
    def is_in_the_making(self) -> bool:
        """Whether its author may still write in it."""
        return self.state in IN_THE_MAKING

    @property
    def is_to_review(self) -> bool:
        """Whether it waits for someone to read it again."""
        return self.state in TO_REVIEW

    def may_become(self, state: Any) -> bool:
        """Whether the table of moves allows it."""
        return state in MOVES[State(self.state)]

    def hide(self) -> None:
        """Take it from its readers, as moderation decides; its state stays."""
        self._set_hidden(timezone.now())

    def show(self) -> None:
        """Give it back to its readers."""
        self._set_hidden(None)

    def _set_hidden(self, at: datetime.datetime | None) -> None:
        self.hidden_at = at
        self.save(update_fields=["hidden_at"])
        self.open_files()

    def open_files(self) -> None:
        """Its files open for everyone while it is in front of everyone, and not otherwise."""
        read = self.files.filter(is_accepted=True, is_answered=True).values("file")
        public = self.is_published and self.is_public
        File.objects.filter(pk__in=read).update(is_public=public)

    @cached_property
    def every_piece(self) -> "list[PublicationFile]":
        """All its files in order, wherever they stand; those of the box too."""
        listed: list[PublicationFile] | None = self.__dict__.get("listed_files")
        return list(self.files.for_page()) if listed is None else listed

    @property
    def pieces(self) -> "list[PublicationFile]":
        """The files of its body, those sent to the box and not yet looked at apart."""
        return [one for one in self.every_piece if one.is_accepted and one.place == "body"]

    @property
    def shown_pieces(self) -> "list[PublicationFile]":
        """Those of them that readers may see today."""
        return [piece for piece in self.pieces if piece.is_read]

    @property
    def picture(self) -> File | None:
        """What stands for it in lists: its cover, or another picture when that is withheld."""
        read = [one.file for one in self.every_piece if one.is_read and one.file.small]
        return next((file for file in read if file.pk == self.cover_id), next(iter(read), None))

    def shown_steps(self) -> "list[Step]":
        """Its gestures, each with its photo while that may be seen."""
        steps = list(self.steps.select_related("picture").order_by("position", "pk"))
        for step in steps:
            step.picture = self._read(step.picture)
        return steps

    def shown_pairs(self) -> "list[Pair]":
        """Its places, each with the photos that may be seen."""
        pairs = list(self.pairs.for_page())
        for pair in pairs:
            pair.has_after = pair.after_id is not None
            pair.after = self._read(pair.after)
            pair.hides_before = self._read(pair.before) is None
        return pairs

    def _read(self, file: File | None) -> File | None:
        """The file, if readers may see it today."""
        read = {piece.file_id for piece in self.every_piece if piece.is_read}
        return file if file and file.pk in read else None
