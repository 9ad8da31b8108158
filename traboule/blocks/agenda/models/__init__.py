"""Events and series, who signed up, and who came."""

from .event import Event, Kind, Series
from .feed import PersonalFeed
from .presence import Countersignature, Presence
from .signup import Enrolment, Signup, Via

__all__ = [
    "Countersignature",
    "Enrolment",
    "Event",
    "Kind",
    "PersonalFeed",
    "Presence",
    "Series",
    "Signup",
    "Via",
]
