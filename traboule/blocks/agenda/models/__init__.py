"""Events and series, who signed up, and who came."""

from .event import Event, Kind, Series
from .feed import PersonalFeed
from .poll import DatePoll, PollAnswer, PollDate, PollVote
from .presence import Countersignature, Presence
from .signup import Enrolment, Signup, Via
from .watch import Watch

__all__ = [
    "Countersignature",
    "DatePoll",
    "Enrolment",
    "Event",
    "Kind",
    "PersonalFeed",
    "PollAnswer",
    "PollDate",
    "PollVote",
    "Presence",
    "Series",
    "Signup",
    "Via",
    "Watch",
]
