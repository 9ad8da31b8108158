"""Organisations: mine, a new one, who is in it."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from traboule.ui.throttle import throttled

from .. import organisations as acts
from ..actions import Refused
from ..forms import MemberForm, OrganisationForm, RoleForm
from ..models import Membership, Organisation
from ..requests import PersonRequest
from ..rules import can_manage_organisation, is_member


@never_cache
@require_safe
def organisations(request: PersonRequest) -> HttpResponse:
    """Those the person belongs to."""
    memberships = request.user.memberships.select_related("organisation")
    context = {"memberships": memberships.order_by("organisation__name", "pk")}
    return render(request, "people/organisation_list.html", context)


@never_cache
@throttled(rate="10/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_new(request: PersonRequest) -> HttpResponse:
    """Make one; whoever makes it coordinates it."""
    form = OrganisationForm(request.POST or None)
    if form.is_valid():
        made = acts.create_organisation(organisation=form.save(commit=False), by=request.user)
        messages.success(request, _("L’organisation est créée. Ajoutez-y vos collègues."))
        return redirect("people:organisation", made.pk)
    return render(request, "people/organisation_form.html", {"form": form})


@never_cache
@require_safe
def organisation(request: PersonRequest, pk: int) -> HttpResponse:
    """One organisation; its members are shown to its members."""
    found = get_object_or_404(Organisation, pk=pk)
    manages = can_manage_organisation(request.user, found)
    sees = manages or is_member(request.user, found)
    members = found.memberships.select_related("person").order_by("person__name", "pk")
    context = {
        "organisation": found,
        "kind": dict(OrganisationForm.KINDS).get(found.kind, "") if found.kind else "",
        "manages": manages,
        "sees": sees,
        "members": members if sees else (),
    }
    return render(request, "people/organisation_page.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Correct what it says of itself."""
    found = _managed(request, pk)
    form = OrganisationForm(request.POST or None, instance=found)
    if form.is_valid():
        acts.change_organisation(organisation=form.save(commit=False), by=request.user)
        messages.success(request, _("C’est enregistré."))
        return redirect("people:organisation", pk)
    return render(request, "people/organisation_form.html", {"form": form, "organisation": found})


@never_cache
@throttled(rate="20/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_add_member(request: PersonRequest, pk: int) -> HttpResponse:
    """Add somebody."""
    found = _managed(request, pk)
    form = MemberForm(request.POST or None)
    if form.is_valid() and _does(
        form, lambda: acts.add_member(organisation=found, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Cette personne fait partie de l’organisation."))
        return redirect("people:organisation", pk)
    return render(request, "people/organisation_add.html", {"form": form, "organisation": found})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_role(request: PersonRequest, pk: int) -> HttpResponse:
    """Change what a member does."""
    membership = _membership(pk)
    if not can_manage_organisation(request.user, membership.organisation):
        raise PermissionDenied
    form = RoleForm(request.POST or None, initial={"role": membership.role})
    if form.is_valid() and _does(
        form,
        lambda: acts.change_role(membership=membership, by=request.user, **form.cleaned_data),
    ):
        messages.success(request, _("C’est enregistré."))
        return redirect("people:organisation", membership.organisation_id)
    return render(
        request, "people/organisation_role.html", {"form": form, "membership": membership}
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_leave(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask whether a member goes, then let them go; anyone may leave."""
    membership = _membership(pk)
    own = membership.person_id == request.user.pk
    if not (own or can_manage_organisation(request.user, membership.organisation)):
        raise PermissionDenied
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and _does(
        form, lambda: acts.remove_member(membership=membership, by=request.user)
    ):
        messages.success(request, _("C’est enregistré."))
        return redirect("people:organisation", membership.organisation_id)
    context = {"form": form, "membership": membership, "own": own}
    return render(request, "people/organisation_leave.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask whether to remove it, then remove it."""
    found = _managed(request, pk)
    form = Form(request.POST if request.method == "POST" else None)
    if form.is_valid() and _does(
        form, lambda: acts.remove_organisation(organisation=found, by=request.user)
    ):
        messages.success(request, _("L’organisation est supprimée."))
        return redirect("people:organisations")
    return render(request, "people/organisation_remove.html", {"form": form, "organisation": found})


def _membership(pk: int) -> Membership:
    return get_object_or_404(Membership.objects.select_related("person", "organisation"), pk=pk)


def _managed(request: PersonRequest, pk: int) -> Organisation:
    found = get_object_or_404(Organisation, pk=pk)
    if not can_manage_organisation(request.user, found):
        raise PermissionDenied
    return found


def _does(form: Form, act: Callable[[], object]) -> bool:
    """Whether the act was done; otherwise the form says why not."""
    try:
        act()
    except Refused as refused:
        form.add_error(None, refused)
        return False
    return True
