from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.kernel.people.models import Gender
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.results import AGE_BANDS


class Parity(models.TextChoices):
    """Where as many women as men are asked for, to within one."""

    NONE = "none", _("Pas de règle de parité")
    WHOLE = "whole", _("Autant de femmes que d’hommes dans l’ensemble, à une personne près")
    COLLEGES = "colleges", _("Dans l’ensemble et dans chaque collège, à une personne près")


class Priority(models.TextChoices):
    """Whether someone lives in a priority neighbourhood."""

    YES = "yes", _("dans un quartier prioritaire")
    NO = "no", _("hors des quartiers prioritaires")


class AgeBand(models.TextChoices):
    """The bands of ages by which results are split too; named by their first year."""

    CHILD = "0", _("moins de 12 ans")
    TEENAGER = "12", _("12 à 17 ans")
    YOUNG = "18", _("18 à 25 ans")
    ADULT = "26", _("26 à 39 ans")
    MIDDLE = "40", _("40 à 59 ans")
    SENIOR = "60", _("60 ans et plus")

    @classmethod
    def of(cls, birth_year: int | None, year: int) -> str:
        """The band of someone born that year, at the end of ``year``; empty when unknown."""
        if birth_year is None:
            return ""
        return str(max(first for first, _last in AGE_BANDS if first <= max(0, year - birth_year)))


USUAL_FUNCTIONS = (
    _("Présidence"),
    _("Vice-présidence"),
    _("Secrétariat"),
    _("Trésorerie"),
)


class Roster(models.Model):
    """How a space composes its group: whether anyone may read it, parity, names of functions.

    Whoever changes who sits there first locks this row: seats are counted under it.
    """

    space = models.OneToOneField(
        Space, models.CASCADE, related_name="roster", verbose_name=_("espace")
    )
    is_public = models.BooleanField(_("tout le monde peut lire la composition"), default=False)
    parity = models.CharField(_("parité"), max_length=10, choices=Parity, default=Parity.NONE)
    functions = models.JSONField(_("fonctions du bureau"), default=list)

    personal_data = None

    class Meta:
        verbose_name = _("composition")
        verbose_name_plural = _("compositions")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(parity__in=Parity.values),
                name="roster_parity",
                violation_error_message=_("Cette règle de parité n’existe pas."),
            )
        ]

    def __str__(self) -> str:
        return str(self.space)

    @classmethod
    def of(cls, space: Space) -> Self:
        """The space's own, or what it is before anybody set it."""
        found = cls.objects.filter(space=space).first()
        return found or cls(space=space, functions=[str(name) for name in USUAL_FUNCTIONS])

    @classmethod
    def locked(cls, space: Space) -> Self:
        """The space's own, kept from whoever changes who sits there at the same time."""
        usual = [str(name) for name in USUAL_FUNCTIONS]
        cls.objects.get_or_create(space=space, defaults={"functions": usual})
        return cls.objects.select_for_update().get(space=space)


class College(models.Model):
    """One of the groups that the whole is made of, and how many sit in it."""

    space = models.ForeignKey(
        Space, models.CASCADE, related_name="colleges", verbose_name=_("espace")
    )
    name = models.CharField(_("nom"), max_length=80)
    seats = models.PositiveSmallIntegerField(_("nombre de places"))
    position = models.PositiveSmallIntegerField(_("rang"), default=0)

    personal_data = None

    class Meta:
        verbose_name = _("collège")
        verbose_name_plural = _("collèges")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "name"],
                name="roster_college_once",
                violation_error_message=_("Un collège porte déjà ce nom."),
            ),
            models.CheckConstraint(
                condition=Q(seats__gte=1),
                name="roster_college_has_a_seat",
                violation_error_message=_("Il faut au moins une place."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Quota(models.Model):
    """How many of those who sit, in the whole or in one college, must be of some kind."""

    space = models.ForeignKey(
        Space, models.CASCADE, related_name="roster_quotas", verbose_name=_("espace")
    )
    college = models.ForeignKey(
        College, models.CASCADE, null=True, blank=True, related_name="quotas",
        verbose_name=_("collège"),
    )  # fmt: skip
    gender = models.CharField(_("genre"), max_length=10, choices=Gender, blank=True)
    age = models.CharField(_("âge"), max_length=2, choices=AgeBand, blank=True)
    priority = models.CharField(_("quartier"), max_length=3, choices=Priority, blank=True)
    least = models.PositiveSmallIntegerField(_("au moins"), null=True, blank=True)
    most = models.PositiveSmallIntegerField(_("au plus"), null=True, blank=True)

    personal_data = None

    class Meta:
        verbose_name = _("quota")
        verbose_name_plural = _("quotas")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(gender="", age="", priority=""),
                name="roster_quota_of_someone",
                violation_error_message=_("Dites de qui il s’agit : un genre, un âge ou un "
                                          "quartier."),
            ),
            models.CheckConstraint(
                condition=Q(least__isnull=False) | Q(most__isnull=False),
                name="roster_quota_has_a_bound",
                violation_error_message=_("Écrivez un nombre : au moins, au plus, ou les deux."),
            ),
            models.CheckConstraint(
                condition=Q(least__isnull=True) | Q(most__isnull=True) | Q(least__lte=F("most")),
                name="roster_quota_bounds_in_order",
                violation_error_message=_("« Au moins » ne peut pas dépasser « au plus »."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.bounds} : {self.who}"

    @property
    def bounds(self) -> str:
        """« au moins 4 », « de 2 à 5 »."""
        if self.least is not None and self.most is not None:
            if self.least == self.most:
                return gettext("exactement %(n)d") % {"n": self.least}
            return gettext("de %(least)d à %(most)d") % {"least": self.least, "most": self.most}
        if self.most is not None:
            return gettext("au plus %(n)d") % {"n": self.most}
        return gettext("au moins %(n)d") % {"n": self.least or 0}

    @property
    def who(self) -> str:
        """« femmes, 18 à 25 ans, collège Habitants »."""
        genders = {
            Gender.WOMAN: gettext("femmes"),
            Gender.MAN: gettext("hommes"),
            Gender.OTHER: gettext("personnes d’un autre genre"),
        }
        college = self.college and gettext("collège %(name)s") % {"name": self.college}
        parts = [
            genders[Gender(self.gender)] if self.gender else "",
            self.get_age_display() if self.age else "",
            self.get_priority_display() if self.priority else "",
            college or "",
        ]
        return ", ".join(str(part) for part in parts if part)
