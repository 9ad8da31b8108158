"""Late checks are told; homes leave once their exchange is over; files are let go of."""

import datetime

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from ..actions import stock
from ..messages import checking as messages
from ..models import Check, Dwelling, Landlord, Outcome, Stage, StockImport, Swap

FILES_KEPT = datetime.timedelta(days=7)


def tell_late(now: datetime.datetime) -> None:
    """Who checks is told each week how many are late; each household is told once."""
    today = timezone.localdate(now)
    is_late = Q(
        dwellings__listings__checks__outcome=Outcome.WAITING,
        dwellings__listings__checks__due_on__lt=today,
    )
    landlords = Landlord.objects.filter(space__closed_at=None)
    counted = landlords.annotate(late=Count("dwellings__listings__checks", filter=is_late))
    week = "{0.year}-{0.week}".format(today.isocalendar())
    for landlord in counted.filter(late__gt=0).select_related("space__purse", "space__initiative"):
        messages.late(landlord, landlord.late, week=week)
    late = Check.objects.overdue(today).filter(listing__space__closed_at=None)
    for check in late.select_related(
        "listing__tenant", "listing__dwelling__landlord", "listing__dwelling__commune",
        "listing__space__purse", "listing__space__initiative",
    ):  # fmt: skip
        messages.late_for(check)


def let_go(now: datetime.datetime) -> None:
    """Homes that were to leave after an exchange leave once it is over."""
    swaps = Swap.objects.under_way().filter(
        Q(moves__dwelling=OuterRef("pk")) | Q(moves__listing__dwelling=OuterRef("pk"))
    )
    leaving = Dwelling.objects.standing().filter(is_leaving=True, landlord__space__closed_at=None)
    for dwelling in leaving.exclude(Exists(swaps)).select_related("landlord__space"):
        stock.withdraw(dwelling=dwelling, by=None, afterwards=True)


def forget_files(now: datetime.datetime) -> None:
    """A week after it was sent, a file of homes, with its addresses, is of no more use."""
    old = StockImport.objects.exclude(stage=Stage.IMPORTING).filter(at__lt=now - FILES_KEPT)
    for sent in old.exclude(file="", wrong=""):
        for file in (sent.file, sent.wrong):
            if file:
                file.delete(save=False)
        sent.save(update_fields=["file", "wrong"])
