"""What an address of one's own listing speaks of, for whoever may."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.models import Space

from ..models import Listing
from ..rules import can_answer_for, can_help, can_visit


def visited_space(request: HttpRequest, slug: str) -> Space:
    """The space of that name, if homes are exchanged there and one may visit it."""
    space = _space_of(slug)
    if not can_visit(request, space):
        raise Http404
    return space


def team_space(request: PersonRequest, slug: str) -> Space:
    """The space, for those who help its households."""
    space = _space_of(slug)
    if not can_help(request.user, space):
        raise PermissionDenied
    return space


def own_listing(request: PersonRequest, slug: str, code: str) -> Listing:
    """The listing of that code, for the household and for who acts for it."""
    space = _space_of(slug)
    rows = Listing.objects.select_related(
        "dwelling__commune", "dwelling__landlord", "tenant", "wish"
    )
    listing = get_object_or_404(rows, space=space, code=code)
    listing.space = space
    if not can_answer_for(request.user, listing):
        raise Http404
    return listing


def helped_listing(request: PersonRequest, slug: str, code: str) -> Listing:
    """The same, for those who help households only."""
    team_space(request, slug)
    return own_listing(request, slug, code)


def _space_of(slug: str) -> Space:
    spaces = Space.objects.for_page().filter(
        blocks__key="housing", blocks__put_away_at__isnull=True
    )
    return get_object_or_404(spaces, initiative__slug=slug)
