"""What every request goes through so that sessions on shared computers end."""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from . import shared_computers


class SharedComputerMiddleware:
    """End an unremembered session left alone too long, and note the use of the others.

    Stands after the messages and before whatever reads who signed in. The session is read only
    if there is one: a visitor's page stays the same for all.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        came_with_one = settings.SESSION_COOKIE_NAME in request.COOKIES
        if came_with_one and shared_computers.is_over(request.session):
            request.session.flush()
            if not _leaves(request):
                return _interrupted(request)
        response = self.get_response(request)
        if came_with_one or request.session.modified:
            shared_computers.note_use(request.session)
            if shared_computers.is_shared(request.session):
                # « Back » must show nothing to whoever sits down next.
                patch_cache_control(response, private=True, no_store=True)
        return response


def _leaves(request: HttpRequest) -> bool:
    """Whether they were ending the session anyway."""
    return request.path in {reverse("people:sign-out"), reverse("people:session-ended")}


def _interrupted(request: HttpRequest) -> HttpResponse:
    """Say that the session ended; whoever was sending something may sign in and go on."""
    if request.headers.get("HX-Request"):
        return HttpResponseClientRedirect(reverse("people:session-ended"))
    if request.method in {"GET", "HEAD"}:
        return shared_computers.ended()
    messages.warning(
        request,
        _("La session s’est terminée sur cet ordinateur. Connectez-vous pour continuer."),
    )
    query = urlencode({"next": _page_of(request)})
    return redirect(f"{resolve_url(settings.LOGIN_URL)}?{query}")


def _page_of(request: HttpRequest) -> str:
    """The page whose form was sent, since the address it was sent to may only take posts."""
    referrer = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(referrer, allowed_hosts={request.get_host()}):
        return request.get_full_path()
    parts = urlsplit(referrer)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
