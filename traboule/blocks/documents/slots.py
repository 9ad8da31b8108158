"""What documents show on pages that do not know them."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Participation, Space

from .models import PaperCopy
from .rules import can_read_members_shelf

LATEST_SHOWN = 3
COPIES_SHOWN = 20


def draw_latest(request: HttpRequest, space: Space) -> str:
    """The latest documents that whoever comes may read, and the way to the shelves."""
    if not uses_documents(space):
        return ""
    members = can_read_members_shelf(request.user, space)
    if not members and space.initiative.published_at is None:
        return ""
    documents = space.documents.standing() if members else space.documents.public()
    context = {
        "space": space,
        "documents": documents.select_related("space__initiative")[:LATEST_SHOWN],
    }
    return render_to_string("documents/_latest.html", context)


def draw_of_person(request: HttpRequest, participation: Participation) -> str:
    """The printed copies to hand to someone who is there."""
    space = participation.space
    wanted = PaperCopy.objects.wanted().filter(document__space=space, person=participation.person)
    copies = list(wanted.select_related("document")[:COPIES_SHOWN])
    if not copies or not uses_documents(space):
        return ""
    return render_to_string("documents/_of_person.html", {"copies": copies, "space": space})


def draw_mine(request: HttpRequest, person: Person) -> str:
    """The printed copies that one asked for."""
    wanted = PaperCopy.objects.wanted().filter(person=person)
    copies = list(wanted.select_related("document__space__initiative")[:COPIES_SHOWN])
    return render_to_string("documents/_mine.html", {"copies": copies}) if copies else ""


def uses_documents(space: Space) -> bool:
    """Whether the space has its shelves out."""
    return any(block.key == "documents" for block in space.open_blocks)
