"""A file of homes: sent, tried in the background, then imported."""

import uuid

from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.views.fetching import done
from traboule.ui.downloads import table
from traboule.ui.requests import HtmxRequest
from traboule.ui.throttle import throttled

from ..actions import importing as acts
from ..forms.stock import ImportForm, StockForm
from ..models import StockImport
from ..stock_columns import COLUMNS, model_rows
from .stock_finding import served, served_file, served_landlord

SHOWN = 5


@never_cache
@throttled(rate="20/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Send a file; it is tried, and no home is touched."""
    landlord = served_landlord(request, slug, pk)
    form = StockForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        sent = acts.read_stock(landlord=landlord, by=request.user, **form.cleaned_data)
        return redirect(sent)
    context = {
        "space": landlord.space,
        "landlord": landlord,
        "form": form,
        "columns": COLUMNS,
        "latest": landlord.stock_imports.all()[:SHOWN],
    }
    return render(request, "housing/stock/send.html", context)


@require_safe
def model(request: PersonRequest, slug: str) -> StreamingHttpResponse:
    """The columns to fill in, with an example."""
    served(request, slug)
    return table(model_rows(), "logements modele")


@never_cache
@require_safe
def read(request: HtmxRequest, slug: str, key: uuid.UUID) -> HttpResponse:
    """How far the work is; then what was understood, or what became of it."""
    sent = served_file(request, slug, key)
    return _shown(request, sent, ImportForm())


def _shown(request: HtmxRequest, sent: StockImport, form: ImportForm) -> HttpResponse:
    context = {"space": sent.landlord.space, "landlord": sent.landlord, "sent": sent, "form": form}
    page = "_progress.html" if request.htmx else "read.html"
    return render(request, f"housing/stock/{page}", context)


@require_POST
def apply(request: PersonRequest, slug: str, key: uuid.UUID) -> HttpResponse:
    """Put in the stock what was read."""
    sent = served_file(request, slug, key)
    form = ImportForm(request.POST)
    form.is_valid()
    done(request, acts.import_stock, sent=sent, by=request.user, **form.cleaned_data)
    return redirect(sent)


@require_safe
def wrong(request: PersonRequest, slug: str, key: uuid.UUID) -> FileResponse:
    """The lines to correct, as they came, with what to do."""
    sent = served_file(request, slug, key)
    if not sent.wrong:
        raise Http404
    file = sent.wrong.open("rb")
    return FileResponse(file, as_attachment=True, filename="a-corriger.csv")
