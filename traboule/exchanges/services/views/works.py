"""Hours done: written, confirmed, contested, and the team's word on them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.kernel.people.actions import Refused
from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.views.fetching import done
from traboule.ui.throttle import throttled

from ..actions import works
from ..forms.agreeing import HoursForm, ObjectionForm, SettleForm
from ..models import Side, Work, WorkState
from ..rules import can_help, sides_of
from .calling import team_space
from .contracts import SHOWN, seen_contract
from .front import visited_space


@never_cache
@throttled(rate="60/m")
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: PersonRequest, slug: str, code: str, side: str) -> HttpResponse:
    """Write hours down, for oneself or from a sheet of paper."""
    contract, sides = seen_contract(request, slug, code)
    if side not in sides:
        raise Http404
    form = HoursForm(request.POST or None, initial={"day": timezone.localdate()})
    if form.is_valid():
        try:
            _work, warned = works.enter(
                contract=contract, side=Side(side), by=request.user, **form.given()
            )
        except Refused as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, _("C’est écrit. L’autre personne doit confirmer."))
            for words in warned:
                messages.warning(request, words)
            return redirect(contract)
    context = {"space": contract.household.space, "contract": contract, "form": form}
    return render(request, "services/hours.html", context)


@throttled(rate="60/m")
@require_POST
def confirm(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """These hours are right."""
    work = _answered(request, slug, pk)
    done(request, works.confirm, _("Heures confirmées."), work=work, by=request.user)
    return redirect(work.contract)


@never_cache
@throttled(rate="60/m")
@require_http_methods(["GET", "HEAD", "POST"])
def dispute(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """These hours are not right."""
    work = _seen(request, slug, pk)
    form = ObjectionForm(request.POST or None)
    if form.is_valid() and done(
        request, works.dispute, _("L’équipe vous appelle pour trouver un accord."),
        work=work, words=form.cleaned_data["words"], by=request.user,
    ):  # fmt: skip
        return redirect(work.contract)
    context = {"space": work.contract.household.space, "work": work, "form": form}
    return render(request, "services/dispute.html", context)


@throttled(rate="60/m")
@require_POST
def drop(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Take one's own hours back."""
    work = _seen(request, slug, pk)
    if work.entered_by not in sides_of(request.user, work.contract):
        raise PermissionDenied
    done(request, works.drop, _("Ces heures sont retirées."), work=work, by=request.user)
    return redirect(work.contract)


@never_cache
@throttled(rate="60/m")
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """The team says what is due."""
    work = _seen(request, slug, pk)
    if not can_help(request.user, work.contract.household.space):
        raise PermissionDenied
    form = SettleForm(request.POST or None, initial={"minutes": int(work.hours * 60)})
    if form.is_valid() and done(
        request, works.settle, _("C’est tranché. Les deux le savent."), work=work,
        by=request.user, **form.cleaned_data,
    ):  # fmt: skip
        return redirect("services:disputes", slug)
    context = {"space": work.contract.household.space, "work": work, "form": form}
    return render(request, "services/settle.html", context)


@never_cache
@require_safe
def disputes(request: PersonRequest, slug: str) -> HttpResponse:
    """Hours in discussion, for the team."""
    space = team_space(request, slug)
    rows = Work.objects.filter(
        contract__household__space=space, state=WorkState.DISPUTED
    ).select_related("contract__household__person", "contract__worker__person")
    context = {"space": space, "works": rows.order_by("answered_at", "pk")[:SHOWN]}
    return render(request, "services/disputes.html", context)


def _seen(request: PersonRequest, slug: str, pk: int) -> Work:
    space = visited_space(request, slug)
    rows = Work.objects.select_related(
        "contract__household__person", "contract__household__commune", "contract__worker__person"
    )
    work = get_object_or_404(rows, contract__household__space=space, pk=pk)
    work.contract.household.space = space
    if not sides_of(request.user, work.contract):
        raise Http404
    return work


def _answered(request: PersonRequest, slug: str, pk: int) -> Work:
    """Hours that they may confirm: nobody confirms what they wrote."""
    work = _seen(request, slug, pk)
    if all(side == work.entered_by for side in sides_of(request.user, work.contract)):
        raise PermissionDenied
    return work
