"""What is done with a file: papers given, one day for all inventories, leases, the end."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.views.fetching import done

from ..actions import swap_files as acts
from ..forms.swaps import DayForm, PieceForm
from ..models import Piece
from ..rules import can_help
from .swap_finding import held_swap, must_serve, own_move, seen_swap


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: PersonRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Send a photo of a paper; the team may note that it was brought."""
    swap = seen_swap(request, slug, code)
    rows = Piece.objects.select_related("move__listing", "move__swap__space", "landlord")
    piece = get_object_or_404(rows, pk=pk, move__swap=swap)
    own_move(request, slug, code, piece.move_id)
    brought = can_help(request.user, swap.space)
    form = PieceForm(request.POST or None, request.FILES or None, may_be_brought=brought)
    if form.is_valid() and done(
        request, acts.give_piece, _("Merci, la pièce est arrivée."),
        piece=piece, by=request.user, file=form.file,
    ):  # fmt: skip
        return redirect(swap)
    context = {"space": swap.space, "swap": swap, "piece": piece, "form": form}
    return render(request, "housing/swaps/piece.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def inventory(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """Choose the one day on which everyone moves."""
    swap = held_swap(request, slug, code)
    form = DayForm(request.POST or None, label=_("Le jour de tous les états des lieux"))
    if form.is_valid() and done(
        request, acts.set_inventory, _("Le jour est fixé, les ménages sont prévenus."),
        swap=swap, by=request.user, on=form.cleaned_data["on"],
    ):  # fmt: skip
        return redirect(swap)
    title = _("Fixer le jour des états des lieux")
    context = {"space": swap.space, "swap": swap, "form": form, "title": title}
    return render(request, "housing/swaps/day.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def lease(request: PersonRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Note that a household signed the lease of its new home."""
    swap = held_swap(request, slug, code)
    move = get_object_or_404(swap.moves.for_listing(), pk=pk)
    must_serve(request, move.dwelling.landlord)
    form = DayForm(request.POST or None, label=_("Bail signé le"))
    if form.is_valid() and done(
        request, acts.sign_lease, _("C’est noté : le bail est signé."),
        move=move, by=request.user, on=form.cleaned_data["on"],
    ):  # fmt: skip
        return redirect(swap)
    context = {"space": swap.space, "swap": swap, "form": form, "title": _("Noter un bail signé")}
    return render(request, "housing/swaps/day.html", context)


@require_POST
def finish(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """Everyone has moved."""
    swap = held_swap(request, slug, code)
    done(request, acts.finish, _("L’échange est réalisé. Bravo !"), swap=swap, by=request.user)
    return redirect(swap)
