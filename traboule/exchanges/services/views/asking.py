"""Reading what is asked, answering it, choosing who comes."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from traboule.kernel.people.actions import Refused
from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.views.fetching import done
from traboule.ui.throttle import throttled

from ..actions import offers, requests
from ..comparing import compare
from ..forms.asking import CloseForm, OfferForm
from ..models import EndReason, Offer, Request, State, Worker
from ..rules import can_answer_as_household, can_answer_as_worker, can_see, can_take_part
from ..searching import measured
from .front import visited_space


def member_space(request: PersonRequest, slug: str) -> Space:
    """The space, for those who take part."""
    space = visited_space(request, slug)
    if not can_take_part(request.user, space):
        raise PermissionDenied
    return space


@never_cache
@throttled(rate="120/m")
@require_safe
def one(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """A request: for who asks, the answers side by side; for who has hands, a form to answer."""
    asked = seen_request(request, slug, code)
    if asked.state == State.DRAFT:
        return redirect("services:read-back", slug, asked.code)
    return render(request, "services/request.html", _page_of(request, asked))


def _page_of(
    request: PersonRequest, asked: Request, form: OfferForm | None = None
) -> dict[str, Any]:
    own = can_answer_as_household(request.user, asked)
    rows = asked.offers.compared().order_by("sent_at", "pk")
    mine = rows.filter(worker__person=request.user)
    worker = Worker.objects.filter(space=asked.space, person=request.user)
    found = worker.select_related("commune").first()
    return {
        "space": asked.space,
        "asked": asked,
        "own": own,
        "compared": compare(asked, rows) if own else [],
        "mine": [] if own else mine,
        "form": form or OfferForm(initial={"net_hourly": asked.budget}),
        "worker": found,
        "distance": measured(asked, found).distance,
        "close_form": CloseForm(),
    }


@throttled(rate="30/m")
@require_POST
def offer(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """Answer it."""
    asked = seen_request(request, slug, code)
    worker = get_object_or_404(Worker, space=asked.space, person=request.user)
    form = OfferForm(request.POST)
    if form.is_valid():
        try:
            offers.offer(asked=asked, worker=worker, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, _("Votre réponse est envoyée."))
            return redirect(asked)
    return render(request, "services/request.html", _page_of(request, asked, form))


@throttled(rate="60/m")
@require_POST
def choose(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Take that offer."""
    return _answered(request, slug, pk, "choose")


@throttled(rate="60/m")
@require_POST
def decline(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Say no to it."""
    return _answered(request, slug, pk, "decline")


def _answered(request: PersonRequest, slug: str, pk: int, act: str) -> HttpResponse:
    found = _offer(request, slug, pk)
    if not can_answer_as_household(request.user, found.request):
        raise PermissionDenied
    done(request, getattr(offers, act), offer=found, by=request.user)
    return redirect(found.request)


@throttled(rate="60/m")
@require_POST
def withdraw(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Take one's own offer back."""
    found = _offer(request, slug, pk)
    if not can_answer_as_worker(request.user, found):
        raise PermissionDenied
    said = _("Votre offre est retirée.")
    if done(request, offers.withdraw, said, offer=found, by=request.user):
        return redirect("services:requests", slug)
    return redirect(found.request)


@throttled(rate="60/m")
@require_POST
def close(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """Let it go."""
    asked = seen_request(request, slug, code)
    if not can_answer_as_household(request.user, asked):
        raise PermissionDenied
    form = CloseForm(request.POST)
    reason = EndReason(form.cleaned_data["reason"]) if form.is_valid() else EndReason.OTHER
    said = _("Votre demande est fermée.")
    if done(request, requests.close, said, asked=asked, reason=reason, by=request.user):
        return redirect("services:requests", slug)
    return redirect(asked)


def seen_request(request: PersonRequest, slug: str, code: str) -> Request:
    """The request of that code, for whoever may read it."""
    space = visited_space(request, slug)
    rows = space.service_requests.for_listing().select_related("household__person", "voice")
    asked = get_object_or_404(rows, code=code.upper())
    asked.space = space
    if not can_see(request.user, asked):
        raise Http404
    return asked


def _offer(request: PersonRequest, slug: str, pk: int) -> Offer:
    space = visited_space(request, slug)
    rows = Offer.objects.for_listing().select_related("request__household__person")
    found = get_object_or_404(rows, request__space=space, pk=pk)
    found.request.space = space
    return found
