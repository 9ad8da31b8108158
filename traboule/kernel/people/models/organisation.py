from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traboule.kernel.privacy import PersonalData

from .person import Person

LA_POSTE = "356000000"


def validate_siret(value: str) -> None:
    """Accept fourteen digits whose Luhn sum is right; La Poste's offices count otherwise."""
    if not (len(value) == 14 and value.isascii() and value.isdigit()):
        raise ValidationError(_("Un SIRET compte quatorze chiffres."), code="siret")
    doubled = [int(digit) * (2 if i % 2 == 0 else 1) for i, digit in enumerate(value)]
    luhn = sum(n // 10 + n % 10 for n in doubled) % 10 == 0
    # La Poste ran out of numbers that satisfy Luhn: the plain sum is a multiple of five.
    post_office = value.startswith(LA_POSTE) and sum(map(int, value)) % 5 == 0
    if not (luhn or post_office):
        raise ValidationError(
            _("Ce SIRET n’existe pas : vérifiez s’il manque ou change un chiffre."), code="siret"
        )


class Role(models.TextChoices):
    """What a person does in an organisation, from least to most."""

    MEMBER = "member", _("Membre")
    FACILITATOR = "facilitator", _("Animation")
    COORDINATOR = "coordinator", _("Coordination")


class Organisation(models.Model):
    """An association, a company, a public body or a group of residents that carries initiatives."""

    name = models.CharField(_("nom"), max_length=300)
    kind = models.CharField(_("nature"), max_length=40, blank=True)
    website = models.URLField(_("site"), max_length=500, blank=True)
    siret = models.CharField("SIRET", max_length=14, blank=True, validators=[validate_siret])
    members: "models.ManyToManyField[Person, Membership]" = models.ManyToManyField(
        Person, through="Membership", related_name="organisations", verbose_name=_("membres")
    )

    personal_data = None

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ("name", "pk")
        indexes = [models.Index(fields=["name"], name="people_organisation_name")]
        constraints = [
            models.UniqueConstraint(
                fields=["siret"],
                condition=~Q(siret=""),
                name="people_organisation_siret_once",
                violation_error_message=_("Une organisation porte déjà ce SIRET."),
            ),
            models.CheckConstraint(
                condition=Q(siret="") | Q(Exact(Length("siret"), 14)),
                name="people_organisation_siret_whole",
                violation_error_message=_("Un SIRET compte quatorze chiffres."),
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="people_organisation_has_a_name",
                violation_error_message=_("Donnez le nom de l’organisation."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """That a person belongs to an organisation, and what they do there."""

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("personne")
    )
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        related_name="memberships",
        verbose_name=_("organisation"),
    )
    role = models.CharField(_("rôle"), max_length=20, choices=Role, default=Role.MEMBER)

    personal_data = PersonalData(
        fields=("person", "organisation", "role"),
        purpose=_("Savoir au nom de quelle organisation une personne agit."),
        lifetime=_("Tant que la personne en fait partie."),
        person="person",
    )

    class Meta:
        verbose_name = _("appartenance")
        verbose_name_plural = _("appartenances")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation"],
                name="people_membership_once",
                violation_error_message=_("Cette personne en fait déjà partie."),
            ),
            models.CheckConstraint(
                condition=Q(role__in=Role.values),
                name="people_membership_role",
                violation_error_message=_("Ce rôle n’existe pas."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.organisation}"

    @property
    def is_last_coordinator(self) -> bool:
        """Whether nobody else coordinates the organisation."""
        others = self.organisation.memberships.exclude(pk=self.pk)
        return self.role == Role.COORDINATOR and not others.filter(role=Role.COORDINATOR).exists()


class Editorship(models.Model):
    """That a person edits the compendium for a department, or for the whole territory."""

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="editorships", verbose_name=_("personne")
    )
    department_code = models.CharField(
        _("département"),
        max_length=3,
        blank=True,
        default="",
        help_text=_("Son numéro, par exemple 38. Vide : tout le territoire."),
    )
    since = models.DateField(_("depuis le"), default=timezone.localdate)

    personal_data = PersonalData(
        fields=("person", "department_code", "since"),
        purpose=_("Savoir qui relit et publie les fiches."),
        lifetime=_("Tant que la personne a cette charge."),
        person="person",
    )

    class Meta:
        verbose_name = _("charge de rédaction")
        verbose_name_plural = _("charges de rédaction")
        ordering = ("department_code", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "department_code"],
                name="people_editorship_once",
                violation_error_message=_("Cette personne a déjà cette charge."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.department_code or _('tout le territoire')}"
