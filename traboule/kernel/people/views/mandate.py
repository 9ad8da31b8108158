"""Acting for someone, and being represented: mandates, and what was done under them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.kernel.journal.models import Entry
from traboule.ui.throttle import throttled

from .. import acting as deeds
from .. import guardians, mandates, papers, rules
from ..acting_forms import MandateForm
from ..actions import Refused
from ..models import Mandate, Person
from ..requests import PersonRequest


@never_cache
@require_safe
def acting(request: PersonRequest) -> HttpResponse:
    """Those for whom I may act, and what I did for them."""
    context = {
        "held": request.user.mandates_held.standing().for_listing(),
        "children": guardians.children_of(request.user),
        "deeds": deeds.done_by(request.user),
    }
    return render(request, "people/mandate_acting.html", context)


@never_cache
@require_safe
def represented(request: PersonRequest) -> HttpResponse:
    """Those who may act for me, and what they did."""
    context = {
        "given": request.user.mandates_given.standing().for_listing(),
        "deeds": deeds.done_for(request.user),
    }
    return render(request, "people/mandate_represented.html", context)


@require_POST
def undo_deed(request: PersonRequest, pk: int) -> HttpResponse:
    """Undo what someone did for me, while there is time."""
    entry = get_object_or_404(Entry, pk=pk, for_key=request.user.pk)
    try:
        deeds.undo(entry=entry, by=request.user)
    except ValidationError as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("C’est annulé."))
    return redirect("people:represented")


@never_cache
@throttled(rate="20/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def prepare_mandate(request: PersonRequest, public_id: str) -> HttpResponse:
    """Say who will act for this person, for what and for how long."""
    giver = get_object_or_404(Person, public_id=public_id, erased_at=None)
    if not rules.can_prepare_mandate(request.user, giver):
        raise PermissionDenied
    form = MandateForm(request.POST or None, may_be_me=giver != request.user)
    if form.is_valid():
        mandate = _proposed(request, form, giver)
        if mandate:
            return redirect("people:mandate", mandate.code)
    return render(request, "people/mandate_prepare.html", {"form": form, "giver": giver})


@never_cache
@require_safe
def mandate(request: PersonRequest, code: str) -> HttpResponse:
    """One mandate: what it allows, its paper, and how to end it."""
    found = _mandate(request, code)
    context = {"mandate": found, "may_sign": rules.can_sign_mandate(request.user, found)}
    return render(request, "people/mandate_page.html", context)


@never_cache
@require_safe
def mandate_paper(request: PersonRequest, code: str) -> HttpResponse:
    """The paper to sign, one copy each."""
    found = _mandate(request, code)
    name = f'inline; filename="mandat-{found.code}.pdf"'
    pdf = papers.mandate_paper(found)
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": name})


@require_POST
def sign_mandate(request: PersonRequest, code: str) -> HttpResponse:
    """Note that both have signed."""
    found = _mandate(request, code)
    if not rules.can_sign_mandate(request.user, found):
        raise PermissionDenied
    try:
        mandates.sign(mandate=found, by=request.user)
    except Refused as refused:
        messages.error(request, refused.message)
    return redirect("people:mandate", found.code)


@require_POST
def end_mandate(request: PersonRequest, code: str) -> HttpResponse:
    """End it at once."""
    found = _mandate(request, code)
    mandates.end(mandate=found, by=request.user)
    messages.success(request, _("Ce mandat est terminé."))
    return redirect("people:mandate", found.code)


def _mandate(request: PersonRequest, code: str) -> Mandate:
    """The mandate of that code, for those whom it concerns."""
    found = get_object_or_404(Mandate.objects.for_listing(), code=code)
    if not rules.can_read_mandate(request.user, found):
        raise PermissionDenied
    return found


def _proposed(request: PersonRequest, form: MandateForm, giver: Person) -> Mandate | None:
    """The mandate, or nothing when the form now says why not."""
    try:
        return mandates.propose(
            giver=giver,
            holder=form.cleaned_data["holder"] or request.user,
            scopes=form.cleaned_data["scopes"],
            ends_on=form.last_day,
            by=request.user,
        )
    except Refused as refused:
        form.add_error("holder", refused)
        return None
