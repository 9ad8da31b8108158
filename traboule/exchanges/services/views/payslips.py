"""Payslips: made, read, printed."""

import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from traboule.kernel.people.actions import Refused
from traboule.kernel.people.requests import PersonRequest
from traboule.ui.downloads import paper as as_paper
from traboule.ui.throttle import throttled

from ..actions.payslips import make_payslip
from ..models import Declaration, Payslip
from ..printing.payslip import lines_of, payslip_of
from ..rules import can_employ, can_help, sides_of
from .contracts import seen_contract
from .front import visited_space


@throttled(rate="30/m")
@require_POST
def make(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """Make the payslip of a month."""
    contract, _sides = seen_contract(request, slug, code)
    try:
        month = datetime.date.fromisoformat(request.POST.get("month", ""))
        slip = make_payslip(contract=contract, month=month, by=request.user)
    except ValueError:
        messages.error(request, _("Choisissez un mois dans la liste."))
        return redirect(contract)
    except Refused as refused:
        messages.error(request, refused.messages[0])
        return redirect(contract)
    messages.success(request, _("Le bulletin est fait."))
    return redirect(slip)


@never_cache
@require_safe
def one(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """A payslip, in plain words first."""
    slip = seen_slip(request, slug, code)
    household = slip.contract.household
    space = household.space
    context = {
        "space": space,
        "slip": slip,
        "contract": slip.contract,
        "sides": sides_of(request.user, slip.contract),
        "can_help": can_help(request.user, space),
        "lines": lines_of(slip),
        "works": slip.works.all(),
        "credit": slip.cost / 2,
        "declaration": declaration_of(slip) if can_employ(request.user, household) else None,
    }
    return render(request, "services/payslip.html", context)


@never_cache
@require_safe
def pdf(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """The draft on paper."""
    slip = seen_slip(request, slug, code)
    return as_paper(payslip_of(slip), _("bulletin"), slip.code)


def declaration_of(slip: Payslip) -> Declaration | None:
    """Its declaration: the last one, when some were refused."""
    return slip.declarations.order_by("-pk").first()


def seen_slip(request: PersonRequest, slug: str, code: str) -> Payslip:
    """The payslip of that code, for both whom it concerns and for the team."""
    space = visited_space(request, slug)
    rows = Payslip.objects.for_listing().select_related(
        "contract__household__commune", "contract__worker__commune"
    )
    slip = get_object_or_404(rows, contract__household__space=space, code=code.upper())
    slip.contract.household.space = space
    if not sides_of(request.user, slip.contract):
        raise Http404
    return slip
