"""What an address of this block speaks of, for whoever may see it."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from traboule.kernel.spaces.models import Space

from ..models import Mailing
from ..rules import can_read, can_see_letters, can_write


def space_with_letter(slug: str) -> Space:
    """The space of that name, if it writes letters."""
    using = Space.objects.for_page().filter(
        blocks__key="mailings", blocks__put_away_at__isnull=True
    )
    return get_object_or_404(using, initiative__slug=slug)


def public_space(request: HttpRequest, slug: str) -> Space:
    """The same, if its sheet is public or one takes part."""
    space = space_with_letter(slug)
    if not can_see_letters(request.user, space):
        raise Http404
    return space


def written_space(request: HttpRequest, slug: str) -> Space:
    """The same, for those who write to everyone there."""
    space = space_with_letter(slug)
    if not can_write(request.user, space):
        raise PermissionDenied
    return space


def own_mailing(request: HttpRequest, slug: str, pk: int) -> Mailing:
    """A text, for those who write to everyone there."""
    space = written_space(request, slug)
    mailing = get_object_or_404(space.mailings.select_related("by"), pk=pk)
    mailing.space = space
    return mailing


def read_mailing(request: HttpRequest, code: str, slug: str = "") -> Mailing:
    """A text of the archive, for whoever may read it."""
    known = Mailing.objects.select_related("space__initiative__commune", "space__purse")
    mailing = get_object_or_404(known, code=code.upper())
    if slug not in {"", mailing.space.slug} or not can_read(request.user, mailing):
        raise Http404
    return mailing
