"""What every page of moderation begins with."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from traboule.kernel.spaces import access
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.rules import can_read

from .. import kinds


def space_to_read(request: HttpRequest, slug: str) -> Space:
    """The space of the address, public or open to this visitor; else Http404."""
    space = get_object_or_404(Space.objects.for_page(), initiative__slug=slug)
    if space.initiative.published_at or can_read(request.user, space):
        return space
    if access.opened(request.session, space):
        return space
    raise Http404


def thing_of(space: Space, kind: str, key: str) -> tuple[kinds.Kind, Any]:
    """The thing of the address, in that space; else Http404."""
    known = kinds.named(kind)
    thing = known.find(key) if known else None
    if known is None or thing is None or known.space(thing) != space:
        raise Http404
    return known, thing
