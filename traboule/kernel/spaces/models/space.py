import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from traboule.kernel.initiatives.models import Initiative
from traboule.kernel.notices.models import Purse

from .participation import Role

if TYPE_CHECKING:
    from traboule.kernel.people.models import Person

    from ..blocks import Block
    from .participation import Participation, ParticipationQuerySet


class Joining(models.TextChoices):
    """How one comes to take part without being added by the team."""

    OPEN = "open", _("Toute personne peut prendre part, tout de suite")
    REQUEST = "request", _("On le demande, et l’équipe répond")
    CLOSED = "closed", _("Seule l’équipe ajoute des personnes")


class SpaceQuerySet(models.QuerySet["Space"]):
    """Spaces, and what a list of them shows."""

    def running(self) -> Self:
        """Those that are not closed."""
        return self.filter(closed_at__isnull=True)

    def of(self, person: "Person") -> Self:
        """Those in which this person takes part today."""
        return self.filter(
            participations__person=person,
            participations__left_at__isnull=True,
            participations__waiting=False,
        )

    def for_listing(self) -> Self:
        """Everything one row of a list shows, in one query."""
        return self.select_related("initiative__commune", "initiative__holder")

    def for_page(self) -> Self:
        """Everything that every page of a space shows, in one query."""
        return self.select_related("initiative__commune", "initiative__holder", "purse")


class Space(models.Model):
    """Where an initiative runs here: its people and their roles, and the blocks it uses."""

    initiative = models.OneToOneField(
        Initiative, models.CASCADE, related_name="space", verbose_name=_("initiative")
    )
    recipe_key = models.SlugField(_("modèle"), max_length=60)
    recipe_title = models.CharField(_("nom du modèle"), max_length=120)
    recipe_summary = models.CharField(_("le modèle en une phrase"), max_length=400)
    recipe_sheets = models.JSONField(_("fiches du modèle"), default=list)
    start_key = models.UUIDField(_("clé du lancement"), default=uuid.uuid4, unique=True)
    role_names = models.JSONField(_("noms des rôles"), default=dict)
    indicator_keys = models.JSONField(_("résultats suivis"), default=list)
    starts_on = models.DateField(_("début"))
    ends_on = models.DateField(_("fin"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    joining = models.CharField(
        _("prendre part"), max_length=10, choices=Joining, default=Joining.REQUEST
    )
    closed_at = models.DateTimeField(_("fermé le"), null=True, blank=True)
    access_code = models.CharField(_("code d’accès"), max_length=9, blank=True)
    access_code_changed_at = models.DateTimeField(_("code changé le"), null=True, blank=True)
    purse = models.OneToOneField(
        Purse, models.SET_NULL, null=True, related_name="space", verbose_name=_("crédit de SMS")
    )

    objects = SpaceQuerySet.as_manager()
    personal_data = None

    class Meta:
        verbose_name = _("espace")
        verbose_name_plural = _("espaces")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["access_code"],
                condition=~Q(access_code=""),
                name="space_access_code_once",
                violation_error_message=_("Un autre espace a déjà ce code."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="space_ends_after_start",
                violation_error_message=_("La fin doit suivre le début."),
            ),
        ]

    def __str__(self) -> str:
        return self.initiative.title

    def get_absolute_url(self) -> str:
        return reverse("spaces:space", args=[self.slug])

    @property
    def slug(self) -> str:
        """The space stands at the same name as its sheet."""
        return self.initiative.slug

    @property
    def key(self) -> str:
        """How lower apps name this space: ``space:12``."""
        return f"space:{self.pk}"

    @property
    def department_code(self) -> str:
        """Where school holidays and public holidays are looked up."""
        return self.initiative.commune.department_id

    @property
    def is_closed(self) -> bool:
        """Whether it is over: everything can be read, nothing changes any more."""
        return self.closed_at is not None

    def role_name(self, role: str) -> str:
        """What this space calls a role."""
        return self.role_names.get(role) or str(Role(role).label)

    def roll(self) -> "ParticipationQuerySet":
        """Those who take part today."""
        return self.participations.current().for_listing()

    @cached_property
    def referent(self) -> "Participation | None":
        """Whom to call: the first who coordinates."""
        return self.roll().filter(role=Role.COORDINATOR).first()

    @property
    def help_phone(self) -> str:
        """The number to call, the initiative's own or the territory's."""
        return self.initiative.contact_phone or settings.HELP_PHONE

    @cached_property
    def open_blocks(self) -> "list[Block]":
        """The blocks in use, in order."""
        # Late: a block's views need the models.
        from ..blocks import known

        keys = self.blocks.filter(put_away_at__isnull=True).order_by("position", "pk")
        return [known[key] for key in keys.values_list("key", flat=True) if key in known]


class SpaceBlock(models.Model):
    """That a space uses a block, until it puts it away; nothing is lost then."""

    space = models.ForeignKey(Space, models.CASCADE, related_name="blocks")
    key = models.SlugField(_("brique"), max_length=40)
    position = models.PositiveSmallIntegerField(_("rang"), default=0)
    put_away_at = models.DateTimeField(_("rangée le"), null=True, blank=True)

    personal_data = None

    class Meta:
        verbose_name = _("brique d’un espace")
        verbose_name_plural = _("briques des espaces")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "key"],
                name="space_block_once",
                violation_error_message=_("Cet espace a déjà cette brique."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.space} · {self.key}"
