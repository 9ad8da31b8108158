"""Every six months: does the household still look? Answered by a digit; silence ends it."""

import datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.kernel.notices import answers, upkeep
from traboule.kernel.notices.models import Notice
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person

from . import priorities
from .actions import listing_life as acts
from .messages import listing as messages
from .messages.listing import STILL, STOP
from .models import EndReason, Listing, State

AT_ONCE = 500
"""Households seen to a round, every quarter of an hour: the rest comes with the next."""
HOUR_OF_WEIGHING = 3


def announce() -> None:
    """Let digits answer, and time pass."""
    answers.register(
        STILL, still_looking, label=_("Je cherche toujours"), words=("oui", "toujours")
    )
    answers.register(STOP, stop_looking, label=_("J’arrête"), words=("non", "stop"))
    for chore in (ask, remind, end_the_silent, weigh):
        upkeep.register(chore)


def still_looking(notice: Notice, person: Person, *, by: Person, via: answers.Via) -> str:
    """Six months more."""
    acts.renew(listing=_listing_of(notice), by=by)
    return gettext("Merci, votre annonce continue pour six mois.")


def stop_looking(notice: Notice, person: Person, *, by: Person, via: answers.Via) -> str:
    """It stops; who answers a digit is not asked why."""
    acts.end(listing=_listing_of(notice), by=by, reason=EndReason.OTHER)
    return gettext("C’est noté, votre annonce est arrêtée. Merci d’avoir prévenu.")


def ask(now: datetime.datetime) -> None:
    """Ask those whose six months are over."""
    due = _due(now).filter(asked_renewal_at__isnull=True)
    for listing in due[:AT_ONCE]:
        acts.ask_renewal(listing, now)


def remind(now: datetime.datetime) -> None:
    """A week before the end, say it again; once."""
    soon = now - acts.SILENCE + acts.TOLD_BEFORE
    asked = _due(now).filter(asked_renewal_at__range=(now - acts.SILENCE, soon))
    for listing in asked[:AT_ONCE]:
        if listing.asked_renewal_at:
            messages.about_to_end(listing, until=listing.asked_renewal_at + acts.SILENCE)


def end_the_silent(now: datetime.datetime) -> None:
    """Thirty days without a word: it ends. Who is in an exchange under way is left alone."""
    silent = _due(now).filter(asked_renewal_at__lt=now - acts.SILENCE)
    for listing in silent.exclude(moves__is_binding=True)[:AT_ONCE]:
        try:
            acts.end_in_silence(listing)
        except Refused:
            continue  # They answered, or agreed to an exchange, meanwhile.


def weigh(now: datetime.datetime) -> None:
    """Once a night, points follow the months that pass."""
    if timezone.localtime(now).hour != HOUR_OF_WEIGHING:
        return
    changed = []
    rows = Listing.objects.live().select_related("dwelling", "wish").order_by("pk")
    for listing in rows.iterator(chunk_size=2000):
        weight = priorities.weight_of(listing)
        if weight != listing.priority:
            listing.priority = weight
            changed.append(listing)
        if len(changed) >= AT_ONCE:
            Listing.objects.bulk_update(changed, ["priority"])
            changed.clear()
    Listing.objects.bulk_update(changed, ["priority"])


def _due(now: datetime.datetime) -> "QuerySet[Listing]":
    rows = Listing.objects.filter(
        state__in=(State.PUBLISHED, State.PAUSED),
        renew_by__lte=timezone.localdate(now),
        space__closed_at__isnull=True,
    )
    return rows.select_related("tenant", "space__purse", "space__initiative").order_by(
        "renew_by", "pk"
    )


def _listing_of(notice: Notice) -> Listing:
    found = Listing.objects.filter(pk=notice.data.get("listing")).first()
    if found is None:
        raise Refused(gettext("Cette annonce n’existe plus."))
    return found
