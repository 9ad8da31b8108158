import datetime
from typing import Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traboule.kernel.people.channels import ChannelKind, shown
from traboule.kernel.privacy import PersonalData

from ..answers import offered
from .letters import LetterBatch
from .purse import Purse

DIGEST = "digest"
"""The kind of the weekly message, which gathers other notices."""
RECEIPT = "receipt"
"""The kind that tells someone what was done for them."""


class State(models.TextChoices):
    """Where a notice is on its way to the person."""

    WAITING = "waiting", _("va partir")
    IN_DIGEST = "in-digest", _("dans le prochain message de la semaine")
    GATHERED = "gathered", _("dit dans le message de la semaine")
    SENT = "sent", _("envoyé")
    DELIVERED = "delivered", _("remis")
    FAILED = "failed", _("non remis")
    TO_CALL = "to-call", _("à dire au téléphone")
    CALLED = "called", _("dit au téléphone")
    TO_POST = "to-post", _("à poster")
    POSTED = "posted", _("posté")
    WEB = "web", _("à lire ici")


MOVES: dict[State, set[State]] = {
    State.WAITING: {State.SENT, State.FAILED, State.TO_CALL, State.TO_POST, State.WEB},
    State.IN_DIGEST: {State.GATHERED},
    State.SENT: {State.WAITING, State.DELIVERED, State.FAILED, State.CALLED},
    State.DELIVERED: {State.WAITING, State.FAILED, State.CALLED},
    State.FAILED: {State.DELIVERED, State.CALLED},
    State.TO_CALL: {State.CALLED, State.FAILED},
    State.TO_POST: {State.POSTED, State.CALLED, State.FAILED},
    State.POSTED: {State.CALLED, State.FAILED},
    State.WEB: {State.CALLED},
    State.GATHERED: {State.CALLED},
    State.CALLED: set(),
}
"""Which state may follow which. A late report may say that what seemed lost has arrived;
what an e-mail that came back did not tell waits to leave once more."""


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices, and which of them want something."""

    def to_read(self, person: models.Model) -> Self:
        """What this person was told, for themselves or for someone who counts on them."""
        mine = self.filter(recipient=person).exclude(kind=DIGEST)
        return mine.select_related("person").order_by("-created_at", "-pk")

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def asking(self, *, now: datetime.datetime | None = None) -> Self:
        """Those that may still be answered, or answered otherwise by whoever changes their mind."""
        return self.filter(answer_by__gt=now or timezone.now())

    def due(self, *, now: datetime.datetime | None = None) -> Self:
        """Those whose hour to leave has come."""
        now = now or timezone.now()
        ready = self.filter(Q(not_before=None) | Q(not_before__lte=now), state=State.WAITING)
        return ready.order_by("created_at", "pk")

    def in_digest(self, due: datetime.datetime) -> Self:
        """What waited at the hour of a digest; later news wait for the next one."""
        ready = Q(not_before=None) | Q(not_before__lte=due)
        return self.filter(ready, state=State.IN_DIGEST, created_at__lt=due)

    def unsettled(self) -> Self:
        """Those that someone of the house may still have to do something for."""
        return self.filter(settled_at=None)

    def to_call(self) -> Self:
        return self.unsettled().filter(state=State.TO_CALL)

    def to_post(self) -> Self:
        """Letters that are in no batch yet, or in one that was not posted."""
        return self.unsettled().filter(state=State.TO_POST)

    def undelivered(self) -> Self:
        """Those that did not arrive, and urgent ones for which there was no way at all.

        A receipt that has no way waits on the site: whoever acted was there to say it.
        """
        nowhere = Q(state=State.WEB, urgent=True, read_at=None) & ~Q(kind__in=(DIGEST, RECEIPT))
        return self.unsettled().filter(Q(state=State.FAILED) | nowhere)

    def people_to_reach(self, purse: Purse | None) -> int:
        """How many people wait for someone of the house to call, write or find them."""
        waiting = self.to_call() | self.to_post() | self.undelivered() | self.unanswered()
        return waiting.filter(purse=purse).values("recipient").distinct().count() if purse else 0

    def unanswered(self, *, now: datetime.datetime | None = None) -> Self:
        """Questions whose date has passed without an answer; a receipt asks for none."""
        late = self.filter(answered_at=None, answer_by__lte=now or timezone.now(), twin_of=None)
        return late.unsettled().exclude(kind=RECEIPT).exclude(state=State.TO_CALL)


class Notice(models.Model):
    """Something one person is told, the way it reaches them, and what they answer."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="notices",
        verbose_name=_("personne concernée"),
    )
    # A child's guardian, the relay of someone who has no other way; else the person.
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="received_notices",
        verbose_name=_("personne prévenue"),
    )
    twin_of = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="twins",
        verbose_name=_("le même, dit à quelqu’un d’autre"),
    )
    kind = models.CharField(_("nature"), max_length=60)
    subject = models.CharField(_("objet"), max_length=200)
    text = models.TextField(_("texte"))
    url = models.CharField(_("adresse"), max_length=300, blank=True)
    language = models.CharField(_("langue"), max_length=10)
    urgent = models.BooleanField(_("urgent"), default=False)
    purse = models.ForeignKey(
        Purse,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="notices",
        verbose_name=_("bourse"),
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="followed_notices",
        verbose_name=_("suivi par"),
    )
    data = models.JSONField(_("données"), default=dict, blank=True, encoder=DjangoJSONEncoder)
    answers = models.JSONField(_("réponses possibles"), default=dict, blank=True)
    # The digit to send by SMS for each answer: no other question open at that number has it.
    digits = models.JSONField(_("chiffres proposés"), default=dict, blank=True)
    answer_by = models.DateTimeField(_("répondre avant le"), null=True, blank=True)
    answer = models.CharField(_("réponse"), max_length=8, blank=True)
    answered_at = models.DateTimeField(_("répondu le"), null=True, blank=True)
    key = models.CharField(_("clé"), max_length=120, blank=True)
    created_at = models.DateTimeField(_("écrit le"), default=timezone.now, db_index=True)
    not_before = models.DateTimeField(_("pas avant le"), null=True, blank=True)
    state = models.CharField(_("état"), max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(_("essais"), default=0)
    channel_kind = models.CharField(_("moyen"), max_length=10, choices=ChannelKind, blank=True)
    channel_value = models.CharField(_("numéro ou adresse"), max_length=300, blank=True)
    reason = models.CharField(_("pourquoi ce moyen"), max_length=200, blank=True)
    digest = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="gathered",
        verbose_name=_("message de la semaine"),
    )
    batch = models.ForeignKey(
        LetterBatch,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="notices",
        verbose_name=_("lot de courriers"),
    )
    read_at = models.DateTimeField(_("lu le"), null=True, blank=True)
    settled_at = models.DateTimeField(_("réglé le"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    personal_data = PersonalData(
        fields=("person", "recipient", "subject", "text", "answer", "channel_value", "read_at"),
        purpose=_("Prévenir la personne sur son moyen de contact, et comprendre sa réponse."),
        lifetime=_("Un an."),
        person="person",
    )

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ("-created_at", "-pk")
        indexes = [
            models.Index(fields=["recipient", "created_at"], name="notices_of_recipient"),
            models.Index(fields=["state", "not_before"], name="notices_by_state"),
            models.Index(fields=["channel_value", "answer_by"], name="notices_by_value"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=~Q(key=""),
                name="notices_told_once",
                violation_error_message=_("Ce message a déjà été donné."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=State.values),
                name="notices_known_state",
                violation_error_message=_("Cet état n’existe pas."),
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | ~Q(answer=""),
                name="notices_answered_with_an_answer",
                violation_error_message=_("Une réponse datée dit ce qui a été répondu."),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("notices:mine") + f"#message-{self.pk}"

    @property
    def journal_label(self) -> str:
        """The kind alone: subjects may hold a name, and the journal is for ever."""
        return self.kind

    @property
    def is_for_another(self) -> bool:
        """Whether it is told to someone else than the person it is about."""
        return self.person_id != self.recipient_id

    @property
    def is_asking(self) -> bool:
        """Whether it may still be answered, or answered otherwise."""
        return self.answer_by is not None and self.answer_by > timezone.now()

    @property
    def shown_value(self) -> str:
        """The number or address as people read it."""
        return shown(self.channel_kind, self.channel_value) if self.channel_value else ""

    @property
    def next_states(self) -> set[State]:
        """Where it may go from here."""
        return MOVES[State(self.state)]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Each answer it offers, and its words."""
        return [(value, str(answer.label)) for value, answer in offered(self)]

    @property
    def answer_label(self) -> str:
        """What was answered, in words."""
        return dict(self.choices).get(self.answer, self.answer)

    @property
    def told_how(self) -> str:
        """By what it was told, and how that went: « Téléphone mobile 06…, remis »."""
        if not self.channel_kind or self.state in {State.IN_DIGEST, State.GATHERED}:
            return str(self.get_state_display())
        way = self.get_channel_kind_display()
        return f"{way} {self.shown_value}, {self.get_state_display()}".replace(" ,", ",")

    @property
    def link(self) -> str:
        """Where to read on, unless that is here."""
        return "" if self.url == reverse("notices:mine") else self.url

    def move(self, state: State, **changes: object) -> None:
        """Go on to a state that may follow the present one, with what changes beside it."""
        if state not in self.next_states:
            raise ValueError(f"a notice does not go from {self.state} to {state}")
        self.state = state
        self.change(state=state, **changes)

    def change(self, **changes: object) -> None:
        """Write these fields and no other."""
        for name, value in changes.items():
            setattr(self, name, value)
        self.save(update_fields=list(changes))
