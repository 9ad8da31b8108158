import datetime
import secrets
from typing import Any, Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from traboule.kernel.initiatives.models.contribution import LETTERS
from traboule.kernel.people.channels import PHONES, ChannelKind
from traboule.kernel.people.models import Channel
from traboule.kernel.places.models import Commune
from traboule.kernel.privacy import PersonalData
from traboule.kernel.spaces.models import Space

from .naming import Need, Stage


def new_code() -> str:
    """Five letters and figures that are not misread on paper: a contact's short name."""
    return "".join(secrets.choice(LETTERS) for _ in range(5))


class ContactQuerySet(models.QuerySet["Contact"]):
    """Contacts, and which of them one works with."""

    def live(self) -> Self:
        """Those whose file is kept: neither forgotten nor of someone erased."""
        return self.filter(
            forgotten_at__isnull=True, person__erased_at__isnull=True, person__is_active=True
        )

    def may_be_approached(self) -> Self:
        """Those to whom one may still call, write or go."""
        return self.live().exclude(state=Contact.State.GIVEN_UP)

    def for_listing(self) -> Self:
        """Everything that one line of a list shows, in a fixed number of queries."""
        # Late: actions point to contacts.
        from .action import NextAction

        channels = Channel.objects.order_by("-is_preferred", "pk")
        open_actions = NextAction.objects.to_do().select_related("owner")
        return self.select_related(
            "person__neighbourhood", "stage", "owner", "commune", "space__initiative"
        ).prefetch_related(
            "needs",
            Prefetch("person__channels", channels),
            Prefetch("actions", open_actions, to_attr="open_actions"),
        )


class Contact(models.Model):
    """Someone whom the team goes towards, long before any account or company exists."""

    class State(models.TextChoices):
        TO_CONTACT = "to-contact", _("à contacter")
        IN_TOUCH = "in-touch", _("en contact")
        FOLLOWED = "followed", _("en suivi")
        LOST_TOUCH = "lost-touch", _("perdu de vue")
        GIVEN_UP = "given-up", _("ne souhaite pas")
        DONE = "done", _("suivi terminé")

    MOVES = {
        State.TO_CONTACT: {State.IN_TOUCH, State.FOLLOWED, State.LOST_TOUCH, State.GIVEN_UP},
        State.IN_TOUCH: {State.FOLLOWED, State.LOST_TOUCH, State.GIVEN_UP, State.DONE},
        State.FOLLOWED: {State.IN_TOUCH, State.LOST_TOUCH, State.GIVEN_UP, State.DONE},
        State.LOST_TOUCH: {State.IN_TOUCH, State.FOLLOWED, State.GIVEN_UP},
        State.GIVEN_UP: {State.IN_TOUCH, State.FOLLOWED},
        State.DONE: {State.IN_TOUCH, State.FOLLOWED, State.GIVEN_UP},
    }
    """Lost touch: we do not manage to reach them. Given up: they told us no."""

    class Source(models.TextChoices):
        IMPORT = "import", _("une liste transmise")
        STAND = "stand", _("une rencontre ou un stand")
        REFERRAL = "referral", _("une orientation par quelqu’un")
        WORKSHOP = "workshop", _("un atelier")
        OWN_REQUEST = "own-request", _("sa propre demande")

    space = models.ForeignKey(
        Space, models.CASCADE, related_name="contacts", verbose_name=_("espace")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="contact_files",
        verbose_name=_("personne"),
    )  # fmt: skip
    code = models.CharField(_("code"), max_length=5, unique=True, default=new_code)
    stage = models.ForeignKey(
        Stage, models.SET_NULL, null=True, blank=True, related_name="contacts",
        verbose_name=_("étape"),
    )  # fmt: skip
    needs = models.ManyToManyField(
        Need, blank=True, related_name="contacts", verbose_name=_("besoins")
    )
    organisation = models.CharField(_("entreprise"), max_length=120, blank=True)
    activity = models.CharField(_("activité ou idée"), max_length=160, blank=True)
    siret = models.CharField(
        _("SIRET"), max_length=14, blank=True,
        validators=[RegexValidator(r"^\d{14}$", _("Un SIRET compte quatorze chiffres."))],
    )  # fmt: skip
    number = models.CharField(_("numéro dans la rue"), max_length=12, blank=True)
    street = models.CharField(_("rue"), max_length=160, blank=True)
    entrance = models.CharField(_("bâtiment, entrée"), max_length=80, blank=True)
    postal_code = models.CharField(_("code postal"), max_length=5, blank=True)
    commune = models.ForeignKey(
        Commune, models.SET_NULL, null=True, blank=True, related_name="outreach_contacts",
        verbose_name=_("commune"),
    )  # fmt: skip
    located_at = models.DateTimeField(_("quartier vérifié le"), null=True, blank=True)
    address_is_unclear = models.BooleanField(_("adresse non reconnue"), default=False)
    source = models.CharField(
        _("d’où vient ce contact"), max_length=12, choices=Source, default=Source.STAND
    )
    source_note = models.CharField(_("précision"), max_length=160, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True,
        related_name="owned_contacts", verbose_name=_("suivi par"),
    )  # fmt: skip
    state = models.CharField(_("état"), max_length=10, choices=State, default=State.TO_CONTACT)
    phone_is_wrong = models.BooleanField(_("mauvais numéro"), default=False)
    informed_at = models.DateTimeField(_("sait d’où viennent ses données, depuis le"), null=True)
    opted_out_at = models.DateTimeField(_("ne plus contacter, depuis le"), null=True)
    created_at = models.DateTimeField(_("ajouté le"), auto_now_add=True)
    last_exchange_at = models.DateTimeField(_("dernier échange"), null=True, db_index=True)
    forgotten_at = models.DateTimeField(_("oublié le"), null=True, editable=False)

    objects = ContactQuerySet.as_manager()
    personal_data = PersonalData(
        fields=(
            "stage", "needs", "organisation", "activity", "siret", "number", "street", "entrance",
            "postal_code", "commune", "source", "source_note", "owner", "state", "informed_at",
            "opted_out_at", "created_at", "last_exchange_at",
        ),
        purpose=_("Aller vers la personne, la conseiller, et suivre ce qui a été convenu."),
        lifetime=_("Trois ans après le dernier échange ; ensuite, compté sans le nom."),
        person="person",
        erasure="scrub",
        scrubbed=(
            "organisation", "activity", "siret", "number", "street", "entrance", "postal_code",
            "commune", "source_note", "owner",
        ),
    )  # fmt: skip
    # What ``for_listing`` gathers.
    open_actions: "list[Any]"

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["person__name", "pk"]
        indexes = [
            models.Index(fields=["space", "state"], name="outreach_contact_state"),
            models.Index(fields=["space", "street"], name="outreach_contact_street"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "person"],
                name="outreach_contact_once",
                violation_error_message=_("Cette personne est déjà parmi les contacts."),
            ),
            models.CheckConstraint(
                condition=Q(opted_out_at__isnull=True) | Q(state="given-up"),
                name="outreach_opted_out_is_given_up",
                violation_error_message=_(
                    "Cette personne a demandé qu’on ne la contacte plus : c’est définitif."
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

    def get_absolute_url(self) -> str:
        return reverse("outreach:contact", args=[self.space.slug, self.pk])

    @property
    def journal_label(self) -> str:
        """The journal outlives people: it names a file by its code."""
        return f"contact {self.code}"

    def may_become(self, state: Any) -> bool:
        """Whether the table of moves allows it; nothing does once they asked to be left alone."""
        return self.opted_out_at is None and state in self.MOVES[self.State(self.state)]

    @property
    def channels(self) -> list[Channel]:
        """How they are reached; what ``for_listing`` gathered is not asked again."""
        return list(self.person.channels.all())

    @property
    def phone(self) -> Channel | None:
        """The number to call, unless it proved wrong."""
        found = self.first_channel(*PHONES)
        return None if self.phone_is_wrong else found

    @property
    def mobile(self) -> Channel | None:
        """The number to which an SMS goes."""
        return None if self.phone_is_wrong else self.first_channel(ChannelKind.MOBILE)

    @property
    def email(self) -> Channel | None:
        """The address to which one writes."""
        return self.first_channel(ChannelKind.EMAIL)

    def first_channel(self, *kinds: ChannelKind) -> Channel | None:
        """The first channel of one of these kinds, right or wrong."""
        return next((one for one in self.channels if one.kind in kinds), None)

    @property
    def is_unreachable(self) -> bool:
        """Whether neither a call, a message, a letter nor a visit would find them."""
        return not (self.phone or self.email or self.street)

    @property
    def address_lines(self) -> list[str]:
        """The address as on an envelope, without the name."""
        town = self.commune.name if self.commune else ""
        lines = [self.entrance, f"{self.number} {self.street}", f"{self.postal_code} {town}"]
        return [line.strip() for line in lines if line.strip()] if self.street else []

    @property
    def address(self) -> str:
        """The same on one line."""
        return ", ".join(self.address_lines)

    @property
    def next_action(self) -> Any:
        """What is to be done next, of what ``for_listing`` gathered."""
        return next(iter(self.open_actions), None)


class StageChange(models.Model):
    """That a contact went from one stage to another; the words stay when the list changes."""

    contact = models.ForeignKey(
        Contact, models.CASCADE, related_name="stage_changes", verbose_name=_("contact")
    )
    before = models.CharField(_("de l’étape"), max_length=60, blank=True)
    after = models.CharField(_("à l’étape"), max_length=60, blank=True)
    at = models.DateTimeField(_("le"), auto_now_add=True)

    personal_data = PersonalData(
        fields=("before", "after", "at"),
        purpose=_("Compter les projets qui avancent."),
        lifetime=_("Tant que l’espace existe ; compté sans le nom."),
        person="contact__person",
        erasure="scrub",
    )

    class Meta:
        verbose_name = _("changement d’étape")
        verbose_name_plural = _("changements d’étape")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class Suppression(models.Model):
    """The fingerprint of a number or address that must not be contacted any more.

    It says of what to keep away, and lets nobody read whose it is.
    """

    space = models.ForeignKey(
        Space, models.CASCADE, related_name="suppressions", verbose_name=_("espace")
    )
    fingerprint = models.CharField(_("empreinte"), max_length=64)
    at = models.DateTimeField(_("le"), auto_now_add=True)

    personal_data = PersonalData(
        fields=("fingerprint",),
        purpose=_("Ne jamais remettre dans les contacts une personne qui a dit non."),
        lifetime=_("Tant que l’espace existe."),
    )

    class Meta:
        verbose_name = _("refus gardé")
        verbose_name_plural = _("refus gardés")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "fingerprint"],
                name="outreach_suppression_once",
                violation_error_message=_("Ce refus est déjà gardé."),
            )
        ]

    def __str__(self) -> str:
        return self.fingerprint[:8]


KEPT_FOR = datetime.timedelta(days=3 * 365)
"""Without any exchange for so long, a contact is forgotten."""
