"""Stripe, without any of its scripts on our pages: people pay, and open accounts, on its own.

A payment is a Checkout Session whose sum is held on the card (manual capture) and, once taken, goes
straight to the worker's own account (destination charge): wages never sit in the association's.
What Stripe tells us is believed for its number only: how things stand is then asked.
"""

import datetime
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Contested, Payment, PaymentState, Worker
from .provider import Contest, Impossible, Seen, Unreachable

if TYPE_CHECKING:
    from stripe import StripeClient

TOLERANCE = 5 * 60
"""Seconds after which a signed event is too old to be believed."""
SECONDS = (4, 15)
"""To reach it, and for it to answer."""
HOLDS_FOR = datetime.timedelta(days=7)
LET_GO_BY_ITSELF = ("automatic", "expired")
OPEN = (
    "warning_needs_response", "warning_under_review", "needs_response", "under_review",
)  # fmt: skip
"""How a dispute stands that is not over; a warning is one for which no money has moved."""
TO_ANSWER = ("warning_needs_response", "needs_response")


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened there: ``payment`` is our key of it, ``account`` a worker's there.

    A dispute is known by its number there only.
    """

    id: str
    kind: str
    payment: str = ""
    account: str = ""
    dispute: str = ""


class Stripe:
    """The provider of cards; ``url`` is another address than Stripe's own, for the stand-in."""

    def __init__(self, *, key: str, url: str, site: str) -> None:
        self._site = site
        self._client = _client(key, url)

    def ask(self, payment: Payment) -> Seen:
        """Open the page where the card is asked for; open a day. The same for the same key."""
        with _told():
            session = self._client.v1.checkout.sessions.create(
                params=self._asked(payment), options={"idempotency_key": f"{payment.key}-ask"}
            )
        return _seen(session.to_dict())

    def look(self, payment: Payment) -> Seen:
        """Read the session, its money, and whether that is disputed."""
        session = self._session(payment)
        return replace(_seen(session), contest=self._contest(session))

    def take(self, payment: Payment, *, cents: int) -> Seen:
        """Capture; the rest of what is held goes back to the card."""
        intent = self._session(payment)["payment_intent"]
        if intent["status"] == "requires_capture":
            with _told():
                self._client.v1.payment_intents.capture(
                    intent["id"], params={"amount_to_capture": cents},
                    options={"idempotency_key": f"{payment.key}-take"},
                )  # fmt: skip
        return self.look(payment)

    def cancel(self, payment: Payment) -> Seen:
        """Close the page, or let the card go; what was taken meanwhile is seen as taken."""
        session = self._session(payment)
        intent = session["payment_intent"]
        with _told():
            if session["status"] == "open":
                self._client.v1.checkout.sessions.expire(session["id"])
            elif intent and intent["status"] == "requires_capture":
                self._client.v1.payment_intents.cancel(
                    intent["id"], options={"idempotency_key": f"{payment.key}-cancel"}
                )
        return self.look(payment)

    def refund(self, payment: Payment) -> Seen:
        """Give all back, and take it back from the worker's account.

        All of a payment can be given back once only. Refused for want of money there, it is asked
        again the next day: an answer stays the same for its key.
        """
        seen = self.look(payment)
        if seen.state != PaymentState.PAID:
            return seen
        with _told():
            self._client.v1.refunds.create(
                params={
                    "payment_intent": self._session(payment)["payment_intent"]["id"],
                    "reverse_transfer": True,
                    "metadata": {"payment": str(payment.key)},
                },
                options={"idempotency_key": f"{payment.key}-refund-{timezone.localdate()}"},
            )
        return self.look(payment)

    def payment_of(self, dispute: str) -> str:
        """Our key of the payment that a dispute is about."""
        with _told():
            found = self._client.v1.disputes.retrieve(
                dispute, params={"expand": ["payment_intent"]}
            )
        return _key_of(found.to_dict())

    def contested_since(self, moment: datetime.datetime) -> list[str]:
        """Our keys of the payments disputed since then: an event may never have come."""
        with _told():
            found = self._client.v1.disputes.list(
                params={
                    "created": {"gte": int(moment.timestamp())},
                    "expand": ["data.payment_intent"],
                    "limit": 100,
                }
            )
        return [_key_of(one) for one in found.to_dict()["data"]]

    def open_account(self, worker: Worker) -> str:
        """The number of a new account where a worker is paid; the same for the same worker."""
        with _told():
            account = self._client.v1.accounts.create(
                params={
                    "type": "express",
                    "country": "FR",
                    "business_type": "individual",
                    "capabilities": {"transfers": {"requested": True}},
                    "metadata": {"worker": str(worker.pk)},
                },
                options={"idempotency_key": f"worker-{worker.pk}"},
            )
        return str(account.id)

    def account_page(self, worker: Worker, *, back: str) -> str:
        """Where the worker says who they are and where their bank is; good once, for minutes."""
        with _told():
            link = self._client.v1.account_links.create(
                params={
                    "account": worker.stripe_account,
                    "type": "account_onboarding",
                    "refresh_url": self._site + back,
                    "return_url": self._site + back,
                }
            )
        return str(link.url)

    def is_ready(self, worker: Worker) -> bool:
        """Whether money may go to the worker's account, and out of it."""
        with _told():
            account = self._client.v1.accounts.retrieve(worker.stripe_account).to_dict()
        transfers = account.get("capabilities", {}).get("transfers")
        return transfers == "active" and bool(account.get("payouts_enabled"))

    def _session(self, payment: Payment) -> dict[str, Any]:
        with _told():
            found = self._client.v1.checkout.sessions.retrieve(
                payment.remote_id, params={"expand": ["payment_intent.latest_charge"]}
            )
        return found.to_dict()

    def _contest(self, session: dict[str, Any]) -> Contest | None:
        intent = session.get("payment_intent") or {}
        if not (intent.get("latest_charge") or {}).get("disputed"):
            return None
        with _told():
            found = self._client.v1.disputes.list(params={"payment_intent": intent["id"]})
        return _contest_of(found.to_dict()["data"])

    def _asked(self, payment: Payment) -> Any:
        """Made of what never changes: an answer is the same for its key only if what is asked is.

        The same words in every language, for whoever asks again may speak another.
        """
        known = {"payment": str(payment.key)}
        contract = payment.contract
        back = self._site + reverse(
            "services:payment", args=[contract.household.space.slug, payment.key]
        )
        return {
            "mode": "payment",
            "payment_method_types": ["card"],
            "line_items": [
                {
                    "quantity": 1,
                    "price_data": {
                        "currency": "eur",
                        "unit_amount": payment.cents,
                        "product_data": {"name": f"{contract.job} · {contract.code}"},
                    },
                }
            ],
            "payment_intent_data": {
                "capture_method": "manual",
                "transfer_data": {"destination": contract.worker.stripe_account},
                "metadata": known,
            },
            "metadata": known,
            "client_reference_id": str(payment.key),
            "success_url": back,
            "cancel_url": back,
        }


def read_event(body: bytes, signature: str, *, secrets: Iterable[str]) -> Event | None:
    """What Stripe tells us; nothing when it did not sign this, or more than five minutes ago.

    It has a secret for what happens to us, and another for what happens to workers' accounts.
    """
    if not any(_is_signed(body, signature, secret) for secret in secrets):
        return None
    try:
        told = json.loads(body)
        about = told["data"]["object"]
        known = about.get("metadata") or {}
        return Event(
            id=str(told["id"])[:80],
            kind=str(told["type"])[:80],
            payment=str(known.get("payment", "")),
            account=str(about["id"]) if about.get("object") == "account" else "",
            dispute=str(about["id"]) if about.get("object") == "dispute" else "",
        )
    except (ValueError, LookupError, TypeError, AttributeError):
        return None


def _is_signed(body: bytes, signature: str, secret: str) -> bool:
    import stripe  # Only where cards are used: it takes a second to load.

    try:
        return stripe.WebhookSignature.verify_header(body, signature, secret, TOLERANCE)
    except (stripe.SignatureVerificationError, UnicodeDecodeError):
        return False


@lru_cache(maxsize=2)
def _client(key: str, url: str) -> "StripeClient":
    """One for all calls: it keeps its connections, one a thread."""
    import stripe  # As above.

    return stripe.StripeClient(
        key,
        base_addresses={"api": url} if url else None,
        max_network_retries=1,
        http_client=stripe.RequestsClient(timeout=SECONDS),
    )


@contextmanager
def _told() -> Iterator[None]:
    """Its refusals in our words."""
    import stripe  # As above.

    refusals = (stripe.InvalidRequestError, stripe.CardError, stripe.IdempotencyError)
    try:
        yield
    except refusals as refusal:
        raise Impossible(refusal.user_message or refusal.code or "") from refusal
    except stripe.StripeError as problem:
        raise Unreachable(str(problem.user_message or type(problem).__name__)) from problem


def _seen(session: dict[str, Any]) -> Seen:
    intent = session.get("payment_intent") or {}
    known = {"remote_id": session["id"], "page": session.get("url") or ""}
    charge = intent.get("latest_charge") or {}
    match intent.get("status"):
        case "requires_capture":
            return Seen(state=PaymentState.HELD, held_until=_until(charge), **known)
        case "succeeded":
            state = PaymentState.REFUNDED if charge.get("refunded") else PaymentState.PAID
            return Seen(state=state, taken=intent["amount_received"], **known)
        case "canceled":
            late = intent.get("cancellation_reason") in LET_GO_BY_ITSELF
            return Seen(state=PaymentState.EXPIRED if late else PaymentState.CANCELLED, **known)
    if session["status"] == "expired":
        return Seen(state=PaymentState.EXPIRED, **known)
    problem = _why_declined(intent.get("last_payment_error"))
    return Seen(state=PaymentState.ASKED, problem=problem, **known)


def _key_of(dispute: dict[str, Any]) -> str:
    return str((dispute["payment_intent"] or {}).get("metadata", {}).get("payment", ""))


def _contest_of(disputes: list[dict[str, Any]]) -> Contest | None:
    """All that was disputed of a payment; mostly once, and the last one says how it stands.

    The fee of a dispute is the association's, as are all of Stripe's.
    """
    if not disputes:
        return None
    last = max(disputes, key=lambda one: one["created"])
    status, due_by = last["status"], last["evidence_details"]["due_by"]
    answer = due_by if status in TO_ANSWER else None
    over = Contested.LOST if status == "lost" else Contested.WON
    return Contest(
        id=last["id"],
        state=Contested.OPEN if status in OPEN else over,
        cents=last["amount"],
        moves={
            move["id"]: move["amount"] for one in disputes for move in one["balance_transactions"]
        },
        answer_by=datetime.datetime.fromtimestamp(answer, datetime.UTC) if answer else None,
    )


def _why_declined(error: dict[str, Any] | None) -> str:
    """In our words; the card may be tried again, or another."""
    if not error:
        return ""
    if error.get("decline_code") == "insufficient_funds":
        return _("Il n’y a pas assez sur cette carte. Essayez-en une autre.")
    if error.get("code") == "expired_card":
        return _("Cette carte est périmée. Essayez-en une autre.")
    return _("La carte a été refusée. Essayez-en une autre.")


def _until(charge: dict[str, Any]) -> datetime.datetime:
    """Until when the card is held: its own bank may say less than seven days."""
    card = (charge.get("payment_method_details") or {}).get("card") or {}
    begun = datetime.datetime.fromtimestamp(charge["created"], datetime.UTC)
    end = card.get("capture_before")
    return datetime.datetime.fromtimestamp(end, datetime.UTC) if end else begun + HOLDS_FOR
