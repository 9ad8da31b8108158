import datetime
import uuid
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.kernel.files.models import File
from traboule.kernel.initiatives.models.contribution import new_code
from traboule.kernel.places.models import Commune
from traboule.kernel.privacy import PersonalData
from traboule.kernel.spaces.models import Space

from .dwelling import Dwelling
from .landlord import Landlord

if TYPE_CHECKING:
    from .wish import Wish

MONTHS_OF_A_LISTING = 6
MOST_PHOTOS = 8


class Reason(models.TextChoices):
    """Why a household wants to move."""

    BIGGER = "bigger", _("Plus grand")
    SMALLER = "smaller", _("Plus petit")
    LOCATION = "location", _("Changer d’endroit")
    CHEAPER = "cheaper", _("Moins cher")
    HEALTH = "health", _("Santé, escaliers, handicap")


class EndReason(models.TextChoices):
    """Why a listing stops without an exchange made here."""

    ELSEWHERE = "elsewhere", _("J’ai trouvé un autre logement")
    BY_OURSELVES = "by-ourselves", _("J’ai échangé sans passer par ici")
    STAYS = "stays", _("Je reste chez moi")
    NOTHING_FITS = "nothing-fits", _("Rien ne va")
    TOO_LONG = "too-long", _("C’est trop long ou trop compliqué")
    OTHER = "other", _("Autre raison")
    SILENCE = "silence", _("Sans réponse")


class State(models.TextChoices):
    """Where a listing is."""

    DRAFT = "draft", _("à compléter")
    CHECKING = "checking", _("chez le bailleur")
    PUBLISHED = "published", _("en ligne")
    PAUSED = "paused", _("en pause")
    HOUSED = "housed", _("échange réalisé")
    ENDED = "ended", _("arrêtée")


LIVE = (State.DRAFT, State.CHECKING, State.PUBLISHED, State.PAUSED)
"""A household and a home have one listing at most in these."""


class Via(models.TextChoices):
    """By which door a household registered."""

    WEB = "web", _("en ligne")
    PHONE = "phone", _("au téléphone")
    PAPER = "paper", _("sur papier")


class ListingQuerySet(models.QuerySet["Listing"]):
    """Listings, and which of them others see."""

    def live(self) -> Self:
        """Those that are not over."""
        return self.filter(state__in=LIVE)

    def published(self) -> Self:
        """Those that others see."""
        return self.filter(state=State.PUBLISHED, hidden_at__isnull=True)

    def matchable(self) -> Self:
        """Those that the engine may put in an exchange: seen, and free of any other."""
        return self.published().exclude(moves__is_binding=True)

    def shown_to(self, listing: "Listing | None", person: Any) -> Self:
        """Those that may be shown to this household: nobody's who hides from it, nor its own."""
        shown = self.published()
        if not person.is_authenticated:
            # Whoever hides from someone is shown to nobody unknown.
            return shown.filter(screens__isnull=True)
        hides = Q(person=person)
        if listing:
            home = listing.dwelling
            hides |= Q(commune=home.commune_id) | Q(landlord=home.landlord_id)
        hiding = Screen.objects.filter(hides, listing=OuterRef("pk"))
        return shown.exclude(tenant=person).exclude(Exists(hiding))

    def for_listing(self) -> Self:
        """Everything that one card shows, but for the space, in a fixed number of queries."""
        return self.with_home().prefetch_related(*self.beside_home())

    def with_home(self) -> Self:
        """The home and the wish of each."""
        return self.select_related("dwelling__commune", "dwelling__landlord", "wish")

    @staticmethod
    def beside_home() -> "tuple[Prefetch[Any] | str, ...]":
        """What a card shows besides: to be fetched at once for several lists."""
        photos = ListingPhoto.objects.shown().select_related("file")
        return Prefetch("photos", photos, to_attr="shown_photos"), "wish__places__commune"


class Listing(models.Model):
    """A household, the home it leaves and what it looks for: one at a time for each of both.

    ``resources`` is the lowest financing whose ceiling the household's income passes under:
    it may enter a home whose financing is the same or higher. ``priority`` is what the engine adds
    to a move, from what the household lives (see ``priorities``).
    """

    MOVES = {
        State.DRAFT: {State.CHECKING, State.ENDED},
        State.CHECKING: {State.PUBLISHED, State.DRAFT, State.ENDED},
        State.PUBLISHED: {State.PAUSED, State.HOUSED, State.ENDED},
        State.PAUSED: {State.PUBLISHED, State.HOUSED, State.ENDED},
        State.HOUSED: set(),
        State.ENDED: set(),
    }

    space = models.ForeignKey(
        Space, models.CASCADE, related_name="housing_listings", verbose_name=_("espace")
    )
    key = models.UUIDField(_("clé"), default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("code de l’annonce"), max_length=9, unique=True, default=new_code)
    tenant = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="housing_listings",
        verbose_name=_("locataire"),
    )  # fmt: skip
    dwelling = models.ForeignKey(
        Dwelling, models.PROTECT, related_name="listings", verbose_name=_("logement")
    )
    state = models.CharField(_("état"), max_length=10, choices=State, default=State.DRAFT)
    via = models.CharField(_("par quelle porte"), max_length=5, choices=Via, default=Via.WEB)
    household_size = models.PositiveSmallIntegerField(
        _("combien de personnes"), default=1,
        validators=[MinValueValidator(1), MaxValueValidator(15)],
    )  # fmt: skip
    children = models.PositiveSmallIntegerField(_("dont enfants"), default=0)
    resources = models.PositiveSmallIntegerField(
        _("plafond de ressources"), choices=[(0, "PLAI"), (1, "PLUS"), (2, "PLS")], default=1
    )
    reason = models.CharField(_("pourquoi"), max_length=10, choices=Reason, blank=True)
    text = models.TextField(_("votre logement, en quelques mots"), max_length=800, blank=True)
    priority = models.PositiveSmallIntegerField(_("priorité"), default=0)
    wants_several = models.BooleanField(
        _("d’accord pour des échanges à trois ou plus"), default=True
    )
    wants_alerts = models.BooleanField(_("être prévenu des logements qui vont"), default=True)
    created_at = models.DateTimeField(_("inscrite le"), default=timezone.now)
    published_at = models.DateTimeField(_("en ligne depuis le"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("confirmée le"), null=True, blank=True)
    renew_by = models.DateField(_("à confirmer avant le"), null=True, blank=True)
    asked_renewal_at = models.DateTimeField(_("confirmation demandée le"), null=True, blank=True)
    ended_at = models.DateTimeField(_("arrêtée le"), null=True, blank=True)
    end_reason = models.CharField(_("pourquoi elle s’arrête"), max_length=20, blank=True)
    hidden_at = models.DateTimeField(_("masquée le"), null=True, blank=True)

    objects = ListingQuerySet.as_manager()
    personal_data = PersonalData(
        fields=("tenant", "dwelling", "household_size", "children", "resources", "reason", "text"),
        purpose=_("Trouver avec qui échanger son logement."),
        lifetime=_("Tant que l’annonce vit ; six mois sans réponse l’arrêtent."),
        person="tenant",
        erasure="scrub",
        scrubbed=("text",),
    )

    wish: "Wish"
    # What ``for_listing`` prefetches.
    shown_photos: "list[ListingPhoto]"

    class Meta:
        verbose_name = _("annonce")
        verbose_name_plural = _("annonces")
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dwelling"],
                condition=Q(state__in=LIVE),
                name="housing_home_listed_once",
                violation_error_message=_("Ce logement a déjà une annonce en cours."),
            ),
            models.UniqueConstraint(
                fields=["space", "tenant"],
                condition=Q(state__in=LIVE, tenant__isnull=False),
                name="housing_household_listed_once",
                violation_error_message=_("Vous avez déjà une annonce en cours."),
            ),
            models.CheckConstraint(
                condition=Q(household_size__gte=1, children__lt=models.F("household_size")),
                name="housing_household_counts",
                violation_error_message=_("Il y a au moins un adulte dans le ménage."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="housing_listing_state",
                violation_error_message=_("Cet état n’existe pas."),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["space", "state", "-published_at"], name="housing_listing_list"),
            models.Index(fields=["state", "renew_by"], name="housing_listing_renew"),
        ]

    def __str__(self) -> str:
        return str(self.dwelling)

    def get_absolute_url(self) -> str:
        return reverse("housing:listing", args=[self.space.slug, self.code])

    @property
    def journal_label(self) -> str:
        """What stays in the journal for ever."""
        return gettext("annonce %(code)s") % {"code": self.code}

    @property
    def is_live(self) -> bool:
        """Whether it is not over."""
        return self.state in LIVE

    @property
    def is_shown(self) -> bool:
        """Whether others see it."""
        return self.state == State.PUBLISHED and self.hidden_at is None

    @property
    def is_due(self) -> bool:
        """Whether the household has to say that it still looks."""
        return self.renew_by is not None and self.renew_by <= timezone.localdate()

    @property
    def waited(self) -> datetime.timedelta:
        """Since when it looks."""
        return (self.ended_at or timezone.now()) - self.created_at

    def may_become(self, state: Any) -> bool:
        """Whether the table of moves allows it."""
        return state in self.MOVES[State(self.state)]

    def hide(self) -> None:
        """Have others see it no more."""
        self.hidden_at = timezone.now()
        self.save(update_fields=["hidden_at"])

    def show(self) -> None:
        """Have others see it again."""
        self.hidden_at = None
        self.save(update_fields=["hidden_at"])


class Room(models.TextChoices):
    """What a photo shows."""

    LIVING = "living", _("séjour")
    KITCHEN = "kitchen", _("cuisine")
    BEDROOM = "bedroom", _("chambre")
    BATH = "bath", _("salle d’eau")
    OUTSIDE = "outside", _("vue, balcon, immeuble")
    PLAN = "plan", _("plan")


class ListingPhotoQuerySet(models.QuerySet["ListingPhoto"]):
    """Photos of listings, and which of them others see."""

    def shown(self) -> Self:
        """Those that someone looked at and let through."""
        return self.filter(passed_at__isnull=False)

    def waiting(self) -> Self:
        """Those that nobody looked at yet: a face or a plate may be seen."""
        return self.filter(passed_at__isnull=True)


class ListingPhoto(models.Model):
    """A photo or a plan of the home; shown once someone looked that nobody is seen."""

    listing = models.ForeignKey(
        Listing, models.CASCADE, related_name="photos", verbose_name=_("annonce")
    )
    file = models.OneToOneField(
        File, models.PROTECT, related_name="housing_photo", verbose_name=_("fichier")
    )
    room = models.CharField(_("ce que l’on voit"), max_length=8, choices=Room)
    position = models.PositiveSmallIntegerField(_("rang"), default=0)
    passed_at = models.DateTimeField(_("regardée le"), null=True, blank=True)

    objects = ListingPhotoQuerySet.as_manager()
    personal_data = None

    class Meta:
        verbose_name = _("photo d’une annonce")
        verbose_name_plural = _("photos d’annonces")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.listing} · {self.get_room_display()}"


class Screen(models.Model):
    """From whom a household hides: a person, everyone of a commune, or of a landlord.

    For someone who fled violence. What hides is never shown, nor matched, nor told.
    """

    listing = models.ForeignKey(
        Listing, models.CASCADE, related_name="screens", verbose_name=_("annonce")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True,
        related_name="housing_screens", verbose_name=_("personne"),
    )  # fmt: skip
    commune = models.ForeignKey(
        Commune, models.CASCADE, null=True, blank=True, related_name="housing_screens",
        verbose_name=_("commune"),
    )  # fmt: skip
    landlord = models.ForeignKey(
        Landlord, models.CASCADE, null=True, blank=True, related_name="screens",
        verbose_name=_("bailleur"),
    )  # fmt: skip

    personal_data = PersonalData(
        fields=("person", "commune", "landlord"),
        purpose=_("Ne jamais être montré à qui l’on fuit."),
        lifetime=_("Tant que l’annonce vit."),
        person="listing__tenant",
    )

    class Meta:
        verbose_name = _("protection")
        verbose_name_plural = _("protections")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, commune__isnull=True, landlord__isnull=True)
                | Q(person__isnull=True, commune__isnull=False, landlord__isnull=True)
                | Q(person__isnull=True, commune__isnull=True, landlord__isnull=False),
                name="housing_screen_of_one_thing",
                violation_error_message=_("Choisissez une personne, une commune ou un bailleur."),
            )
        ]

    def __str__(self) -> str:
        return str(self.person or self.commune or self.landlord)
