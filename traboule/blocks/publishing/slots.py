"""What publications show on pages that do not know them."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from traboule.kernel.initiatives.models import Initiative
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.rules import can_facilitate, can_take_part

from .models import PublicationFile, State
from .views.finding import reads

SHOWN = 3


def draw_published(request: HttpRequest, space: Space) -> str:
    """The latest of a space on its front page, for members and for visitors."""
    if not uses_publishing(space):
        return ""
    found = space.publications.published() if reads(request, space) else space.publications.public()
    publications = list(found.for_listing()[:SHOWN])
    writes = can_take_part(request.user, space) and not space.is_closed
    if not (publications or writes):
        return ""
    context = {"publications": publications, "space": space, "writes": writes}
    return render_to_string("publishing/_space_published.html", context, request)


def draw_asked(request: HttpRequest, space: Space) -> str:
    """What is to read again, what came into the boxes, and one's own texts to take up again."""
    if not (isinstance(request.user, Person) and uses_publishing(space)):
        return ""
    facilitates = can_facilitate(request.user, space)
    returned = space.publications.filter(state=State.RETURNED, author=request.user)
    boxed = PublicationFile.objects.filter(publication__space=space, is_accepted=False)
    context: dict[str, Any] = {
        "space": space,
        "to_review": space.publications.to_review().count() if facilitates else 0,
        "boxed": boxed.count() if facilitates else 0,
        "returned": list(returned.order_by("pk")[:SHOWN]),
    }
    if not (context["to_review"] or context["boxed"] or context["returned"]):
        return ""
    return render_to_string("publishing/_space_asked.html", context, request)


def draw_on_sheet(request: HttpRequest, initiative: Initiative) -> str:
    """The latest public publications, on the sheet of the initiative."""
    space = getattr(initiative, "space", None)
    publications = list(space.publications.public()[:SHOWN]) if space else []
    if not publications:
        return ""
    for one in publications:
        one.space = space
    return render_to_string("publishing/_sheet_latest.html", {"publications": publications})


def uses_publishing(space: Space) -> bool:
    """Whether the block is in use there."""
    return any(block.key == "publishing" for block in space.open_blocks)
