"""What an address of the exchanges speaks of, for whoever may see it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.views.fetching import space_for

from ..models import Decision, Landlord, Move, Swap
from ..rules import can_answer_for, can_check, can_read_swap, can_run, can_take_part, landlords_of


def own_space(request: PersonRequest, slug: str) -> Space:
    """The space, for those who take part in it."""
    return space_for(request, slug, can_take_part)


def seen_swap(request: PersonRequest, slug: str, code: str) -> Swap:
    """The exchange, for its households, the landlords concerned and the team; others find none."""
    space = get_object_or_404(Space.objects.for_page(), initiative__slug=slug)
    swap = get_object_or_404(Swap.objects.for_listing(), space=space, code=code)
    swap.space = space
    if not can_read_swap(request.user, swap):
        raise Http404
    return swap


def own_move(request: PersonRequest, slug: str, code: str, pk: int) -> Move:
    """A household's part in an exchange, for itself or the team that helps it."""
    swap = seen_swap(request, slug, code)
    move = get_object_or_404(swap.moves.for_listing(), pk=pk)
    if not can_answer_for(request.user, move.listing):
        raise PermissionDenied
    move.swap = swap
    return move


def seen_moves(request: PersonRequest, swap: Swap) -> list[Move]:
    """What concerns this person: their own move, those of their landlord's homes, or all."""
    moves = list(swap.moves.all())
    if can_run(request.user, swap.space):
        return moves
    served = set(landlords_of(request.user, swap.space).values_list("pk", flat=True))
    return [
        move
        for move in moves
        if can_answer_for(request.user, move.listing)
        or {move.dwelling.landlord_id, move.left_behind.landlord_id} & served
    ]


def held_swap(request: PersonRequest, slug: str, code: str) -> Swap:
    """The exchange, for a landlord concerned or who runs it."""
    swap = seen_swap(request, slug, code)
    landlords = landlords_of(request.user, swap.space)
    if not swap.decisions.filter(landlord__in=landlords).exists() and not can_run(
        request.user, swap.space
    ):
        raise PermissionDenied
    return swap


def held_decision(request: PersonRequest, slug: str, pk: int) -> Decision:
    """The decision, for the officers of its landlord and who runs the exchange."""
    space = own_space(request, slug)
    rows = Decision.objects.select_related("landlord", "swap", "decided_by")
    decision = get_object_or_404(rows, pk=pk, swap__space=space)
    must_serve(request, decision.landlord)
    decision.swap.space = space
    return decision


def must_serve(request: PersonRequest, landlord: Landlord) -> None:
    """Raise PermissionDenied for those who do not decide for that landlord."""
    if not can_check(request.user, landlord):
        raise PermissionDenied
