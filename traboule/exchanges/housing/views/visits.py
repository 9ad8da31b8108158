"""Arranging a visit, and saying what came of it."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.views.fetching import done

from ..actions import visits as acts
from ..forms.finding import HoursForm
from ..models import Listing, Visit
from ..rules import can_answer_for
from .contacts import held_interest
from .finding_fetching import member_space, own_listing


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Ask to see the other’s home, or give hours to see one’s own."""
    interest, own = held_interest(request, slug, pk)
    if "visiter" in request.POST:
        said = _("C’est demandé : l’autre ménage vous propose des heures.")
        done(request, acts.ask, said, interest=interest, visitor=own, by=request.user)
        return _back(request, slug)
    form = HoursForm(request.POST or None)
    said = _("C’est envoyé : l’autre ménage choisit une heure.")
    if form.is_valid() and done(
        request, acts.offer_hours, said,
        interest=interest, host=own, hours=form.hours, by=request.user,
    ):  # fmt: skip
        return _back(request, slug)
    context = {
        "space": own.space, "interest": interest, "own": own,
        "other": interest.other_than(own), "form": form, "pour": request.GET.get("pour", ""),
    }  # fmt: skip
    return render(request, "housing/visit_ask.html", context)


@require_POST
def choose(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Come at one of the hours given."""
    visit, own = _held(request, slug, pk)
    if own.pk != visit.visitor_id:
        raise Http404
    number = request.POST.get("heure", "")
    rank = int(number) if number in set("123") else 0
    said = _("La visite est fixée. L’adresse vous est envoyée.")
    done(request, acts.choose, said, visit=visit, number=rank, by=request.user)
    return _back(request, slug)


@require_POST
def verdict(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Say whether the visit was conclusive."""
    visit, own = _held(request, slug, pk)
    yes = "oui" in request.POST
    said = _("C’est noté, merci.")
    done(request, acts.give_verdict, said, visit=visit, listing=own, yes=yes, by=request.user)
    return _back(request, slug)


@require_POST
def cancel(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """The visit does not take place."""
    visit, own = _held(request, slug, pk)
    said = _("C’est annulé : l’autre ménage est prévenu.")
    done(request, acts.cancel, said, visit=visit, listing=own, by=request.user)
    return _back(request, slug)


def _held(request: PersonRequest, slug: str, pk: int) -> tuple[Visit, Listing]:
    """A visit, and which of both households one speaks for; to others, there is none."""
    space = member_space(request, slug)
    visit = get_object_or_404(Visit.objects.for_listing().filter(host__space=space), pk=pk)
    own = own_listing(request, space)
    for side in (visit.visitor, visit.host):
        speaks = own.pk == side.pk if own else can_answer_for(request.user, side)
        if speaks:
            return visit, side
    raise Http404


def _back(request: PersonRequest, slug: str) -> HttpResponse:
    code = request.POST.get("pour", "")
    again = f"?pour={code}" if code.replace("-", "").isalnum() else ""
    return redirect(reverse("housing:interests", args=[slug]) + again)
