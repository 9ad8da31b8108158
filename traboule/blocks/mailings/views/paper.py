"""Letters on paper and in pictures: the poster, the letter, the card, the sheet of the stand."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from traboule.kernel.people.requests import PersonRequest
from traboule.ui.throttle import throttled

from ..models import Letter
from ..printing import documents
from .fetching import own_mailing, read_mailing, written_space

PDF = "application/pdf"


@require_safe
def poster(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """For the noticeboard, on A4 or on A3."""
    text = own_mailing(request, slug, pk)
    paper = "a3" if request.GET.get("format") == "a3" else "a4"
    return _file(documents.poster(text, paper=paper), f"affiche-{paper}-{text.subject}", PDF)


@require_safe
def letter_pdf(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """The letter as those without a screen receive it."""
    text = own_mailing(request, slug, pk)
    return _file(documents.sample_letter(text, request.user), f"lettre-{text.subject}", PDF)


@require_safe
def card(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """A square picture to post in a chat group."""
    text = own_mailing(request, slug, pk)
    return _file(documents.card(text), f"image-{text.subject}", "image/png", "png")


@login_not_required
@throttled(rate="30/m")
@require_safe
def printed(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """A letter of the archive, to print and hand to a neighbour."""
    text = read_mailing(request, code, slug)
    return _file(documents.poster(text, paper="a4"), text.subject, PDF)


@require_safe
def sheet(request: PersonRequest, slug: str) -> HttpResponse:
    """The sheet on which people sign up at a stand."""
    space = written_space(request, slug)
    return _file(documents.signup_sheet(Letter.of(space)), "feuille-inscription-lettre", PDF)


def _file(content: bytes, name: str, kind: str, ending: str = "pdf") -> HttpResponse:
    disposition = f'inline; filename="{slugify(name)[:80]}.{ending}"'
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition})
