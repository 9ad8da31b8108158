"""The printed card: coming in with it, seeing one's own, handing one out."""

import uuid
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from traboule.ui.throttle import throttled

from .. import cards
from ..actions import Refused
from ..card_forms import CardNumberForm, CardPinForm
from ..kept import Kept
from ..models import Card, Person
from ..requests import PersonRequest
from ..rules import can_issue_card
from .sign_in import enter, safe_next

KEY = "people.card"
MAKING = {"issue": cards.issue, "replace": cards.replace}


@dataclass
class TypedCard(Kept):
    """The number that someone typed, until they typed its code."""

    number: str
    next: str


@login_not_required
@never_cache
@throttled(rate="20/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def card_sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for the number written on the card."""
    if request.user.is_authenticated:
        return redirect(safe_next(request))
    form = CardNumberForm(request.POST or None)
    if form.is_valid():
        request.session.set_expiry(0)
        typed = TypedCard(form.cleaned_data["number"], next=safe_next(request))
        typed.keep(request.session, KEY)
        return redirect("people:card-pin")
    context = {"form": form, "next": request.POST.get("next") or request.GET.get("next", "")}
    return render(request, "people/card_number.html", context)


@login_not_required
@never_cache
@throttled(rate="30/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def card_pin(request: HttpRequest) -> HttpResponse:
    """Ask for the secret code of the card whose number was typed."""
    typed = TypedCard.of(request.session, KEY)
    if request.user.is_authenticated or typed is None:
        return redirect("people:card-sign-in")
    return _ask_pin(request, Card.objects.with_number(typed.number), next=typed.next)


@login_not_required
@never_cache
@throttled(rate="30/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def card_open(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the secret code of the card whose QR code was scanned; name nobody before it."""
    if request.user.is_authenticated:
        return render(request, "people/card_signed_in.html", {"token": token})
    return _ask_pin(request, Card.objects.with_token(token), next=safe_next(request))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def card(request: PersonRequest) -> HttpResponse:
    """Show one's own card, and revoke it when it is lost."""
    mine = request.user.cards.live().first()
    if request.method == "POST":
        if mine:
            cards.revoke(card=mine, by=request.user)
            messages.success(request, _("Votre carte n’ouvre plus rien."))
        return redirect("people:card")
    return render(request, "people/card_mine.html", {"card": mine})


@never_cache
@throttled(rate="30/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def person_card(request: PersonRequest, public_id: uuid.UUID) -> HttpResponse:
    """Show a person's card to whoever may hand it out: make, replace or revoke it."""
    person = get_object_or_404(Person, public_id=public_id, erased_at=None)
    if not can_issue_card(request.user, person):
        raise PermissionDenied
    current = person.cards.live().select_related("issued_by").first()
    if request.method == "POST":
        return _act(request, person, current)
    return render(request, "people/card_of_person.html", {"person": person, "card": current})


def _ask_pin(request: HttpRequest, card: Card | None, *, next: str) -> HttpResponse:
    """The page that asks for the secret code, or says that this card opens nothing."""
    form = CardPinForm(request.POST or None)
    if card and card.is_live and form.is_valid():
        try:
            person = cards.sign_in(card=card, pin=form.cleaned_data["digits"])
        except Refused as refused:
            form.add_error("digits", refused)
        else:
            request.session.pop(KEY, None)
            remember = form.cleaned_data["remember"]
            return enter(request, person, kind="card", next=next, remember=remember)
    if card is None or not card.is_live:
        return render(request, "people/card_closed.html", status=410)
    return render(request, "people/card_pin.html", {"form": form, "card": card})


def _act(request: PersonRequest, person: Person, current: Card | None) -> HttpResponse:
    """Make, replace or revoke; a new card leaves as a PDF, the only place that has its code."""
    act = request.POST.get("act", "")
    try:
        if act in MAKING:
            return _printed(MAKING[act](person=person, by=request.user))
    except Refused as refused:
        messages.error(request, refused.message)
    if act == "revoke" and current:
        cards.revoke(card=current, by=request.user)
        messages.success(request, _("Cette carte n’ouvre plus rien."))
    return redirect("people:person-card", person.public_id)


def _printed(new: cards.NewCard) -> HttpResponse:
    response = HttpResponse(cards.pdf([new]), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="carte-{new.card}.pdf"'
    return response
