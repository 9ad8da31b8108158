"""Landlords and their stock, households' listings and wishes, contacts, exchanges, their files."""

from .check import Check, Ground, Outcome
from .contact import Interest, InterestState, Verdict, Visit, VisitState
from .dwelling import FEATURES, Dwelling, Feature, Financing, Heating, Kind
from .file import Decision, DecisionState, Milestone, Piece, PieceKind, Refusal, Step
from .finding import Favourite, SavedSearch
from .landlord import Landlord, Officer
from .listing import LIVE, Listing, ListingPhoto, Reason, Room, Screen, State, Via
from .run import Part, Run
from .swap import BINDING, Answer, Move, Origin, Swap, SwapState
from .wish import Need, Wish, WishPlace

__all__ = [
    "Answer", "Check", "DecisionState", "Dwelling", "Feature", "Financing", "Ground", "Heating",
    "InterestState", "KindBINDING", "Listing", "ListingPhoto", "Milestone", "Move", "OfficerLIVE",
    "OriginDecision", "OutcomeInterest", "Piece", "PieceKind", "Reason", "Refusal", "Room",
    "RunNeed", "SavedSearchLandlord", "Screen", "State", "StepFavourite", "Swap", "SwapState",
    "Verdict", "ViaPart", "Visit", "VisitStateFEATURES", "Wish", "WishPlace",
]  # fmt: skip
