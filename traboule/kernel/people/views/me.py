"""A person's own page: name and language, wishes, and what serves totals only."""

from typing import Any

from django.contrib import messages
from django.forms import ModelForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ..forms import ProfileForm, TotalsForm, WishesForm
from ..requests import PersonRequest
from ..rules import can_look_for_duplicates
from .sign_in import speak


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def me(request: PersonRequest) -> HttpResponse:
    """Show and change one's name and language; list one's channels and all that is one's own."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if form.is_valid():
        person = form.save()
        messages.success(request, _("C’est enregistré."))
        return speak(redirect("people:me"), person)
    context = {
        "form": form,
        "name": form.initial["name"],
        "channels": request.user.channels.select_related("relay").order_by("-is_preferred", "pk"),
        "looks_after_people": can_look_for_duplicates(request.user),
        "relayed": request.user.relayed_channels.select_related("person").order_by("pk"),
    }
    return render(request, "people/me.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def wishes(request: PersonRequest) -> HttpResponse:
    """Large type, pages read aloud, quiet nights."""
    return _change(request, WishesForm, "people/me_wishes.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def totals(request: PersonRequest) -> HttpResponse:
    """Year of birth, gender and neighbourhood: each optional, none needed to take part."""
    return _change(request, TotalsForm, "people/me_totals.html")


def _change(request: PersonRequest, form_class: type[ModelForm[Any]], page: str) -> HttpResponse:
    """Ask for some facts of the person, keep them, and go back to their page."""
    form = form_class(request.POST if request.method == "POST" else None, instance=request.user)
    if form.is_valid():
        form.save()
        messages.success(request, _("C’est enregistré."))
        return redirect("people:me")
    return render(request, page, {"form": form})
