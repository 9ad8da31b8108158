"""A paper sign-up sheet typed in: read, checked line by line, then signed up."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from traboule.kernel.people.actions import Refused
from traboule.kernel.people.requests import PersonRequest
from traboule.ui.throttle import throttled

from ..actions.for_others import sign_up_for, sign_up_new
from ..answers import said
from ..forms.paper import Line, PaperForm
from ..models import Event, Via
from .finding import held_event


@dataclass(frozen=True)
class Outcome:
    """What became of a line."""

    line: Line
    said: str
    done: bool


@never_cache
@throttled(rate="20/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def paper_list(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Type the sheet, see what was understood, sign everyone up; what is wrong stays to correct."""
    event = held_event(request.user, slug, pk)
    form = PaperForm(request.POST or None)
    context: dict[str, object] = {"event": event, "space": event.space, "form": form}
    if not form.is_valid() or "edit" in request.POST:
        return render(request, "agenda/paper_type.html", context)
    lines = form.read(event.space, by=request.user)
    if "sign_up" not in request.POST:
        return render(request, "agenda/paper_check.html", context | _summary(lines))
    outcomes = [_sign_up(request, event, line) for line in lines if line.is_settled]
    left = [line for line in lines if not line.is_settled]
    left += [outcome.line for outcome in outcomes if not outcome.done]
    context |= {"outcomes": outcomes, "left": left}
    context["again"] = PaperForm(initial={"lines": "\n".join(line.text for line in left)})
    return render(request, "agenda/paper_done.html", context)


def _summary(lines: list[Line]) -> dict[str, object]:
    return {"lines": lines, "ready": sum(not line.mistake for line in lines)}


def _sign_up(request: PersonRequest, event: Event, line: Line) -> Outcome:
    """Sign up the person of a line, known or new; a line that is refused stops no other."""
    extra = line.people - 1
    try:
        if line.person:
            signup = sign_up_for(
                event=event, person=line.person, by=request.user, via=Via.PAPER, extra=extra
            )
        else:
            signup = sign_up_new(
                event=event, name=line.name, channels=filter(None, [line.address]),
                by=request.user, via=Via.PAPER, extra=extra,
            )  # fmt: skip
    except Refused as refused:
        return Outcome(line, refused.messages[0], done=False)
    return Outcome(line, said(signup), done=True)
