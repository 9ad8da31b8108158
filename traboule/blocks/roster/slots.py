"""What the composition shows on pages that do not know it: the space's, mine, a person's."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Participation, Space
from traboule.kernel.spaces.rules import can_facilitate

from .models import DrawCandidate, Member
from .models.draw import DrawCandidateQuerySet


def draw_asked(request: HttpRequest, space: Space) -> str:
    """A seat to accept; and for those who facilitate, terms that end soon."""
    if not (isinstance(request.user, Person) and _uses_roster(space)):
        return ""
    ending = Member.objects.filter(space=space).ending_soon(timezone.localdate())
    context = {
        "space": space,
        "candidacies": list(_asked(request.user).filter(draw__space=space)),
        "ending": ending.count() if can_facilitate(request.user, space) else 0,
    }
    if not (context["candidacies"] or context["ending"]):
        return ""
    return render_to_string("roster/_space_asked.html", context, request)


def draw_mine(request: HttpRequest, person: Person) -> str:
    """The seats that the person was drawn for, and those they hold."""
    seats = Member.objects.current().filter(person=person).select_related("college", "space")
    context = {
        "candidacies": list(_asked(person)),
        "seats": list(seats.select_related("space__initiative", "college").order_by("pk")),
    }
    if not (context["candidacies"] or context["seats"]):
        return ""
    return render_to_string("roster/_mine.html", context, request)


def draw_of_person(request: HttpRequest, participation: Participation) -> str:
    """Someone's seat, on their page in the space."""
    space = participation.space
    if not _uses_roster(space):
        return ""
    held = Member.objects.current().filter(space=space, person=participation.person)
    context = {
        "space": space,
        "member": held.select_related("college").first(),
        "composes": can_facilitate(request.user, space),
    }
    if not context["member"]:
        return ""
    return render_to_string("roster/_of_person.html", context, request)


def _asked(person: Person) -> DrawCandidateQuerySet:
    """The draws in which this person was called, and has not answered."""
    mine = DrawCandidate.objects.asked().filter(person=person)
    return mine.select_related("draw__space__initiative", "college").order_by("pk")


def _uses_roster(space: Space) -> bool:
    return any(block.key == "roster" for block in space.open_blocks)
