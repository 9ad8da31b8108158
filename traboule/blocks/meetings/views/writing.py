"""Writing the minutes: the text, the decisions, what is to be done."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.views.fetching import done

from ..actions import writing
from ..attendance import attendance_of
from ..forms.minutes import ActionForm, DecisionForm, WriteForm
from ..models import ActionPoint, Decision, Meeting
from ..plain import remarks
from .agenda import suggestions
from .finding import held_meeting, item_of


@require_POST
def hold(request: PersonRequest, slug: str, ref: str) -> HttpResponse:
    """The meeting took place."""
    meeting = held_meeting(request, slug, ref)
    said = _("C’est noté. Quand les présences sont saisies, commencez le compte-rendu.")
    done(request, writing.hold, said, meeting=meeting, by=request.user)
    return redirect("meetings:life", slug, ref)


@require_POST
def draft(request: PersonRequest, slug: str, ref: str) -> HttpResponse:
    """Begin the minutes from the agenda and the roll."""
    meeting = held_meeting(request, slug, ref)
    if done(request, writing.draft, meeting=meeting, by=request.user):
        return redirect("meetings:write", slug, ref)
    return redirect("meetings:life", slug, ref)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: PersonRequest, slug: str, ref: str) -> HttpResponse:
    """The whole draft on one page."""
    meeting = held_meeting(request, slug, ref)
    if not meeting.is_written or meeting.is_approved:
        return redirect("meetings:life", slug, ref)
    items = list(
        meeting.items.prefetch_related("decisions", "actions__owner").order_by("position", "pk")
    )
    form = WriteForm(request.POST or None, meeting=meeting, items=items)
    if form.is_valid() and "check" not in request.POST:
        what = {"meeting": meeting, "by": request.user, **form.texts()}
        if done(request, writing.write, _("Le compte-rendu est enregistré."), **what):
            return _go_on(request, meeting)
    context = {
        "meeting": meeting,
        "space": meeting.space,
        "form": form,
        "there": attendance_of(meeting),
        "remarks": remarks(_summary(form, meeting)),
    }
    return render(request, "meetings/write.html", context)


def _summary(form: WriteForm, meeting: Meeting) -> str:
    """The summary as it is being written."""
    return str(form.data.get("summary", "")) if form.is_bound else meeting.summary


def _go_on(request: PersonRequest, meeting: Meeting) -> HttpResponse:
    """What the button pressed says, once the text is safe: ``decide:12``, else the same page."""
    name, _colon, given = request.POST.get("then", "").partition(":")
    slug, ref = meeting.space.slug, meeting.ref
    pk = int(given) if given.isdecimal() else 0
    if name in {"decide", "note-action"}:
        return redirect(f"meetings:{name}", slug, ref, pk)
    if name == "remove-decision":
        for decision in Decision.objects.filter(pk=pk, item__meeting=meeting):
            done(request, writing.remove_decision, decision=decision, by=request.user)
    if name == "remove-action":
        for point in ActionPoint.objects.filter(pk=pk, item__meeting=meeting):
            done(request, writing.remove_action, action=point, by=request.user)
    return redirect("meetings:life" if name == "life" else "meetings:write", slug, ref)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: PersonRequest, slug: str, ref: str, pk: int) -> HttpResponse:
    """Write a decision under a point."""
    meeting = held_meeting(request, slug, ref)
    item = item_of(meeting, pk)
    form = DecisionForm(request.POST or None)
    if form.is_valid():
        what = {"item": item, "text": form.cleaned_data["text"], "votes": form.votes}
        if _kept(form, writing.decide, by=request.user, **what):
            messages.success(request, _("La décision est notée."))
            return _back_to(meeting, item.pk)
    context = {"meeting": meeting, "space": meeting.space, "item": item, "form": form}
    return render(request, "meetings/decide.html", context | {"there": attendance_of(meeting)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def action(request: PersonRequest, slug: str, ref: str, pk: int) -> HttpResponse:
    """Write something that is to be done."""
    meeting = held_meeting(request, slug, ref)
    item = item_of(meeting, pk)
    form = ActionForm(request.POST or None)
    if form.is_valid():
        what = {"item": item, **form.action_fields(meeting.space)}
        if _kept(form, writing.note_action, by=request.user, **what):
            messages.success(request, _("C’est noté : la personne recevra un rappel."))
            return _back_to(meeting, item.pk)
    context = {"meeting": meeting, "space": meeting.space, "item": item, "form": form}
    return render(request, "meetings/action.html", context | suggestions(meeting.space))


def _kept(form: Any, act: Any, **what: Any) -> bool:
    """Do it; when it is refused, the form says why."""
    try:
        act(**what)
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return False
    return True


def _back_to(meeting: Meeting, item: int) -> HttpResponse:
    there = redirect("meetings:write", meeting.space.slug, meeting.ref)
    return redirect(f"{there.url}#point-{item}")
