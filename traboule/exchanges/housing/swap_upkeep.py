"""What exchanges do by themselves, every quarter of an hour. Safe to repeat."""

import datetime
from itertools import groupby

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from traboule.kernel.files import actions as files

from .actions import swaps
from .messages import swaps as messages
from .models import Answer, Decision, Move, Piece, Stop, Swap, SwapState

REMINDED_BEFORE = datetime.timedelta(days=4)
CHASED_EVERY = datetime.timedelta(days=7)
PAPERS_KEPT = datetime.timedelta(days=90)
NIGHT = range(2, 5)
"""Hours at which the best exchanges are looked for."""


def remind(now: datetime.datetime) -> None:
    """A few days before the end, ask once more those who did not answer."""
    soon = timezone.localdate(now) + REMINDED_BEFORE
    silent = Move.objects.for_listing().filter(
        answer=Answer.WAITING,
        swap__state=SwapState.PROPOSED,
        swap__answer_by__lte=soon,
        swap__proposed_at__lt=now - REMINDED_BEFORE,
    )
    for move in silent.select_related("swap__space__purse", "swap__space__initiative"):
        messages.proposed(move, again=True)


def close_late(now: datetime.datetime) -> None:
    """What was not answered in time stops; those who said yes are found something else."""
    late = Swap.objects.filter(state=SwapState.PROPOSED, answer_by__lt=timezone.localdate(now))
    for swap in late.select_related("space").order_by("pk"):
        with transaction.atomic():
            held = swaps.locked(swap)
            if held.state == SwapState.PROPOSED:
                swaps.stop(held, Stop.LATE)


def chase_pieces(now: datetime.datetime) -> None:
    """Each week, tell each household what its file still lacks."""
    before = now - CHASED_EVERY
    missing = Piece.objects.filter(
        Q(received_at=None) | ~Q(wrong_because=""),
        Q(chased_at__lt=before) | Q(chased_at=None, move__swap__agreed_at__lt=before),
        move__swap__state=SwapState.AGREED,
    ).order_by("move", "pk")
    missing = missing.select_related("move__swap__space__purse", "move__listing__tenant")
    for move, pieces in groupby(missing, lambda piece: piece.move):
        with transaction.atomic():
            lacking = list(pieces)
            messages.pieces_are_missing(move, lacking)
            keys = [piece.pk for piece in lacking]
            Piece.objects.filter(pk__in=keys).update(chased_at=now)


def tell_late_decisions(now: datetime.datetime) -> None:
    """Tell a landlord's officers once that an answer is late."""
    late = Decision.objects.open().filter(
        due_on__lt=timezone.localdate(now), swap__state=SwapState.AGREED
    )
    for decision in late.select_related("landlord", "swap__space__purse"):
        messages.decision_is_late(decision)


def forget_papers(now: datetime.datetime) -> None:
    """Three months after the end, the files that households gave are of no more use."""
    before = now - PAPERS_KEPT
    over = Q(move__swap__done_at__lt=before) | Q(move__swap__broken_at__lt=before)
    for piece in Piece.objects.filter(over, file__isnull=False).select_related("file"):
        if piece.file:
            files.delete(file=piece.file, by=None)


def begin_by_night(now: datetime.datetime) -> None:
    """Once each night, look for the best exchanges of every space."""
    from .runs import begin_by_night as begin  # The engine loads a compiler, only when it is time.

    if timezone.localtime(now).hour in NIGHT:
        begin(now)
