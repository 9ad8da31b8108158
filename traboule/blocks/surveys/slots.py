"""What surveys show on the pages of a space that do not know them."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from traboule.kernel.people.models import Person
from traboule.kernel.spaces import access
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.rules import can_read

from .first_steps import uses_surveys
from .models import Invitation, Survey

SHOWN = 3


def draw_next(request: HttpRequest, space: Space) -> str:
    """The surveys that one can answer today, invitations apart."""
    if not uses_surveys(space):
        return ""
    open_now = space.surveys.taking_answers().exclude(who=Survey.Who.INVITED)
    if not (can_read(request.user, space) or access.opened(request.session, space)):
        open_now = open_now.filter(who=Survey.Who.ANYONE)
    surveys = list(open_now.order_by("-created_at", "-pk")[:SHOWN])
    return render_to_string("surveys/_space_next.html", {"surveys": surveys}) if surveys else ""


def draw_asked(request: HttpRequest, space: Space) -> str:
    """The surveys to which this person is invited, and has not answered."""
    if not (isinstance(request.user, Person) and uses_surveys(space)):
        return ""
    mine = Invitation.objects.unused().filter(
        person=request.user, survey__in=space.surveys.taking_answers()
    )
    invitations = list(mine.select_related("survey").order_by("-pk")[:SHOWN])
    if not invitations:
        return ""
    return render_to_string("surveys/_space_asked.html", {"invitations": invitations}, request)
