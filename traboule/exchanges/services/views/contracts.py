"""Writing, reading and signing a contract."""

import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.engines.payroll import Unusable
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.views.fetching import done, last_read
from traboule.ui.downloads import paper as as_paper
from traboule.ui.throttle import throttled

from ..actions import contracts, signing
from ..actions.payments import why_not_hold
from ..forms.agreeing import AmendForm, CodeForm, ContractForm, EndForm, LateForm, PaperForm, known
from ..lent import employers
from ..models import Contract, ContractState, Offer, OfferState, Side, Work, WorkState
from ..printing.contract import contract_of
from ..rules import can_answer_as_household, can_answer_as_worker, can_help, sides_of
from ..terms import mentions
from ..ways import ways
from .asking import member_space
from .front import visited_space

SHOWN, MOST_TO_SIGN = 20, 100


@never_cache
@require_safe
def mine(request: PersonRequest, slug: str) -> HttpResponse:
    """One's contracts, those to sign first; for the team, all of them, page by page."""
    space = member_space(request, slug)
    rows = Contract.objects.for_listing().filter(household__space=space)
    if not can_help(request.user, space):
        people = employers(request.user)
        rows = rows.filter(Q(household__person__in=people) | Q(worker__person=request.user))
    to_do = Q(state__in=(ContractState.DRAFT, ContractState.ONE))
    last, others = last_read(request, rows), rows.exclude(to_do).order_by("-pk")
    page = list((others.filter(pk__lt=last.pk) if last else others)[: SHOWN + 1])
    context = {
        "space": space,
        "to_sign": [] if last else rows.filter(to_do).order_by("pk")[:MOST_TO_SIGN],
        "contracts": page[:SHOWN],
        "next": f"?apres={page[SHOWN - 1].pk}" if len(page) > SHOWN else "",
    }
    return render(request, "services/contracts.html", context)


@never_cache
@throttled(rate="30/m")
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Write the contract of the offer that was chosen, or correct it before anyone signs."""
    space = member_space(request, slug)
    rows = Offer.objects.for_listing().select_related(
        "request__household__person", "request__household__commune", "worker__person"
    )
    offer = get_object_or_404(rows, request__space=space, pk=pk, state=OfferState.CHOSEN)
    offer.request.space = offer.request.household.space = space
    may = {
        Side.HOUSEHOLD: can_answer_as_household(request.user, offer.request),
        Side.WORKER: can_answer_as_worker(request.user, offer),
    }
    sides = [side for side in Side if may[side]]
    if not sides:
        raise Http404
    contract = offer.contracts.live().filter(amends=None).first()
    if contract and contract.state != ContractState.DRAFT:
        return redirect(contract)
    draft = contract or Contract(
        offer=offer, worker=offer.worker, household=offer.request.household,
        place=offer.request.household.address, **contracts.first_draft(offer),
    )  # fmt: skip
    form = ContractForm(
        request.POST or None,
        initial=known(draft),
        ways=ways(),
        kind=offer.request.kind_data,
        sides=sides,
    )
    if form.is_valid():
        try:
            contract = contracts.prepare(offer=offer, by=request.user, **form.given())
        except Refused as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("Le contrat est prêt. Relisez-le, puis signez."))
            return redirect(contract)
    context = {"space": space, "form": form, "offer": offer, "contract": contract}
    return render(request, "services/contract_write.html", context)


@never_cache
@require_safe
def one(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """A contract: what it says, who signed, hours, payslips."""
    contract, sides = seen_contract(request, slug, code)
    signatures = list(contract.signatures.all())
    signed = {one.side for one in signatures}
    hours = contract.works.counting()
    works = list(hours.exclude(state=WorkState.PAID).order_by("-begun_at", "-pk"))
    for work in works:
        work.contract = contract
    context = {
        "space": contract.household.space,
        "contract": contract,
        "sides": sides,
        "can_help": can_help(request.user, contract.household.space),
        "mentions": _mentions(contract),
        "signatures": signatures,
        "is_intact": signing.is_intact(contract),
        "to_sign": [Side(side) for side in sides if side not in signed],
        "works": [(work, _may_answer(work, sides)) for work in works],
        "has_worked": hours.exists(),
        "months": _months(contract),
        "payslips": contract.payslips.all(),
        "is_late": contract.begins_on < timezone.localdate() and not contract.late_because,
        "may_hold": Side.HOUSEHOLD in sides and not why_not_hold(contract),
        "end_form": EndForm(initial={"on": timezone.localdate()}),
        "late_form": LateForm(),
    }
    return render(request, "services/contract.html", context)


@never_cache
@require_safe
def pdf(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """The contract on paper, to sign with a pen or to keep."""
    contract, _sides = seen_contract(request, slug, code)
    try:
        return as_paper(contract_of(contract), _("contrat"), contract.code)
    except Unusable as problem:
        messages.error(request, str(problem))
        return redirect(contract)


@throttled(rate="10/m")
@require_POST
def send_code(request: PersonRequest, slug: str, code: str, side: str) -> HttpResponse:
    """Send a code to sign with."""
    contract, side_ = _side(request, slug, code, side)
    said = _("Un code est parti. Il arrive dans la minute.")
    done(request, signing.send_code, said, contract=contract, side=side_, by=request.user)
    return redirect("services:sign", slug, code, side)


@never_cache
@throttled(rate="30/m")
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: PersonRequest, slug: str, code: str, side: str) -> HttpResponse:
    """Sign with the digits received."""
    contract, side_ = _side(request, slug, code, side)
    form = CodeForm(request.POST or None)
    if form.is_valid() and done(
        request, signing.sign_with_code, _("C’est signé."),
        contract=contract, side=side_, digits=form.cleaned_data["digits"], by=request.user,
    ):  # fmt: skip
        return redirect(contract)
    context = {
        "space": contract.household.space,
        "contract": contract,
        "side": side_,
        "person": contract.person_of(side_),
        "sent": contract.codes.filter(side=side_).first(),
        "form": form,
    }
    return render(request, "services/sign.html", context)


@never_cache
@throttled(rate="30/m")
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """Send the photo of the page that was signed with a pen."""
    contract, sides = seen_contract(request, slug, code)
    form = PaperForm(request.POST or None, request.FILES or None, sides=sides)
    if form.is_valid() and done(
        request, signing.sign_on_paper, _("La signature est enregistrée."), contract=contract,
        side=Side(form.cleaned_data["side"]), paper=form.cleaned_data["paper"][0],
        by=request.user,
    ):  # fmt: skip
        return redirect(contract)
    context = {"space": contract.household.space, "contract": contract, "form": form}
    return render(request, "services/sign_on_paper.html", context)


@throttled(rate="30/m")
@require_POST
def regularise(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """The team lets a contract be signed after its first day."""
    contract, _sides = seen_contract(request, slug, code)
    if not can_help(request.user, contract.household.space):
        raise PermissionDenied
    form = LateForm(request.POST)
    if form.is_valid():
        done(
            request, signing.regularise, _("C’est noté dans le contrat. Il peut être signé."),
            contract=contract, because=form.cleaned_data["because"], by=request.user,
        )  # fmt: skip
    else:
        messages.error(request, str(form.errors["because"][0]))
    return redirect(contract)


@never_cache
@throttled(rate="30/m")
@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """Change a signed contract from a day on."""
    contract, _sides = seen_contract(request, slug, code)
    if contract.state != ContractState.SIGNED:
        raise Http404
    names = [name for name in AmendForm.base_fields if name != "begins_on"]
    known_ = {name: getattr(contract, name) for name in names}
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    form = AmendForm(request.POST or None, initial=known_ | {"begins_on": tomorrow})
    if form.is_valid():
        try:
            changed = contracts.amend(contract=contract, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("L’avenant est prêt. Relisez-le, puis signez."))
            return redirect(changed)
    context = {"space": contract.household.space, "contract": contract, "form": form}
    return render(request, "services/amend.html", context)


@throttled(rate="30/m")
@require_POST
def cancel(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """Let it go before it begins."""
    contract, _sides = seen_contract(request, slug, code)
    said = _("Le contrat est annulé. Rien n’est dû.")
    done(request, contracts.cancel, said, contract=contract, by=request.user)
    return redirect(contract)


@throttled(rate="30/m")
@require_POST
def end(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """Say that it ends."""
    contract, _sides = seen_contract(request, slug, code)
    form = EndForm(request.POST)
    if form.is_valid():
        done(
            request, contracts.end, _("Le contrat est terminé."), contract=contract,
            by=request.user, **form.cleaned_data,
        )  # fmt: skip
    else:
        messages.error(request, str(next(iter(form.errors.values()))[0]))
    return redirect(contract)


def seen_contract(request: PersonRequest, slug: str, code: str) -> tuple[Contract, list[Side]]:
    """The contract of that code and in whose place they act, for both and for the team."""
    space = visited_space(request, slug)
    rows = Contract.objects.for_listing().filter(household__space=space)
    contract = get_object_or_404(rows, code=code.upper())
    contract.household.space = space
    sides = sides_of(request.user, contract)
    if not sides:
        raise Http404
    return contract, sides


def _side(request: PersonRequest, slug: str, code: str, side: str) -> tuple[Contract, Side]:
    contract, sides = seen_contract(request, slug, code)
    if side not in sides:
        raise Http404
    return contract, Side(side)


def _mentions(contract: Contract) -> list[list[str]]:
    """What was signed, else what would be."""
    if contract.terms:
        said: list[list[str]] = contract.terms["mentions"]
        return said
    try:
        return mentions(contract)
    except Unusable as problem:
        return [["", str(problem)]]


def _may_answer(work: Work, sides: list[Side]) -> bool:
    """Whether they confirm these hours: who did not write them, and the team for either."""
    return any(side != work.entered_by for side in sides)


def _months(contract: Contract) -> list[datetime.date]:
    """The months whose confirmed hours wait for a payslip."""
    begun = contract.works.filter(state=WorkState.CONFIRMED).values_list("begun_at", flat=True)
    return sorted({timezone.localdate(one).replace(day=1) for one in begun})
