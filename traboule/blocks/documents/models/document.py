import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count, F, OuterRef, Prefetch, Q, Subquery
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from traboule.kernel.files.models import File
from traboule.kernel.privacy import PersonalData
from traboule.kernel.spaces.models import Space

MOST_LINES = 5


class Shelf(models.TextChoices):
    """For whom a document is put there."""

    MEMBERS = "members", _("pour les membres")
    PUBLIC = "public", _("pour tout le monde")


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents, and which of them one finds on the shelves."""

    def standing(self) -> Self:
        """Those that were not put away."""
        return self.filter(put_away_at__isnull=True)

    def public(self) -> Self:
        """What anyone may read: on the public shelf of a published initiative."""
        return self.standing().filter(
            shelf=Shelf.PUBLIC, space__initiative__published_at__isnull=False
        )

    def for_listing(self) -> Self:
        """Everything that one line of a shelf shows: its latest version, copies wanted."""
        wanted = PaperCopy.objects.wanted().order_by().filter(document=OuterRef("pk"))
        counted = wanted.values("document").annotate(n=Count("pk")).values("n")
        latest = Version.objects.filter(is_current=True).select_related("file", "reading")
        return (
            self.select_related("space__initiative__commune")
            .annotate(copies_wanted=Subquery(counted))
            .prefetch_related(
                Prefetch("versions", latest.defer("reading__text", "reading__stems"), "latest")
            )
        )

    def with_copies(self) -> Self:
        """Each with the copies still to be handed over, and for whom."""
        copies = PaperCopy.objects.wanted().select_related("person")
        return self.prefetch_related(Prefetch("copies", copies))


class Document(models.Model):
    """A paper of an initiative, on one of its two shelves, whatever its versions."""

    space = models.ForeignKey(
        Space, models.CASCADE, related_name="documents", verbose_name=_("espace")
    )
    key = models.UUIDField(_("clé"), default=uuid.uuid4, unique=True, editable=False)
    number = models.PositiveIntegerField(_("numéro"))
    shelf = models.CharField(
        _("étagère"), max_length=10, choices=Shelf, default=Shelf.MEMBERS
    )  # fmt: skip
    title = models.CharField(_("titre"), max_length=120)
    summary = models.TextField(_("en quelques lignes simples"), max_length=600)
    about = models.CharField(_("la rencontre dont il parle"), max_length=120, blank=True)
    on = models.DateField(_("date de cette rencontre"), null=True, blank=True)
    stems = models.TextField(_("mots du titre et du résumé"), blank=True, editable=False)
    created_at = models.DateTimeField(_("déposé le"), auto_now_add=True)
    changed_at = models.DateTimeField(_("dernière version le"))
    put_away_at = models.DateTimeField(_("rangé le"), null=True, blank=True)

    objects = DocumentQuerySet.as_manager()
    personal_data = None
    # What ``for_listing`` finds.
    copies_wanted: int | None
    latest: "list[Version]"

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-changed_at", "-pk"]
        indexes = [
            models.Index(fields=["space", "-changed_at"], name="documents_by_space"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "number"],
                name="documents_number_once",
                violation_error_message=_("Un autre document porte déjà ce numéro."),
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(summary=""),
                name="documents_say_what_they_are",
                violation_error_message=_("Donnez un titre et un résumé au document."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("documents:document", args=[self.space.slug, self.number])

    @property
    def is_public(self) -> bool:
        """Whether everyone finds it on the shelf."""
        return self.shelf == Shelf.PUBLIC and self.put_away_at is None

    @cached_property
    def current(self) -> "Version | None":
        """Its latest version."""
        found = self.latest if hasattr(self, "latest") else self.versions.current()[:1]
        return next(iter(found), None)


class VersionQuerySet(models.QuerySet["Version"]):
    """Versions, and which of them hold today."""

    def current(self) -> Self:
        """The latest of each document."""
        return self.filter(is_current=True)


class Version(models.Model):
    """One state of a document: the file as it was then. Old ones stay, under their number."""

    document = models.ForeignKey(
        Document, models.CASCADE, related_name="versions", verbose_name=_("document")
    )
    number = models.PositiveSmallIntegerField(_("numéro"))
    file = models.OneToOneField(
        File, models.PROTECT, related_name="document_version", verbose_name=_("fichier")
    )
    note = models.CharField(_("ce qui change"), max_length=300, blank=True)
    pages = models.PositiveIntegerField(_("nombre de pages"), null=True, blank=True)
    is_current = models.BooleanField(_("la plus récente"), default=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True,
        related_name="document_versions", verbose_name=_("déposée par"),
    )  # fmt: skip
    at = models.DateTimeField(_("le"))

    objects = VersionQuerySet.as_manager()
    personal_data = PersonalData(
        fields=("by", "at"),
        purpose=_("Savoir qui a déposé un document."),
        lifetime=_("Tant que l’espace existe."),
        person="by",
        erasure="scrub",
    )

    class Meta:
        verbose_name = _("version d’un document")
        verbose_name_plural = _("versions de documents")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"],
                name="documents_version_once",
                violation_error_message=_("Cette version existe déjà."),
            ),
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(is_current=True),
                name="documents_one_current_version",
                violation_error_message=_("Un document n’a qu’une version du jour."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} · {self.number}"

    @property
    def ending(self) -> str:
        """What kind of file it is, as people know it: PDF, DOCX…"""
        return str(self.file.content.name).rpartition(".")[2].upper()


class Reading(models.Model):
    """The words that were found in a version, for whoever looks for them."""

    class State(models.TextChoices):
        WAITING = "waiting", _("lecture en cours")
        READ = "read", _("mots lus")
        NO_WORDS = "no-words", _("images sans texte")
        FAILED = "failed", _("illisible")

    MOVES = {
        State.WAITING: {State.READ, State.NO_WORDS, State.FAILED},
        State.FAILED: {State.WAITING},
        State.NO_WORDS: set[State](),
        State.READ: set[State](),
    }

    version = models.OneToOneField(Version, models.CASCADE, related_name="reading")
    state = models.CharField(_("état"), max_length=10, choices=State, default=State.WAITING)
    text = models.TextField(_("texte"), blank=True)
    stems = models.TextField(_("mots"), blank=True)

    personal_data = None

    class Meta:
        verbose_name = _("lecture d’un document")
        verbose_name_plural = _("lectures de documents")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="read") | Q(text=""),
                name="documents_words_only_when_read",
                violation_error_message=_("Un document qui n’est pas lu n’a pas de mots."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.version} · {self.get_state_display()}"


class Via(models.TextChoices):
    """By which door a printed copy was asked for."""

    WEB = "web", _("en ligne")
    PHONE = "phone", _("au téléphone")
    DESK = "desk", _("sur place")
    SMS = "sms", _("par SMS")


class PaperCopyQuerySet(models.QuerySet["PaperCopy"]):
    """Printed copies, and which are still to be handed over."""

    def wanted(self) -> Self:
        """Those that were asked for and not handed over yet."""
        return self.filter(handed_at__isnull=True)


class PaperCopy(models.Model):
    """That someone wants a document on paper: a person, or whoever goes by a name here."""

    document = models.ForeignKey(
        Document, models.CASCADE, related_name="copies", verbose_name=_("document")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True,
        related_name="paper_copies", verbose_name=_("personne"),
    )  # fmt: skip
    name = models.CharField(_("pour qui"), max_length=80, blank=True)
    via = models.CharField(_("par quelle porte"), max_length=5, choices=Via, default=Via.WEB)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True,
        related_name="noted_paper_copies", verbose_name=_("demande notée par"),
    )  # fmt: skip
    wanted_at = models.DateTimeField(_("demandée le"), auto_now_add=True)
    handed_at = models.DateTimeField(_("remise le"), null=True, blank=True)

    objects = PaperCopyQuerySet.as_manager()
    personal_data = PersonalData(
        fields=("person", "name", "via", "by", "wanted_at", "handed_at"),
        purpose=_("Imprimer un document pour qui le veut sur papier."),
        lifetime=_("Trois mois après la remise."),
        person="person",
        erasure="delete",
    )

    class Meta:
        verbose_name = _("copie papier")
        verbose_name_plural = _("copies papier")
        ordering = ["wanted_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "person"],
                condition=Q(handed_at__isnull=True, person__isnull=False),
                name="documents_copy_wanted_once",
                violation_error_message=_("Cette personne a déjà demandé une copie."),
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(name=""),
                name="documents_copy_for_someone",
                violation_error_message=_("Dites pour qui est la copie."),
            ),
            models.CheckConstraint(
                condition=Q(handed_at__isnull=True) | Q(handed_at__gte=F("wanted_at")),
                name="documents_copy_handed_after",
                violation_error_message=_("Une copie est remise après avoir été demandée."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document} · {self.pk}"

    @property
    def who(self) -> str:
        """For whom it is."""
        return str(self.person or self.name)


class Expected(models.Model):
    """A document that the space should have on a shelf: what its recipe asks for."""

    space = models.ForeignKey(
        Space, models.CASCADE, related_name="expected_documents", verbose_name=_("espace")
    )
    title = models.CharField(_("titre"), max_length=120)
    shelf = models.CharField(
        _("étagère"), max_length=10, choices=Shelf, default=Shelf.MEMBERS
    )  # fmt: skip
    position = models.PositiveSmallIntegerField(_("rang"), default=0)
    document = models.ForeignKey(
        Document, models.SET_NULL, null=True, blank=True, related_name="expected_as",
        verbose_name=_("document déposé"),
    )  # fmt: skip

    personal_data = None

    class Meta:
        verbose_name = _("document attendu")
        verbose_name_plural = _("documents attendus")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "title"],
                name="documents_expected_once",
                violation_error_message=_("Ce document est déjà dans la liste."),
            )
        ]

    def __str__(self) -> str:
        return self.title
