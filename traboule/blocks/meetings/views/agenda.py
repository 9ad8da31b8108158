"""The agenda of a meeting, point by point, on the screen and on paper."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.views.fetching import done
from traboule.ui.downloads import paper

from ..actions import preparing
from ..forms.meeting import ItemForm, KeepModelForm
from ..models import Item, Meeting
from ..printing.agenda import printed_agenda
from ..timing import runs_over, timed
from .finding import held_meeting, item_of, seen_meeting


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def agenda(request: PersonRequest, slug: str, ref: str) -> HttpResponse:
    """The points in order, and one more to write."""
    meeting = held_meeting(request, slug, ref)
    form = ItemForm(request.POST or None, space=meeting.space)
    if form.is_valid() and _kept(form, preparing.add_item, meeting=meeting, by=request.user):
        messages.success(request, _("Le point est ajouté."))
        return redirect("meetings:agenda", slug, ref)
    items = list(
        meeting.items.select_related("presenter", "approves__event").order_by("position", "pk")
    )
    context = suggestions(meeting.space) | {
        "meeting": meeting,
        "space": meeting.space,
        "form": form,
        "points": timed(meeting, items),
        "over": runs_over(meeting, items),
        "keeping": KeepModelForm(initial={"title": meeting.event.title}),
    }
    return render(request, "meetings/agenda.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def item(request: PersonRequest, slug: str, ref: str, pk: int) -> HttpResponse:
    """Say one point otherwise."""
    meeting = held_meeting(request, slug, ref)
    found = item_of(meeting, pk)
    form = ItemForm(request.POST or None, instance=found, space=meeting.space)
    if form.is_valid() and _kept(form, preparing.change_item, item=found, by=request.user):
        return redirect("meetings:agenda", slug, ref)
    context = {"meeting": meeting, "space": meeting.space, "form": form, "item": found}
    return render(request, "meetings/item.html", context | suggestions(meeting.space))


def _kept(form: ItemForm, act: Any, **what: Any) -> bool:
    """Do it; when it is refused, the form says why."""
    try:
        act(**what, **form.item_fields())
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return False
    return True


def suggestions(space: Space) -> dict[str, Any]:
    """Names and themes that fields suggest."""
    themes = Item.objects.filter(meeting__space=space).exclude(theme="")
    return {
        "people": [one.person.name for one in space.roll()],
        "themes": list(themes.order_by("theme").values_list("theme", flat=True).distinct()),
    }


@require_POST
def move(request: PersonRequest, slug: str, ref: str, pk: int) -> HttpResponse:
    """Put a point one place earlier or later."""
    found = item_of(held_meeting(request, slug, ref), pk)
    up = "up" in request.POST
    done(request, preparing.move_item, item=found, up=up, by=request.user)
    return redirect("meetings:agenda", slug, ref)


@require_POST
def remove(request: PersonRequest, slug: str, ref: str, pk: int) -> HttpResponse:
    """Take a point off the agenda."""
    found = item_of(held_meeting(request, slug, ref), pk)
    done(request, preparing.remove_item, _("Le point est retiré."), item=found, by=request.user)
    return redirect("meetings:agenda", slug, ref)


@login_not_required
@require_safe
def printed(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """The agenda on paper, with a slip to say whether one comes and give one's voice."""
    meeting: Meeting = seen_meeting(request, slug, ref)
    return paper(printed_agenda(meeting), _("ordre du jour"), meeting.ref)
