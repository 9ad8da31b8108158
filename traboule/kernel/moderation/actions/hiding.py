"""Hiding with a reason, contesting, deciding, showing again."""

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person

from .. import kinds, messages, rules
from ..models import CharterArticle, Hiding
from . import flags


@transaction.atomic
def hide(
    *,
    subject: Any,
    article: CharterArticle,
    reason: str,
    by: Person,
    expires_at: datetime.datetime | None = None,
) -> Hiding:
    """Hide a thing, say why to who wrote it, and deal with what people flagged of it.

    Raises Refused for what one wrote oneself, an article of another space, what is hidden already.
    """
    kind = kinds.kind_of(subject)
    space = kind.space(subject)
    if not rules.can_hide(by, subject):
        raise Refused(_("Vous avez écrit ceci : une autre personne de l’équipe décide."))
    if article.charter.space_id != space.pk:
        raise Refused(_("Choisissez un article de la charte de cet espace."))
    if expires_at and expires_at <= timezone.now():
        raise Refused(_("Choisissez un jour à venir."))
    type(subject)._base_manager.select_for_update().filter(pk=subject.pk).first()
    hiding = Hiding(
        space=space,
        author=kind.author(subject),
        article=article,
        reason=reason,
        by=by,
        expires_at=expires_at,
    )
    hiding.name(subject)
    try:
        with transaction.atomic():
            hiding.save(force_insert=True)
    except IntegrityError:
        raise Refused(_("Une autre personne vient de le masquer.")) from None
    kind.hide(subject)
    flags.handle(flags.open_about(subject), by=by, hidden=True)
    record("moderation.hid", hiding, by=by, article=article.number)
    messages.hidden(hiding)
    return hiding


@transaction.atomic
def restore(*, hiding: Hiding, by: Person) -> Hiding:
    """Show again what was hidden by mistake, or is not to be hidden any more.

    Whoever hid it may: agreeing with an author takes nobody else. Raises Refused for what one
    wrote, and for what shows already.
    """
    hiding = _locked(hiding)
    if by.pk == hiding.author_id:
        raise Refused(_("Vous avez écrit ceci : une autre personne de l’équipe décide."))
    _end(hiding, Hiding.State.RESTORED)
    record("moderation.restored", hiding, by=by)
    messages.shown_again(hiding)
    return hiding


@transaction.atomic
def appeal(*, hiding: Hiding, by: Person, text: str = "", for_: Person | None = None) -> Hiding:
    """Contest a decision: whoever did not take it looks again. ``by`` writes it down ``for_`` them.

    Raises Refused for who may not, or once it was contested.
    """
    hiding = _locked(hiding)
    if not rules.can_appeal(by, hiding):
        raise Refused(_("Seule la personne concernée peut contester cette décision."))
    if hiding.state != Hiding.State.HIDDEN:
        raise Refused(
            _("C’est noté depuis un moment : votre contestation est entre les mains d’une autre "
              "personne.")
            if hiding.state == Hiding.State.APPEALED
            else _("Cette décision ne peut plus être contestée.")
        )  # fmt: skip
    hiding.state, hiding.appeal = Hiding.State.APPEALED, text
    hiding.appealed_at = timezone.now()
    hiding.save(update_fields=["state", "appeal", "appealed_at"])
    record("moderation.appealed", hiding, by=by, for_=for_)
    messages.ask_another(hiding)
    return hiding


@transaction.atomic
def decide(*, hiding: Hiding, upheld: bool, words: str, by: Person) -> Hiding:
    """Answer an appeal: it stays hidden, or shows again; ``words`` go to the author.

    Raises Refused for whoever hid or wrote it, and once somebody decided.
    """
    hiding = _locked(hiding)
    if not rules.can_decide(by, hiding):
        raise Refused(_("Une autre personne que celle qui a masqué doit décider."))
    if hiding.state != Hiding.State.APPEALED:
        raise Refused(_("Une autre personne vient de répondre à cette contestation."))
    hiding.decided_by, hiding.decided_at, hiding.decision = by, timezone.now(), words
    if upheld:
        hiding.state = Hiding.State.UPHELD
        hiding.save(update_fields=["state", "decided_by", "decided_at", "decision"])
        record("moderation.upheld", hiding, by=by)
        messages.upheld(hiding)
    else:
        hiding.save(update_fields=["decided_by", "decided_at", "decision"])
        _end(hiding, Hiding.State.RESTORED)
        record("moderation.reversed", hiding, by=by)
        messages.shown_again(hiding)
    return hiding


@transaction.atomic
def expire(*, hiding: Hiding) -> None:
    """Show again what was hidden until a date that has come; once is enough."""
    hiding = _locked(hiding)
    if hiding.is_live:
        _end(hiding, Hiding.State.EXPIRED)
        record("moderation.expired", hiding)
        messages.shown_again(hiding)


def _end(hiding: Hiding, state: str) -> None:
    """Show the thing again, if it still exists. Raises Refused for what shows already."""
    if not hiding.may_become(state):
        raise Refused(_("C’est déjà de nouveau visible."))
    hiding.state, hiding.ended_at = state, timezone.now()
    hiding.save(update_fields=["state", "ended_at"])
    if hiding.kind and hiding.subject is not None:
        hiding.kind.show(hiding.subject)


def _locked(hiding: Hiding) -> Hiding:
    """The decision as it stands, kept from whoever acts on it at the same time."""
    found = Hiding.objects.for_page().select_for_update(of=("self",))
    return found.get(pk=hiding.pk)
