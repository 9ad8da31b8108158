"""What happens by itself: silence is reminded, then closed; workers say that they still look."""

import datetime

from django.db.models import Q
from django.utils import timezone

from ..actions import offers, requests
from ..messages import asking as messages
from ..models import CallBack, Offer, OfferState, Request, State, Worker
from ..models.offer import OfferQuerySet

REMINDED_AFTER = datetime.timedelta(days=5)
CLOSED_AFTER = datetime.timedelta(days=10)
ASKED_BEFORE = datetime.timedelta(days=7)
KEPT = datetime.timedelta(days=30)


def remind_silent(now: datetime.datetime) -> None:
    """Five days without a word: both are reminded."""
    for offer in _silent(now - REMINDED_AFTER).filter(sent_at__gt=now - CLOSED_AFTER):
        messages.reminded(offer)


def close_silent(now: datetime.datetime) -> None:
    """Ten days: it is over, and both are told kindly."""
    for offer in _silent(now - CLOSED_AFTER):
        offers.close_silent(offer=offer)


def _silent(since: datetime.datetime) -> OfferQuerySet:
    """Offers that wait, and about which nobody has written since."""
    quiet = Q(conversation=None) | Q(conversation__last_at__lt=since)
    rows = Offer.objects.filter(
        quiet, state=OfferState.SENT, sent_at__lt=since, request__space__closed_at=None
    )
    people = ("request__household__person", "request__household__commune", "request__space__purse")
    return rows.for_listing().select_related(*people, "request__space__initiative").order_by("pk")


def ask_if_still_looking(now: datetime.datetime) -> None:
    """A week before they leave the list, once."""
    today = timezone.localdate(now)
    soon = Worker.objects.available().filter(
        fresh_until__range=(today, today + ASKED_BEFORE), space__closed_at=None
    )
    rows = soon.select_related("person", "space__purse", "space__initiative")
    for worker in rows.order_by("pk"):
        messages.still_looking(worker)


def forget(now: datetime.datetime) -> None:
    """Requests begun and never put online, and numbers that were called, go after a month."""
    CallBack.objects.filter(done_at__lt=now - KEPT).delete()
    old = Request.objects.filter(state=State.DRAFT, created_at__lt=now - KEPT)
    for asked in old.order_by("pk"):
        requests.forget_draft(asked=asked)
