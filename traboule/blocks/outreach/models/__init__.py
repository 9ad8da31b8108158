from .action import NextAction
from .contact import Contact, StageChange, Suppression
from .exchange import Exchange, ExchangeKind, Outcome
from .gathering import ContactImport, Segment
from .message import Message, MessageTemplate
from .naming import ActionKind, Need, PaceStep, Stage
from .plan import FollowUp, FollowUpStep, Plan, PlanStep

__all__ = [
    "ActionKind",
    "Contact",
    "ContactImport",
    "Exchange",
    "ExchangeKind",
    "FollowUp",
    "FollowUpStep",
    "Message",
    "MessageTemplate",
    "Need",
    "NextAction",
    "Outcome",
    "PaceStep",
    "Plan",
    "PlanStep",
    "Segment",
    "Stage",
    "StageChange",
    "Suppression",
]
