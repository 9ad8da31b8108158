"""Exchanges: proposing them, answering, agreeing, leaving.

Whoever changes an exchange holds its households, then its homes, each in the order of their keys:
two exchanges that claim one home wait for each other, and never both for ever.
"""

import datetime
from collections.abc import Collection, Sequence
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.actions import must_be_open

from ..messages import swaps as messages
from ..models import (
    Answer,
    Dwelling,
    Listing,
    Milestone,
    Move,
    Origin,
    Run,
    Step,
    Stop,
    Swap,
    SwapState,
)
from ..models.swap import DAYS_TO_ANSWER
from . import swap_files

TO_BE_MENDED = (Stop.SAID_NO, Stop.LEFT, Stop.LATE, Stop.REFUSED, Stop.GONE)
"""Stops after which those who still want to move are found something else at once."""


@transaction.atomic
def propose(
    *,
    listings: Sequence[Listing],
    by: Person | None,
    for_: Person | None = None,
    vacant: Dwelling | None = None,
    origin: Origin = Origin.TENANTS,
    run: Run | None = None,
    repairs: Swap | None = None,
    weight: int = 0,
) -> Swap:
    """Propose that each household moves into the next one's home, the last into the first's.

    With a ``vacant`` home, the last household takes that one and the first home becomes free.
    Whoever proposes, being one of them, has said yes; ``for_`` whom it is done, not yet. Proposed
    twice, it is one exchange. Raises Refused when a household or a home is engaged elsewhere, or
    no longer there.
    """
    space = listings[0].space
    must_be_open(space)
    homes = [one.dwelling for one in listings[1:]] + [vacant or listings[0].dwelling]
    _lock([one.pk for one in listings], [home.pk for home in homes])
    pairs = {(one.pk, home.pk) for one, home in zip(listings, homes, strict=True)}
    if known := _under_way(pairs):
        return known
    if hindrance := _hindrance(pairs):
        raise Refused(hindrance)
    swap = Swap.objects.create(
        space=space, origin=origin, run=run, repairs=repairs, weight=weight,
        answer_by=timezone.localdate() + datetime.timedelta(days=DAYS_TO_ANSWER),
    )  # fmt: skip
    Move.objects.bulk_create(
        Move(swap=swap, listing=one, dwelling=home, position=rank)
        for rank, (one, home) in enumerate(zip(listings, homes, strict=True))
    )
    if by:
        own = swap.moves.filter(listing__tenant=by)
        own.update(answer=Answer.YES, answered_at=timezone.now())
    mark(swap, Step.PROPOSED)
    record("housing.proposed", swap, by=by, for_=for_, origin=origin)
    for move in swap.moves.for_listing().filter(answer=Answer.WAITING):
        messages.proposed(move)
    return swap


@transaction.atomic
def answer(*, move: Move, by: Person, yes: bool) -> Swap:
    """What a household says of an exchange; ``by`` itself, or someone of the team for it.

    One no stops the exchange; with the last yes all are agreed. Repeatable. Raises Refused when
    the exchange is no longer proposed.
    """
    swap = locked(move.swap)
    move = swap.moves.for_listing().get(pk=move.pk)
    said = Answer.YES if yes else Answer.NO
    if move.answer == said and not (yes and swap.state == SwapState.BROKEN):
        return swap
    if swap.state != SwapState.PROPOSED:
        raise Refused(_no_longer(swap))
    _note(move, said, by=by)
    if not yes:
        stop(swap, Stop.SAID_NO, by=by, told_not=move)
        return swap
    mark(swap, Step.SAID_YES)
    if not swap.moves.exclude(answer=Answer.YES).exists():
        _agree(swap, by=by)
    return swap


@transaction.atomic
def leave(*, move: Move, by: Person | None) -> None:
    """A household goes out of an exchange, be it on the eve; the others are found another one.

    Repeatable. Raises Refused once the exchange is done.
    """
    swap = locked(move.swap)
    if swap.state == SwapState.BROKEN:
        return
    if swap.state == SwapState.DONE:
        raise Refused(_("Cet échange est réalisé : parlez-en à votre bailleur."))
    move = swap.moves.for_listing().get(pk=move.pk)
    _note(move, Answer.NO, by=by)
    stop(swap, Stop.LEFT, by=by, told_not=move)


@transaction.atomic
def leave_every(*, listing: Listing, by: Person | None) -> None:
    """A household goes out of all that it is proposed: its listing is over, or in pause.

    ``by`` nobody: it did not answer for months. What all agreed to stays.
    """
    proposed = Swap.objects.filter(state=SwapState.PROPOSED)
    swaps = proposed.filter(moves__listing=listing).values_list("pk", flat=True)
    claims = list(Move.objects.filter(swap__in=list(swaps)).values_list("listing", "dwelling"))
    _lock({household for household, _home in claims}, {home for _household, home in claims})
    moves = Move.objects.filter(listing=listing, swap__in=proposed).select_related("swap__space")
    for move in moves.order_by("pk"):
        leave(move=move, by=by)


def stop(
    swap: Swap, because: Stop, *, by: Person | None = None, told_not: Move | None = None
) -> None:
    """Stop an exchange that is held; its homes are free again, and its households told."""
    swap.state, swap.broken_because, swap.broken_at = SwapState.BROKEN, because, timezone.now()
    swap.save(update_fields=["state", "broken_because", "broken_at"])
    swap.moves.update(is_binding=False)
    mark(swap, Step.BROKEN)
    record("housing.stopped", swap, by=by, because=because)
    for move in swap.moves.for_listing().exclude(pk=told_not.pk if told_not else 0):
        messages.stopped(move, because)
    if because in TO_BE_MENDED:
        from ..runs import mend  # The engine loads a compiler: only who mends pays for it.

        transaction.on_commit(partial(mend.enqueue, swap.pk))


def mark(swap: Swap, step: Step, **more: object) -> Milestone:
    """Write a line of the timeline that all share."""
    return swap.milestones.create(step=step, **more)


def locked(swap: Swap) -> Swap:
    """The exchange as it is now, held with its households and its homes until the commit."""
    must_be_open(swap.space)
    moves = swap.moves.values_list("listing", "dwelling")
    listings, homes = zip(*moves, strict=True)
    _lock(listings, homes)
    return Swap.objects.select_for_update(of=("self",)).select_related("space").get(pk=swap.pk)


def _lock(listings: Collection[int], homes: Collection[int]) -> None:
    for model, keys in ((Listing, listings), (Dwelling, homes)):
        rows = model.objects.select_for_update().filter(pk__in=keys).order_by("pk")
        list(rows.values_list("pk"))


def _under_way(pairs: set[tuple[int, int]]) -> Swap | None:
    """The exchange of these very moves, when it is under way."""
    first = min(pairs)
    swaps = Swap.objects.under_way().filter(moves__listing=first[0], moves__dwelling=first[1])
    for swap in swaps.distinct():
        if set(swap.moves.values_list("listing", "dwelling")) == pairs:
            return swap
    return None


def _hindrance(pairs: Collection[tuple[int, int]]) -> str:
    """Why these moves cannot be, in words; nothing when they can."""
    listings, homes = zip(*pairs, strict=True)
    if Listing.objects.published().filter(pk__in=listings).count() < len(listings):
        return _("Une des annonces n’est plus en ligne : cet échange ne peut pas se faire.")
    if Dwelling.objects.exchangeable().filter(pk__in=homes).count() < len(homes):
        return _("Un des logements ne peut plus être échangé.")
    taken = Q(listing__in=listings) | Q(dwelling__in=homes)
    if Move.objects.filter(taken, is_binding=True).exists():
        return _("Un autre échange s’est conclu avant avec un de ces logements.")
    return ""


def _agree(swap: Swap, *, by: Person) -> None:
    """All said yes: nobody else may claim their homes, and the landlords are asked."""
    moves = list(swap.moves.for_listing())
    if _hindrance([(move.listing_id, move.dwelling_id) for move in moves]):
        stop(swap, Stop.GONE, by=by)
        return
    for move in moves:
        move.is_binding = True
        move.rent_before, move.rent_after = move.left_behind.rent, move.dwelling.rent
    Move.objects.bulk_update(moves, ["is_binding", "rent_before", "rent_after"])
    swap.state, swap.agreed_at = SwapState.AGREED, timezone.now()
    swap.save(update_fields=["state", "agreed_at"])
    for rival in _rivals(swap, moves):
        stop(rival, Stop.TAKEN)
    mark(swap, Step.AGREED)
    record("housing.agreed", swap, by=by)
    swap_files.open_file(swap, moves)
    for move in moves:
        messages.agreed(move)


def _rivals(swap: Swap, moves: Sequence[Move]) -> list[Swap]:
    """The other proposals that claim one of these households or homes."""
    claims = Q(moves__listing__in=[move.listing_id for move in moves]) | Q(
        moves__dwelling__in=[move.dwelling_id for move in moves]
    )
    rivals = Swap.objects.filter(claims, state=SwapState.PROPOSED).exclude(pk=swap.pk)
    return list(rivals.select_related("space").distinct().order_by("pk"))


def _note(move: Move, said: Answer, *, by: Person | None) -> None:
    move.answer, move.answered_at = said, timezone.now()
    move.save(update_fields=["answer", "answered_at"])
    tenant = move.listing.tenant
    for_ = None if tenant == by else tenant
    act = "housing.said-yes" if said == Answer.YES else "housing.said-no"
    record(act, move.swap, by=by, for_=for_)
    messages.asks_no_more(move)
    if said == Answer.NO:
        mark(move.swap, Step.SAID_NO)


def _no_longer(swap: Swap) -> str:
    if swap.state == SwapState.BROKEN:
        why = swap.get_broken_because_display()
        return _("Cet échange est arrêté : %(why)s.") % {"why": why}
    return _("Tous les ménages ont déjà dit oui. Pour vous retirer, ouvrez la page de l’échange.")
