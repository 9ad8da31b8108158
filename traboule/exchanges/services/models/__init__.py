"""Who asks and who offers, what is agreed, done, paid, declared and said of it."""

from .after import BLIND_FOR, Answer, Harm, Incident, Policy, Review
from .call_back import CallBack
from .contract import (
    LIVE_CONTRACTS,
    Contract,
    ContractState,
    Ending,
    PaidBy,
    Reason,
    Side,
    Signature,
    SignedBy,
    SigningCode,
    Term,
)
from .declaration import OVER, Declaration, DeclarationState, Service
from .household import Allowance, Household
from .money import (
    LIVE_PAYMENTS,
    NOTHING_TAKEN,
    OVER_PAYMENTS,
    Account,
    Contested,
    Entry,
    Holder,
    Payment,
    PaymentState,
    Posting,
    WebhookEvent,
)
from .offer import LIVE_OFFERS, Offer, OfferState
from .payslip import Payslip
from .request import EndReason, Request, Rhythm, State, Via
from .work import Work, WorkState
from .worker import Worker

__all__ = [
    "BLIND_FOR", "LIVE_CONTRACTS", "LIVE_OFFERS", "LIVE_PAYMENTS",
    "NOTHING_TAKEN", "OVER", "OVER_PAYMENTS",
    "Account", "Allowance", "Answer", "CallBack", "Contested", "Contract", "ContractState",
    "Declaration", "DeclarationState", "EndReason", "Ending", "Entry", "Harm", "Holder",
    "Household", "Incident", "Offer", "OfferState", "PaidBy", "Payment", "PaymentState", "Payslip",
    "Policy", "Posting", "Reason", "Request", "Review", "Rhythm", "Service", "Side", "Signature",
    "SignedBy", "SigningCode", "State", "Term", "Via", "WebhookEvent", "Work", "WorkState",
    "Worker",
]  # fmt: skip
