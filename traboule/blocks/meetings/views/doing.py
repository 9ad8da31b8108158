"""« Ce qui est à faire »: what was said at every meeting that somebody would do."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.rules import can_facilitate, can_take_part
from traboule.kernel.spaces.views.fetching import done

from ..actions import writing
from ..models import ActionPoint
from ..rules import can_finish
from .finding import space_for, space_of

MOST_SHOWN = 200
DONE_SHOWN = 30


@never_cache
@require_safe
def actions(request: PersonRequest, slug: str) -> HttpResponse:
    """What is still to be done, the soonest first; then what was done lately."""
    space = space_for(request, slug, can_take_part)
    rows = ActionPoint.objects.filter(item__meeting__space=space).for_listing()
    context = {
        "space": space,
        "to_do": list(rows.to_do()[:MOST_SHOWN]),
        "done": list(rows.done()[:DONE_SHOWN]),
        "reader": request.user,
        "facilitates": can_facilitate(request.user, space),
    }
    return render(request, "meetings/actions.html", context)


@require_POST
def finish(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """It is done, or after all is not."""
    rows = ActionPoint.objects.for_listing().filter(item__meeting__space=space_of(slug))
    action = get_object_or_404(rows, pk=pk)
    if not can_finish(request.user, action):
        raise PermissionDenied
    is_done = "undo" not in request.POST
    said = _("C’est noté, c’est fait. Merci !") if is_done else _("C’est de nouveau à faire.")
    done(request, writing.finish, said, action=action, by=request.user, done=is_done)
    if "me" in request.POST:
        return redirect("people:me")
    return redirect("meetings:actions", slug)
