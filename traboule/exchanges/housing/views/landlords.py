"""Landlords that exchange here, their days, and the people who serve them."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.views.fetching import done

from ..actions import landlords as acts
from ..delays import delays_of
from ..forms.stock import LandlordForm, OfficerForm
from ..models import Landlord, Officer
from .stock_finding import run_space


@never_cache
@require_safe
def landlords(request: PersonRequest, slug: str) -> HttpResponse:
    """The landlords, and how long each takes."""
    space = run_space(request, slug)
    context = {"space": space, "delays": delays_of(space.landlords.all())}
    return render(request, "housing/stock/landlords.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: PersonRequest, slug: str) -> HttpResponse:
    """Name a landlord."""
    space = run_space(request, slug)
    form = LandlordForm(request.POST or None, instance=Landlord(space=space))
    if form.is_valid():
        try:
            made = acts.add_landlord(space=space, by=request.user, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            return redirect("housing:landlord", slug, made.pk)
    context = {"space": space, "form": form}
    return render(request, "housing/stock/landlord_add.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def landlord(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """One landlord: its name and its days, and who serves it."""
    space = run_space(request, slug)
    found = get_object_or_404(space.landlords, pk=pk)
    form = LandlordForm(request.POST or None, instance=get_object_or_404(space.landlords, pk=pk))
    if form.is_valid():
        try:
            acts.change_landlord(landlord=found, by=request.user, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            return redirect("housing:landlord", slug, pk)
    return _page(request, found, form=form, officer_form=OfficerForm(landlord=found))


def _page(
    request: PersonRequest, found: Landlord, *, form: LandlordForm, officer_form: OfficerForm
) -> HttpResponse:
    context = {
        "space": found.space,
        "landlord": found,
        "officers": found.officers.select_related("person"),
        "form": form,
        "officer_form": officer_form,
    }
    return render(request, "housing/stock/landlord.html", context)


@require_POST
def remove(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Take off a landlord named by mistake."""
    found = get_object_or_404(run_space(request, slug).landlords, pk=pk)
    if done(request, acts.remove_landlord, _("Le bailleur est retiré."), landlord=found,
            by=request.user):  # fmt: skip
        return redirect("housing:landlords", slug)
    return redirect("housing:landlord", slug, pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add_officer(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Let a person check and decide for a landlord."""
    found = get_object_or_404(run_space(request, slug).landlords, pk=pk)
    officer_form = OfficerForm(request.POST or None, landlord=found)
    if officer_form.is_valid() and done(
        request, acts.add_officer, _("Cette personne peut maintenant vérifier et répondre."),
        landlord=found, by=request.user, **officer_form.cleaned_data,
    ):  # fmt: skip
        return redirect("housing:landlord", slug, pk)
    return _page(request, found, form=LandlordForm(instance=found), officer_form=officer_form)


@require_POST
def remove_officer(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """They serve that landlord no more."""
    space = run_space(request, slug)
    officer = get_object_or_404(Officer, pk=pk, landlord__space=space)
    done(request, acts.remove_officer, _("C’est retiré."), officer=officer, by=request.user)
    return redirect("housing:landlord", slug, officer.landlord_id)
