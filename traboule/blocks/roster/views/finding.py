"""What an address of the composition speaks of, for whoever may see it."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from traboule.kernel.spaces.models import Space

from ..models import Draw, DrawCandidate, Member
from ..rules import can_compose, can_see_draw


def roster_space(
    request: HttpRequest, slug: str, may: Callable[[Any, Space], bool] = can_compose
) -> Space:
    """The space of that name that keeps a composition. Raises PermissionDenied."""
    spaces = Space.objects.for_page().filter(blocks__key="roster", blocks__put_away_at__isnull=True)
    space = get_object_or_404(spaces, initiative__slug=slug)
    if not may(request.user, space):
        raise PermissionDenied
    return space


def member_of(request: HttpRequest, slug: str, pk: int, may: Callable[..., bool]) -> Member:
    """Someone who sits there today. Raises PermissionDenied."""
    current = Member.objects.current().select_related(
        "person", "college", "space__initiative__commune", "space__purse"
    )
    member = get_object_or_404(current, pk=pk, space__initiative__slug=slug)
    if not may(request.user, member):
        raise PermissionDenied
    return member


def seen_draw(request: HttpRequest, slug: str, pk: int) -> Draw:
    """The draw, for whoever may read it; a page not found for the others."""
    draw = _draw(slug, pk)
    if not can_see_draw(request.user, draw):
        raise Http404
    return draw


def held_draw(request: HttpRequest, slug: str, pk: int) -> Draw:
    """The draw, for those who hold it. Raises PermissionDenied."""
    draw = _draw(slug, pk)
    if not can_compose(request.user, draw.space):
        raise PermissionDenied
    return draw


def candidate_of(draw: Draw, key: int) -> DrawCandidate:
    """One of the draw's candidates."""
    candidate = get_object_or_404(draw.candidates.for_listing(), pk=key)
    candidate.draw = draw
    return candidate


def _draw(slug: str, pk: int) -> Draw:
    draws = Draw.objects.select_related("space__initiative__commune", "space__purse")
    return get_object_or_404(draws, pk=pk, space__initiative__slug=slug)
