"""What the stand-in of Stripe remembers, and how it changes; no HTTP here."""

import copy
import secrets
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

Thing = dict[str, Any]

A_DAY = 24 * 3600
HELD_FOR = 7 * A_DAY
ANSWER_IN = 10 * A_DAY
FEE = 2000
"""What a dispute costs, in cents."""
DECLINES = {
    "4000000000000002": ("card_declined", "generic_decline", "Your card was declined."),
    "4000000000009995": (
        "card_declined", "insufficient_funds", "Your card has insufficient funds."
    ),
    "4000000000000069": ("expired_card", "", "Your card has expired."),
}  # fmt: skip
"""Test cards that are refused, as Stripe documents them; any other one pays."""


class Refusal(Exception):  # noqa: N818 - it says what happened.
    """An error of the API, as Stripe writes it."""

    def __init__(self, status: int, message: str, *, code: str = "", type: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.body = {
            "error": {
                "type": type or "invalid_request_error",
                "message": message,
                **({"code": code} if code else {}),
            }
        }


@dataclass
class Books:
    """Sessions, intents, charges, refunds, disputes, accounts, and the events that tell of them."""

    site: str
    here: str = ""
    moved: float = 0
    things: dict[str, Thing] = field(default_factory=dict)
    events: list[Thing] = field(default_factory=list)
    balances: Counter[str] = field(default_factory=Counter)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def now(self) -> int:
        """The stand-in's own clock, in Unix seconds."""
        return int(time.time() + self.moved)

    def move(self, *, days: float) -> None:
        """Let days pass: pages close and holds end."""
        with self.lock:
            self.moved += days * A_DAY
            self.let_go()

    def let_go(self) -> None:
        """Close the pages whose day is over, and let go of cards held too long."""
        for thing in list(self.things.values()):
            if thing["object"] == "checkout.session" and thing["status"] == "open":
                if thing["expires_at"] <= self.now():
                    self._expire(thing)
            elif thing["object"] == "payment_intent" and thing["status"] == "requires_capture":
                card = self.things[thing["latest_charge"]]["payment_method_details"]["card"]
                if card["capture_before"] <= self.now():
                    self._cancel(thing, "automatic")

    def get(self, id: str, kind: str) -> Thing:
        """A thing of that kind. Raises Refusal when there is none."""
        self.let_go()
        thing = self.things.get(id)
        if thing is None or thing["object"] != kind:
            raise Refusal(404, f"No such {kind}: '{id}'", code="resource_missing")
        return thing

    # What the API does

    def open_session(self, asked: Thing) -> Thing:
        """A page where to pay. Raises Refusal for what Stripe would refuse."""
        line = asked.get("line_items", {}).get("0", {})
        cents = int(line.get("price_data", {}).get("unit_amount", 0)) * int(line.get("quantity", 0))
        about = asked.get("payment_intent_data", {})
        to = about.get("transfer_data", {}).get("destination", "")
        if cents < 50:
            raise Refusal(400, "The total amount must be at least €0.50.", code="amount_too_small")
        if self.get(to, "account")["capabilities"]["transfers"] != "active":
            raise Refusal(
                400, "Your destination account needs to have at least one of the following "
                "capabilities enabled: transfers", code="insufficient_capabilities_for_transfer",
            )  # fmt: skip
        id = _new("cs_test")
        return self._keep(
            id=id, object="checkout.session", status="open", payment_status="unpaid",
            amount_total=cents, currency="eur", payment_intent=None,
            client_reference_id=asked.get("client_reference_id"),
            metadata=asked.get("metadata", {}), success_url=asked["success_url"],
            cancel_url=asked.get("cancel_url"), url=f"{self.here}/pay/{id}",
            expires_at=self.now() + A_DAY, name=line["price_data"]["product_data"]["name"],
            intent={
                "capture_method": about.get("capture_method", "automatic"), "to": to,
                "metadata": about.get("metadata", {}),
            },
        )  # fmt: skip

    def expire_session(self, id: str) -> Thing:
        """Close a page. Raises Refusal once it is paid or closed."""
        session = self.get(id, "checkout.session")
        if session["status"] != "open":
            raise Refusal(400, 'Only Checkout Sessions with a status in ["open"] can be expired.')
        return self._expire(session)

    def capture(self, id: str, asked: Thing) -> Thing:
        """Take some of what is held. Raises Refusal when nothing is, or for more."""
        intent = self.get(id, "payment_intent")
        cents = int(asked.get("amount_to_capture") or intent["amount_capturable"])
        if intent["status"] != "requires_capture":
            raise Refusal(
                400, "This PaymentIntent could not be captured because it has a status of "
                f"{intent['status']}.", code="payment_intent_unexpected_state",
            )  # fmt: skip
        if not 0 < cents <= intent["amount_capturable"]:
            raise Refusal(400, "You cannot capture more than is held.", code="amount_too_large")
        self._take(intent, cents)
        return intent

    def cancel(self, id: str, asked: Thing) -> Thing:
        """Let a card go. Raises Refusal once money is taken."""
        intent = self.get(id, "payment_intent")
        if intent["status"] in ("succeeded", "canceled"):
            raise Refusal(
                400, "You cannot cancel this PaymentIntent because it has a status of "
                f"{intent['status']}.", code="payment_intent_unexpected_state",
            )  # fmt: skip
        return self._cancel(intent, asked.get("cancellation_reason", "requested_by_customer"))

    def refund(self, asked: Thing) -> Thing:
        """Give all back. Raises Refusal the second time, and when the account has it no more."""
        id = asked.get("payment_intent", "")
        intent = self.get(id, "payment_intent")
        if intent["status"] != "succeeded":
            raise Refusal(400, "This PaymentIntent does not have a successful charge to refund.")
        charge = self.things[intent["latest_charge"]]
        if any(one["balance_transactions"] and one["status"] != "won" for one in self.disputes(id)):
            raise Refusal(
                400, f"Charge {charge['id']} has been charged back; cannot issue a refund.",
                code="charge_disputed",
            )  # fmt: skip
        if charge["refunded"]:
            raise Refusal(
                400, f"Charge {charge['id']} has already been refunded.",
                code="charge_already_refunded",
            )  # fmt: skip
        cents, account = charge["amount_captured"], intent["transfer_data"]["destination"]
        if asked.get("reverse_transfer") == "true":
            if self.balances[account] < cents:
                raise Refusal(400, "Insufficient funds in account.", code="balance_insufficient")
            self.balances[account] -= cents
        charge.update(refunded=True, amount_refunded=cents)
        made = self._keep(
            id=_new("re"), object="refund", amount=cents, status="succeeded", charge=charge["id"],
            payment_intent=intent["id"], metadata=asked.get("metadata", {}),
        )  # fmt: skip
        self._tell("charge.refunded", charge)
        return made

    def disputes(self, intent: str = "", since: int = 0) -> list[Thing]:
        """Those of a payment, or of all, the last one first."""
        found = [
            one for one in self.things.values()
            if one["object"] == "dispute" and intent in ("", one["payment_intent"])
        ]  # fmt: skip
        return [one for one in reversed(found) if one["created"] >= since]

    def open_account(self, asked: Thing) -> Thing:
        """An account of a worker, that has still to say where its bank is."""
        return self._keep(
            id=_new("acct"), object="account", type=asked.get("type"), payouts_enabled=False,
            details_submitted=False, capabilities={"transfers": "inactive"},
            metadata=asked.get("metadata", {}),
        )  # fmt: skip

    def link(self, asked: Thing) -> Thing:
        """A page, good once, where the worker says it."""
        account = self.get(asked.get("account", ""), "account")
        id = _new("link")
        return self._keep(
            id=id, object="account_link", url=f"{self.here}/account/{id}", account=account["id"],
            return_url=asked["return_url"], expires_at=self.now() + 300,
        )  # fmt: skip

    # What people do on its pages

    def pay(self, id: str, card: str = "4242424242424242") -> Thing:
        """Give a card for a session. Raises Refusal when it is declined; one may try another."""
        session = self.get(id, "checkout.session")
        if session["status"] != "open":
            raise Refusal(400, "This page is closed.")
        intent = self._intent(session)
        if declined := DECLINES.get(card.replace(" ", "")):
            code, reason, message = declined
            intent["last_payment_error"] = {
                "type": "card_error", "code": code, "decline_code": reason, "message": message
            }  # fmt: skip
            self._tell("payment_intent.payment_failed", intent)
            raise Refusal(402, message, code=code, type="card_error")
        charge = self._keep(
            id=_new("ch"), object="charge", amount=intent["amount"], amount_captured=0,
            amount_refunded=0, captured=False, refunded=False, disputed=False,
            payment_intent=intent["id"],
            metadata=intent["metadata"],
            payment_method_details={"card": {"capture_before": self.now() + HELD_FOR}},
        )  # fmt: skip
        intent.update(latest_charge=charge["id"], last_payment_error=None)
        session.update(status="complete", url=None)
        if intent["capture_method"] == "manual":
            intent.update(status="requires_capture", amount_capturable=intent["amount"])
            self._tell("payment_intent.amount_capturable_updated", intent)
        else:
            self._take(intent, intent["amount"])
            session["payment_status"] = "paid"
        self._tell("checkout.session.completed", session)
        return session

    def dispute(self, charge: str, *, warning: bool = False) -> Thing:
        """A holder tells their bank that they did not pay; for a warning, no money moves.

        Raises Refusal for what was not taken, or is already disputed.
        """
        found = self.get(charge, "charge")
        if not found["captured"] or found["disputed"]:
            raise Refusal(400, "This charge cannot be disputed.")
        found["disputed"] = True
        made = self._keep(
            id=_new("du"), object="dispute", amount=found["amount_captured"], currency="eur",
            charge=charge, payment_intent=found["payment_intent"], metadata={},
            status="warning_needs_response" if warning else "needs_response",
            evidence_details={"due_by": self.now() + ANSWER_IN}, balance_transactions=[],
        )  # fmt: skip
        self._tell("charge.dispute.created", made)
        if not warning:
            self._move(made, "funds_withdrawn", -made["amount"], FEE)
        return made

    def settle(self, dispute: str, *, won: bool) -> Thing:
        """The bank decides. Raises Refusal once it has."""
        found = self.get(dispute, "dispute")
        if found["status"] in ("won", "lost", "warning_closed"):
            raise Refusal(400, "This dispute is already closed.")
        if found["status"].startswith("warning"):
            found["status"] = "warning_closed"
        else:
            found["status"] = "won" if won else "lost"
        self._tell("charge.dispute.closed", found)
        if found["status"] == "won":
            self._move(found, "funds_reinstated", found["amount"], 0)
        return found

    def ready(self, account: str) -> None:
        """The worker has said all that is asked."""
        found = self.get(account, "account")
        found.update(
            payouts_enabled=True, details_submitted=True, capabilities={"transfers": "active"}
        )
        self._tell("account.updated", found)

    # What follows

    def _intent(self, session: Thing) -> Thing:
        """The money of a session: made, as Stripe does, when a card is first given."""
        if session["payment_intent"]:
            return self.things[session["payment_intent"]]
        about = session["intent"]
        intent = self._keep(
            id=_new("pi"), object="payment_intent", status="requires_payment_method",
            amount=session["amount_total"], amount_capturable=0, amount_received=0, currency="eur",
            capture_method=about["capture_method"], cancellation_reason=None, latest_charge=None,
            last_payment_error=None, metadata=about["metadata"],
            transfer_data={"destination": about["to"]},
        )  # fmt: skip
        session["payment_intent"] = intent["id"]
        return intent

    def _take(self, intent: Thing, cents: int) -> None:
        charge = self.things[intent["latest_charge"]]
        charge.update(captured=True, amount_captured=cents)
        intent.update(status="succeeded", amount_received=cents, amount_capturable=0)
        self.balances[intent["transfer_data"]["destination"]] += cents
        self._tell("payment_intent.succeeded", intent)

    def _move(self, dispute: Thing, what: str, cents: int, fee: int) -> None:
        """Money between the bank and the platform, whose account is ``""``."""
        self.balances[""] += cents - fee
        dispute["balance_transactions"].append(
            {"id": _new("txn"), "object": "balance_transaction", "amount": cents, "fee": fee,
             "net": cents - fee, "currency": "eur", "type": "adjustment"}
        )  # fmt: skip
        self._tell(f"charge.dispute.{what}", dispute)

    def _cancel(self, intent: Thing, reason: str) -> Thing:
        intent.update(status="canceled", cancellation_reason=reason, amount_capturable=0)
        self._tell("payment_intent.canceled", intent)
        return intent

    def _expire(self, session: Thing) -> Thing:
        session.update(status="expired", url=None)
        self._tell("checkout.session.expired", session)
        return session

    def _keep(self, **values: Any) -> Thing:
        self.things[values["id"]] = {**values, "created": self.now(), "livemode": False}
        return self.things[values["id"]]

    def _tell(self, kind: str, thing: Thing) -> None:
        self.events.append(
            {
                "id": _new("evt"),
                "object": "event",
                "type": kind,
                "created": self.now(),
                "data": {"object": copy.deepcopy(thing)},
            }
        )


def _new(start: str) -> str:
    return f"{start}_{secrets.token_hex(12)}"
