"""What the agenda shows on pages that do not know it: the space's front page, mine, a person's."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from traboule.kernel.people import cards
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Participation, Role, Space
from traboule.kernel.spaces.rules import can_facilitate

from .invitations import open_for
from .models import Event, Signup, Watch
from .models.event import DOORS_OPEN, EventQuerySet
from .models.signup import SignupQuerySet
from .nearby import own_signups
from .views.finding import reads

NEXT_SHOWN = 3
MINE_SHOWN = 20
DRAFTS_SHOWN = 5


def draw_next(request: HttpRequest, space: Space) -> str:
    """The next dates of a space, and the way to all of them."""
    if not _uses_agenda(space):
        return ""
    visible = space.events.announced() if reads(request, space) else space.events.public()
    events = list(visible.gatherings().upcoming().for_listing()[:NEXT_SHOWN])
    if not events:
        return ""
    return render_to_string("agenda/_space_next.html", {"events": events, "space": space})


def draw_asked(request: HttpRequest, space: Space) -> str:
    """Invitations to answer, places in line, and for those who facilitate, dates to confirm."""
    if not (isinstance(request.user, Person) and _uses_agenda(space)):
        return ""
    asked = Signup.objects.waiting().filter(person=request.user)
    waiting = _to_come(asked).filter(event__space=space)
    facilitates = can_facilitate(request.user, space)
    drafts: EventQuerySet = space.events.filter(state=Event.State.DRAFT).gatherings()
    context = {
        "space": space,
        "invitations": _of_space(open_for(request.user), space),
        "waiting": list(waiting.with_place_in_line()),
        "drafts": list(drafts.upcoming()[:DRAFTS_SHOWN]) if facilitates else [],
    }
    if not (context["invitations"] or context["waiting"] or context["drafts"]):
        return ""
    return render_to_string("agenda/_space_asked.html", context, request)


def draw_mine(request: HttpRequest, person: Person) -> str:
    """Where the person is expected, and those for whom they answer."""
    signups = list(_to_come(own_signups(person))[:MINE_SHOWN])
    if not signups:
        return ""
    return render_to_string("agenda/_mine.html", {"signups": signups, "person": person})


def draw_of_person(request: HttpRequest, participation: Participation) -> str:
    """Where someone of the space is expected, for those who facilitate it."""
    space = participation.space
    if not _uses_agenda(space):
        return ""
    theirs = Signup.objects.live().filter(person=participation.person)
    signups = list(_to_come(theirs).filter(event__space=space)[:MINE_SHOWN])
    context = {"signups": signups, "person": participation.person, "space": space}
    context["watches"] = Watch.objects.filter(space=space, person=participation.person).exists()
    return render_to_string("agenda/_of_person.html", context, request)


def draw_scanned(request: HttpRequest, token: str) -> str:
    """Who a scanned card is of, for those who hold a session now: one tap says that they came."""
    if not isinstance(request.user, Person):
        return ""
    person = cards.person_of_token(token)
    theirs = Participation.objects.current().at_least(Role.FACILITATOR).filter(person=request.user)
    now = timezone.now()
    events = (
        Event.objects.open()
        .gatherings()
        .for_page()
        .filter(
            space__in=theirs.values("space"),
            starts_at__lte=now + DOORS_OPEN,
            ends_at__gte=now - DOORS_OPEN,
        )
    )
    shown = list(events.order_by("starts_at", "pk")[:NEXT_SHOWN]) if person else []
    if not shown:
        return ""
    context = {"person": person, "events": shown, "token": token}
    return render_to_string("agenda/_card_scanned.html", context, request)


def _to_come(signups: SignupQuerySet) -> SignupQuerySet:
    """Those of these sign-ups that are for what is not over, the nearest first."""
    return (
        signups.filter(event__ends_at__gte=timezone.now())
        .exclude(event__state=Event.State.CANCELLED)
        .select_related("person", "event__space__initiative__commune")
        .order_by("event__starts_at", "pk")
    )


def _of_space(notices: list[Any], space: Space) -> list[tuple[Any, Event]]:
    """Those of the space's own dates to come, each with its date."""
    events = space.events.open().upcoming().in_bulk([one.data["event"] for one in notices])
    return [(one, events[one.data["event"]]) for one in notices if one.data["event"] in events]


def _uses_agenda(space: Space) -> bool:
    return any(block.key == "agenda" for block in space.open_blocks)
