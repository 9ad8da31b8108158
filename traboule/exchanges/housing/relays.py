"""Whom a household is reached through, and who may not answer for it before a mandate."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render

from traboule.kernel.people.acting import people_i_act_for
from traboule.kernel.people.models import Mandate, MandateScope, Person
from traboule.kernel.people.requests import PersonRequest

from .models import Listing


def explained_to_relays(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Where the page is closed to the relay of its household, say how to be given a mandate."""

    @wraps(view)
    def shown(request: PersonRequest, slug: str, code: str, **more: Any) -> HttpResponse:
        try:
            return view(request, slug, code, **more)
        except (Http404, PermissionDenied):
            listing = _relayed_by(request.user, code)
            if listing is None:
                raise
        return _how(request, listing)

    return shown


def _relayed_by(person: Person, code: str) -> Listing | None:
    """The listing of that code, or in that exchange, of one reached, and not acted for, by them."""
    reached = person.relayed_channels.verified().values("person")
    rows = Listing.objects.filter(Q(code=code) | Q(moves__swap__code=code), tenant__in=reached)
    rows = rows.exclude(tenant__in=people_i_act_for(person, MandateScope.ALL))
    return rows.select_related("tenant", "space__initiative__commune").first()


def _how(request: PersonRequest, listing: Listing) -> HttpResponse:
    unsigned = Mandate.objects.standing().filter(signed_on=None)
    context = {
        "space": listing.space,
        "household": listing.tenant,
        "scope": MandateScope.ALL.label,
        "mandate": unsigned.filter(giver=listing.tenant, holder=request.user).first(),
    }
    return render(request, "housing/mandate_needed.html", context)
