"""What an address of outreach speaks of, for those who facilitate; a page not found otherwise."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme

from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.views.fetching import space_for

from ..models import Contact
from ..rules import can_go_towards


def facilitated(request: HttpRequest, slug: str) -> Space:
    """The space, for those who go towards its contacts."""
    return space_for(request, slug, can_go_towards)


def contact_of(request: HttpRequest, slug: str, pk: int) -> Contact:
    """A live file of that space, for the same."""
    space = facilitated(request, slug)
    found = Contact.objects.live().filter(space=space).for_listing()
    contact: Contact = get_object_or_404(found, pk=pk)
    contact.space = space
    return contact


def back_to(request: HttpRequest, otherwise: str) -> HttpResponse:
    """Where the form says that one came from, within this site; else the usual place."""
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/"):
        return redirect(wanted)
    return redirect(otherwise)
