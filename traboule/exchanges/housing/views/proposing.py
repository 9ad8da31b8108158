"""For the team that has a household on the telephone: what is possible for it, and proposing it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from traboule.kernel.people.actions import Refused
from traboule.kernel.people.requests import PersonRequest
from traboule.ui.throttle import throttled

from ..models import Swap
from .listing_finding import helped_listing


@never_cache
@throttled(rate="20/m")
@require_safe
def found(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """The exchanges that the engine finds for a household, as it would read them."""
    from ..proposing import found_for  # The engine loads a compiler: only who asks pays for it.

    listing = helped_listing(request, slug, code)
    context = {
        "space": listing.space,
        "listing": listing,
        "swaps": Swap.objects.under_way().of(listing).for_listing(),
        "found": found_for(listing),
    }
    return render(request, "housing/swaps/found.html", context)


@throttled(rate="20/m")
@require_POST
def propose(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """Propose one of them to all its households; then note what this one says."""
    from ..proposing import propose as act  # As above.

    listing = helped_listing(request, slug, code)
    try:
        swap = act(listing=listing, key=request.POST.get("exchange", ""), by=request.user)
    except Refused as refused:
        messages.error(request, refused.messages[0])
        return redirect("housing:found", slug, code)
    said = _("L’échange est proposé à tous. Notez ici la réponse du ménage qui vous parle.")
    messages.success(request, said)
    return redirect(swap)
