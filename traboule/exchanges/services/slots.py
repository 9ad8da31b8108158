"""What services show on pages that do not know them: what waits, and where to go."""

from django.db.models import Q
from django.http import HttpRequest
from django.template.loader import render_to_string

from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space

from .desk import to_put_right
from .models import Contract, ContractState, Incident, Payment, Request, Work, WorkState
from .rules import can_help

MINE_SHOWN = 5


def uses_services(space: Space) -> bool:
    """Whether neighbours render each other services there."""
    return any(block.key == "services" for block in space.open_blocks)


def draw_about(request: HttpRequest, space: Space) -> str:
    """What one may do there, and the way in."""
    if not uses_services(space) or space.is_closed:
        return ""
    open_requests = Request.objects.filter(space=space).open().count()
    return render_to_string("services/_space.html", {"space": space, "open": open_requests})


def draw_asked(request: HttpRequest, space: Space) -> str:
    """What waits for the team: disagreements, incidents, declarations refused, payments."""
    user = request.user
    if not (user.is_authenticated and uses_services(space) and can_help(user, space)):
        return ""
    here = Q(contract__household__space=space)
    counts = {
        "disputes": Work.objects.filter(here, state=WorkState.DISPUTED).count(),
        "incidents": Incident.objects.filter(here, closed_at=None).count(),
        "declarations": to_put_right(space),
        "payments": Payment.objects.wanting_help().filter(here).count(),
    }
    if not any(counts.values()):
        return ""
    return render_to_string("services/_space_asked.html", {"space": space, **counts})


def draw_mine(request: HttpRequest, person: Person) -> str:
    """One's contracts, those to sign first."""
    own = Contract.objects.live().filter(Q(household__person=person) | Q(worker__person=person))
    own = own.select_related("household__space__initiative", "household__person", "worker__person")
    contracts = list(own.order_by("-made_at", "-pk")[:MINE_SHOWN])
    if not contracts:
        return ""
    to_sign = (ContractState.DRAFT, ContractState.ONE)
    lines = [(one, one.state in to_sign) for one in contracts]
    return render_to_string("services/_mine.html", {"lines": lines})
