import uuid
from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.kernel.places.models import PriorityNeighbourhood
from traboule.kernel.privacy import PersonalData

from ..channels import BY_MACHINE, PHONES, ChannelKind, deliver, normalise, read_address, shown


def languages() -> list[tuple[str, str]]:
    """The languages of this installation, read late so that changing them is no migration."""
    return list(settings.LANGUAGES)


class Gender(models.TextChoices):
    """As the person says it, if they do; only ever shown as totals."""

    WOMAN = "woman", _("Femme")
    MAN = "man", _("Homme")
    OTHER = "other", _("Autre")


class PersonManager(BaseUserManager["Person"]):
    """How a person comes to be, and is found again."""

    @transaction.atomic
    def create_person(
        self, *, name: str, channels: "Iterable[str | Channel]" = (), **fields: Any
    ) -> "Person":
        """Create a person who can be reached by ``channels``, none of which is required.

        A channel is a phone number or e-mail address as written (kept as not yet verified),
        or an unsaved Channel.
        """
        person = self.model(name=" ".join(name.split()), **fields)
        person.set_unusable_password()
        person.save(using=self._db)
        for given in channels:
            channel = Channel.read(given) if isinstance(given, str) else given
            channel.person = person
            channel.save()
        return person

    def create_superuser(
        self, *, name: str, password: str | None = None, **fields: Any
    ) -> "Person":
        """Create a person who may do everything in the back office."""
        person = self.create_person(name=name, **fields, is_staff=True, is_superuser=True)
        if password:
            person.set_password(password)
            person.save(update_fields=["password"])
        return person

    def reached_at(self, kind: str, value: str) -> "Person | None":
        """The one person who proved that this mobile or e-mail address is theirs."""
        verified = Q(
            channels__kind=kind, channels__value=value, channels__verified_at__isnull=False
        )
        return self.filter(verified, channels__kind__in=BY_MACHINE).first()


class Person(AbstractBaseUser, PermissionsMixin):
    """Someone who takes part, known by the name they give; no e-mail is ever needed."""

    public_id = models.UUIDField(_("identifiant"), default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("nom"), max_length=120, help_text=_("Comme la personne le donne."))
    language = models.CharField(_("langue"), max_length=10, choices=languages, default="fr")
    birth_year = models.PositiveSmallIntegerField(
        _("année de naissance"), null=True, blank=True, validators=[MinValueValidator(1900)]
    )
    gender = models.CharField(_("genre"), max_length=10, choices=Gender, blank=True)
    neighbourhood = models.ForeignKey(
        PriorityNeighbourhood,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="residents",
        verbose_name=_("quartier prioritaire"),
    )
    large_type = models.BooleanField(_("grands caractères"), default=False)
    read_aloud = models.BooleanField(_("lecture à voix haute"), default=False)
    quiet_nights = models.BooleanField(_("aucun message la nuit"), default=True)
    is_guest = models.BooleanField(_("venue avec le code d’un lieu"), default=False)
    erased_at = models.DateTimeField(_("effacée le"), null=True, blank=True, editable=False)
    is_active = models.BooleanField(_("peut se connecter"), default=True)
    is_staff = models.BooleanField(_("accède à l’administration"), default=False)
    joined_at = models.DateTimeField(_("depuis le"), default=timezone.now, editable=False)

    objects = PersonManager()

    USERNAME_FIELD = "public_id"
    REQUIRED_FIELDS = ["name"]

    personal_data = PersonalData(
        fields=(
            "name",
            "language",
            "birth_year",
            "gender",
            "neighbourhood",
            "large_type",
            "read_aloud",
            "quiet_nights",
            "last_login",
            "joined_at",
        ),
        purpose=_("Savoir qui participe, lui parler dans sa langue et comme elle le souhaite."),
        lifetime=_("Tant que la personne participe ; effacé à sa demande."),
        person="self",
        erasure="scrub",
        scrubbed=("name", "language", "last_login"),
    )

    class Meta:
        verbose_name = _("personne")
        verbose_name_plural = _("personnes")
        ordering = ("name", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="people_person_has_a_name",
                violation_error_message=_("Donnez un nom ou un prénom."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def journal_label(self) -> str:
        """How the journal names a person: by an identifier, since the journal outlives them."""
        return str(self.public_id)

    @cached_property
    def editor_of(self) -> frozenset[str]:
        """Codes of the departments this person edits; the empty code is the whole territory.

        Whoever runs the installation edits all of it, unless they were given a part.
        """
        charges = frozenset(self.editorships.values_list("department_code", flat=True))
        return charges or frozenset({""} if self.is_superuser else ())

    def become_tombstone(self) -> None:
        """Forget who this was; what totals need stays, the year of birth by its decade."""
        blank = Person(
            pk=self.pk,
            name=gettext("Personne effacée"),
            birth_year=self.birth_year and self.birth_year // 10 * 10,
            gender=self.gender,
            neighbourhood_id=self.neighbourhood_id,
            is_guest=self.is_guest,
            is_active=False,
            joined_at=self.joined_at,
            erased_at=timezone.now(),
        )
        blank.set_unusable_password()
        blank._state.adding = False
        blank.save()
        blank.groups.clear()
        blank.user_permissions.clear()
        self.refresh_from_db()

    @property
    def is_editor(self) -> bool:
        """Whether they edit any part of the territory."""
        return bool(self.editor_of)


class ChannelQuerySet(models.QuerySet["Channel"]):
    """Channels, and which of them count."""

    def verified(self) -> Self:
        """Those that the person proved to be theirs, or an operator vouched for."""
        return self.filter(verified_at__isnull=False)

    def of_editors(self, department_code: str) -> "list[Channel]":
        """One channel that a machine reaches for each editor of a department."""
        theirs = self.verified().filter(
            kind__in=BY_MACHINE,
            person__is_active=True,
            person__editorships__department_code__in={"", department_code},
        )
        return list({channel.person_id: channel for channel in theirs.order_by("-pk")}.values())


class Channel(models.Model):
    """One way to reach a person, verified or not: a phone, an e-mail, a letter box, a relay."""

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="channels", verbose_name=_("personne")
    )
    kind = models.CharField(_("moyen"), max_length=10, choices=ChannelKind)
    value = models.CharField(_("numéro ou adresse"), max_length=300, blank=True)
    verified_at = models.DateTimeField(_("vérifié le"), null=True, blank=True)
    is_preferred = models.BooleanField(_("à utiliser d’abord"), default=False)
    # Protected: whoever erases a relay first finds another one for those who count on them.
    relay = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="relayed_channels",
        verbose_name=_("personne relais"),
    )

    objects = ChannelQuerySet.as_manager()

    personal_data = PersonalData(
        fields=("kind", "value", "verified_at", "is_preferred", "relay"),
        purpose=_("Joindre la personne et la reconnaître quand elle se connecte."),
        lifetime=_("Jusqu’à ce que la personne le retire ou soit effacée."),
        person="person",
    )

    class Meta:
        verbose_name = _("moyen de contact")
        verbose_name_plural = _("moyens de contact")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(is_preferred=True),
                name="people_channel_one_preferred",
                violation_error_message=_("Un autre moyen est déjà à utiliser d’abord."),
            ),
            models.UniqueConstraint(
                fields=["kind", "value"],
                condition=Q(verified_at__isnull=False, kind__in=BY_MACHINE),
                name="people_channel_verified_once",
                violation_error_message=_("Ce numéro ou cette adresse sert déjà à une personne."),
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "value"],
                condition=Q(relay__isnull=True),
                name="people_channel_listed_once",
                violation_error_message=_("Cette personne a déjà ce moyen de contact."),
            ),
            models.UniqueConstraint(
                fields=["person", "relay"],
                condition=Q(relay__isnull=False),
                name="people_channel_relay_once",
                violation_error_message=_("Cette personne a déjà ce relais."),
            ),
            models.CheckConstraint(
                condition=Q(kind=ChannelKind.RELAY, relay__isnull=False, value="")
                | (~Q(kind=ChannelKind.RELAY) & Q(relay__isnull=True) & ~Q(value="")),
                name="people_channel_relay_or_value",
                violation_error_message=_(
                    "Un relais se désigne par une personne ; tout autre moyen par un numéro "
                    "ou une adresse."
                ),
            ),
            models.CheckConstraint(
                condition=Q(relay__isnull=True) | ~Q(relay=F("person")),
                name="people_channel_relay_is_another",
                violation_error_message=_("Le relais doit être une autre personne."),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=PHONES) | Q(value__startswith="+"),
                name="people_channel_phone_in_full",
                violation_error_message=_("Un numéro de téléphone se garde avec son indicatif."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=ChannelKind.EMAIL) | Q(value=Lower("value")),
                name="people_channel_email_in_lower_case",
                violation_error_message=_("Une adresse e-mail se garde en minuscules."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.relay) if self.relay_id else self.shown

    @classmethod
    def read(cls, text: str) -> Self:
        """An unsaved, unverified channel from a phone number or e-mail address as written."""
        kind, value = read_address(text)
        return cls(kind=kind, value=value)

    @property
    def shown(self) -> str:
        """The number or address as people read it."""
        return shown(self.kind, self.value)

    @property
    def is_verified(self) -> bool:
        """Whether it is known to lead to this person."""
        return self.verified_at is not None

    @property
    def is_ready(self) -> bool:
        """Whether messages may go there: proven, accepted, or a place where nobody proves."""
        return self.is_verified or self.kind in {ChannelKind.LANDLINE, ChannelKind.POST}

    def clean(self) -> None:
        """Bring the value to the one form under which it is kept."""
        if self.value:
            self.value = normalise(self.kind, self.value)

    def send(self, subject: str, text: str) -> bool:
        """Send a message there; False when it cannot be reached by machine. Raises NotSent."""
        return deliver(self.kind, self.value, subject=subject, text=text)
