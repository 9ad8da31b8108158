"""What an address speaks of, for whoever may see it; a page not found otherwise."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from traboule.kernel.spaces import access
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.rules import can_read

from .. import rules
from ..models import Publication


def space_of(slug: str) -> Space:
    """The space of that name, if it publishes."""
    spaces = Space.objects.for_page().filter(
        blocks__key="publishing", blocks__put_away_at__isnull=True
    )
    return get_object_or_404(spaces, initiative__slug=slug)


def space_for(request: HttpRequest, slug: str, may: Callable[[Any, Space], bool]) -> Space:
    """The same, for those who ``may``."""
    space = space_of(slug)
    if not may(request.user, space):
        raise PermissionDenied
    return space


def reads(request: HttpRequest, space: Space) -> bool:
    """Whether they read what is kept for those who take part, be it with the code of the gate."""
    return can_read(request.user, space) or access.opened(request.session, space)


def may_read(request: HttpRequest, publication: Publication) -> bool:
    """Whether this visitor may read it, be it with the code of the gate."""
    online = publication.is_published and reads(request, publication.space)
    return online or rules.can_see(request.user, publication)


def seen(request: HttpRequest, slug: str, publication: str) -> Publication:
    """The publication, for whoever may read it, be it with the code of the gate."""
    found = get_object_or_404(
        Publication.objects.for_page(), slug=publication, space__initiative__slug=slug
    )
    if not may_read(request, found):
        raise Http404
    return found


def publication_for(
    request: HttpRequest, slug: str, publication: str, may: Callable[[Any, Publication], bool]
) -> Publication:
    """The publication, for those who ``may``."""
    found = seen(request, slug, publication)
    if not may(request.user, found):
        raise PermissionDenied
    return found
