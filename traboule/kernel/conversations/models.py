"""Conversations about a thing of a space, their messages, and who no longer hears whom."""

import uuid
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.kernel.privacy import PersonalData
from traboule.kernel.spaces.models import Space

if TYPE_CHECKING:
    from traboule.kernel.people.models import Person


class ConversationQuerySet(models.QuerySet["Conversation"]):
    """Conversations, and one's own."""

    def of(self, person: "Person") -> Self:
        """Those in which this person takes part."""
        return self.filter(parties__person=person)

    def open(self) -> Self:
        """Those in which one may still write."""
        return self.filter(closed_at__isnull=True)

    def with_news_for(self, person: "Person") -> Self:
        """Whether each holds something that this person has not read, as ``has_news``."""
        own = Party.objects.filter(conversation=OuterRef("pk"), person=person)
        unread = Message.objects.filter(
            Q(sent_at__gt=OuterRef("own_read_at")) | Q(conversation__pk=OuterRef("never_read")),
            conversation=OuterRef("pk"),
            hidden_at=None,
        ).exclude(author__person=person)
        return self.annotate(
            own_read_at=Subquery(own.values("read_at")[:1]),
            never_read=Case(
                When(own_read_at=None, then="pk"), output_field=models.BigIntegerField()
            ),
            has_news=Exists(unread),
        )

    def for_listing(self) -> Self:
        """Everything one line shows, in two queries."""
        return self.select_related("space__initiative").prefetch_related("parties")


class Conversation(models.Model):
    """An exchange of messages about one thing, called by its title."""

    space = models.ForeignKey(
        Space, models.CASCADE, related_name="conversations", verbose_name=_("espace")
    )
    key = models.UUIDField(_("clé"), default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("à propos de"), max_length=200)
    started_at = models.DateTimeField(_("commencée le"), default=timezone.now)
    last_at = models.DateTimeField(_("dernier message le"), default=timezone.now)
    closed_at = models.DateTimeField(_("fermée le"), null=True, blank=True)
    closed_because = models.CharField(_("pourquoi"), max_length=200, blank=True)

    objects = ConversationQuerySet.as_manager()
    personal_data = None

    # What ``with_news_for`` adds.
    has_news: bool

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        ordering = ["-last_at", "-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("conversations:conversation", args=[self.key])

    @property
    def journal_label(self) -> str:
        """What stays in the journal for ever: never what someone wrote."""
        return gettext("conversation n° %(number)s") % {"number": self.pk}

    @property
    def is_closed(self) -> bool:
        """Whether nobody may write any more."""
        return self.closed_at is not None


class Party(models.Model):
    """That a person takes part in a conversation, under the name that the others read."""

    conversation = models.ForeignKey(
        Conversation, models.CASCADE, related_name="parties", verbose_name=_("conversation")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="conversation_parties",
        verbose_name=_("personne"),
    )  # fmt: skip
    name = models.CharField(_("nom montré"), max_length=80)
    read_at = models.DateTimeField(_("lu jusqu’au"), null=True, blank=True)

    personal_data = PersonalData(
        fields=("person", "name", "read_at"),
        purpose=_("Écrire à quelqu’un sans montrer de numéro."),
        lifetime=_("Un an après le dernier message."),
        person="person",
        erasure="delete",
    )

    class Meta:
        verbose_name = _("personne d’une conversation")
        verbose_name_plural = _("personnes des conversations")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["conversation", "person"],
                name="conversations_party_once",
                violation_error_message=_("Cette personne y est déjà."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Message(models.Model):
    """What a party wrote; hidden by moderation, it is no longer read."""

    conversation = models.ForeignKey(
        Conversation, models.CASCADE, related_name="messages", verbose_name=_("conversation")
    )
    key = models.UUIDField(_("clé"), default=uuid.uuid4, unique=True, editable=False)
    author = models.ForeignKey(
        Party, models.SET_NULL, null=True, related_name="messages", verbose_name=_("de")
    )
    text = models.TextField(_("message"), max_length=2000)
    sent_at = models.DateTimeField(_("envoyé le"), default=timezone.now)
    hidden_at = models.DateTimeField(_("masqué le"), null=True, blank=True)

    personal_data = PersonalData(
        fields=("author", "text", "sent_at"),
        purpose=_("Se parler pour une annonce ou une demande."),
        lifetime=_("Un an après le dernier message."),
        person="author__person",
        erasure="scrub",
        scrubbed=("text",),
    )

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["sent_at", "pk"]

    def __str__(self) -> str:
        return f"{self.conversation} · {self.pk}"

    @property
    def journal_label(self) -> str:
        """What stays in the journal for ever: never what someone wrote."""
        return gettext("message n° %(number)s") % {"number": self.pk}

    def hide(self) -> None:
        """Have it read by nobody."""
        self.hidden_at = timezone.now()
        self.save(update_fields=["hidden_at"])

    def show(self) -> None:
        """Have it read again."""
        self.hidden_at = None
        self.save(update_fields=["hidden_at"])


class Blocking(models.Model):
    """That a person wants to hear no more of another."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="blockings",
        verbose_name=_("personne"),
    )  # fmt: skip
    other = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="blocked_by",
        verbose_name=_("bloque"),
    )  # fmt: skip
    at = models.DateTimeField(_("depuis le"), default=timezone.now)

    personal_data = PersonalData(
        fields=("person", "other", "at"),
        purpose=_("Ne plus recevoir de messages de quelqu’un."),
        lifetime=_("Jusqu’à ce que la personne change d’avis."),
        person="person",
    )

    class Meta:
        verbose_name = _("blocage")
        verbose_name_plural = _("blocages")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "other"],
                name="conversations_blocking_once",
                violation_error_message=_("Cette personne est déjà bloquée."),
            ),
            models.CheckConstraint(
                condition=~Q(person=F("other")),
                name="conversations_blocking_of_another",
                violation_error_message=_("On ne peut pas se bloquer soi-même."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} ⊘ {self.other}"
