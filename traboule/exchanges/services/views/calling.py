"""The desk of whoever takes the calls, and that of papers seen."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.kernel.people.models import Person
from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.views.fetching import last_read
from traboule.ui.throttle import throttled

from ..actions import calls, workers
from ..comparing import compare
from ..forms.calling import CallForm, PapersForm
from ..models import CallBack, Offer, OfferState, Request, State, Via, Worker
from ..rules import can_help
from .front import visited_space

PAGE_SIZE = 20
SHOWN = 20


def team_space(request: PersonRequest, slug: str) -> Space:
    """The space, for those who help its households."""
    space = visited_space(request, slug)
    if not can_help(request.user, space):
        raise PermissionDenied
    return space


@never_cache
@require_safe
def desk(request: PersonRequest, slug: str) -> HttpResponse:
    """Find the caller; who waits for a call, what waits to be read back, offers to read out."""
    space = team_space(request, slug)
    said = request.GET.get("qui", "").strip()[:100]
    waiting = space.service_requests.select_related("household__person")
    offered = waiting.open().filter(offers__state=OfferState.SENT).distinct()
    context = {
        "space": space,
        "said": said,
        "found": calls.find_callers(space, said),
        "call_backs": CallBack.objects.waiting()
        .filter(space=space)
        .select_related("person")[:SHOWN],
        "drafts": waiting.filter(state=State.DRAFT).order_by("-created_at")[:SHOWN],
        "offered": offered.order_by("opened_at", "pk")[:SHOWN],
    }
    return render(request, "services/calls/desk.html", context)


@never_cache
@throttled(rate="60/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def call(request: PersonRequest, slug: str) -> HttpResponse:
    """The questions, in the order in which one asks them."""
    space = team_space(request, slug)
    caller = _caller(space, request.GET.get("pour", ""))
    form = CallForm(request.POST or None, space=space, caller=caller,
                    initial=_known(request, space, caller))  # fmt: skip
    if form.is_valid() and (asked := _written(request, space, form)):
        return redirect("services:read-back", slug, asked.code)
    context = {"space": space, "form": form, "caller": caller}
    return render(request, "services/calls/call.html", context)


def _written(request: PersonRequest, space: Space, form: CallForm) -> Request | None:
    try:
        return calls.write_down(space=space, by=request.user, **form.given())
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return None


def _known(request: PersonRequest, space: Space, caller: Person | None) -> dict[str, Any]:
    """What need not be asked again."""
    said = request.GET.get("qui", "").strip()[:100]
    is_number = any(sign.isdigit() for sign in said)
    known: dict[str, Any] = {
        "commune": str(space.initiative.commune), ("phone" if is_number else "name"): said
    }  # fmt: skip
    waiting = CallBack.objects.waiting().filter(space=space)
    if waiting.filter(Q(number=said) | Q(person=caller, person__isnull=False)).exists():
        known["via"] = Via.CALL_BACK
    home = caller and space.service_households.filter(person=caller).select_related("commune")
    if home and (household := home.first()):
        known |= {"commune": str(household.commune), "address": household.address}
    return known


def _caller(space: Space, public_id: str) -> Person | None:
    """Someone of this space; anybody else is asked for their name."""
    if not public_id:
        return None
    try:
        known = Person.objects.filter(
            public_id=public_id, participations__space=space, erased_at=None
        )
        return known.distinct().first()
    except ValidationError:  # No key of that kind.
        return None


@never_cache
@require_safe
def caller(request: PersonRequest, slug: str, public_id: str) -> HttpResponse:
    """What someone asked, and the answers to read out: they choose on the telephone."""
    space = team_space(request, slug)
    person = get_object_or_404(
        Person.objects.distinct(), public_id=public_id, participations__space=space,
        erased_at=None,
    )  # fmt: skip
    offers = Offer.objects.compared().filter(state__in=(OfferState.SENT, OfferState.CHOSEN))
    rows = space.service_requests.filter(household__person=person).exclude(state=State.CLOSED)
    rows = rows.for_listing().select_related("household__person").order_by("-created_at")
    told = rows.prefetch_related(Prefetch("offers", offers.order_by("sent_at", "pk")))[:SHOWN]
    context = {
        "space": space,
        "person": person,
        "lines": [(one, compare(one, one.offers.all())) for one in told],
    }
    return render(request, "services/calls/caller.html", context)


@require_POST
def called(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """They have been called."""
    space = team_space(request, slug)
    calls.called(call_back=get_object_or_404(CallBack, space=space, pk=pk), by=request.user)
    messages.success(request, _("C’est noté : appel fait."))
    return redirect("services:calls", slug)


@never_cache
@require_safe
def workers_page(request: PersonRequest, slug: str) -> HttpResponse:
    """Who offers their hands, and what was seen of their papers."""
    space = team_space(request, slug)
    rows = space.service_workers.filter(left_at=None).select_related("person").order_by("-pk")
    last = last_read(request, rows)
    page = list((rows.filter(pk__lt=last.pk) if last else rows)[: PAGE_SIZE + 1])
    context = {
        "space": space,
        "workers": page[:PAGE_SIZE],
        "next": f"?apres={page[PAGE_SIZE - 1].pk}" if len(page) > PAGE_SIZE else "",
    }
    return render(request, "services/calls/workers.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def worker(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """One of them: what they say, and what someone of the team has seen."""
    space = team_space(request, slug)
    rows = space.service_workers.select_related("person", "commune", "identity_seen_by",
                                                "visited_by")  # fmt: skip
    found = get_object_or_404(rows, pk=pk)
    found.space = space
    form = PapersForm(request.POST or None, initial={"may_work_until": found.may_work_until})
    if not found.is_minor:
        del form.fields["guardian"]
    if form.is_valid():
        _keep_papers(found, by=request.user, **form.cleaned_data)
        messages.success(request, _("C’est noté. Aucune copie n’est gardée."))
        return redirect("services:workers", slug)
    context = {"space": space, "worker": found, "form": form}
    return render(request, "services/calls/worker.html", context)


def _keep_papers(
    worker: Worker, *, by: Person, identity: bool, may_work_until: Any, visited: bool,
    guardian: bool = False,
) -> None:  # fmt: skip
    if identity:
        workers.saw_papers(worker=worker, may_work_until=may_work_until, by=by)
    if visited:
        workers.visited_home(worker=worker, by=by)
    if guardian:
        workers.saw_guardian(worker=worker, by=by)
