"""What an address of the documents speaks of, for whoever may see it."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.rules import can_facilitate

from ..models import Document
from ..rules import can_read_members_shelf, can_see


def space_of(slug: str) -> Space:
    """The space of that name, if it has its shelves out."""
    spaces = Space.objects.for_page().filter(
        blocks__key="documents", blocks__put_away_at__isnull=True
    )
    return get_object_or_404(spaces, initiative__slug=slug)


def read_space(request: HttpRequest, slug: str) -> tuple[Space, bool]:
    """The space, and whether its members' shelf is for whoever asks."""
    space = space_of(slug)
    members = can_read_members_shelf(request.user, space)
    if not members and space.initiative.published_at is None:
        raise Http404
    return space, members


def facilitated_space(request: PersonRequest, slug: str) -> Space:
    """The space, for those who facilitate it."""
    space = space_of(slug)
    if not can_facilitate(request.user, space):
        raise PermissionDenied
    return space


def seen_document(request: HttpRequest, slug: str, number: int) -> Document:
    """The document, for whoever may read it. Raises PermissionDenied."""
    return _document(request, slug, number, can_see)


def held_document(request: PersonRequest, slug: str, number: int) -> Document:
    """The document, for those who facilitate its space."""
    return _document(
        request, slug, number, lambda person, found: can_facilitate(person, found.space)
    )


def _document(
    request: HttpRequest, slug: str, number: int, may: Callable[[Any, Document], bool]
) -> Document:
    space = space_of(slug)
    found = get_object_or_404(Document.objects.for_listing(), space=space, number=number)
    found.space = space
    if not may(request.user, found):
        raise PermissionDenied
    return found
