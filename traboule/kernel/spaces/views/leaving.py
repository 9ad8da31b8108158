"""Leaving with everything."""

from typing import Any

from django.http import FileResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from traboule.kernel.people.requests import PersonRequest
from traboule.ui.throttle import throttled

from .. import leaving, rules
from .fetching import space_for


@never_cache
@throttled(rate="6/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def leave_with_everything(request: PersonRequest, slug: str) -> Any:
    """Say what will be in it, then give it; the journal remembers who took it."""
    space = space_for(request, slug, rules.can_coordinate)
    if request.method != "POST":
        return render(request, "spaces/take_away.html", {"space": space})
    file = leaving.take_away(space=space, by=request.user)
    name = f"{space.slug}-{timezone.localdate():%Y-%m-%d}.zip"
    return FileResponse(file, as_attachment=True, filename=name)
