"""Small plausible meetings to test with."""

import datetime
from typing import Any

from django.utils import timezone

from traboule.blocks.agenda.actions.signups import sign_up
from traboule.blocks.agenda.models import Event
from traboule.blocks.agenda.tests.factories import make_event, past_event, present
from traboule.blocks.meetings.actions import approving, convening, preparing, writing
from traboule.blocks.meetings.models import Item, Meeting
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.tests.factories import make_space

SUMMARY = "La salle est ouverte le jeudi.\nUn banc est demandé à la mairie."


def council() -> Space:
    """The space of a citizen council."""
    return make_space(blocks=("agenda", "meetings"), sheet={"title": "Le conseil citoyen"})


def make_meeting(space: Space, *, by: Person, event: Event | None = None, **fields: Any) -> Meeting:
    """A meeting next week with a point on its agenda."""
    event = event or make_event(space, title="Réunion de janvier", kind="meeting")
    meeting = preparing.prepare(event=event, by=by)
    Meeting.objects.filter(pk=meeting.pk).update(**fields)
    preparing.add_item(meeting=meeting, by=by, title="Le banc du square", duration=20)
    return again(meeting)


def convened(space: Space, *, by: Person, audience: str = "roll", **fields: Any) -> Meeting:
    """A meeting to which everyone of the space is called."""
    meeting = make_meeting(space, by=by, **fields)
    convening.convene(meeting=meeting, audience=audience, text="", is_statutory=True, by=by)
    return again(meeting)


def held(space: Space, *people: Person, by: Person, days_ago: int = 0) -> Meeting:
    """A meeting at which these people were, its draft begun."""
    event = past_event(space, title="Réunion de décembre", kind="meeting")
    if days_ago:
        start = timezone.now() - datetime.timedelta(days=days_ago)
        Event.objects.filter(pk=event.pk).update(
            starts_at=start, ends_at=start + datetime.timedelta(hours=2)
        )
        event.refresh_from_db()
    meeting = make_meeting(space, by=by, event=event)
    if people:
        present(event, *people)
    writing.hold(meeting=meeting, by=by)
    writing.draft(meeting=meeting, by=by)
    return again(meeting)


def to_amend(space: Space, *people: Person, by: Person, days_ago: int = 0) -> Meeting:
    """The same, whose draft those who were there read again, with a decision."""
    meeting = held(space, *people, by=by, days_ago=days_ago)
    item = only_item(meeting)
    notes = {item.pk: "On parle du banc. Il est cassé."}
    writing.write(meeting=meeting, by=by, opening=meeting.opening, summary=SUMMARY, notes=notes)
    writing.decide(item=item, text="Demander un banc à la mairie.", by=by)
    until = timezone.localdate() + datetime.timedelta(days=5)
    approving.open_to_amendments(meeting=meeting, until=until, by=by)
    return again(meeting)


def published(space: Space, *people: Person, by: Person, days_ago: int = 0) -> Meeting:
    """The same, approved and published."""
    meeting = to_amend(space, *people, by=by, days_ago=days_ago)
    approving.adopt(meeting=meeting, on=timezone.localdate(), how="par consensus", by=by)
    approving.publish(meeting=meeting, by=by)
    return again(meeting)


def only_item(meeting: Meeting) -> Item:
    """The point of its agenda that is not an approval."""
    return meeting.items.select_related("meeting").get(approves=None)


def comes(meeting: Meeting, person: Person) -> None:
    """The person says that they come."""
    sign_up(event=meeting.event, person=person, by=person)


def again(meeting: Meeting) -> Meeting:
    """The meeting as it stands now."""
    return Meeting.objects.for_page().get(pk=meeting.pk)
