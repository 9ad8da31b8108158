"""The end of a session on a shared computer."""

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ..requests import PersonRequest
from ..shared_computers import ended


@require_POST
def still_here(request: PersonRequest) -> HttpResponse:
    """Someone is still before this screen; being asked is enough (see the middleware)."""
    return HttpResponse(status=204)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def session_ended(request: HttpRequest) -> HttpResponse:
    """End a session that nobody uses any more, and say so."""
    if request.method == "POST":
        logout(request)
        return ended()
    if request.user.is_authenticated:
        return redirect("people:me")
    return render(request, "people/session_ended.html")
