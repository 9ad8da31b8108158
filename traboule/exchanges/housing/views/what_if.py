"""« Et si… » : what a small change in a wish would open, and why nothing fits today."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from traboule.kernel.people.requests import PersonRequest
from traboule.ui.throttle import throttled

from ..models import Listing
from ..rules import can_answer_for
from .swap_finding import own_space


@never_cache
@throttled(rate="20/m")
@require_safe
def what_if(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """For a household or the team that helps it: homes and exchanges, today and with a change."""
    from .. import wondering  # The engine loads a compiler: only who asks pays for it.

    space = own_space(request, slug)
    rows = Listing.objects.live().select_related("dwelling__commune", "wish")
    listing = get_object_or_404(rows, space=space, code=code)
    if not can_answer_for(request.user, listing):
        raise PermissionDenied
    answer = wondering.about(listing) if hasattr(listing, "wish") else None
    context = {"space": space, "listing": listing, "answer": answer}
    return render(request, "housing/swaps/what_if.html", context)
