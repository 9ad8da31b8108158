"""What a landlord's officers do: papers looked at, the commission's day, their decision."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.views.fetching import done

from ..actions import swap_files as acts
from ..forms.swaps import DecisionForm, WrongPieceForm
from ..legal import points_of
from ..models import Decision, Piece, SwapState
from ..rules import can_help, landlords_of
from .swap_finding import held_decision, held_swap, must_serve, own_space

MOST_SHOWN = 200


@never_cache
@require_safe
def decisions(request: PersonRequest, slug: str) -> HttpResponse:
    """What waits for the landlords that this person serves, what presses most first."""
    space = own_space(request, slug)
    landlords = landlords_of(request.user, space)
    rows = Decision.objects.open().filter(
        swap__space=space, swap__state=SwapState.AGREED, landlord__in=landlords
    )
    context = {
        "space": space,
        "decisions": rows.select_related("landlord", "swap")[:MOST_SHOWN],
        "serves": landlords.exists() or can_help(request.user, space),
    }
    return render(request, "housing/swaps/decisions.html", context)


@never_cache
@require_safe
def decision(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """A file as its landlord reads it: who enters, who leaves, what the law asks, the papers."""
    decision = held_decision(request, slug, pk)
    return _page(request, decision, DecisionForm())


@require_POST
def give(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Say yes, say no on a published ground, or say when the commission looks."""
    decision = held_decision(request, slug, pk)
    form = DecisionForm(request.POST)
    if form.is_valid():
        act, what, said = form.act()
        if done(request, act, said, decision=decision, by=request.user, **what):
            return redirect("housing:decision", slug, pk)
    return _page(request, decision, form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def refuse_piece(request: PersonRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Say why a paper will not do."""
    swap = held_swap(request, slug, code)
    rows = Piece.objects.select_related("move__listing", "move__swap", "landlord", "file")
    piece = get_object_or_404(rows, pk=pk, move__swap=swap)
    must_serve(request, piece.landlord)
    form = WrongPieceForm(request.POST or None)
    if form.is_valid() and done(
        request, acts.refuse_piece, _("Le ménage est prévenu."),
        piece=piece, by=request.user, because=form.cleaned_data["because"],
    ):  # fmt: skip
        return redirect(swap)
    context = {"space": swap.space, "swap": swap, "piece": piece, "form": form}
    return render(request, "housing/swaps/wrong_piece.html", context)


@require_POST
def accept_pieces(request: PersonRequest, slug: str, pk: int, move: int) -> HttpResponse:
    """All that a household gave for this decision is right."""
    decision = held_decision(request, slug, pk)
    given = {
        "move": get_object_or_404(decision.swap.moves, pk=move),
        "landlord": decision.landlord,
    }
    said = _("Les pièces reçues sont validées.")
    done(request, acts.accept_pieces, said, by=request.user, **given)
    return redirect("housing:decision", slug, pk)


def _page(request: PersonRequest, decision: Decision, form: DecisionForm) -> HttpResponse:
    swap, landlord = decision.swap, decision.landlord
    papers = Piece.objects.filter(move__swap=swap, landlord=landlord).select_related("file")
    moves = [
        (move, points_of(move), [piece for piece in papers if piece.move_id == move.pk])
        for move in swap.moves.for_listing()
        if landlord.pk in {move.dwelling.landlord_id, move.left_behind.landlord_id}
    ]
    context = {
        "space": swap.space, "swap": swap, "decision": decision, "moves": moves, "form": form,
    }  # fmt: skip
    return render(request, "housing/swaps/decision.html", context)
