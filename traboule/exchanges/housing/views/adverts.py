"""Adverts to hang in halls."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.views.fetching import space_for
from traboule.ui.downloads import paper

from ..forms.adverts import HallForm
from ..printing import adverts
from ..rules import can_answer_for, can_help


@never_cache
@require_safe
def halls(request: PersonRequest, slug: str) -> HttpResponse:
    """Choose a commune; its list leaves on A3."""
    space = space_for(request, slug, can_help)
    form = HallForm(request.GET or None, space=space)
    if form.is_valid():
        commune = form.cleaned_data["commune"]
        return paper(adverts.hall_list(space, commune), "hall", commune.name)
    number = adverts.printable(space).count()
    return render(request, "housing/adverts.html", {"space": space, "form": form, "number": number})


@never_cache
@require_safe
def advert(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """One home on A4, for its household or the team that helps it."""
    space = get_object_or_404(Space.objects.for_page(), initiative__slug=slug)
    found = adverts.printable(space).select_related("dwelling__commune", "wish")
    listing = get_object_or_404(found, code=code)
    if not can_answer_for(request.user, listing):
        raise Http404
    return paper(adverts.advert(listing), "annonce", listing.code)
