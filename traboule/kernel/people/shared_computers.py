"""Sessions that nobody asked to remember: they end by themselves, and one sees it.

The session keeps when it was last used. The page counts the same minutes (``ui/js/session.js``)
and warns before the end; the middleware is what really ends it.
"""

import time

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string

LAST_USED = "people.last-used"
WARNED_SECONDS = 3 * 60
NOTED_EVERY = 60
"""Seconds between two notes of use, so that a page costs no write more than once a minute."""


def is_shared(session: SessionBase) -> bool:
    """Whether someone is signed in here without having asked to be remembered."""
    return SESSION_KEY in session and session.get_expire_at_browser_close()


def seconds() -> int:
    """How long such a session lasts when nobody uses it."""
    return int(settings.SHARED_SESSION_MINUTES * 60)


def is_over(session: SessionBase) -> bool:
    """Whether nobody used it for too long; never before the page, which counts more finely."""
    idle = time.time() - session.get(LAST_USED, time.time())
    return is_shared(session) and idle > seconds() + NOTED_EVERY


def note_use(session: SessionBase) -> None:
    """Write that it was used just now, unless that was written a moment ago."""
    if is_shared(session) and time.time() - session.get(LAST_USED, 0) > NOTED_EVERY:
        session[LAST_USED] = time.time()


def ended() -> HttpResponse:
    """Go to the page that says so, and have this device forget what its pages kept."""
    response = redirect("people:session-ended")
    response.headers["Clear-Site-Data"] = '"storage"'
    return response


def reminder(request: HttpRequest, _subject: object) -> str:
    """The line in every page of such a session, with what the page needs to count."""
    session = getattr(request, "session", None)
    if session is None or not is_shared(session):
        return ""
    context = {"seconds": seconds(), "warned": WARNED_SECONDS}
    return render_to_string("people/_shared_computer.html", context, request)
