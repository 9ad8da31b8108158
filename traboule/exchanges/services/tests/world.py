from typing import Any

OFFER = ("choose", "decline", "withdraw")
REQUEST = ("request", "offer", "close")


def values(space: Any, participant: Any) -> dict[str, Any]:
    """A request and an answer to it."""
    from decimal import Decimal

    from traboule.exchanges.services.actions import offers
    from traboule.exchanges.services.tests.factories import (
        make_household,
        make_request,
        make_worker,
    )

    asked = make_request(make_household(space))
    worker = make_worker(space)
    sent = offers.offer(asked=asked, worker=worker, net_hourly=Decimal(13), by=worker.person)
    return {
        **{f"services:{name} code": asked.code for name in REQUEST},
        **{f"services:{name} pk": sent.pk for name in OFFER},
    }
