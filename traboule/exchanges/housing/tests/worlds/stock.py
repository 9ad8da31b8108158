from typing import Any

LANDLORD = ("landlord", "landlord-remove", "officer-add", "stock", "dwelling-add", "stock-import")
"""The addresses that speak of one landlord."""
HOME = ("dwelling", "dwelling-vacant", "dwelling-withdraw")
CHECK = ("check", "check-confirm", "check-refuse", "own-check")
REFUSED = ("appeal", "appeal-answer")
FILE = ("stock-read", "stock-apply", "stock-wrong")


def values(space: Any, participant: Any) -> dict[str, Any]:
    """A landlord and its officer, a home, a listing to check, one refused, a file that was read."""
    from traboule.exchanges.housing.actions import checking
    from traboule.exchanges.housing.tests.factories import (
        make_check,
        make_dwelling,
        make_landlord,
        make_officer,
        make_sent,
    )

    landlord = make_landlord(space)
    make_officer(landlord)
    refused = make_check(make_dwelling(landlord))
    checking.refuse(check=refused, by=make_officer(landlord), grounds=["notice-given"])
    checking.appeal(check=refused, by=refused.listing.tenant, words="Je reste.")
    waiting = make_check(make_dwelling(landlord))
    sent = make_sent(landlord)
    return {
        **{f"housing:{name} pk": landlord.pk for name in LANDLORD},
        **{f"housing:{name} pk": make_dwelling(landlord).pk for name in HOME},
        **{f"housing:{name} pk": waiting.pk for name in CHECK},
        **{f"housing:{name} pk": refused.pk for name in REFUSED},
        **{f"housing:{name} key": sent.key for name in FILE},
        "housing:officer-remove pk": landlord.officers.order_by("pk")[:1].get().pk,
    }
