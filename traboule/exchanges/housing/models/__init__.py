"""Landlords and their stock, households' listings and wishes, contacts, exchanges, their files."""

from .check import Check, Ground, Outcome
from .contact import Interest, InterestState, Verdict, Visit, VisitState
from .dwelling import FEATURES, Dwelling, Feature, Financing, Heating, Kind
from .file import Decision, DecisionState, Milestone, Piece, PieceKind, Refusal, Step
from .finding import Favourite, SavedSearch
from .landlord import Landlord, Officer
from .listing import LIVE, EndReason, Listing, ListingPhoto, Reason, Room, Screen, State, Via
from .run import Part, Run
from .stock_import import Stage, StockImport
from .swap import BINDING, Answer, Move, Origin, Swap, SwapState
from .wish import Need, Wish, WishPlace

__all__ = [
    "Answer", "BINDING", "Check", "Decision", "DecisionState", "Dwelling",
    "EndReason", "FEATURES", "Favourite", "Feature", "Financing", "Ground", "Heating", "Interest", "InterestState", "Kind",
    "LIVE", "Landlord", "Listing", "ListingPhoto", "Milestone", "Move", "Need", "Officer",
    "Origin", "Outcome", "Part", "Piece", "PieceKind", "Reason", "Refusal", "Room", "Run",
    "SavedSearch", "Screen", "Stage", "State", "Step", "StockImport", "Swap", "SwapState", "Verdict",
    "Via", "Visit", "VisitState", "Wish", "WishPlace",
]  # fmt: skip
