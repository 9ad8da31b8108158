from typing import Any, Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from traboule.kernel.people.models import Organisation
from traboule.kernel.places.models import Commune, PriorityNeighbourhood
from traboule.kernel.privacy import PersonalData

from ..sheet import SECTIONS
from ..vocabulary import Audience, Origin, Qualifier, State, Theme, ToolKind


def place_of(place_name: str, commune_name: str) -> str:
    """A place as people say it: the neighbourhood if it has a name, then the commune."""
    return f"{place_name}, {commune_name}" if place_name else commune_name


class InitiativeQuerySet(models.QuerySet["Initiative"]):
    def published(self) -> Self:
        """What anyone may read."""
        return self.filter(published_at__isnull=False)

    def for_listing(self) -> "models.QuerySet[Initiative, dict[str, Any]]":
        """Everything one card shows, in one query; as plain values, at half the price."""
        return self.values(
            "pk", "revised_at", "slug", "title", "summary", "theme", "state", "place_name",
            "commune__name", "holder__name",
        )  # fmt: skip

    def for_map(self) -> Self:
        """Everything one pin of the map shows, in one query."""
        return self.select_related("commune").only(
            "slug", "title", "theme", "place_name", "latitude", "longitude", "commune__name"
        )

    def for_sheet(self) -> Self:
        """Everything that stands on the sheet itself, in one query."""
        return self.select_related("commune__department__region", "holder", "neighbourhood")

    def for_export(self) -> Self:
        """Everything that open data gives, in four queries however many rows."""
        return self.select_related("commune__department__region", "holder").prefetch_related(
            "results", "partnerships__organisation", "inspired_by"
        )


class Initiative(models.Model):
    """One action by one holder in one place, with the public sheet that describes it."""

    slug = models.SlugField(_("adresse de la fiche"), max_length=80, unique=True)
    title = models.CharField(_("nom"), max_length=120)
    summary = models.CharField(_("en une phrase"), max_length=400)
    theme = models.CharField(_("thème"), max_length=20, choices=Theme)
    state = models.CharField(_("état"), max_length=10, choices=State, default=State.RUNNING)
    origin = models.CharField(_("origine"), max_length=10, choices=Origin, default=Origin.HERE)
    holder = models.ForeignKey(
        Organisation, models.PROTECT, related_name="initiatives", verbose_name=_("porteur")
    )

    commune = models.ForeignKey(
        Commune, models.PROTECT, related_name="initiatives", verbose_name=_("commune")
    )
    place_name = models.CharField(_("lieu ou quartier"), max_length=200, blank=True)
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    neighbourhood = models.ForeignKey(
        PriorityNeighbourhood,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="initiatives",
        verbose_name=_("quartier prioritaire"),
    )

    # Before the long texts, past which SQLite would read page after page to reach them.
    published_at = models.DateTimeField(_("publiée le"), null=True, blank=True)
    revised_at = models.DateTimeField(_("modifiée le"), auto_now=True)

    started = models.CharField(_("début"), max_length=10, blank=True)
    ended = models.CharField(_("fin"), max_length=10, blank=True)
    confirmed = models.CharField(_("dernière confirmation"), max_length=10, blank=True)
    audiences = models.JSONField(_("publics"), default=list, blank=True)
    tool_kinds = models.JSONField(_("outils numériques"), default=list, blank=True)
    milestones = models.JSONField(_("dates"), default=list, blank=True)
    cost = models.TextField(_("coût"), blank=True)
    time = models.TextField(_("temps"), blank=True)
    people = models.TextField(_("personnes"), blank=True)
    links = models.JSONField(_("liens"), default=list, blank=True)
    video = models.URLField(_("vidéo"), max_length=500, blank=True)
    source = models.JSONField(_("source"), null=True, blank=True)

    contact_name = models.CharField(
        _("personne ou service à contacter"), max_length=120, blank=True
    )
    contact_phone = models.CharField(_("téléphone"), max_length=40, blank=True)
    contact_email = models.EmailField(_("adresse e-mail"), max_length=200, blank=True)
    contact_website = models.URLField(_("site"), max_length=500, blank=True)

    texts = models.JSONField(_("textes"), default=dict)
    html = models.JSONField(_("textes mis en forme"), default=dict, editable=False)

    inspired_by = models.ManyToManyField(
        "self",
        through="Lineage",
        through_fields=("child", "parent"),
        symmetrical=False,
        related_name="inspired",
        verbose_name=_("inspirée par"),
    )

    objects = InitiativeQuerySet.as_manager()
    personal_data = PersonalData(
        fields=("contact_name", "contact_phone", "contact_email"),
        purpose=_("joindre l’initiative, à la demande de la personne qui la porte"),
        lifetime=_("tant que la fiche est publiée ; confirmé chaque année"),
    )

    class Meta:
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                F("id").desc(),
                condition=Q(published_at__isnull=False),
                name="initiative_published",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="initiative_point_on_earth",
                violation_error_message=_("Ce point n’est pas sur la carte."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="initiative_known_state",
                violation_error_message=_("Cet état n’existe pas."),
            ),
            models.CheckConstraint(
                condition=Q(theme__in=Theme.values), name="initiative_known_theme",
                violation_error_message=_("Ce thème n’existe pas."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("initiatives:sheet", args=[self.slug])

    @property
    def place(self) -> str:
        """Where, as people say it: ``La Villeneuve, Grenoble``."""
        return place_of(self.place_name, self.commune.name)

    @property
    def sections(self) -> dict[str, SafeString]:
        """The sheet's texts as safe HTML (cleaned when they were saved), by field name."""
        return {name: mark_safe(self.html.get(name, "")) for name in SECTIONS}  # noqa: S308

    @property
    def tool_labels(self) -> list[str]:
        return [str(ToolKind(kind).label) for kind in self.tool_kinds]

    @property
    def audience_labels(self) -> list[str]:
        return [str(Audience(audience).label) for audience in self.audiences]

    @property
    def reachable_by(self) -> str:
        """The contact's own channel for our yearly question: ``email``, ``phone`` or nothing."""
        return ("email" if self.contact_email else "") or ("phone" if self.contact_phone else "")


class Lineage(models.Model):
    """One initiative that took another as its model."""

    parent = models.ForeignKey(Initiative, models.CASCADE, related_name="child_links")
    child = models.ForeignKey(Initiative, models.CASCADE, related_name="parent_links")

    personal_data = None

    class Meta:
        verbose_name = _("filiation")
        verbose_name_plural = _("filiations")
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "child"],
                name="lineage_once",
                violation_error_message=_("Ce lien de parenté est déjà noté."),
            ),
            models.CheckConstraint(
                condition=~Q(parent=F("child")),
                name="lineage_not_oneself",
                violation_error_message=_("Une initiative ne s’inspire pas d’elle-même."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.child} ← {self.parent}"


class Partnership(models.Model):
    """An organisation that takes part in an initiative, and what it brings."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="partnerships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="partnerships")
    role = models.CharField(_("rôle"), max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    personal_data = None

    class Meta:
        verbose_name = _("partenariat")
        verbose_name_plural = _("partenariats")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "organisation"],
                name="partner_once",
                violation_error_message=_("Ce partenaire figure déjà sur la fiche."),
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)


class Result(models.Model):
    """One figure that a document or the people of an initiative report, and where it is from."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="results")
    label = models.CharField(_("ce qui est compté"), max_length=300)
    figure = models.DecimalField(_("nombre"), max_digits=14, decimal_places=2)
    figure_max = models.DecimalField(
        _("au plus"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    qualifier = models.CharField(
        _("précision"), max_length=10, choices=Qualifier, blank=True, default=Qualifier.EXACT
    )
    unit = models.CharField(_("unité"), max_length=80)
    period = models.CharField(_("période"), max_length=120, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    source_date = models.CharField(_("date de la source"), max_length=10, blank=True)
    position = models.PositiveSmallIntegerField(default=0, validators=[MinValueValidator(0)])

    personal_data = None

    class Meta:
        verbose_name = _("résultat annoncé")
        verbose_name_plural = _("résultats annoncés")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(figure_max__isnull=True) | Q(figure_max__gte=F("figure")),
                name="result_range_in_order",
                violation_error_message=_("Le nombre le plus grand vient en second."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.label} : {self.figure} {self.unit}"


class Picture(models.Model):
    """A picture of an initiative, re-encoded and without its location, with what it shows."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="pictures")
    image = models.ImageField(
        _("image"), upload_to="initiatives/%Y/", width_field="width", height_field="height"
    )
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    alt = models.CharField(_("ce que montre l’image"), max_length=300)
    credit = models.CharField(_("auteur ou autrice"), max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    personal_data = PersonalData(
        fields=("image", "credit"),
        purpose=_("illustrer la fiche, avec l’accord des personnes visibles"),
        lifetime=_("tant que la fiche est publiée ; retirée sur simple demande"),
    )

    class Meta:
        verbose_name = _("image")
        verbose_name_plural = _("images")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.alt
