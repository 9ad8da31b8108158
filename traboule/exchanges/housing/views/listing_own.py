"""One's own listing: where it is, what to do next, still looking, pausing, stopping, hiding."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.kernel.people.channels import read_address
from traboule.kernel.people.models import Person
from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.views.fetching import done
from traboule.ui.throttle import throttled

from .. import asking, priorities
from ..actions import listing as acts
from ..actions import listing_life as life
from ..actions.listing_screens import hide_from, show_again
from ..forms.listing import CorrectForm, EndForm, ScreenForm
from ..models import Listing, State
from ..relays import explained_to_relays
from ..rules import can_help
from ..summary import lines_of
from .listing_finding import own_listing, visited_space


@never_cache
@require_safe
def mine(request: PersonRequest, slug: str) -> HttpResponse:
    """One's own listing, wherever it is; whoever has none registers."""
    space = visited_space(request, slug)
    own = space.housing_listings.filter(tenant=request.user).order_by("-created_at", "-pk")
    listing = own.live().first() or own.first()
    if listing is None:
        return redirect("housing:register", slug)
    return redirect("housing:own", slug, listing.code)


@never_cache
@explained_to_relays
@require_safe
def own(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """Where it is in plain words, what comes next, and everything that was said."""
    listing = own_listing(request, slug, code)
    check = listing.checks.order_by("-asked_at", "-pk").first()
    context = {
        "listing": listing,
        "space": listing.space,
        "check": check,
        "missing": acts.missing(listing) if listing.state == State.DRAFT else [],
        "lines": lines_of(listing),
        "count": asking.count(listing, listing.wish) if listing.is_live else None,
        "points": priorities.points_of(listing) if listing.is_live else {},
        "is_helper": listing.tenant_id != request.user.pk,
        "helps": _team(request, listing),
    }
    return render(request, "housing/listing_own.html", context)


@require_POST
def renew(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """Still looking."""
    return _act(request, slug, code, life.renew, _("Merci, votre annonce continue pour six mois."))


@require_POST
def pause(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """Be shown to nobody for a while."""
    said = _("Votre annonce est en pause : personne ne la voit.")
    return _act(request, slug, code, life.pause, said)


@require_POST
def resume(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """Be shown again."""
    return _act(request, slug, code, life.resume, _("Votre annonce est de nouveau en ligne."))


def _act(
    request: PersonRequest, slug: str, code: str, act: Callable[..., None], said: str
) -> HttpResponse:
    listing = own_listing(request, slug, code)
    done(request, act, said, listing=listing, by=request.user)
    return redirect("housing:own", slug, code)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """Stop, and say why."""
    listing = own_listing(request, slug, code)
    form = EndForm(request.POST or None)
    said = _("Votre annonce est arrêtée. Merci de l’avoir dit.")
    if form.is_valid() and done(
        request, life.end, said, listing=listing, by=request.user, **form.cleaned_data
    ):
        return redirect("housing:own", slug, code)
    context = {"listing": listing, "space": listing.space, "form": form}
    return render(request, "housing/listing_end.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """Correct what others read; the landlord sees it again, and the old words stay until then."""
    listing = own_listing(request, slug, code)
    if listing.state == State.DRAFT or not listing.is_live:
        return redirect("housing:own", slug, code)
    # The form fills its own copy: what changed is measured against what is kept.
    form = CorrectForm(request.POST or None, instance=Listing.objects.get(pk=listing.pk))
    if form.is_valid() and _corrected(request, listing, form):
        return redirect("housing:own", slug, code)
    context = {"listing": listing, "space": listing.space, "form": form}
    return render(request, "housing/listing_edit.html", context)


def _corrected(request: PersonRequest, listing: Listing, form: CorrectForm) -> bool:
    try:
        changed = acts.correct(listing=listing, by=request.user, **form.cleaned_data)
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return False
    if changed:
        messages.success(request, _("Votre bailleur regarde. D’ici là, l’ancien texte reste."))
    else:
        messages.info(request, _("Rien n’a changé."))
    return True


@never_cache
@throttled(rate="20/h", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def screens(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """From whom one hides. Whether a number or an address is known here is never told."""
    listing = own_listing(request, slug, code)
    landlords = listing.space.landlords.all()
    form = ScreenForm(request.POST or None, landlords=landlords)
    said = _("C’est noté : on ne vous montrera pas.")
    if form.is_valid() and done(
        request, hide_from, said, listing=listing, by=request.user, **_hidden_from(form)
    ):
        return redirect("housing:screens", slug, code)
    every = listing.screens.select_related("person", "commune__department", "landlord")
    context = {
        "listing": listing,
        "space": listing.space,
        "form": form,
        "screens": [one for one in every if one.person_id is None],
        "persons": [one for one in every if one.person_id] if _team(request, listing) else [],
    }
    return render(request, "housing/listing_screens.html", context)


def _hidden_from(form: ScreenForm) -> dict[str, Any]:
    given = dict(form.cleaned_data)
    who = given.pop("who")
    return given | {"person": _person_at(who) if who else None}


def _person_at(address: str) -> Person | None:
    """Who proved to be reached there; an address that cannot be read is nobody's."""
    try:
        return Person.objects.reached_at(*read_address(address))
    except ValidationError:
        return None


def _team(request: PersonRequest, listing: Listing) -> bool:
    return listing.tenant_id != request.user.pk and can_help(request.user, listing.space)


@require_POST
def screen_remove(request: PersonRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Hide no more from a commune or a landlord."""
    listing = own_listing(request, slug, code)
    screen = get_object_or_404(listing.screens, pk=pk)
    done(request, show_again, _("C’est retiré."), listing=listing, screen=screen, by=request.user)
    return redirect("housing:screens", slug, code)


@require_POST
def screens_clear(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """Hide no more from any person."""
    listing = own_listing(request, slug, code)
    done(request, show_again, _("C’est retiré."), listing=listing, by=request.user)
    return redirect("housing:screens", slug, code)
