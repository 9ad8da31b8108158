"""The yearly question: answered by a link, or by an editor on the telephone."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.kernel.people.models import Person

from .. import confirming
from ..models import Confirmation, Draft
from ..rules import can_confirm
from .contribute import remember, visitor
from .review import territory_of, the_editor

NO_ANSWER = "no-answer"


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def still_true(request: HttpRequest, token: str) -> HttpResponse:
    """Is the sheet still true? Three answers, no account."""
    asked = Confirmation.objects.select_related("initiative__commune", "initiative__holder")
    confirmation = get_object_or_404(asked, token=token)
    if request.method == "POST" and request.POST.get("answer") in Confirmation.Answer.values:
        try:
            draft = confirming.answer(
                confirmation=confirmation, answer=request.POST["answer"], by=visitor(request)
            )
        except confirming.AlreadyAnswered as answered:
            messages.info(request, str(answered))
            return redirect(confirmation)
        return _go_on(request, draft, ended=request.POST["answer"] == "ended") or redirect(
            confirmation
        )
    return render(
        request, "initiatives/confirm/still_true.html",
        {"confirmation": confirmation, "initiative": confirmation.initiative},
    )  # fmt: skip


@never_cache
@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """Whom to call, and what they said."""
    found = confirming.call_list(now=timezone.now(), departments=territory_of(the_editor(request)))
    return render(request, "initiatives/confirm/calls.html", {"calls": found})


@require_POST
def outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """What a call gave."""
    editor = the_editor(request)
    asked = Confirmation.objects.select_related("initiative__commune")
    confirmation = get_object_or_404(asked, pk=pk)
    if not can_confirm(editor, confirmation.initiative):
        raise PermissionDenied
    return _take(request, confirmation, request.POST.get("answer", ""), by=editor)


def _take(
    request: HttpRequest, confirmation: Confirmation, answer: str, *, by: Person
) -> HttpResponse:
    draft = None
    if answer == NO_ANSWER:
        confirming.note_no_answer(confirmation=confirmation, by=by)
        messages.info(request, _("C’est noté : personne n’a répondu. La fiche reste à appeler."))
    elif answer in Confirmation.Answer.values:
        try:
            draft = confirming.answer(confirmation=confirmation, answer=answer, by=by)
            messages.success(request, _("C’est noté."))
        except confirming.AlreadyAnswered as answered:
            messages.info(request, str(answered))
    onward = _go_on(request, draft, ended=answer == Confirmation.Answer.ENDED)
    return onward or redirect("initiatives:call-list")


def _go_on(request: HttpRequest, draft: Draft | None, *, ended: bool) -> HttpResponse | None:
    """To what there is to tell: what was learnt when it has ended, everything otherwise."""
    if draft is None:
        return None
    remember(request, draft)
    if ended:
        return redirect("initiatives:draft-question", draft.code, "lecons")
    return redirect(draft)
