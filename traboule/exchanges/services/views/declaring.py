"""Declarations: each with its fields, the desk of the team, the mandate, the credit at once."""

import json
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.kernel.people.actions import Refused
from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.views.fetching import done, space_for
from traboule.ui.downloads import paper, table
from traboule.ui.throttle import throttled

from ..actions import declarations as acts
from ..actions import enrolling
from ..desk import desk
from ..forms.declaring import CopiedForm, EnrolForm, MandateForm
from ..models import Declaration, Household
from ..printing.mandate import mandate_paper
from ..rules import can_employ, can_help
from ..urssaf import access, advance
from ..urssaf.access import Down, Rejected
from ..volet import kind_of, plain, volet
from .front import visited_space


@never_cache
@throttled(rate="120/m")
@require_safe
def declarations(request: PersonRequest, slug: str) -> HttpResponse:
    """What is to be done about declarations, and those that wait for nobody."""
    space = space_for(request, slug, can_help)
    ways = {"cesu": access.cesu() is not None, "advance": access.advance() is not None}
    return render(
        request, "services/declarations.html", {"space": space, "groups": desk(space), "ways": ways}
    )


@never_cache
@throttled(rate="120/m")
@require_safe
def declaration(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Every field, big enough to copy; where it is; what to do."""
    found = own_declaration(request, slug, pk)
    space = found.payslip.contract.household.space
    context = {
        "space": space,
        "declaration": found,
        "lines": volet(found.payslip),
        "pajemploi": kind_of(found.payslip).filing == "pajemploi",
        "form": CopiedForm(),
        "team": can_help(request.user, space),
    }
    return render(request, "services/declaration.html", context)


@require_safe
def declaration_file(request: PersonRequest, slug: str, pk: int, kind: str) -> HttpResponseBase:
    """The same, to keep: for a spreadsheet, or for a machine."""
    found = own_declaration(request, slug, pk)
    lines = volet(found.payslip)
    if kind == "csv":
        rows = [(_("Case"), _("Valeur")), *((line.label, line.shown) for line in lines)]
        return table(rows, "volet-social", found.payslip.code)
    if kind != "json":
        raise Http404
    name = f'attachment; filename="volet-social-{found.payslip.code}.json"'
    return HttpResponse(
        json.dumps(plain(lines), ensure_ascii=False, indent=2),
        content_type="application/json",
        headers={"Content-Disposition": name},
    )


@throttled(rate="60/m")
@require_POST
def declaration_copied(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """It was declared on Urssaf's site."""
    found = own_declaration(request, slug, pk)
    form = CopiedForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(form.errors["on"][0]))
    else:
        said = _("C’est noté : déclaré.")
        done(request, acts.copied, said, declaration=found, by=request.user, **form.cleaned_data)
    return redirect(found)


@throttled(rate="60/m")
@require_POST
def declaration_act(request: PersonRequest, slug: str, pk: int, act: str) -> HttpResponse:
    """One of the buttons of the team."""
    found = own_declaration(request, slug, pk)
    if not can_help(request.user, found.payslip.contract.household.space):
        raise PermissionDenied
    if act not in ACTS:
        raise Http404
    do, said, what = ACTS[act]
    if not done(request, do, said(), declaration=found, by=request.user, **what):
        return redirect(found)
    return redirect("services:declarations", slug)


ACTS: dict[str, tuple[Callable[..., Any], Callable[[], str], dict[str, bool]]] = {
    "encore": (acts.again, lambda: _("C’est reparti."), {}),
    "a-la-main": (acts.by_hand, lambda: _("À recopier sur le site de l’Urssaf."), {}),
    "versee": (acts.settle, lambda: _("C’est noté : versé."), {"paid": True}),
    "impayee": (acts.settle, lambda: _("C’est noté : prélèvement refusé."), {"paid": False}),
}


@never_cache
@throttled(rate="30/m")
@require_http_methods(["GET", "HEAD", "POST"])
def mandate(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Let the association declare at the Cesu."""
    household = own_household(request, slug, pk)
    form = MandateForm(request.POST or None, initial={"number": household.cesu_number})
    if form.is_valid():
        said = form.cleaned_data
        try:
            enrolling.sign_mandate(
                household=household, number=said["number"], on=said["on"], by=request.user
            )
        except Refused as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, _("C’est noté : nous déclarons pour vous."))
            return redirect("services:mandate", slug, pk)
    context = {"space": household.space, "household": household, "form": form,
               "machine": access.cesu() is not None}  # fmt: skip
    return render(request, "services/mandate.html", context)


@throttled(rate="30/m")
@require_POST
def mandate_end(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """No longer let it."""
    household = own_household(request, slug, pk)
    enrolling.end_mandate(household=household, by=request.user)
    messages.success(request, _("C’est fini : nous ne déclarons plus pour vous."))
    return redirect("services:mandate", slug, pk)


@throttled(rate="30/m")
@require_safe
def mandate_pdf(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """The mandate on paper, to sign by hand."""
    household = own_household(request, slug, pk)
    return paper(mandate_paper(household), "mandat-cesu")


@never_cache
@throttled(rate="30/m")
@require_http_methods(["GET", "HEAD", "POST"])
def advance_page(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Ask Urssaf for the credit at once; what is typed goes to it and is not kept."""
    household = own_household(request, slug, pk)
    form = EnrolForm(request.POST or None, household=household)
    if form.is_valid():
        try:
            enrolling.enrol(household=household, details=form.details, by=request.user)
        except Refused as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, _("C’est demandé. L’Urssaf vous écrit."))
            return redirect("services:advance", slug, pk)
    words = advance.ENROLMENT.get(household.advance_state, household.advance_state)
    context = {"space": household.space, "household": household, "form": form, "words": words,
               "open": access.advance() is not None}  # fmt: skip
    return render(request, "services/advance.html", context)


@throttled(rate="10/m")
@require_POST
def advance_look(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """See where it is."""
    household = own_household(request, slug, pk)
    try:
        enrolling.look_at_enrolment(household=household)
    except (Down, Rejected):
        messages.error(request, _("L’Urssaf n’a pas répondu. Réessayez plus tard."))
    return redirect("services:advance", slug, pk)


def own_declaration(request: PersonRequest, slug: str, pk: int) -> Declaration:
    """A declaration, for the household and the team."""
    space = visited_space(request, slug)
    rows = Declaration.objects.for_listing()
    found = get_object_or_404(rows, payslip__contract__household__space=space, pk=pk)
    if not can_employ(request.user, found.payslip.contract.household):
        raise Http404
    return found


def own_household(request: PersonRequest, slug: str, pk: int) -> Household:
    """A household, for itself, whoever holds its mandate, and the team."""
    space = visited_space(request, slug)
    rows = Household.objects.select_related("person", "commune")
    found = get_object_or_404(rows, space=space, pk=pk)
    found.space = space
    if not can_employ(request.user, found):
        raise Http404
    return found
