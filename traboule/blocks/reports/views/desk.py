"""Preparing how problems are received: the plan, the named places, the kinds and their days."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.views.fetching import done

from ..actions import desk as acts
from ..forms import CategoryForm, SetUpForm, ZoneForm
from ..models import Desk
from ..plans import plan_of
from .finding import team_space


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: PersonRequest, slug: str) -> HttpResponse:
    """The plan, who looks first, and below, the places and the kinds."""
    space = team_space(request, slug)
    desk = Desk.objects.filter(space=space).first() or Desk(space=space)
    form = SetUpForm(
        request.POST or None, request.FILES or None, initial={"looks_first": desk.looks_first}
    )
    if form.is_valid() and done(
        request, acts.set_up, _("C’est enregistré."),
        space=space, by=request.user, **form.cleaned_data,
    ):  # fmt: skip
        return redirect("reports:set-up", slug)
    return render(request, "reports/set_up.html", _page(space, form=form))


def _page(space: Space, **forms_given: forms.Form) -> dict[str, Any]:
    """All the forms of the page, those given in place of empty ones."""
    desk = Desk.objects.filter(space=space).first() or Desk(space=space)
    page: dict[str, Any] = {
        "space": space,
        "form": SetUpForm(initial={"looks_first": desk.looks_first}),
        "zone_form": ZoneForm(prefix="zone"),
        "category_form": CategoryForm(prefix="category"),
        "zones": space.report_zones.all(),
        "categories": space.report_categories.all(),
    } | forms_given
    return page | {"plan": plan_of(space, page["zone_form"])}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add_zone(request: PersonRequest, slug: str) -> HttpResponse:
    """Name a place, and show it on the plan."""
    space = team_space(request, slug)
    form = ZoneForm(request.POST or None, prefix="zone")
    if form.is_valid() and _added(request, acts.add_zone, space, form):
        return redirect("reports:set-up", slug)
    return render(request, "reports/set_up.html", _page(space, zone_form=form))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add_category(request: PersonRequest, slug: str) -> HttpResponse:
    """Name a kind of problem, and its usual days."""
    space = team_space(request, slug)
    form = CategoryForm(request.POST or None, prefix="category")
    if form.is_valid() and _added(request, acts.add_category, space, form):
        return redirect("reports:set-up", slug)
    return render(request, "reports/set_up.html", _page(space, category_form=form))


def _added(request: PersonRequest, act: Any, space: Space, form: forms.Form) -> bool:
    """Whether it was; the form says why not."""
    try:
        act(space=space, by=request.user, **form.cleaned_data)
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return False
    messages.success(request, _("C’est ajouté."))
    return True


@require_POST
def remove_zone(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Take a place off the list."""
    space = team_space(request, slug)
    zone = get_object_or_404(space.report_zones, pk=pk)
    done(request, acts.remove_zone, _("C’est retiré."), zone=zone, by=request.user)
    return redirect("reports:set-up", slug)


@require_POST
def remove_category(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Take a kind of problem off the list."""
    space = team_space(request, slug)
    category = get_object_or_404(space.report_categories, pk=pk)
    done(request, acts.remove_category, _("C’est retiré."), category=category, by=request.user)
    return redirect("reports:set-up", slug)
