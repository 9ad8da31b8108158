"""The life of a listing once it is seen: still looking, pausing, stopping."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person

from ..messages import listing as messages
from ..models import Check, EndReason, Ground, Interest, InterestState, Listing, Outcome, State
from ..models.listing import MONTHS_OF_A_LISTING
from .listing import locked, spoken_for
from .swaps import leave_every

RENEWED_FOR = datetime.timedelta(days=30 * MONTHS_OF_A_LISTING)
SILENCE = datetime.timedelta(days=30)
TOLD_BEFORE = datetime.timedelta(days=7)


@transaction.atomic
def renew(*, listing: Listing, by: Person) -> None:
    """The household still looks, for six months more."""
    listing = locked(listing, by=by)
    if listing.state not in (State.PUBLISHED, State.PAUSED):
        raise Refused(_("Votre annonce n’est pas encore en ligne : rien à confirmer."))
    listing.confirmed_at = timezone.now()
    listing.renew_by = timezone.localdate() + RENEWED_FOR
    listing.asked_renewal_at = None
    listing.save(update_fields=["confirmed_at", "renew_by", "asked_renewal_at"])
    record("housing.renewed", listing, by=by, for_=spoken_for(listing.tenant, by))


@transaction.atomic
def pause(*, listing: Listing, by: Person) -> None:
    """Be shown to nobody for a while; what was said stays, and proposed exchanges are left."""
    leave_every(listing=listing, by=by)
    _become(listing, State.PAUSED, "housing.paused", by=by)


@transaction.atomic
def resume(*, listing: Listing, by: Person) -> None:
    """Be shown again. Raises Refused while the landlord’s last word is no."""
    last = listing.checks.exclude(outcome__in=(Outcome.WAITING, Outcome.WITHDRAWN)).first()
    if last and last.outcome == Outcome.REFUSED and last.grounds != [Ground.WRONG_FACTS]:
        raise Refused(_("Votre bailleur a dit non : lisez pourquoi, et demandez à faire revoir."))
    _become(listing, State.PUBLISHED, "housing.resumed", by=by)


def _become(listing: Listing, state: State, act: str, *, by: Person) -> None:
    listing = locked(listing, by=by)
    if listing.state == state:
        return
    if not listing.may_become(state):
        raise Refused(_("Votre annonce n’est pas en ligne."))
    _must_be_free(listing)
    listing.state = state
    listing.save(update_fields=["state"])
    record(act, listing, by=by, for_=spoken_for(listing.tenant, by))


def _must_be_free(listing: Listing) -> None:
    if listing.moves.filter(is_binding=True).exists():
        raise Refused(
            _("Un échange est en cours avec d’autres ménages. Ouvrez cet échange pour le quitter "
              "d’abord : ils seront prévenus.")
        )  # fmt: skip


@transaction.atomic
def end(*, listing: Listing, by: Person | None, reason: str) -> None:
    """Stop looking. What waited for an answer, from the landlord or from others, waits no more.

    ``by`` nobody: the household did not answer.
    """
    leave_every(listing=listing, by=by)
    listing = locked(listing, by=by)
    _must_be_free(listing)
    now = timezone.now()
    listing.state, listing.ended_at, listing.end_reason = State.ENDED, now, EndReason(reason)
    listing.save(update_fields=["state", "ended_at", "end_reason"])
    Check.objects.filter(listing=listing, outcome=Outcome.WAITING).update(
        outcome=Outcome.WITHDRAWN, decided_at=now
    )
    Interest.objects.of(listing).filter(
        state__in=(InterestState.SENT, InterestState.MUTUAL)
    ).update(state=InterestState.CLOSED, closed_at=now)
    record("housing.ended", listing, by=by, for_=spoken_for(listing.tenant, by), reason=reason)


@transaction.atomic
def ask_renewal(listing: Listing, now: datetime.datetime) -> None:
    """Ask once whether the household still looks; a digit is enough to answer."""
    asked = Listing.objects.filter(pk=listing.pk, asked_renewal_at__isnull=True)
    if asked.update(asked_renewal_at=now):
        messages.still_looking(listing, until=now + SILENCE)


@transaction.atomic
def end_in_silence(listing: Listing) -> None:
    """Stop the listing of a household that said nothing, and tell it how to come back."""
    end(listing=listing, by=None, reason=EndReason.SILENCE)
    messages.ended_in_silence(listing)
