"""What pages of finding begin with: the space, one's own listing, that of the address."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from traboule.kernel.people.actions import Refused
from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.models import Space

from ..models import Listing
from ..rules import can_answer_for, can_see, can_take_part, can_visit


def visited_space(request: HttpRequest, slug: str) -> Space:
    """The space of that name, if homes are exchanged there and one may look at them."""
    spaces = Space.objects.for_page().filter(
        blocks__key="housing", blocks__put_away_at__isnull=True
    )
    space = get_object_or_404(spaces, initiative__slug=slug)
    if not can_visit(request, space):
        raise Http404
    return space


def member_space(request: PersonRequest, slug: str) -> Space:
    """The same, for those who take part."""
    space = visited_space(request, slug)
    if not can_take_part(request.user, space):
        raise PermissionDenied
    return space


def own_listing(request: HttpRequest, space: Space) -> Listing | None:
    """One's own listing, or that named by ``pour`` of whom one helps."""
    rows = (
        space.housing_listings.live()
        .select_related("tenant", "dwelling__commune", "dwelling__landlord", "wish")
        .prefetch_related("wish__places")
    )
    named = request.POST.get("pour") or request.GET.get("pour")
    if named:
        found = rows.filter(code=named.upper()[:9]).first()
        return found if found and can_answer_for(request.user, found) else None
    return rows.filter(tenant=request.user).first() if request.user.is_authenticated else None


def needed_listing(request: PersonRequest, space: Space) -> Listing:
    """The same. Raises Refused without any: one has to say first where one lives."""
    own = own_listing(request, space)
    if own is None:
        raise Refused(_("Inscrivez d’abord votre logement : c’est avec lui que l’on échange."))
    return own


def seen_listing(request: HttpRequest, slug: str, code: str) -> Listing:
    """The listing of that code, for whoever may read it."""
    space = visited_space(request, slug)
    rows = space.housing_listings.for_listing().select_related("tenant")
    listing = get_object_or_404(rows, code=code.upper())
    if not can_see(request, listing):
        raise Http404
    return listing
