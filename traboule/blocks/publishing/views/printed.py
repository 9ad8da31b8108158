"""What one prints, carries away, and pastes in a chat."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from traboule.ui.throttle import throttled

from ..models import Publication
from ..printing import documents
from ..printing.pictures import chat_card
from .finding import seen


@login_not_required
@require_safe
@throttled(rate="20/m")
def article(request: HttpRequest, slug: str, publication: str) -> HttpResponse:
    """The publication on A4."""
    return _printed(seen(request, slug, publication), documents.article, "pdf")


@login_not_required
@require_safe
@throttled(rate="20/m")
def gestures(request: HttpRequest, slug: str, publication: str) -> HttpResponse:
    """The sheet of a tutorial's gestures."""
    return _printed(seen(request, slug, publication), documents.gestures, "pdf", "gestes-")


@login_not_required
@require_safe
@throttled(rate="20/m")
def pairs(request: HttpRequest, slug: str, publication: str) -> HttpResponse:
    """Places before and after, side by side."""
    return _printed(seen(request, slug, publication), documents.before_and_after, "pdf", "avant-")


@login_not_required
@require_safe
@throttled(rate="10/m")
def pack(request: HttpRequest, slug: str, publication: str) -> HttpResponse:
    """A tutorial to carry where there is no network."""
    return _printed(seen(request, slug, publication), documents.pack, "zip")


@login_not_required
@require_safe
@throttled(rate="30/m")
def card(request: HttpRequest, slug: str, publication: str) -> HttpResponse:
    """The square picture to paste in a chat group."""
    return _printed(seen(request, slug, publication), chat_card, "jpg")


_TYPES = {"pdf": "application/pdf", "zip": "application/zip", "jpg": "image/jpeg"}


def _printed(
    publication: Publication, make: Callable[[Publication], bytes], ending: str, prefix: str = ""
) -> HttpResponse:
    """The document, shown where a browser can, under a name that says what it is."""
    way = "inline" if ending == "pdf" else "attachment"
    name = f"{prefix}{publication.slug}.{ending}"
    return HttpResponse(
        make(publication),
        content_type=_TYPES[ending],
        headers={"Content-Disposition": f'{way}; filename="{name}"'},
    )
