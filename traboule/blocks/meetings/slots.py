"""What meetings show on pages that do not know them: the space's front page, and mine."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from traboule.blocks.agenda.models import Signup
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space

from .models import ActionPoint, Meeting
from .rules import can_amend, can_reply, can_see

MINE_SHOWN = 10
ASKED_SHOWN = 3


def draw_next(request: HttpRequest, space: Space) -> str:
    """The next meeting and what it will speak of."""
    if not _uses_meetings(space):
        return ""
    meetings = Meeting.objects.filter(space=space).for_page().upcoming()
    meeting = meetings.exclude(state=Meeting.State.PREPARING).first()
    if meeting is None or not can_see(request.user, meeting):
        return ""
    items = list(meeting.items.order_by("position", "pk"))
    context = {"meeting": meeting, "items": items, "space": space}
    return render_to_string("meetings/_space_next.html", context)


def draw_asked(request: HttpRequest, space: Space) -> str:
    """Whether they come, and minutes to read again."""
    if not (isinstance(request.user, Person) and _uses_meetings(space)):
        return ""
    context = {
        "space": space,
        "to_answer": _to_answer(request.user, space),
        "to_amend": [one for one in _open_drafts(space) if can_amend(request.user, one)],
    }
    if not (context["to_answer"] or context["to_amend"]):
        return ""
    return render_to_string("meetings/_space_asked.html", context, request)


def _to_answer(person: Person, space: Space) -> list[Meeting]:
    """Meetings to which this person has not said whether they come."""
    coming = Signup.objects.live().filter(person=person, event__space=space)
    meetings = Meeting.objects.filter(space=space, state=Meeting.State.CONVENED).for_page()
    waiting = meetings.upcoming().exclude(event__in=coming.values("event"))
    unsaid = waiting.exclude(excuses__person=person)[:ASKED_SHOWN]
    return [one for one in unsaid if can_reply(person, one) and not one.has_begun]


def _open_drafts(space: Space) -> list[Meeting]:
    drafts = Meeting.objects.filter(
        space=space, state=Meeting.State.AMENDING, amend_until__gte=timezone.localdate()
    )
    return list(drafts.for_page().order_by("amend_until", "pk")[:ASKED_SHOWN])


def draw_mine(request: HttpRequest, person: Person) -> str:
    """What this person said they would do, at meetings of any space."""
    actions = ActionPoint.objects.for_listing().to_do().filter(
        owner=person, item__meeting__space__closed_at__isnull=True
    )  # fmt: skip
    shown = list(actions[:MINE_SHOWN])
    if not shown:
        return ""
    return render_to_string("meetings/_mine.html", {"actions": shown}, request)


def _uses_meetings(space: Space) -> bool:
    return any(block.key == "meetings" for block in space.open_blocks)
