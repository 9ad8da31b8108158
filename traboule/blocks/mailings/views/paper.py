"""Letters on paper and in pictures: the poster, the letter, the card, the sheet of the stand."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from traboule.kernel.people.requests import PersonRequest
from traboule.ui.downloads import paper
from traboule.ui.throttle import throttled

from ..models import Letter
from ..printing import documents
from .fetching import own_mailing, read_mailing, written_space


@require_safe
def poster(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """For the noticeboard, on A4 or on A3."""
    text = own_mailing(request, slug, pk)
    size = "a3" if request.GET.get("format") == "a3" else "a4"
    return paper(documents.poster(text, paper=size), f"affiche-{size}-{text.subject}")


@require_safe
def letter_pdf(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """The letter as those without a screen receive it."""
    text = own_mailing(request, slug, pk)
    return paper(documents.sample_letter(text, request.user), f"lettre-{text.subject}")


@require_safe
def card(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """A square picture to post in a chat group."""
    text = own_mailing(request, slug, pk)
    headers = {"Content-Disposition": f'inline; filename="image-{slugify(text.subject)[:80]}.png"'}
    return HttpResponse(documents.card(text), content_type="image/png", headers=headers)


@login_not_required
@throttled(rate="30/m")
@require_safe
def printed(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """A letter of the archive, to print and hand to a neighbour."""
    text = read_mailing(request, code, slug)
    return paper(documents.poster(text, paper="a4"), text.subject)


@require_safe
def sheet(request: PersonRequest, slug: str) -> HttpResponse:
    """The sheet on which people sign up at a stand."""
    space = written_space(request, slug)
    return paper(documents.signup_sheet(Letter.of(space)), "feuille-inscription-lettre")
