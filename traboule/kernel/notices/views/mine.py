"""My messages: what I was told, and the buttons to answer."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from traboule.kernel.people.actions import Refused
from traboule.kernel.people.requests import PersonRequest
from traboule.ui.throttle import throttled

from .. import answering
from ..actions import resume_news
from ..models import NewsStop, Notice
from ..rules import followed_by, shows_mailbox

A_PAGE = 20


@never_cache
@require_safe
def mine(request: PersonRequest) -> HttpResponse:
    """What I was told, the latest first."""
    told = Notice.objects.to_read(request.user)
    before = request.GET.get("avant", "")
    if before.isdigit():
        told = told.filter(pk__lt=int(before))
    found = list(told[: A_PAGE + 1])
    context = {
        "notices": found[:A_PAGE],
        "older": found[A_PAGE - 1].pk if len(found) > A_PAGE else None,
        "unread": Notice.objects.to_read(request.user).unread().count(),
        "stops": NewsStop.objects.filter(channel__person=request.user).select_related("channel"),
        "follows": request.user.is_editor
        or Notice.objects.filter(followed_by(request.user)).exists(),
        "shows_mailbox": shows_mailbox() and request.user.is_editor,
    }
    return render(request, "notices/mine.html", context)


@require_POST
def read_all(request: PersonRequest) -> HttpResponse:
    """I have read everything."""
    Notice.objects.to_read(request.user).unread().update(read_at=timezone.now())
    return redirect("notices:mine")


@throttled(rate="60/m", methods=("POST",))
@require_POST
def answer(request: PersonRequest, pk: int) -> HttpResponse:
    """Answer with a button what one could answer by SMS."""
    notice = get_object_or_404(Notice, pk=pk, recipient=request.user)
    try:
        reply = answering.take_answer(
            notice=notice, answer=request.POST.get("answer", ""), by=request.user, via="web"
        )
        messages.success(request, reply or _("C’est noté."))
    except Refused as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect(notice)


@require_POST
def resume_sms(request: PersonRequest) -> HttpResponse:
    """Have news by SMS again after a STOP."""
    resume_news(person=request.user, by=request.user)
    messages.success(request, _("C’est noté : nous vous écrivons à nouveau par SMS."))
    return redirect("notices:mine")
