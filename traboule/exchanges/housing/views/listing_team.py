"""The team's desk: photos to look at, a paper form to type in."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.views.fetching import done
from traboule.ui.downloads import paper
from traboule.ui.throttle import throttled

from ..actions import listing_photos as acts
from ..actions.listing_paper import type_in
from ..forms.listing import RefusePhotoForm
from ..forms.listing_paper import PaperForm
from ..models import Listing, ListingPhoto
from ..printing import listing as printing
from .listing_finding import team_space, visited_space

PHOTOS_SHOWN = 24


@never_cache
@require_safe
def photos(request: PersonRequest, slug: str) -> HttpResponse:
    """Those that nobody looked at yet, the oldest first."""
    space = team_space(request, slug)
    waiting = ListingPhoto.objects.waiting().filter(listing__space=space).order_by("pk")
    rows = waiting.select_related("file", "listing__dwelling__commune")[:PHOTOS_SHOWN]
    context = {"space": space, "photos": list(rows), "form": RefusePhotoForm()}
    return render(request, "housing/listing_photos.html", context)


@require_POST
def photo_pass(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Nobody is seen on it."""
    photo = _photo(request, slug, pk)
    done(request, acts.pass_photo, _("La photo est montrée."), photo=photo, by=request.user)
    return redirect("housing:photos", slug)


@require_POST
def photo_refuse(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """It cannot be shown, and the household reads why."""
    photo, form = _photo(request, slug, pk), RefusePhotoForm(request.POST)
    said = _("La photo est enlevée, et le ménage est prévenu.")
    if form.is_valid():
        done(request, acts.refuse_photo, said, photo=photo, reason=form.words, by=request.user)
    else:
        messages.error(request, _("Choisissez pourquoi elle ne peut pas être montrée."))
    return redirect("housing:photos", slug)


def _photo(request: PersonRequest, slug: str, pk: int) -> ListingPhoto:
    space = team_space(request, slug)
    rows = ListingPhoto.objects.select_related("listing__tenant", "listing__space", "file")
    return get_object_or_404(rows, pk=pk, listing__space=space)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def type_paper(request: PersonRequest, slug: str) -> HttpResponse:
    """A form that came on paper, or what someone says on the telephone: one page."""
    space = team_space(request, slug)
    form = PaperForm(request.POST or None, space=space)
    if form.is_valid() and (made := _typed(request, form)):
        messages.success(request, _("C’est saisi : relisez, puis envoyez au bailleur."))
        return redirect("housing:own", slug, made.code)
    return render(request, "housing/listing_paper.html", {"space": space, "form": form})


def _typed(request: PersonRequest, form: PaperForm) -> Listing | None:
    try:
        return type_in(space=form.space, by=request.user, **form.given())
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return None


@login_not_required
@throttled(rate="12/m")
@require_safe
def paper_form(request: HttpRequest, slug: str) -> HttpResponse:
    """The form to fill with a pen, on both sides of a sheet."""
    return paper(printing.registration(visited_space(request, slug)), "inscription")
