"""What outreach shows on the pages of others."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Participation, Space
from traboule.kernel.spaces.rules import can_facilitate

from .models import Contact, FollowUp


def draw_of_person(request: HttpRequest, participation: Participation) -> str:
    """The file of someone of the space, for those who facilitate it."""
    space = participation.space
    if not (uses_outreach(space) and can_facilitate(request.user, space)):
        return ""
    files = Contact.objects.live().filter(space=space, person=participation.person)
    contact = files.select_related("stage", "owner").first()
    context = {"contact": contact, "person": participation.person, "space": space}
    return render_to_string("outreach/_of_person.html", context, request)


def draw_mine(request: HttpRequest, person: Person) -> str:
    """The plans that somebody follows after workshops."""
    plans = follow_ups_of(person)
    if not plans:
        return ""
    return render_to_string("outreach/_mine.html", {"follow_ups": plans}, request)


def follow_ups_of(person: Person, space: Space | None = None) -> list[FollowUp]:
    """The plans of this person, the latest first, with their steps."""
    plans = FollowUp.objects.filter(contact__person=person, contact__forgotten_at__isnull=True)
    if space:
        plans = plans.filter(contact__space=space)
    found = plans.select_related("event", "contact__owner", "contact__space__initiative")
    return list(found.prefetch_related("steps").order_by("-created_at", "-pk")[:5])


def uses_outreach(space: Space) -> bool:
    """Whether the block is in use there."""
    return any(block.key == "outreach" for block in space.open_blocks)
