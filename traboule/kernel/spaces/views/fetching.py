"""What every page of a space begins with: the space of the address, for someone who may."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from traboule.kernel.people.actions import Refused

from ..models import Space

Row = TypeVar("Row", bound=Model)


def space_for(request: HttpRequest, slug: str, may: Callable[[Any, Space], bool]) -> Space:
    """The space of the address. Raises PermissionDenied for those who ``may`` not."""
    space = get_object_or_404(Space.objects.for_page(), initiative__slug=slug)
    if not may(request.user, space):
        raise PermissionDenied
    return space


def last_read(request: HttpRequest, rows: "QuerySet[Row]", named: str = "pk") -> Row | None:
    """The row with which the page before ended, as the address names it; none on the first."""
    key = request.GET.get("apres", "")
    return rows.filter(**{named: key}).first() if key.isdecimal() and len(key) < 19 else None


def done(request: HttpRequest, act: Callable[..., object], said: str = "", **what: Any) -> bool:
    """Do it and say so; when it is refused, say why, and False."""
    try:
        act(**what)
    except Refused as refused:
        messages.error(request, refused.messages[0])
        return False
    if said:
        messages.success(request, said)
    return True
