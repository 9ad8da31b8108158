"""Who may do what with reports."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

from traboule.kernel.spaces import access
from traboule.kernel.spaces.rules import can_facilitate, can_read, can_take_part

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from traboule.kernel.people.models import Person
    from traboule.kernel.spaces.models import Space

    from .models import Report

can_see_to = can_facilitate
"""``can_see_to(person, space)``: the team takes problems in hand, prints rounds, closes them."""


def can_visit(request: HttpRequest, space: "Space") -> bool:
    """Whether they may read the list and report: anyone once the sheet is published."""
    published = space.initiative.published_at is not None
    reads = can_read(request.user, space) or access.opened(request.session, space)
    return published or reads


def can_see(request: HttpRequest, report: "Report") -> bool:
    """Whether they may read the report: its reporter always, others once it shows."""
    user = request.user
    if can_see_to(user, report.space):
        return True
    is_own = user.is_authenticated and report.reporter_id == user.pk
    return is_own or (report.is_shown and can_visit(request, report.space))


def can_reopen(person: "Person | AnonymousUser", report: "Report") -> bool:
    """Whether they may say that it is still broken: whoever follows it, or takes part there."""
    if not person.is_authenticated:
        return False
    follows = report.follows.filter(person=person).exists()
    return follows or can_take_part(person, report.space)
