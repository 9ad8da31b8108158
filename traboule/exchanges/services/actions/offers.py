"""Offering hands, answering a request, choosing among those who answered."""

from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.kernel.conversations import actions as conversations
from traboule.kernel.conversations.models import Conversation
from traboule.kernel.journal.actions import record
from traboule.kernel.moderation.rules import may_post
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.actions import must_be_open

from ..messages import asking as messages
from ..models import LIVE_OFFERS, Offer, OfferState, Request, State, Worker
from ..public_words import must_be_public
from .contracts import let_go
from .requests import locked, must_be_lawful


@transaction.atomic
def offer(
    *, asked: Request, worker: Worker, net_hourly: Decimal, words: str = "", by: Person
) -> Offer:
    """Answer a request; both may write to each other from then on. Again, it is the same offer.

    Raises Refused once it is closed, to whoever asks themselves, and for a wage too low.
    """
    must_be_open(asked.space)
    may_post(by, asked.space)
    asked = locked(asked)
    known = asked.offers.filter(worker=worker, state__in=LIVE_OFFERS).first()
    if known:
        return known
    if not asked.is_open:
        raise Refused(_("Cette demande n’est plus en ligne."))
    if worker.person_id == asked.household.person_id:
        raise Refused(_("C’est votre propre demande."))
    _must_be_able(worker)
    must_be_public(words)
    must_be_lawful(asked, net_hourly)
    made = Offer(request=asked, worker=worker, net_hourly=net_hourly, words=words)
    made.full_clean(exclude=["request", "worker", "conversation"])
    made.conversation = _conversation_of(made, by)
    made.save()
    record("services.offered", made, by=by, for_=worker.person)
    messages.offered(made)
    return made


def _must_be_able(worker: Worker) -> None:
    """Refuse whoever may not work yet, or no longer, with what to do."""
    if worker.hidden_at or worker.left_at:
        raise Refused(_("Vous n’êtes plus dans la liste. Parlez-en à l’équipe."))
    if worker.waits_for_guardian:
        raise Refused(
            _("Avant 18 ans, l’équipe doit d’abord voir l’accord écrit de vos parents. Apportez-le "
              "à l’accueil.")
        )  # fmt: skip
    if worker.may_work_until and worker.may_work_until < timezone.localdate():
        raise Refused(
            _("Votre droit de travailler est à revoir : montrez le nouveau papier à l’équipe.")
        )


@transaction.atomic
def choose(*, offer: Offer, by: Person) -> Offer:
    """Take one of the offers; the others are told kindly. Again, nothing changes.

    Raises Refused when another one is chosen already, or this one is over.
    """
    asked = locked(offer.request)
    offer = Offer.objects.select_for_update(of=("self",)).for_listing().get(pk=offer.pk)
    if offer.state == OfferState.CHOSEN:
        return offer
    if asked.state != State.OPEN or not offer.may_become(OfferState.CHOSEN):
        raise Refused(_("Cette offre ne peut plus être choisie."))
    now = timezone.now()
    offer.state, offer.answered_at = OfferState.CHOSEN, now
    try:
        with transaction.atomic():
            offer.save(update_fields=["state", "answered_at"])
    except IntegrityError as error:
        raise Refused(_("Quelqu’un est déjà choisi pour cette demande.")) from error
    asked.state = State.AGREED
    asked.save(update_fields=["state"])
    record("services.chose", offer, by=by, for_=asked.household.person)
    messages.chosen(offer)
    for other in asked.offers.live().exclude(pk=offer.pk).for_listing():
        _end(other, OfferState.DECLINED, _("Une autre personne a été choisie."), by=by)
        messages.not_chosen(other)
    return offer


@transaction.atomic
def decline(*, offer: Offer, by: Person) -> None:
    """Say no to an offer, in one tap. Repeatable."""
    offer = Offer.objects.select_for_update(of=("self",)).for_listing().get(pk=offer.pk)
    if offer.may_become(OfferState.DECLINED):
        _end(offer, OfferState.DECLINED, _("Le ménage a dit non."), by=by)
        record("services.declined", offer, by=by)
        messages.not_chosen(offer)


@transaction.atomic
def withdraw(*, offer: Offer, by: Person) -> None:
    """Take one's own offer back; chosen already, the request is open again. Repeatable.

    Raises Refused once a contract is signed by both.
    """
    asked = locked(offer.request)
    offer = Offer.objects.select_for_update(of=("self",)).for_listing().get(pk=offer.pk)
    if not offer.may_become(OfferState.WITHDRAWN):
        return
    was_chosen = offer.state == OfferState.CHOSEN
    let_go(offer, by=by)
    _end(offer, OfferState.WITHDRAWN, _("L’offre a été retirée."), by=by)
    if was_chosen and asked.state == State.AGREED:
        asked.state = State.OPEN
        asked.save(update_fields=["state"])
    record("services.withdrew", offer, by=by)
    messages.withdrawn(offer, was_chosen=was_chosen)


@transaction.atomic
def close_silent(*, offer: Offer) -> None:
    """Nobody answered it for too long: it is over, and both are told kindly. Repeatable."""
    offer = Offer.objects.select_for_update(of=("self",)).for_listing().get(pk=offer.pk)
    if offer.state == OfferState.SENT:
        _end(offer, OfferState.CLOSED, _("Sans nouvelles depuis dix jours."), by=None)
        record("services.closed-offer", offer)
        messages.silent(offer)


def _end(offer: Offer, state: OfferState, because: str, *, by: Person | None) -> None:
    offer.state, offer.answered_at = state, timezone.now()
    offer.save(update_fields=["state", "answered_at"])
    if offer.conversation:
        conversations.close(conversation=offer.conversation, because=because, by=by)


def _conversation_of(offer: Offer, by: Person) -> Conversation:
    """Both under the first word of their name, about what is asked."""
    people = (offer.request.household.person, offer.worker.person)
    names = {one: str(one).split()[0][:80] for one in people if one is not None}
    title = str(offer.request)[:200]
    return conversations.start(space=offer.request.space, title=title, parties=names, by=by)
