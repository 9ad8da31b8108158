"""The file of an exchange: the landlords asked, pieces, decisions, inventories, leases, the end."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.kernel.files import actions as files
from traboule.kernel.files.checking import Prepared
from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person

from ..messages import swaps as messages
from ..models import (
    Decision,
    DecisionState,
    Dwelling,
    Landlord,
    Listing,
    Move,
    Need,
    Piece,
    PieceKind,
    Refusal,
    State,
    Step,
    Stop,
    Swap,
    SwapState,
)
from . import swaps

TO_ENTER = (PieceKind.IDENTITY, PieceKind.TAX, PieceKind.INCOME)
TO_LEAVE = (PieceKind.RENT_PAID, PieceKind.INSURANCE)


@dataclass(frozen=True)
class Papers:
    """What the papers that a landlord asked for belong to: nobody else opens them."""

    landlord: Landlord

    @property
    def key(self) -> str:
        """How files name it."""
        return f"housing-landlord:{self.landlord.pk}"


def open_file(swap: Swap, moves: Sequence[Move]) -> None:
    """Ask each landlord of a home that is entered or left, and each household for its papers."""
    homes = [home for move in moves for home in (move.dwelling, move.left_behind)]
    landlords = {home.landlord_id: home.landlord for home in homes}
    today = timezone.localdate()
    decisions = [
        Decision(swap=swap, landlord=one, due_on=today + datetime.timedelta(one.decision_days))
        for _key, one in sorted(landlords.items())
    ]
    Decision.objects.bulk_create(decisions)
    Piece.objects.bulk_create(piece for move in moves for piece in _pieces(move))
    for decision in decisions:
        messages.asked_to_decide(decision)


def _pieces(move: Move) -> Iterable[Piece]:
    listing = move.listing
    entering = [*TO_ENTER]
    entering += [PieceKind.FAMILY] if listing.children else []
    entering += [PieceKind.DISABILITY] if listing.wish.need != Need.NONE else []
    for home, kinds in ((move.dwelling, entering), (move.left_behind, TO_LEAVE)):
        for kind in kinds:
            yield Piece(move=move, landlord=home.landlord, kind=kind)


@transaction.atomic
def give_piece(*, piece: Piece, by: Person, file: Prepared | None = None) -> None:
    """A household gives a paper, as a file or in the hand of who notes it here."""
    piece = Piece.objects.select_for_update(of=("self",)).get(pk=piece.pk)
    move, before = piece.move, piece.file
    if file:
        piece.file = files.keep(file, space=Papers(piece.landlord), by=by)
    piece.received_at, piece.wrong_because, piece.accepted_at = timezone.now(), "", None
    piece.save(update_fields=["file", "received_at", "wrong_because", "accepted_at"])
    if file and before:
        files.delete(file=before, by=by)
    tenant = move.listing.tenant
    record("housing.gave-piece", move.swap, by=by, for_=tenant)


@transaction.atomic
def refuse_piece(*, piece: Piece, by: Person, because: str) -> None:
    """A paper will not do: the household is told why, and gives it again."""
    piece = Piece.objects.select_for_update(of=("self",)).get(pk=piece.pk)
    piece.wrong_because, piece.accepted_at = because, None
    piece.save(update_fields=["wrong_because", "accepted_at"])
    record("housing.checked-pieces", piece.move.swap, by=by)
    messages.piece_is_wrong(piece)


@transaction.atomic
def accept_pieces(*, move: Move, landlord: Landlord, by: Person) -> None:
    """All that a household gave to that landlord is right. Repeatable; what is missing stays so."""
    given = move.pieces.filter(landlord=landlord, received_at__isnull=False, wrong_because="")
    if not given.filter(accepted_at=None).update(accepted_at=timezone.now()):
        return
    record("housing.checked-pieces", move.swap, by=by)
    if not move.pieces.filter(accepted_at=None).exists():
        swaps.mark(move.swap, Step.PIECES)


@transaction.atomic
def set_commission(*, decision: Decision, by: Person, on: datetime.date) -> None:
    """The landlord says when its commission looks at the file; all are told."""
    decision = _held(decision)
    if not decision.is_open:
        raise Refused(_("Ce bailleur a déjà répondu."))
    decision.state, decision.commission_on = DecisionState.COMMISSION, on
    decision.save(update_fields=["state", "commission_on"])
    swaps.mark(decision.swap, Step.COMMISSION, landlord=decision.landlord, on=on)
    record("housing.set-commission", decision, by=by, on=f"{on:%Y-%m-%d}")
    messages.commission_is_set(decision)


@transaction.atomic
def accept(*, decision: Decision, by: Person, note: str = "") -> None:
    """A landlord says yes; with the last one the exchange is accepted. Repeatable.

    Raises Refused while a paper that it asked for is missing or was not looked at.
    """
    decision = _held(decision)
    if decision.state == DecisionState.ACCEPTED:
        return
    swap = decision.swap
    unseen = Piece.objects.filter(move__swap=swap, landlord=decision.landlord, accepted_at=None)
    if unseen.exists():
        raise Refused(_("Des pièces manquent ou restent à regarder : validez-les d’abord."))
    _decide(decision, DecisionState.ACCEPTED, by=by, note=note)
    swaps.mark(swap, Step.ACCEPTED, landlord=decision.landlord)
    record("housing.accepted", decision, by=by)
    if not swap.decisions.exclude(state=DecisionState.ACCEPTED).exists():
        swap.state = SwapState.VALIDATED
        swap.save(update_fields=["state"])
        swaps.mark(swap, Step.VALIDATED)
        messages.validated(swap)


@transaction.atomic
def refuse(*, decision: Decision, by: Person, ground: Refusal, note: str = "") -> None:
    """A landlord says no, on one of the published grounds; another exchange is looked for.

    Repeatable. Raises Refused when it had said yes.
    """
    decision = _held(decision)
    if decision.state == DecisionState.REFUSED:
        return
    _decide(decision, DecisionState.REFUSED, by=by, ground=ground, note=note)
    swaps.mark(decision.swap, Step.REFUSED, landlord=decision.landlord)
    record("housing.refused", decision, by=by, ground=ground)
    swaps.stop(decision.swap, Stop.REFUSED, by=by)


@transaction.atomic
def set_inventory(*, swap: Swap, by: Person, on: datetime.date) -> None:
    """One day for all the inventories: everyone leaves and enters on it. Told to all."""
    swap = swaps.locked(swap)
    _must_be_validated(swap)
    if on < timezone.localdate():
        raise Refused(_("Choisissez un jour à venir."))
    swap.inventory_on = on
    swap.save(update_fields=["inventory_on"])
    swaps.mark(swap, Step.INVENTORY, on=on)
    record("housing.set-inventory", swap, by=by, on=f"{on:%Y-%m-%d}")
    messages.inventory_is_set(swap)


@transaction.atomic
def sign_lease(*, move: Move, by: Person, on: datetime.date) -> None:
    """A household signed the lease of its new home. Repeatable."""
    swap = swaps.locked(move.swap)
    _must_be_validated(swap)
    if swap.moves.filter(pk=move.pk, lease_signed_on=None).update(lease_signed_on=on):
        swaps.mark(swap, Step.LEASE, landlord=move.dwelling.landlord, on=on)
        record("housing.signed-lease", swap, by=by, on=f"{on:%Y-%m-%d}")


@transaction.atomic
def finish(*, swap: Swap, by: Person) -> None:
    """The households live in their new homes: their listings are over. Repeatable.

    Raises Refused while a lease is to be signed.
    """
    swap = swaps.locked(swap)
    if swap.state == SwapState.DONE:
        return
    _must_be_validated(swap)
    moves = list(swap.moves.for_listing())
    if any(move.lease_signed_on is None for move in moves):
        raise Refused(_("Un bail reste à signer : notez-le d’abord."))
    now = timezone.now()
    swap.state, swap.done_at = SwapState.DONE, now
    swap.save(update_fields=["state", "done_at"])
    swap.moves.update(is_binding=False)
    listings = Listing.objects.filter(moves__swap=swap)
    listings.update(state=State.HOUSED, ended_at=now)
    _hand_over(moves)
    swaps.mark(swap, Step.DONE)
    record("housing.done", swap, by=by)
    for move in moves:
        messages.finished(move)


def _hand_over(moves: Sequence[Move]) -> None:
    """The old leases open nothing any more; the home that nobody entered is free."""
    entered = {move.dwelling_id for move in moves}
    left = {move.listing.dwelling_id for move in moves}
    Dwelling.objects.filter(pk__in=entered | left).update(lease="", vacant_from=None)
    Dwelling.objects.filter(pk__in=left - entered).update(vacant_from=timezone.localdate())


def _must_be_validated(swap: Swap) -> None:
    if swap.state != SwapState.VALIDATED:
        raise Refused(_("Tous les bailleurs doivent d’abord dire oui."))


def _held(decision: Decision) -> Decision:
    """The decision as it is now, its exchange held. Raises Refused when that one has stopped."""
    swap = swaps.locked(decision.swap)
    decision = Decision.objects.select_related("landlord").get(pk=decision.pk)
    decision.swap = swap
    if swap.state != SwapState.AGREED and decision.is_open:
        raise Refused(_("Cet échange est arrêté : il n’y a plus rien à décider."))
    return decision


def _decide(decision: Decision, state: DecisionState, *, by: Person, **words: str) -> None:
    if not decision.may_become(state):
        raise Refused(_("Ce bailleur a déjà répondu."))
    decision.state, decision.decided_at, decision.decided_by = state, timezone.now(), by
    decision.ground, decision.note = words.get("ground", ""), words.get("note", "")
    decision.save()
