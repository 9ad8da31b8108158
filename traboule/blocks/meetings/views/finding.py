"""What an address of meetings speaks of, for whoever may; a page not found otherwise."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from traboule.kernel.spaces import access
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.rules import can_facilitate, can_read

from ..models import Item, Meeting
from ..rules import can_hold, can_read_minutes, can_see


def space_of(slug: str) -> Space:
    """The space of that name, if it holds meetings."""
    spaces = Space.objects.for_page().filter(
        blocks__key="meetings", blocks__put_away_at__isnull=True
    )
    return get_object_or_404(spaces, initiative__slug=slug)


def space_for(request: HttpRequest, slug: str, may: Callable[[Any, Space], bool]) -> Space:
    """The same, for someone who may."""
    space = space_of(slug)
    if not may(request.user, space):
        raise PermissionDenied
    return space


def team_space(request: HttpRequest, slug: str) -> Space:
    """The same, for those who facilitate it."""
    return space_for(request, slug, can_facilitate)


def reads(request: HttpRequest, space: Space) -> bool:
    """Whether they read what is kept for those who take part, be it with the code of the gate."""
    return can_read(request.user, space) or access.opened(request.session, space)


def _found(slug: str, ref: str) -> Meeting:
    year, _dash, number = ref.partition("-")
    wanted = Q(space__initiative__slug=slug, year=int(year), number=int(number))
    return get_object_or_404(Meeting.objects.for_page(), wanted)


def held_meeting(request: HttpRequest, slug: str, ref: str) -> Meeting:
    """The meeting, for those who prepare it and write it up."""
    meeting = _found(slug, ref)
    if not can_hold(request.user, meeting):
        raise PermissionDenied
    return meeting


def seen_meeting(request: HttpRequest, slug: str, ref: str) -> Meeting:
    """The meeting, for whoever may know that it takes place."""
    meeting = _found(slug, ref)
    announced = meeting.state != Meeting.State.PREPARING
    if not (can_see(request.user, meeting) or (announced and reads(request, meeting.space))):
        raise Http404
    return meeting


def read_meeting(request: HttpRequest, slug: str, ref: str) -> Meeting:
    """The meeting, for whoever may read its minutes."""
    meeting = _found(slug, ref)
    if not can_read_minutes(request.user, meeting):
        raise Http404
    return meeting


def item_of(meeting: Meeting, pk: int) -> Item:
    """A point of the meeting."""
    item: Item = get_object_or_404(meeting.items.select_related("presenter"), pk=pk)
    item.meeting = meeting
    return item
