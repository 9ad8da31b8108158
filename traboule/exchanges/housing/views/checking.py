"""The desk where landlords check listings; and the page where a household reads their answer."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.views.fetching import done

from ..actions import checking as acts
from ..changes import shown
from ..delays import delays_of
from ..forms.checking import AnswerForm, AppealForm, RefuseForm
from ..models import Check
from ..rules import can_answer_appeal, can_answer_for
from .stock_finding import check_of, served, served_check

MOST_SHOWN = 50


@never_cache
@require_safe
def checks(request: PersonRequest, slug: str) -> HttpResponse:
    """What waits for those who serve landlords: the most pressing first, then appeals."""
    space, landlords = served(request, slug)
    theirs = Check.objects.filter(listing__dwelling__landlord__in=landlords).select_related(
        "listing__dwelling__landlord", "listing__dwelling__commune", "listing__tenant"
    )
    waiting = list(theirs.waiting()[: MOST_SHOWN + 1])
    # Named first: SQLite knows nothing of an empty index, and would read the stock of everyone.
    appeals = theirs.filter(pk__in=Check.objects.appealed().values("pk"))
    context = {
        "space": space,
        "checks": waiting[:MOST_SHOWN],
        "more": waiting[MOST_SHOWN:],
        "appeals": appeals.order_by("appealed_at", "pk")[:MOST_SHOWN],
        "delays": delays_of(landlords),
    }
    return render(request, "housing/stock/checks.html", context)


def _page(
    request: PersonRequest,
    found: Check,
    form: RefuseForm | None = None,
    answer_form: AnswerForm | None = None,
) -> HttpResponse:
    context = {
        "space": found.listing.space,
        "check": found,
        "listing": found.listing,
        "dwelling": found.listing.dwelling,
        "changes": shown(found),
        "form": form or RefuseForm(),
        "answer_form": answer_form or AnswerForm(),
        "may_answer": can_answer_appeal(request.user, found),
    }
    return render(request, "housing/stock/check.html", context)


@never_cache
@require_safe
def check(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """What to check, on one page, with both answers."""
    return _page(request, served_check(request, slug, pk))


@require_POST
def confirm(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """The facts are right."""
    found = served_check(request, slug, pk)
    if done(request, acts.confirm, _("C’est confirmé. Le ménage est prévenu."), check=found,
            by=request.user):  # fmt: skip
        return redirect("housing:checks", slug)
    return redirect("housing:check", slug, pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """The landlord says no, with its reasons."""
    found = served_check(request, slug, pk)
    form = RefuseForm(request.POST or None)
    if form.is_valid() and done(
        request, acts.refuse, _("C’est noté. Le ménage reçoit vos motifs."), check=found,
        by=request.user, **form.cleaned_data,
    ):  # fmt: skip
        return redirect("housing:checks", slug)
    return _page(request, found, form=form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_appeal(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Someone else looks again at a refusal."""
    found = served_check(request, slug, pk)
    form = AnswerForm(request.POST or None)
    if form.is_valid() and done(
        request, acts.answer_appeal, _("C’est noté. Le ménage est prévenu."), check=found,
        by=request.user, **form.cleaned_data,
    ):  # fmt: skip
        return redirect("housing:checks", slug)
    return _page(request, found, answer_form=form)


@never_cache
@require_safe
def own(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """What the landlord says of a household's listing, in plain words."""
    return _own(request, _answered_for(request, slug, pk), AppealForm())


def _answered_for(request: PersonRequest, slug: str, pk: int) -> Check:
    found = check_of(request, slug, pk)
    if not can_answer_for(request.user, found.listing):
        raise PermissionDenied
    return found


def _own(request: PersonRequest, found: Check, form: AppealForm) -> HttpResponse:
    context = {
        "space": found.listing.space,
        "check": found,
        "listing": found.listing,
        "landlord": found.listing.dwelling.landlord,
        "changes": shown(found),
        "form": form,
        "is_own": found.listing.tenant_id == request.user.pk,
    }
    return render(request, "housing/stock/own_check.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Ask that someone else look again, for oneself or for whoever calls."""
    found = _answered_for(request, slug, pk)
    form = AppealForm(request.POST or None)
    if form.is_valid() and done(
        request, acts.appeal, _("C’est noté : une autre personne va revoir cette annonce."),
        check=found, by=request.user, **form.cleaned_data,
    ):  # fmt: skip
        return redirect("housing:own-check", slug, pk)
    return _own(request, found, form)
