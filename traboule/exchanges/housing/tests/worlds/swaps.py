from typing import Any

ONE = (
    "swap",
    "swap-answer",
    "swap-leave",
    "swap-pdf",
    "piece-give",
    "piece-check",
    "inventory",
    "lease",
    "swap-done",
)
"""The addresses that speak of one exchange."""
MOVES = ("swap-answer", "swap-leave", "lease")
"""Of these, those that speak of one of its households."""
DECISIONS = ("decision", "decision-give", "pieces-accept")
"""The addresses of a landlord’s decision."""
LISTING = ("what-if", "swap-propose", "found", "found-propose")
"""The addresses that speak of a household’s listing."""


def values(space: Any, participant: Any) -> dict[str, Any]:
    """An exchange that all agreed to, its papers and decisions, and a search for others."""
    from traboule.exchanges.housing.actions import swaps
    from traboule.exchanges.housing.models import Piece, Run
    from traboule.exchanges.housing.tests import factories

    landlord = factories.make_landlord(space)
    pair = [factories.make_listing(factories.make_dwelling(landlord)) for _ in range(2)]
    swap = swaps.propose(listings=pair, by=pair[0].tenant)
    swaps.answer(move=swap.moves.get(listing=pair[1]), by=pair[1].tenant, yes=True)
    move, decision = swap.moves.get(listing=pair[0]), swap.decisions.get()
    piece = Piece.objects.filter(move=move).first()
    return {
        **{f"housing:{name} code": swap.code for name in ONE},
        **{f"housing:{name} pk": move.pk for name in MOVES},
        **{f"housing:{name} pk": piece.pk for name in ("piece-give", "piece-check")},
        **{f"housing:{name} pk": decision.pk for name in DECISIONS},
        "housing:pieces-accept move": move.pk,
        **{f"housing:{name} code": pair[0].code for name in LISTING},
        "housing:run pk": Run.objects.create(space=space).pk,
    }
