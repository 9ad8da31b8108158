from typing import Any

OFFER = ("choose", "decline", "withdraw")
REQUEST = ("request", "offer", "close")


def values(space: Any, participant: Any) -> dict[str, Any]:
    """A request and an answer to it, one begun, and somebody to call back."""
    from decimal import Decimal

    from traboule.exchanges.services.actions import calls, offers, requests
    from traboule.exchanges.services.tests.factories import (
        make_household,
        make_request,
        make_worker,
    )

    household = make_household(space)
    asked = make_request(household)
    begun = requests.begin(household=household, kind="company", by=household.person)
    worker = make_worker(space)
    sent = offers.offer(asked=asked, worker=worker, net_hourly=Decimal(13), by=worker.person)
    waiting = calls.ask_for_call(space=space, number="+33612345678", person=None)
    agreed = contract_values(space)
    return {
        **agreed,
        **paying_values(space),
        **declaring(space),
        **{f"services:{name} code": asked.code for name in REQUEST},
        **{f"services:{name} pk": sent.pk for name in OFFER},
        "services:ask-step code": begun.code,
        "services:ask-step step": "quoi",
        "services:read-back code": begun.code,
        "services:called pk": waiting.pk,
        "services:caller public_id": household.person.public_id,
        "services:worker pk": worker.pk,
    }


CONTRACT = (
    "contract", "contract-pdf", "sign", "send-code", "sign-on-paper", "regularise", "amend",
    "cancel-contract", "end-contract", "enter-hours", "make-payslip", "reviews", "write-review",
    "certificate", "tell-incident",
)  # fmt: skip
WORK = ("confirm-hours", "dispute-hours", "drop-hours", "settle-hours")


def contract_values(space: Any) -> dict[str, Any]:
    """A contract signed by both, hours and a payslip."""
    from traboule.exchanges.services.tests.factories import (
        make_contract,
        make_household,
        make_slip,
        make_worker,
    )

    contract = make_contract(
        space,
        household=make_household(space, "Zohra Amrani"),
        worker=make_worker(space, "Malo Rey"),
    )
    slip = make_slip(contract)
    work = slip.works.get()
    incident, review = after_values(contract)
    return {
        "services:write-contract pk": contract.offer_id,
        "services:close-incident pk": incident.pk,
        "services:reply-review pk": review.pk,
        **{f"services:{name} code": contract.code for name in CONTRACT},
        **{f"services:{name} side": "worker" for name in SIDED},
        **{f"services:{name} pk": work.pk for name in WORK},
        **{f"services:{name} code": slip.code for name in ("payslip", "payslip-pdf")},
    }


def paying_values(space: Any) -> dict[str, Any]:
    """A payslip to pay, and a payment of it that went wrong."""
    from traboule.exchanges.services.tests.paying import make_payment, make_signed, make_slip

    contract = make_signed(space)
    slip = make_slip(contract)
    payment = make_payment(slip, state="failed", problem="La carte a été refusée.")
    return {
        "services:hold code": contract.code,
        **{
            f"services:{name} code": slip.code
            for name in ("pay", "pay-by-card", "say-paid", "say-received")
        },
        **{
            f"services:{name} key": payment.key
            for name in (
                "payment",
                "payment-check",
                "payment-refund",
                "payment-right",
                "payment-given-back",
            )
        },
    }


SIDED = ("sign", "send-code", "enter-hours", "write-review", "tell-incident")


def after_values(contract: Any) -> Any:
    """Something that went wrong, and what both say."""
    from django.utils import timezone

    from traboule.exchanges.services.actions import after
    from traboule.exchanges.services.models import Harm, Side

    person = contract.household.person
    incident = after.tell_incident(
        contract=contract, side=Side.HOUSEHOLD, harm=Harm.DAMAGE, on=timezone.localdate(),
        words="Un vase.", by=person,
    )  # fmt: skip
    yes = {"on_time": "yes", "as_agreed": "yes", "again": "yes"}
    for side in Side:
        review = after.write_review(contract=contract, side=side, by=person, **yes)
    return incident, review


DECLARATION = ("declaration", "declaration-file", "declaration-copied", "declaration-act")
HOUSEHOLD = ("mandate", "mandate-end", "mandate-pdf", "advance", "advance-look", "aids",
             "household-statement")  # fmt: skip
WORKER = ("worker-statement", "earnings", "earnings-check")
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
        **{f"services:{name} pk": contract.worker_id for name in WORKER},
        "services:declaration-file kind": "csv",
        "services:declaration-act act": "encore",
        "services:contract-paper kind": "certificat",
    }
