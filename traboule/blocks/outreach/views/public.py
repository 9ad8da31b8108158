"""The one page that a contact opens without an account: to be left alone."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from traboule.ui.throttle import throttled

from ..actions.contacts import opt_out
from ..informing import contact_of_token


@login_not_required
@never_cache
@throttled(rate="30/m")
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, then never contact them again; the address of a message is proof enough."""
    contact = contact_of_token(token)
    if contact is None:
        raise Http404
    if request.method == "POST":
        opt_out(contact=contact)
        contact.refresh_from_db()
    return render(request, "outreach/stop.html", {"contact": contact, "space": contact.space})
