"""Calling people to a meeting, and the list of what they answered, for the team."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from traboule.blocks.agenda.attendance import cost_of_telling, reaches_of
from traboule.kernel.people.models import Person
from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces import audiences
from traboule.kernel.spaces.views.fetching import done

from ..actions import convening
from ..attendance import convened
from ..carriers import carriers_for
from ..forms.coming import ConveneForm, ReplyForForm
from ..messages import convocation_text
from ..models import HouseRules, Meeting
from ..replies import replies_to
from ..rules import is_late
from .finding import held_meeting


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def convene(request: PersonRequest, slug: str, ref: str) -> HttpResponse:
    """Whom, a word, then by which ways and for how much, then it leaves."""
    meeting = held_meeting(request, slug, ref)
    form = ConveneForm(request.POST or None, space=meeting.space)
    if form.is_valid() and "send" in request.POST:
        said = _("La convocation part. Les réponses arrivent ici.")
        given = form.cleaned_data
        if done(request, convening.convene, said, meeting=meeting, by=request.user, **given):
            return redirect("meetings:replies", slug, ref)
    rules = HouseRules.of(meeting.space)
    context = {
        "meeting": meeting,
        "space": meeting.space,
        "form": form,
        "late": is_late(meeting, rules.notice_days),
        "notice_days": rules.notice_days,
        "checked": _checked(meeting, form)
        if form.is_valid() and "again" not in request.POST
        else None,
    }
    return render(request, "meetings/convene.html", context)


def _checked(meeting: Meeting, form: ConveneForm) -> dict[str, Any] | None:
    """Who would be told, by which ways and for how much."""
    group = audiences.named(meeting.space, form.cleaned_data["audience"])
    if group is None:
        return None
    people = list(group.people().distinct().order_by("name", "pk"))
    text = convocation_text(meeting, "", long=False)
    return {
        "number": len(people),
        "group": group.label,
        "forecast": cost_of_telling(people, meeting.event, text),
        "letter": convocation_text(meeting, form.cleaned_data["text"], long=True),
        "text": text,
    }


@never_cache
@require_safe
def replies(request: PersonRequest, slug: str, ref: str) -> HttpResponse:
    """What each one answered, and whom nobody has heard of."""
    meeting = held_meeting(request, slug, ref)
    rows = replies_to(meeting)
    context = {
        "meeting": meeting,
        "space": meeting.space,
        "groups": [
            (key, label, [row for row in rows if row.answer == key])
            for key, label in (
                ("", _("Pas encore de réponse")),
                ("yes", _("Viennent")),
                ("voice", _("Donnent leur voix")),
                ("no", _("Ne viennent pas")),
            )
        ],
    }
    return render(request, "meetings/replies.html", context)


def _asked(meeting: Meeting) -> QuerySet[Person]:
    """Who takes part in the space, and whoever was called besides."""
    called = [one.pk for one in convened(meeting)]
    here = meeting.space.roll().values("person")
    return Person.objects.filter(Q(pk__in=here) | Q(pk__in=called), erased_at__isnull=True)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reply_for(request: PersonRequest, slug: str, ref: str, person: str) -> HttpResponse:
    """Note what someone said by telephone or on paper."""
    meeting = held_meeting(request, slug, ref)
    whom = get_object_or_404(_asked(meeting), public_id=person)
    form = ReplyForForm(request.POST or None, carriers=carriers_for(meeting, whom))
    if form.is_valid():
        said = _("C’est noté pour %(name)s, avec un reçu.") % {"name": whom}
        what = {"meeting": meeting, "person": whom, "by": request.user, **form.said}
        if done(request, convening.reply_for, said, **what):
            return redirect("meetings:replies", slug, ref)
    context = {
        "meeting": meeting,
        "space": meeting.space,
        "form": form,
        "whom": whom,
        "reach": reaches_of([whom])[whom.pk],
    }
    return render(request, "meetings/reply_for.html", context)
