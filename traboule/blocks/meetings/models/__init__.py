"""Meetings, who is called to them, what is said there, and what becomes of it."""

from .convocation import Convocation, Excuse, Proxy
from .meeting import HouseRules, Item, Meeting, Purpose
from .minutes import ActionPoint, Amendment, Decision, MinutesVersion
from .model import MeetingModel, ModelItem
from .report import YearReport

__all__ = [
    "ActionPoint",
    "Amendment",
    "Convocation",
    "Decision",
    "Excuse",
    "HouseRules",
    "Item",
    "Meeting",
    "MeetingModel",
    "MinutesVersion",
    "ModelItem",
    "Proxy",
    "Purpose",
    "YearReport",
]
