"""The queue « nobody falls through »."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from traboule.kernel.people.actions import Refused
from traboule.kernel.people.requests import PersonRequest

from .. import answering, following
from ..followup import Item, by_person, queue
from ..followup import to_call as calls_of
from ..models import Inbound, Notice, Outcome
from ..printing import call_list_pdf
from ..rules import can_follow, can_handle

CALLS = (Outcome.REACHED, Outcome.MISSED, Outcome.WRONG_NUMBER)
MINE = "moi"
NOBODYS = "personne"


@never_cache
@require_safe
def follow_up(request: PersonRequest) -> HttpResponse:
    """Everyone who was not reached, did not answer or was not understood."""
    whose = request.GET.get("de", "")
    items = [item for item in queue(request.user) if _is_shown(item, whose, request)]
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(str(item.group), []).append(item)
    people = {group: by_person(found) for group, found in groups.items()}
    context = {"groups": people, "whose": whose}
    return render(request, "notices/follow_up.html", context)


@never_cache
@require_safe
def call_list(request: PersonRequest) -> HttpResponse:
    """The calls to make, on paper: name, number, what to say, boxes to tick."""
    calls = [item for items in by_person(calls_of(request.user)) for item in items]
    pdf = call_list_pdf([item.notice for item in calls if item.notice])
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": 'inline; filename="appels.pdf"'},
    )


@require_POST
def follow_up_act(request: PersonRequest, pk: int) -> HttpResponse:
    """Note a call, give the person's answer, take charge or close."""
    notice = get_object_or_404(Notice.objects.select_related("recipient"), pk=pk)
    if not can_follow(request.user, notice):
        raise PermissionDenied
    done = request.POST.get("do", "")
    if "answer" in request.POST:
        _take_answer(request, notice)
    elif done in CALLS:
        following.note_call(notice=notice, outcome=Outcome(done), by=request.user)
        messages.success(request, _("C’est noté."))
    elif done == "take":
        following.take_charge(notice=notice, by=request.user)
        messages.success(request, _("C’est noté : vous vous en occupez."))
    elif done == "settle":
        following.settle(notice=notice, by=request.user)
        messages.success(request, _("C’est classé."))
    return redirect("notices:follow-up")


@require_POST
def handle_sms(request: PersonRequest, pk: int) -> HttpResponse:
    """Close an SMS that one has read and dealt with."""
    inbound = get_object_or_404(Inbound.objects.select_related("notice"), pk=pk)
    if not can_handle(request.user, inbound):
        raise PermissionDenied
    following.handle(inbound=inbound, note=request.POST.get("note", ""), by=request.user)
    messages.success(request, _("C’est classé."))
    return redirect("notices:follow-up")


def _take_answer(request: PersonRequest, notice: Notice) -> None:
    """Write down what the person says on the telephone."""
    try:
        reply = answering.take_answer(
            notice=notice, answer=request.POST["answer"], by=request.user, via="phone"
        )
    except Refused as refused:
        messages.error(request, " ".join(refused.messages))
        return
    following.note_call(notice=notice, outcome=Outcome.REACHED, by=request.user)
    messages.success(request, reply or _("C’est noté."))


def _is_shown(item: Item, whose: str, request: PersonRequest) -> bool:
    if whose == MINE:
        return item.owner == request.user
    if whose == NOBODYS:
        return item.owner is None
    return True
