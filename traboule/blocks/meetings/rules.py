"""Who may do what with meetings and their minutes."""

from typing import TYPE_CHECKING

from django.utils import timezone

from traboule.blocks.agenda.models import Presence
from traboule.blocks.agenda.rules import can_see as can_see_event
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.rules import can_facilitate, can_read, can_take_part

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from .models import ActionPoint, Meeting


def can_hold(person: "Person | AnonymousUser", meeting: "Meeting") -> bool:
    """Whether they prepare, convene, write and publish."""
    return can_facilitate(person, meeting.space)


def can_see(person: "Person | AnonymousUser", meeting: "Meeting") -> bool:
    """Whether they may read that the meeting takes place, and its agenda."""
    if can_hold(person, meeting):
        return True
    if meeting.state == meeting.State.PREPARING:
        return False
    return can_see_event(person, meeting.event) or can_read_minutes(person, meeting)


def can_read_minutes(person: "Person | AnonymousUser", meeting: "Meeting") -> bool:
    """Whether they may read the minutes: anyone once published, before that whoever has a part.

    A draft being written is read by those who write it; once it is open to amendments, by the
    members and by whoever was there.
    """
    if can_hold(person, meeting):
        return meeting.is_written
    if meeting.state == meeting.State.PUBLISHED:
        return meeting.space.initiative.published_at is not None or can_read(person, meeting.space)
    if meeting.state in {meeting.State.AMENDING, meeting.State.ADOPTED}:
        return can_take_part(person, meeting.space) or took_part(person, meeting)
    return False


def took_part(person: "Person | AnonymousUser", meeting: "Meeting") -> bool:
    """Whether they were there, or had their voice carried."""
    if not isinstance(person, Person):
        return False
    there = Presence.objects.current().came().filter(event=meeting.event_id, person=person)
    return there.exists() or meeting.proxies.filter(giver=person, withdrawn_at=None).exists()


def can_amend(person: "Person | AnonymousUser", meeting: "Meeting") -> bool:
    """Whether they may ask today for a change to the minutes."""
    return meeting.takes_amendments and (can_hold(person, meeting) or took_part(person, meeting))


def can_reply(person: "Person | AnonymousUser", meeting: "Meeting") -> bool:
    """Whether they are of those who are asked to come."""
    return can_take_part(person, meeting.space) and meeting.state == meeting.State.CONVENED


def can_finish(person: "Person | AnonymousUser", action: "ActionPoint") -> bool:
    """Whether they may say that it is done: whoever sees to it, or the team."""
    mine = isinstance(person, Person) and action.owner_id == person.pk
    return mine or can_hold(person, action.item.meeting)


def is_late(meeting: "Meeting", notice_days: int) -> bool:
    """Whether convening now leaves less time than the rules of the house ask for."""
    return (meeting.day - timezone.localdate()).days < notice_days
