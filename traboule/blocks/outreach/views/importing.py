"""A list of contacts: sent, shown as it was understood, then imported."""

import uuid

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from traboule.kernel.people.actions import Refused
from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.views.fetching import done
from traboule.ui.downloads import table
from traboule.ui.throttle import throttled

from ..actions import importing as acts
from ..finding import Index
from ..forms.importing import ConfirmForm, ImportForm
from ..importing import HEADS, Fate, read, rows_of_model
from ..models import ContactImport
from .finding import facilitated

TOLD = 100
"""Lines of each sort shown on the page."""


@never_cache
@throttled(rate="20/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest, slug: str) -> HttpResponse:
    """Send a list; it is read, and nothing is kept of anybody yet."""
    space = facilitated(request, slug)
    form = ImportForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            checked = acts.check_file(space=space, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error("file", refused)
        else:
            return redirect("outreach:import-checked", slug, checked.key)
    latest = space.contact_imports.filter(state=ContactImport.State.DONE)[:5]
    context = {"space": space, "form": form, "heads": HEADS, "latest": latest}
    return render(request, "outreach/import.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def checked(request: PersonRequest, slug: str, key: uuid.UUID) -> HttpResponse:
    """What was understood of the list; then, if asked, it is imported once."""
    space = facilitated(request, slug)
    found = get_object_or_404(ContactImport, key=key, space=space)
    form = ConfirmForm(request.POST or None, space=space, by=request.user)
    if found.state == ContactImport.State.CHECKED and form.is_valid() and done(
        request, acts.import_checked, _("La liste est importée."), checked=found,
        by=request.user, **form.said(),
    ):  # fmt: skip
        return redirect("outreach:import-checked", slug, key)
    context = {"space": space, "found": found, "form": form}
    if found.state == ContactImport.State.CHECKED and found.content:
        reading = read(found.content, Index(space))
        by_fate = {fate: [one for one in reading.lines if one.fate == fate] for fate in Fate}
        context |= {
            "reading": reading,
            "counts": reading.counts,
            "ready": len(by_fate[Fate.NEW]) + len(by_fate[Fate.MERGED]),
            "wrong": by_fate[Fate.WRONG][:TOLD],
            "merged": by_fate[Fate.MERGED][:TOLD],
            "skipped": by_fate[Fate.SKIPPED][:TOLD],
            "new": by_fate[Fate.NEW][:TOLD],
        }
    return render(request, "outreach/import_checked.html", context)


@require_safe
def model_csv(request: PersonRequest, slug: str) -> StreamingHttpResponse:
    """The columns to fill in, with an example."""
    facilitated(request, slug)
    return table(rows_of_model(), "contacts modele")
