"""Colleges, parity and quotas, for those who compose."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.views.fetching import done

from ..actions import settings as acts
from ..forms.settings import CollegeForm, QuotaForm, RosterForm
from ..models import Roster
from .finding import roster_space


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: PersonRequest, slug: str) -> HttpResponse:
    """Who reads the composition, parity, functions; and the way to colleges and quotas."""
    space = roster_space(request, slug)
    form = RosterForm(request.POST or None, roster=Roster.of(space))
    if form.is_valid():
        act = {"space": space, "by": request.user, **form.cleaned_data}
        if done(request, acts.change_roster, _("Les réglages sont changés."), **act):
            return redirect("roster:roster", slug)
    context = {
        "space": space,
        "form": form,
        "colleges": space.colleges.all(),
        "quotas": space.roster_quotas.select_related("college"),
    }
    return render(request, "roster/settings.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_college(request: PersonRequest, slug: str) -> HttpResponse:
    """One more college."""
    space = roster_space(request, slug)
    form = CollegeForm(request.POST or None)
    if form.is_valid():
        try:
            acts.add_college(space=space, by=request.user, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("Le collège est créé."))
            return redirect("roster:settings", slug)
    return render(request, "roster/college.html", {"space": space, "form": form, "college": None})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def college(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """A college's name and seats."""
    space = roster_space(request, slug)
    found = get_object_or_404(space.colleges, pk=pk)
    initial = {"name": found.name, "seats": found.seats}
    form = CollegeForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            acts.change_college(college=found, by=request.user, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("Le collège est changé."))
            return redirect("roster:settings", slug)
    return render(request, "roster/college.html", {"space": space, "form": form, "college": found})


@require_POST
def remove_college(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Remove a college in which nobody ever sat."""
    space = roster_space(request, slug)
    found = get_object_or_404(space.colleges, pk=pk)
    done(request, acts.remove_college, _("Le collège est retiré."), college=found, by=request.user)
    return redirect("roster:settings", slug)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_quota(request: PersonRequest, slug: str) -> HttpResponse:
    """One more rule: so many people of some kind."""
    space = roster_space(request, slug)
    form = QuotaForm(request.POST or None, space=space)
    if form.is_valid():
        act = {"quota": form.quota, "by": request.user}
        if done(request, acts.add_quota, _("Le quota est ajouté."), **act):
            return redirect("roster:settings", slug)
    return render(request, "roster/quota.html", {"space": space, "form": form})


@require_POST
def remove_quota(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Ask for it no more."""
    space = roster_space(request, slug)
    quota = get_object_or_404(space.roster_quotas, pk=pk)
    done(request, acts.remove_quota, _("Le quota est retiré."), quota=quota, by=request.user)
    return redirect("roster:settings", slug)
