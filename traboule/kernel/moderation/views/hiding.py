"""One decision: taking it, reading it, contesting it, answering, showing again."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.kernel.people.actions import Refused
from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.views.fetching import done, space_for

from .. import actions, rules
from ..forms import AppealForm, DecisionForm, HideForm
from ..models import Charter, Flag, Hiding, Standing
from .finding import thing_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hide(request: PersonRequest, slug: str, kind: str, key: str) -> HttpResponse:
    """Say under which article and why; then it is hidden."""
    space = space_for(request, slug, rules.can_moderate)
    known, thing = thing_of(space, kind, key)
    if isinstance(thing, Standing):
        raise Http404  # Holding somebody back has a page of its own.
    if hidden := Hiding.objects.live().about(thing).filter(space=space).first():
        return redirect("moderation:hiding", slug, hidden.pk)
    charter = Charter.objects.current(space)
    form = HideForm(request.POST or None, charter=charter)
    if charter and form.is_valid() and (made := _hide(request, thing, form)):
        return redirect("moderation:hiding", slug, made.pk)
    context = {
        "space": space,
        "charter": charter,
        "kind": known,
        "title": known.title(thing),
        "form": form,
        "is_mine": not rules.can_hide(request.user, thing),
        "flags": Flag.objects.open().about(thing),
    }
    return render(request, "moderation/hide.html", context)


def _hide(request: PersonRequest, thing: Any, form: HideForm) -> Hiding | None:
    given = form.cleaned_data
    try:
        return actions.hide(
            subject=thing, article=given["article"], reason=given["reason"],
            expires_at=form.end, by=request.user,
        )  # fmt: skip
    except Refused as refused:
        form.add_error(None, refused)
        return None


@never_cache
@require_safe
def hiding(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """A decision, whole, for whoever it concerns and for those who moderate."""
    return _page(request, _found(request, slug, pk))


@never_cache
@require_POST
def appeal(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Contest it, oneself or for the author who called."""
    found = _found(request, slug, pk)
    if not rules.can_appeal(request.user, found):
        raise PermissionDenied
    form = AppealForm(request.POST, for_another=found.author != request.user)
    if not form.is_valid():
        return _page(request, found, appeal_form=form)
    said = _("C’est noté. Une autre personne va regarder, et vous aurez sa réponse.")
    for_ = None if found.author == request.user else found.author
    done(
        request, actions.appeal, said,
        hiding=found, text=form.cleaned_data["text"], by=request.user, for_=for_,
    )  # fmt: skip
    return redirect("moderation:hiding", slug, pk)


@never_cache
@require_POST
def decide(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Answer an appeal."""
    found = _found(request, slug, pk)
    if not rules.can_decide(request.user, found):
        raise PermissionDenied
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, found, decision_form=form)
    given = form.cleaned_data
    done(
        request, actions.decide, _("Votre réponse est partie."), hiding=found,
        upheld=given["outcome"] == "uphold", words=given["words"], by=request.user,
    )  # fmt: skip
    return redirect("moderation:hiding", slug, pk)


@require_POST
def restore(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Show it again."""
    found = _found(request, slug, pk)
    if not rules.can_moderate(request.user, found.space):
        raise PermissionDenied
    said = _("C’est rétabli. La personne concernée est prévenue.")
    done(request, actions.restore, said, hiding=found, by=request.user)
    return redirect("moderation:hiding", slug, pk)


def _found(request: HttpRequest, slug: str, pk: int) -> Hiding:
    """The decision, for whoever may read it. Raises PermissionDenied."""
    rows = Hiding.objects.for_page().select_related("by", "decided_by")
    found = get_object_or_404(rows, pk=pk, space__initiative__slug=slug)
    if not rules.can_read_hiding(request.user, found):
        raise PermissionDenied
    return found


def _page(
    request: PersonRequest,
    found: Hiding,
    *,
    appeal_form: AppealForm | None = None,
    decision_form: DecisionForm | None = None,
) -> HttpResponse:
    me, is_author = request.user, found.author == request.user
    moderates = rules.can_moderate(me, found.space)
    contestable = found.state == Hiding.State.HIDDEN and rules.can_appeal(me, found)
    decides = found.state == Hiding.State.APPEALED and rules.can_decide(me, found)
    kind = found.kind
    context = {
        "space": found.space,
        "hiding": found,
        "is_author": is_author,
        "moderates": moderates and not is_author,
        "url": kind.url(found.subject) if moderates and kind and found.subject else "",
        "appeal_form": (appeal_form or AppealForm(for_another=not is_author))
        if contestable
        else None,
        "decision_form": (decision_form or DecisionForm()) if decides else None,
    }
    return render(request, "moderation/hiding.html", context)
