"""Papers of the end of a contract, statements of a year, and those that go by post."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.views.fetching import space_for
from traboule.ui.downloads import paper
from traboule.ui.throttle import throttled

from ..actions import households
from ..forms.statements import AidsForm
from ..models import Contract, ContractState, Ending, Worker
from ..months import household_year, worker_year
from ..posting import by_post, lines_of
from ..printing import ending, years
from ..rules import can_employ, can_help, can_read_pay
from .asking import member_space
from .declaring import own_household
from .front import visited_space

YEARS_SHOWN = 3


@never_cache
@throttled(rate="60/m")
@require_safe
def contract_papers(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """The three papers of an ended contract, and what each is for."""
    contract = ended_contract(request, slug, code)
    context = {"space": contract.household.space, "contract": contract}
    return render(request, "services/contract_papers.html", context)


@never_cache
@throttled(rate="60/m")
@require_safe
def contract_paper(request: PersonRequest, slug: str, code: str, kind: str) -> HttpResponse:
    """One of them."""
    contract = ended_contract(request, slug, code)
    if kind not in ending.PAPERS:
        raise Http404
    return paper(ending.PAPERS[kind](contract), kind, contract.code)


@never_cache
@throttled(rate="60/m")
@require_safe
def statements(request: PersonRequest, slug: str) -> HttpResponse:
    """One's own statements; for the team, those to print and post."""
    space = member_space(request, slug)
    team = can_help(request.user, space)
    context = {
        "space": space,
        "years": shown_years(),
        "household": space.service_households.filter(person=request.user).first(),
        "worker": space.service_workers.filter(person=request.user).first(),
        "team": team,
        "posted": by_post(space) if team else [],
    }
    return render(request, "services/statements.html", context)


@never_cache
@throttled(rate="30/m")
@require_safe
def household_statement(request: PersonRequest, slug: str, pk: int, year: int) -> HttpResponse:
    """What a household paid in a year, and what comes back."""
    household = own_household(request, slug, pk)
    return paper(years.of_household(household_year(household, year)), "releve", str(year))


@never_cache
@throttled(rate="30/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def aids(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """The aids that a household received, to be taken off."""
    household, shown = own_household(request, slug, pk), shown_years()
    form = AidsForm(request.POST or None, years=shown, aids=household.aids)
    if form.is_valid():
        households.say_aids(household=household, aids=form.given(), by=request.user)
        messages.success(request, _("C’est noté : le relevé en tient compte."))
        return redirect("services:aids", slug, pk)
    context = {"space": household.space, "household": household, "form": form, "years": shown}
    return render(request, "services/aids.html", context)


@never_cache
@throttled(rate="30/m")
@require_safe
def worker_statement(request: PersonRequest, slug: str, pk: int, year: int) -> HttpResponse:
    """What a worker earned in a year."""
    space = visited_space(request, slug)
    worker = get_object_or_404(Worker.objects.select_related("person"), space=space, pk=pk)
    worker.space = space
    if not can_read_pay(request.user, worker):
        raise Http404
    return paper(years.of_worker(worker_year(worker, year)), "salaires", str(year))


@never_cache
@throttled(rate="10/m")
@require_safe
def statements_to_post(request: PersonRequest, slug: str, year: int) -> HttpResponse:
    """Those of all households that read on paper, one PDF for window envelopes."""
    space = space_for(request, slug, can_help)
    found = [(household_year(one, year), lines_of(one)) for one in by_post(space)]
    paid = [(one, lines) for one, lines in found if one.spent]
    if not paid:
        raise Http404
    return paper(years.of_households(paid), "releves-a-poster", str(year))


def shown_years() -> list[int]:
    """This year and those just before."""
    now = timezone.localdate().year
    return [now - back for back in range(YEARS_SHOWN)]


def ended_contract(request: PersonRequest, slug: str, code: str) -> Contract:
    """A contract that ended for good, for both and the team."""
    space: Space = visited_space(request, slug)
    rows = Contract.objects.for_listing().exclude(ending=Ending.AMENDED)
    contract = get_object_or_404(
        rows, household__space=space, code=code.upper(), state=ContractState.ENDED
    )
    theirs = can_employ(request.user, contract.household)
    if not (theirs or can_read_pay(request.user, contract.worker)):
        raise PermissionDenied
    return contract
