"""Reviews, the insurance and its certificate, incidents and their desk."""

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
from traboule.ui.downloads import paper as as_paper
from traboule.ui.throttle import throttled

from ..actions import after
from ..forms.after import DoneForm, IncidentForm, PolicyForm, ReplyForm, ReviewForm
from ..models import Harm, Incident, Policy, Review, Side
from ..printing.certificate import certificate_of
from ..rules import can_run, sides_of
from .asking import member_space
from .calling import team_space
from .contracts import SHOWN, seen_contract
from .front import visited_space


@never_cache
@require_safe
def reviews(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """What both say of how it went, once it is time."""
    contract, sides = seen_contract(request, slug, code)
    written = set(contract.reviews.values_list("side", flat=True))
    context = {
        "space": contract.household.space,
        "contract": contract,
        "to_write": [side for side in sides if side not in written],
        "own": [one for one in contract.reviews.all() if one.side in sides],
        "shown": contract.reviews.shown(),
        "sides": sides,
        "reply_form": ReplyForm(),
    }
    return render(request, "services/reviews.html", context)


@never_cache
@throttled(rate="30/m")
@require_http_methods(["GET", "HEAD", "POST"])
def write_review(request: PersonRequest, slug: str, code: str, side: str) -> HttpResponse:
    """Say how it went."""
    contract, sides = seen_contract(request, slug, code)
    if side not in sides:
        raise Http404
    form = ReviewForm(request.POST or None)
    if form.is_valid():
        try:
            after.write_review(
                contract=contract, side=Side(side), by=request.user, **form.cleaned_data
            )
        except Refused as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("Merci. C’est lu quand l’autre a répondu aussi."))
            return redirect("services:reviews", slug, contract.code)
    context = {"space": contract.household.space, "contract": contract, "form": form}
    return render(request, "services/review.html", context)


@throttled(rate="30/m")
@require_POST
def reply(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Answer what the other says."""
    space = visited_space(request, slug)
    rows = Review.objects.shown().select_related(
        "contract__household__person", "contract__worker__person", "contract__household__space"
    )
    review = get_object_or_404(rows, contract__household__space=space, pk=pk)
    about = Side.WORKER if review.side == Side.HOUSEHOLD else Side.HOUSEHOLD
    if about not in sides_of(request.user, review.contract):
        raise PermissionDenied
    form = ReplyForm(request.POST)
    if form.is_valid():
        said = _("Votre réponse est publiée.")
        words = form.cleaned_data["words"]
        done(request, after.reply, said, review=review, words=words, by=request.user)
    else:
        messages.error(request, str(form.errors["words"][0]))
    return redirect("services:reviews", slug, review.contract.code)


@never_cache
@throttled(rate="30/m")
@require_http_methods(["GET", "HEAD", "POST"])
def policy(request: PersonRequest, slug: str) -> HttpResponse:
    """The insurance by which jobs are covered."""
    space = member_space(request, slug)
    if not can_run(request.user, space):
        raise PermissionDenied
    policy = Policy.objects.filter(space=space).first()
    known = {name: getattr(policy, name) for name in PolicyForm.base_fields} if policy else {}
    form = PolicyForm(request.POST or None, initial=known)
    if form.is_valid():
        after.set_policy(space=space, by=request.user, **form.cleaned_data)
        messages.success(request, _("L’assurance est enregistrée."))
        return redirect("services:policy", slug)
    return render(request, "services/policy.html", {"space": space, "form": form})


@never_cache
@require_safe
def certificate(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """The certificate of insurance of a job, on paper."""
    contract, _sides = seen_contract(request, slug, code)
    policy = Policy.objects.filter(space=contract.household.space).first()
    if policy is None or not policy.covers_on(contract.begins_on):
        messages.error(request, _("L’assurance de l’association n’est pas renseignée pour ce jour. "
                                  "Appelez l’équipe."))  # fmt: skip
        return redirect(contract)
    return as_paper(certificate_of(contract, policy), _("assurance"), contract.code)


@never_cache
@throttled(rate="30/m")
@require_http_methods(["GET", "HEAD", "POST"])
def tell_incident(request: PersonRequest, slug: str, code: str, side: str) -> HttpResponse:
    """Say that something went wrong."""
    contract, sides = seen_contract(request, slug, code)
    if side not in sides:
        raise Http404
    form = IncidentForm(
        request.POST or None, request.FILES or None, initial={"on": timezone.localdate()}
    )
    if form.is_valid():
        said = form.cleaned_data
        said["harm"] = Harm(said["harm"])
        try:
            after.tell_incident(contract=contract, side=Side(side), by=request.user, **said)
        except Refused as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("Merci. L’équipe vous appelle aujourd’hui."))
            return redirect(contract)
    context = {"space": contract.household.space, "contract": contract, "form": form}
    return render(request, "services/incident.html", context)


@never_cache
@require_safe
def incidents(request: PersonRequest, slug: str) -> HttpResponse:
    """All that went wrong, what waits first; the team only."""
    space = team_space(request, slug)
    rows = Incident.objects.filter(contract__household__space=space).select_related(
        "contract__household__person", "contract__worker__person"
    )
    context = {
        "space": space,
        "waiting": rows.filter(closed_at=None)
        .order_by("told_at", "pk")
        .prefetch_related("photos")[:SHOWN],
        "closed": rows.exclude(closed_at=None).order_by("-closed_at", "-pk")[:SHOWN],
        "policy": Policy.objects.filter(space=space).first(),
        "form": DoneForm(),
    }
    return render(request, "services/incidents.html", context)


@throttled(rate="30/m")
@require_POST
def close_incident(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Write what was done about it."""
    space = team_space(request, slug)
    incident = get_object_or_404(Incident, contract__household__space=space, pk=pk)
    form = DoneForm(request.POST)
    if form.is_valid():
        after.close_incident(incident=incident, done=form.cleaned_data["done"], by=request.user)
        messages.success(request, _("C’est noté."))
    else:
        messages.error(request, str(form.errors["done"][0]))
    return redirect("services:incidents", slug)
