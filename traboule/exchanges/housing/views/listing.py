"""Registering, one question a screen; what is answered is kept at once, and found on any phone."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.kernel.people.requests import PersonRequest, is_signed_in
from traboule.kernel.spaces.views.fetching import done
from traboule.ui.throttle import throttled

from .. import asking, priorities
from ..actions import listing as acts
from ..actions.listing_home import find_home
from ..actions.listing_photos import remove_photo
from ..actions.listing_wishes import remove_place
from ..asking import KEYS, STEPS, Step
from ..forms.listing import HomeForm
from ..models import Landlord, Listing
from .listing_finding import own_listing, visited_space


@login_not_required
@never_cache
@require_safe
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """What it takes, then the landlord; or on with what was begun."""
    space = visited_space(request, slug)
    mine = None
    if is_signed_in(request):
        mine = space.housing_listings.live().filter(tenant=request.user).first()
    context = {"space": space, "mine": mine, "landlords": list(space.landlords.all())}
    return render(request, "housing/listing_register.html", context)


@never_cache
@throttled(rate="30/h", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def home(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """The address and the lease; both right, the listing begins."""
    space = visited_space(request, slug)
    landlord = get_object_or_404(space.landlords, pk=pk)
    form = HomeForm(request.POST or None)
    if form.is_valid() and (begun := _begun(request, landlord, form)):
        return redirect("housing:step", slug, begun.code, KEYS[0])
    context = {"space": space, "landlord": landlord, "form": form}
    return render(request, "housing/listing_home.html", context)


def _begun(request: PersonRequest, landlord: Landlord, form: HomeForm) -> Listing | None:
    """The listing of the home that was told; the form says why there is none."""
    try:
        dwelling = find_home(landlord=landlord, by=request.user, **form.cleaned_data)
        if dwelling:
            return acts.register(
                space=landlord.space, dwelling=dwelling, tenant=request.user, by=request.user
            )
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return None
    form.add_error(
        None,
        _("Nous ne trouvons pas ce logement chez %(landlord)s. Vérifiez l’adresse et le numéro de "
          "bail : les deux doivent être justes.") % {"landlord": landlord},
    )  # fmt: skip
    return None


@never_cache
@throttled(rate="240/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: PersonRequest, slug: str, code: str, step: str) -> HttpResponse:
    """One question; what is answered is kept, and the next one comes."""
    listing, asked = own_listing(request, slug, code), _step_of(step)
    if not asking.may_answer(listing, asked):
        return redirect("housing:edit", slug, code)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = asked.make(listing, *sent)
    if request.htmx and request.method == "POST":
        return _count(request, listing, form)
    if request.method == "POST" and form.is_valid() and _kept(request, listing, asked, form):
        return redirect(_after(request, listing, asked))
    return render(request, "housing/listing_step.html", _screen(listing, asked, form))


def _step_of(key: str) -> Step:
    if key not in KEYS:
        raise Http404
    return STEPS[KEYS.index(key)]


def _count(request: HttpRequest, listing: Listing, form: Any) -> HttpResponse:
    """How many homes would fit with what is on screen; nothing is kept."""
    form.is_valid()  # A model form gives its answers to the wish in memory.
    context = {"count": asking.count(listing, listing.wish)}
    return render(request, "housing/_listing_count.html", context)


def _kept(request: PersonRequest, listing: Listing, asked: Step, form: Any) -> bool:
    given = form.cleaned_data
    if asked.gathers and not (given.get("commune") or given.get("photos")):
        return True  # Nothing to add: on to the next one.
    try:
        asked.keep(listing=listing, by=request.user, **given)
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return False
    return True


def _after(request: HttpRequest, listing: Listing, asked: Step) -> str:
    """The next screen; the same one while one adds to it, the summary when one came from there."""
    slug = listing.space.slug
    if asked.gathers and request.POST.get("then") == "add":
        return reverse("housing:step", args=[slug, listing.code, asked.key])
    rank = KEYS.index(asked.key) + 1
    if "relire" in request.GET or rank == len(KEYS):
        return reverse("housing:own", args=[slug, listing.code])
    return reverse("housing:step", args=[slug, listing.code, KEYS[rank]])


def _screen(listing: Listing, asked: Step, form: Any) -> dict[str, Any]:
    rank = KEYS.index(asked.key)
    return {
        "listing": listing,
        "space": listing.space,
        "step": asked,
        "form": form,
        "current": rank + 1,
        "total": len(KEYS),
        "before": KEYS[rank - 1] if rank else "",
        "count": asking.count(listing, listing.wish) if asked.of_wish else None,
        "places": list(listing.wish.places.select_related("commune__department")),
        "photos": list(listing.photos.select_related("file")),
    }


@require_POST
def place_remove(request: PersonRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Take a commune off the list."""
    listing = own_listing(request, slug, code)
    place = get_object_or_404(listing.wish.places, pk=pk)
    done(request, remove_place, listing=listing, place=place, by=request.user)
    return redirect("housing:step", slug, code, "communes")


@require_POST
def places_clear(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """Take them all off."""
    listing = own_listing(request, slug, code)
    done(request, remove_place, listing=listing, by=request.user)
    return redirect("housing:step", slug, code, "communes")


@require_POST
def photo_remove(request: PersonRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Take one's own photo away."""
    listing = own_listing(request, slug, code)
    photo = get_object_or_404(listing.photos, pk=pk)
    done(request, remove_photo, _("La photo est enlevée."), photo=photo, by=request.user)
    return redirect("housing:step", slug, code, "photos")


@require_POST
def send(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """Have the landlord check it; what is missing is said."""
    listing = own_listing(request, slug, code)
    said = _("C’est parti : votre bailleur vérifie votre annonce.")
    done(request, acts.send, said, listing=listing, by=request.user)
    return redirect("housing:own", slug, code)


@login_not_required
@require_safe
def points(request: HttpRequest, slug: str) -> HttpResponse:
    """What gives points, for everyone to read."""
    space = visited_space(request, slug)
    context = {"space": space, "rules": priorities.RULES}
    return render(request, "housing/listing_points.html", context)
