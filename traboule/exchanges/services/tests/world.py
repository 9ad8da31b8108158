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
        **declaring(space),
        **{f"services:{name} code": asked.code for name in REQUEST},
        **{f"services:{name} pk": sent.pk for name in OFFER},
    }


DECLARATION = ("declaration", "declaration-file", "declaration-copied", "declaration-act")
HOUSEHOLD = ("mandate", "mandate-end", "mandate-pdf", "advance", "advance-look",
             "household-statement")  # fmt: skip
YEARLY = ("household-statement", "worker-statement", "statements-to-post")
ENDED = ("contract-papers", "contract-paper")


def declaring(space: Any) -> dict[str, Any]:
    """A contract that ended, its declaration, of a household that has a letter box."""
    from traboule.exchanges.services.actions import declarations
    from traboule.exchanges.services.tests.slips import make_ended, make_month, make_signed
    from traboule.kernel.people.models import Channel

    contract = make_signed(space, employer="Odette Roux", name="Luc Favre")
    household = contract.household
    Channel.objects.create(person=household.person, kind="post", value="3 rue des Lilas\n38100 X")
    made = declarations.prepare(payslip=make_month(make_ended(contract)), by=None)
    return {
        **{f"services:{name} pk": made.pk for name in DECLARATION},
        **{f"services:{name} pk": household.pk for name in HOUSEHOLD},
        **{f"services:{name} year": 2026 for name in YEARLY},
        **{f"services:{name} code": contract.code for name in ENDED},
        "services:worker-statement pk": contract.worker_id,
        "services:declaration-file kind": "csv",
        "services:declaration-act act": "encore",
        "services:contract-paper kind": "certificat",
    }
