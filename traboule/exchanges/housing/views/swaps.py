"""Exchanges as households live them: proposed, answered, followed, left."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.views.fetching import done
from traboule.ui.downloads import paper

from ..actions import swaps as acts
from ..legal import points_of
from ..models import Interest, InterestState, Listing, Piece, Swap
from ..models.swap import SwapQuerySet
from ..printing import swap_file
from ..relays import explained_to_relays
from ..rules import can_answer_for, can_help, can_run, landlords_of
from .swap_finding import own_move, own_space, seen_moves, seen_swap

MOST_SHOWN = 100


@never_cache
@require_safe
def swaps(request: PersonRequest, slug: str) -> HttpResponse:
    """The exchanges that concern this person, the latest first; the team sees all."""
    space = own_space(request, slug)
    rows = _concerning(request, space)
    context = {
        "space": space,
        "swaps": rows.for_listing()[:MOST_SHOWN],
        "helps": can_help(request.user, space),
        "runs": can_run(request.user, space),
    }
    return render(request, "housing/swaps/swaps.html", context)


@never_cache
@explained_to_relays
@require_safe
def swap(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """An exchange: one's part in it, what is to be done, and where it is."""
    swap = seen_swap(request, slug, code)
    moves = seen_moves(request, swap)
    helps = can_help(request.user, swap.space)
    context = {
        "space": swap.space,
        "swap": swap,
        "acted": [m.pk for m in moves if helps or can_answer_for(request.user, m.listing)],
        "moves": [(move, points_of(move), move.listing.tenant == request.user) for move in moves],
        "milestones": swap.milestones.select_related("landlord"),
        "decisions": swap.decisions.select_related("landlord"),
        "pieces": Piece.objects.filter(move__in=moves).select_related("landlord"),
        "repaired_by": swap.repaired_by.filter(moves__listing__in=[m.listing_id for m in moves]),
        "helps": helps,
        "serves": list(landlords_of(request.user, swap.space)),
    }
    return render(request, "housing/swaps/swap.html", context)


@require_POST
def propose(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """Propose a plain exchange to a household with whom the interest is mutual."""
    space = own_space(request, slug)
    mine = Listing.objects.published().filter(space=space, tenant=request.user)
    own = get_object_or_404(mine.select_related("space", "dwelling"))
    other = get_object_or_404(Listing.objects.select_related("dwelling"), space=space, code=code)
    met = Interest.objects.of(own).filter(state=InterestState.MUTUAL)
    if not met.filter(pk__in=Interest.objects.of(other)).exists():
        raise Http404
    said = _("L’échange est proposé. L’autre ménage a quinze jours pour répondre.")
    if done(request, acts.propose, said, listings=[own, other], by=request.user):
        return redirect("housing:swaps", slug)
    return redirect(other)


@explained_to_relays
@require_POST
def answer(request: PersonRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Say yes or no to an exchange, for oneself or for a household that called or wrote."""
    move = own_move(request, slug, code, pk)
    yes = request.POST.get("answer") == "yes"
    said = _("C’est noté : oui.") if yes else _("C’est noté : non. Votre annonce continue.")
    done(request, acts.answer, said, move=move, by=request.user, yes=yes)
    return redirect(move.swap)


@explained_to_relays
@require_POST
def leave(request: PersonRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Go out of an exchange, be it on the eve."""
    move = own_move(request, slug, code, pk)
    said = _("C’est noté : l’échange s’arrête. Les autres ménages sont prévenus.")
    done(request, acts.leave, said, move=move, by=request.user)
    return redirect(move.swap)


@never_cache
@require_safe
def pdf(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """The file on paper: what concerns this person."""
    swap = seen_swap(request, slug, code)
    return paper(swap_file.file_of(swap, seen_moves(request, swap)), "echange", code)


def _concerning(request: PersonRequest, space: Space) -> SwapQuerySet:
    if can_help(request.user, space):
        return Swap.objects.filter(space=space)
    return Swap.objects.filter(space=space, moves__listing__tenant=request.user).distinct()
