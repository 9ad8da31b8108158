"""Listings and searches that one keeps aside."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.views.fetching import done

from ..actions import finding as acts
from ..ranking import cards
from ..searching import Search
from .finding_fetching import member_space, own_listing, seen_listing

SHOWN = 100


@require_POST
def favourite(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """Keep a listing aside, or let it go."""
    listing = seen_listing(request, slug, code)
    if "retirer" in request.POST:
        done(request, acts.let_go, _("C’est retiré."), listing=listing, by=request.user)
    else:
        said = _("C’est gardé dans « Mes logements gardés ».")
        done(request, acts.keep, said, listing=listing, by=request.user)
    return redirect(listing)


@never_cache
@require_safe
def favourites(request: PersonRequest, slug: str) -> HttpResponse:
    """What one keeps aside, the latest first."""
    space = member_space(request, slug)
    own = own_listing(request, space)
    shown = space.housing_listings.shown_to(own, request.user).for_listing()
    kept = shown.filter(favourites__person=request.user).order_by("-favourites__at", "-pk")
    listings = kept[:SHOWN]
    context = {"space": space, "own": own, "cards": cards(own, listings)}
    return render(request, "housing/finding_favourites.html", context)


@never_cache
@require_safe
def searches(request: PersonRequest, slug: str) -> HttpResponse:
    """The searches that one keeps, each with the way to what it finds."""
    space = member_space(request, slug)
    saved = space.housing_searches.filter(person=request.user).select_related("space__initiative")
    return render(request, "housing/finding_searches.html", {"space": space, "searches": saved})


@require_POST
def save_search(request: PersonRequest, slug: str) -> HttpResponse:
    """Keep a search; be told of what it finds."""
    space = member_space(request, slug)
    search = Search.from_query(request.POST)
    said = _("C’est gardé : vous serez prévenu des nouveaux logements.")
    if done(request, acts.save_search, said, space=space, search=search, by=request.user):
        return redirect("housing:searches", slug)
    return redirect(reverse("housing:home", args=[slug]) + search.query_string())


@require_POST
def search_remove(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Keep it no more."""
    space = member_space(request, slug)
    saved = get_object_or_404(space.housing_searches, pk=pk, person=request.user)
    done(request, acts.remove_search, _("C’est retiré."), saved=saved, by=request.user)
    return redirect("housing:searches", slug)
