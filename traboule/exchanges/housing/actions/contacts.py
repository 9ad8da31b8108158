"""Liking a home, answering whoever likes one's own, and letting it go."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.kernel.conversations import actions as conversations
from traboule.kernel.conversations.models import Conversation
from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.actions import must_be_open

from .. import fitting
from ..messages import contacts as messages
from ..models import Interest, InterestState, Listing

SILENCE = datetime.timedelta(days=10)
MOST_WAITING = 20
"""How many one may wait for: whoever writes to everyone gets fewer answers."""


@transaction.atomic
def show_interest(*, sender: Listing, receiver: Listing, by: Person) -> Interest:
    """Say that one likes another’s home; if they had said so too, both may write. Repeatable.

    Raises Refused when either is not shown, or one hides from the other.
    """
    must_be_open(sender.space)
    sender, receiver = _locked(sender, receiver)
    between = Interest.objects.filter(
        sender__in=(sender, receiver), receiver__in=(sender, receiver)
    )
    live = between.filter(state__in=(InterestState.SENT, InterestState.MUTUAL))
    for known in live.order_by("pk"):
        if known.sender_id == sender.pk or known.state == InterestState.MUTUAL:
            return known
        return answer(interest=known, listing=sender, yes=True, by=by)
    _check_may_meet(sender, receiver)
    made = Interest.objects.create(sender=sender, receiver=receiver)
    record("housing.liked", made, by=by, for_=sender.tenant)
    messages.liked(made, until=made.sent_at + SILENCE)
    return made


def _check_may_meet(sender: Listing, receiver: Listing) -> None:
    if not sender.is_shown:
        raise Refused(
            _(
                "Votre annonce doit être en ligne pour écrire à un autre ménage. Voyez « Mon "
                "annonce »."
            )
        )
    if not fitting.met_by(Listing.objects.filter(pk=receiver.pk), sender).exists():
        raise Refused(_("Cette annonce n’est plus en ligne."))
    if sender.interests_sent.waiting().count() >= MOST_WAITING:
        raise Refused(
            _(
                "Vous attendez déjà vingt réponses. Retirez une demande, ou patientez quelques "
                "jours."
            )
        )


@transaction.atomic
def answer(*, interest: Interest, listing: Listing, yes: bool, by: Person) -> Interest:
    """What one of both households says; declining ends what had begun. Repeatable.

    Raises Refused once it is over, and to whoever would answer themselves.
    """
    sender, receiver = _locked(interest.sender, interest.receiver)
    interest = Interest.objects.select_for_update().get(pk=interest.pk)
    interest.sender, interest.receiver = sender, receiver
    state = InterestState.MUTUAL if yes else InterestState.DECLINED
    if interest.state == state:
        return interest
    if not interest.may_become(state):
        raise Refused(_("C’est terminé : cette demande n’attend plus de réponse."))
    for_ = listing.tenant
    if not yes:
        _move(interest, state)
        _end(interest, _("L’une des personnes a décliné."), by=by)
        record("housing.declined", interest, by=by, for_=for_)
        messages.declined(interest, by=listing)
        return interest
    if listing.pk == sender.pk:
        raise Refused(_("C’est à l’autre ménage de répondre."))
    _check_may_meet_again(sender, receiver)
    interest.conversation = _conversation_of(interest, by)
    _move(interest, state)
    record("housing.liked-back", interest, by=by, for_=for_)
    messages.mutual(interest, by=listing)
    return interest


def _check_may_meet_again(sender: Listing, receiver: Listing) -> None:
    if not fitting.met_by(Listing.objects.filter(pk=sender.pk), receiver).exists():
        raise Refused(_("Cette annonce n’est plus en ligne."))


@transaction.atomic
def close(*, interest: Interest, because: str) -> None:
    """Nobody answered in time: both are free to look elsewhere. Repeatable."""
    interest = Interest.objects.select_for_update(of=("self",)).for_listing().get(pk=interest.pk)
    if not interest.may_become(InterestState.CLOSED):
        return
    _move(interest, InterestState.CLOSED)
    _end(interest, because, by=None)
    record("housing.closed-contact", interest)
    messages.closed(interest)


def _move(interest: Interest, state: InterestState) -> None:
    now = timezone.now()
    if state != InterestState.CLOSED and interest.answered_at is None:
        interest.answered_at = now
    if state != InterestState.MUTUAL:
        interest.closed_at = now
    interest.state = state
    interest.save(update_fields=["state", "answered_at", "closed_at", "conversation"])


def _conversation_of(interest: Interest, by: Person) -> Conversation:
    """Both households under the first word of their name, about their two homes."""
    sender, receiver = interest.sender, interest.receiver
    names = {one.tenant: first_name(one) for one in (sender, receiver) if one.tenant}
    title = f"{receiver} ↔ {sender}"[:200]
    return conversations.start(space=sender.space, title=title, parties=names, by=by)


def first_name(listing: Listing) -> str:
    """How the other household calls it: never the whole name."""
    return str(listing.tenant).split()[0][:80] if listing.tenant else _("un ménage")


def _end(interest: Interest, because: str, *, by: Person | None) -> None:
    if interest.conversation:
        conversations.close(conversation=interest.conversation, because=because, by=by)


def _locked(one: Listing, other: Listing) -> tuple[Listing, Listing]:
    """Both, locked in a fixed order, so that two who like each other at once wait in turn."""
    rows = Listing.objects.select_for_update(of=("self",)).select_related(
        "tenant", "space__purse", "space__initiative", "dwelling__commune", "dwelling__landlord"
    )
    found = {row.pk: row for row in rows.filter(pk__in=(one.pk, other.pk)).order_by("pk")}
    return found[one.pk], found[other.pk]
