"""Calling the roll: on a telephone with or without network, or with nothing but a form."""

import json
import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.kernel.people.requests import PersonRequest
from traboule.ui.throttle import throttled

from ..actions.roll import note_told
from ..forms.roll import RollForm, read_json
from ..models import Event, Presence
from ..models.presence import part_now, parts_of
from ..roll import roll_of
from .finding import held_event

SHORT_STATES = [
    (Presence.State.PRESENT, gettext_lazy("Là")),
    (Presence.State.LATE, gettext_lazy("En retard")),
    (Presence.State.ABSENT, gettext_lazy("Pas là")),
    (Presence.State.EXCUSED, gettext_lazy("A prévenu")),
]
"""Each state in a word or two, for a thumb."""

KEPT_HOURS = 24
"""A roll carries names: a telephone keeps it for the day of the session, no longer."""


@never_cache
@throttled(rate="60/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def roll(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """The roll of a session, or of one half of its day."""
    event = held_event(request.user, slug, pk)
    if event.parent_id:
        return redirect("agenda:roll", slug, event.parent_id)
    asked = request.GET.get("moment", "")
    part = Presence.Part(asked) if asked in parts_of(event) else part_now(event)
    found = roll_of(event, part)
    if request.method == "POST":
        _take(request, event, RollForm(request.POST, found))
        return redirect(request.get_full_path())
    context: dict[str, Any] = {
        "event": event,
        "space": event.space,
        "roll": found,
        "parts": parts_of(event),
        "states": SHORT_STATES,
        "sent": uuid.uuid4(),
        "kept_hours": KEPT_HOURS,
    }
    return render(request, "agenda/roll.html", context)


def _take(request: PersonRequest, event: Event, form: RollForm) -> None:
    """Take in the form, and say what could not be."""
    told = list(form.told())
    source = Presence.Source.ROLL_CALL
    refused = note_told(event=event, told=told, by=request.user, source=source)
    for why in dict.fromkeys(refused.values()):
        messages.error(request, why)
    if len(refused) < len(told):
        messages.success(request, _("L’appel est enregistré."))
    elif not told:
        messages.info(request, _("Rien n’a changé depuis la dernière fois."))


@throttled(rate="120/m")
@require_POST
def roll_lines(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """What a telephone noted, maybe hours ago without network; each line counts once.

    Answers JSON: the keys taken in, and those that were not, with the reason.
    """
    event = held_event(request.user, slug, pk)
    try:
        told, wrong = read_json(request.body)
    except ValidationError as error:
        return JsonResponse({"error": error.messages[0]}, status=400)
    source = Presence.Source.ROLL_CALL
    refused = note_told(event=event, told=told, by=request.user, source=source)
    taken = [str(one.key) for one in told if one.key not in refused]
    return JsonResponse(
        {"taken": taken, "refused": {str(key): why for key, why in refused.items()} | wrong}
    )


@login_not_required
@cache_control(max_age=0)
@require_safe
def offline_worker(request: HttpRequest) -> HttpResponse:
    """The service worker that gives back a roll opened before, when the network is off."""
    config = {
        "forgetAt": [reverse("people:sign-out"), reverse("people:session-ended")],
        "keptHours": KEPT_HOURS,
        "assets": settings.STATIC_URL,
    }
    script = render(request, "agenda/offline.js", {"config": json.dumps(config)})
    script.headers["Content-Type"] = "text/javascript; charset=utf-8"
    return script
