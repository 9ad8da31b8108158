"""What reports show on pages that do not know them."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space

from .models import Report, State
from .rules import can_see_to, can_visit

MINE_SHOWN = 20


def draw_about(request: HttpRequest, space: Space) -> str:
    """The way to report a problem, and to what was repaired."""
    if not _receives(space) or space.is_closed or not can_visit(request, space):
        return ""
    context = {"space": space, "open": space.reports.shown().open().count()}
    return render_to_string("reports/_space_report.html", context)


def draw_asked(request: HttpRequest, space: Space) -> str:
    """What waits for the team: what is late, else what nobody has in hand."""
    if not _receives(space) or not can_see_to(request.user, space):
        return ""
    waiting = space.reports.open().filter(hidden_at=None)
    late = waiting.overdue().count()
    new = waiting.filter(state__in=(State.NEW, State.REOPENED)).count()
    if not (late or new):
        return ""
    return render_to_string("reports/_space_asked.html", {"space": space, "late": late, "new": new})


def draw_mine(request: HttpRequest, person: Person) -> str:
    """The problems that one reported, or follows."""
    followed = Report.objects.filter(follows__person=person, hidden_at=None)
    reports = list(followed.select_related("space__initiative").order_by("-pk")[:MINE_SHOWN])
    return render_to_string("reports/_mine.html", {"reports": reports}) if reports else ""


def _receives(space: Space) -> bool:
    return any(block.key == "reports" for block in space.open_blocks)
