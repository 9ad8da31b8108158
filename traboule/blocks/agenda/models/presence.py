import datetime
import hashlib
import json
import uuid
from typing import Any, NoReturn, Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traboule.kernel.privacy import PersonalData

from .event import Event

GENESIS = "0" * 64


class PresenceQuerySet(models.QuerySet["Presence"]):
    """Lines of the ledger; the latest about somebody is the one that counts."""

    def current(self) -> Self:
        """The last word about each person, and each part of the day, of each event."""
        last = (
            Presence.objects.filter(
                event=OuterRef("event"), person=OuterRef("person"), part=OuterRef("part")
            )
            .order_by("-noted_at", "-number")
            .values("pk")[:1]
        )
        unnamed = (
            Presence.objects.filter(
                event=OuterRef("event"), person__isnull=True, part=OuterRef("part")
            )
            .order_by("-noted_at", "-number")
            .values("pk")[:1]
        )
        named = Q(person__isnull=False, pk=Subquery(last))
        return self.filter(named | Q(person__isnull=True, pk=Subquery(unnamed)))

    def came(self) -> Self:
        """Those who were there, on time or late."""
        return self.filter(state__in=[Presence.State.PRESENT, Presence.State.LATE])

    def update(self, **kwargs: Any) -> NoReturn:
        """Refused: what is signed stays as it was signed; a new line corrects it."""
        raise TypeError("the presence ledger is only ever added to")


class Presence(models.Model):
    """A line of the presence ledger: that somebody was there or not, noted by someone.

    Lines are only added; a later one about the same person replaces what an earlier one said.
    Each carries the hash of the one before it in its event, so that a change shows.
    ``client_id`` is given by the device: a line sent twice counts once. A line without a person
    counts ``count`` people who came and gave no name.
    """

    class State(models.TextChoices):
        PRESENT = "present", _("Présence")
        LATE = "late", _("Retard")
        ABSENT = "absent", _("Absence")
        EXCUSED = "excused", _("Absence prévenue")

    class Part(models.TextChoices):
        WHOLE = "whole", _("toute la séance")
        MORNING = "morning", _("matin")
        AFTERNOON = "afternoon", _("après-midi")

    class Source(models.TextChoices):
        ROLL_CALL = "roll-call", _("appel")
        CARD = "card", _("carte")
        CODE = "code", _("code de la séance")
        SHEET = "sheet", _("feuille signée")

    event = models.ForeignKey(
        Event, models.PROTECT, related_name="presences", verbose_name=_("événement")
    )
    number = models.PositiveIntegerField(_("numéro"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True,
        related_name="presences", verbose_name=_("personne"),
    )  # fmt: skip
    count = models.PositiveSmallIntegerField(_("combien"), default=1)
    state = models.CharField(_("présence"), max_length=8, choices=State)
    part = models.CharField(_("moment"), max_length=9, choices=Part, default=Part.WHOLE)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    source = models.CharField(_("noté par"), max_length=9, choices=Source)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True,
        related_name="noted_presences", verbose_name=_("notée par"),
    )  # fmt: skip
    noted_at = models.DateTimeField(_("notée le"))
    received_at = models.DateTimeField(_("reçue le"), auto_now_add=True)
    client_id = models.UUIDField(_("identifiant de l’appareil"), unique=True, default=uuid.uuid4)
    previous_hash = models.CharField(_("empreinte précédente"), max_length=64)
    hash = models.CharField(_("empreinte"), max_length=64)

    objects = PresenceQuerySet.as_manager()
    personal_data = PersonalData(
        fields=("person", "state", "part", "minutes", "by", "noted_at"),
        purpose=_("Attester de la présence et compter les heures."),
        lifetime=_("Tant que l’espace existe : ses résultats en dépendent."),
        person="person",
        erasure="keep",
        kept_because=_(
            "La feuille de présence est une pièce que les financeurs peuvent demander : elle "
            "reste, sans votre nom."
        ),
    )

    class Meta:
        verbose_name = _("présence")
        verbose_name_plural = _("présences")
        ordering = ["event", "number"]
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(
                fields=["event", "number"],
                name="agenda_presence_in_order",
                violation_error_message=_("Une autre ligne porte déjà ce numéro."),
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=True) | Q(count=1),
                name="agenda_presence_one_person",
                violation_error_message=_("Une personne nommée compte pour une."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} · {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new line; an existing one is refused."""
        if not self._state.adding:
            raise TypeError("the presence ledger is only ever added to")
        super().save(*args, **{**kwargs, "force_insert": True})

    def sealed(self) -> str:
        """The hash of this line, from the one before it and everything that it says."""
        said = [
            self.previous_hash, self.event_id, self.number, self.person_id, self.count,
            self.state, self.part, self.minutes, self.source, self.by_id,
            self.noted_at.astimezone(datetime.UTC).isoformat(), str(self.client_id),
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()


class Countersignature(models.Model):
    """That whoever held the session vouches for the ledger as it stood then."""

    event = models.ForeignKey(
        Event, models.PROTECT, related_name="countersignatures", verbose_name=_("événement")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="countersignatures",
        verbose_name=_("par"),
    )  # fmt: skip
    at = models.DateTimeField(_("le"), auto_now_add=True)
    upto = models.PositiveIntegerField(_("jusqu’à la ligne"))
    head_hash = models.CharField(_("empreinte"), max_length=64)

    personal_data = PersonalData(
        fields=("by", "at"),
        purpose=_("Savoir qui répond de la feuille de présence."),
        lifetime=_("Comme la feuille de présence."),
        person="by",
        erasure="keep",
        kept_because=_("La signature fait partie de la feuille de présence ; elle reste sans nom."),
    )

    class Meta:
        verbose_name = _("contre-signature")
        verbose_name_plural = _("contre-signatures")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.event} · {self.upto}"


def parts_of(event: Event) -> list[Presence.Part]:
    """What is signed for apart: each half of a day, or the whole of anything shorter."""
    if event.has_two_halves:
        return [Presence.Part.MORNING, Presence.Part.AFTERNOON]
    return [Presence.Part.WHOLE]


def part_now(event: Event) -> Presence.Part:
    """The part that the clock says: the last one that has begun, the first before any has."""
    begun = [one for one in parts_of(event) if span(event, one)[0] <= timezone.now()]
    return begun[-1] if begun else parts_of(event)[0]


def span(event: Event, part: str) -> tuple[datetime.datetime, datetime.datetime]:
    """From when to when a part of the event lasts: a half of the day is half of it."""
    middle = event.starts_at + (event.ends_at - event.starts_at) / 2
    if part == Presence.Part.MORNING:
        return event.starts_at, middle
    if part == Presence.Part.AFTERNOON:
        return middle, event.ends_at
    return event.starts_at, event.ends_at
