"""What anybody reads of letters: the archive, its feed, one letter."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from traboule.ui.throttle import throttled

from ..models import Letter
from ..rules import can_write
from .fetching import public_space, read_mailing

A_PAGE = 20
IN_FEED = 20


@login_not_required
@require_safe
def archive(request: HttpRequest, slug: str) -> HttpResponse:
    """The letters of a space, the last one first."""
    space = public_space(request, slug)
    letters = space.mailings.archived()
    last = letters.filter(code=request.GET.get("avant", "")).first()
    if last:
        letters = letters.filter(started_at__lt=last.started_at)
    rows = list(letters[: A_PAGE + 1])
    context = {
        "space": space,
        "letter": Letter.of(space),
        "mailings": rows[:A_PAGE],
        "next": f"?avant={rows[A_PAGE - 1].code}" if len(rows) > A_PAGE else "",
        "writes": can_write(request.user, space),
    }
    return render(request, "mailings/archive.html", context)


@login_not_required
@throttled(rate="60/m")
@require_safe
def feed(request: HttpRequest, slug: str) -> HttpResponse:
    """The same for readers of feeds (Atom)."""
    space = public_space(request, slug)
    letter, home = Letter.of(space), settings.SITE_URL + space.get_absolute_url()
    atom = Atom1Feed(title=letter.name, link=home, description="", language=get_language())
    for text in space.mailings.archived()[:IN_FEED]:
        atom.add_item(
            title=text.subject,
            link=settings.SITE_URL + text.archive_url,
            description=text.html,
            pubdate=text.started_at,
            updateddate=text.started_at,
            unique_id=f"{settings.SITE_URL}/l/{text.code}/",
        )
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml")


@login_not_required
@require_safe
def letter(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One letter, to read, to listen to, to print."""
    text = read_mailing(request, code, slug)
    context = {"space": text.space, "mailing": text, "letter": Letter.of(text.space)}
    return render(request, "mailings/letter.html", context)


@login_not_required
@require_safe
def short(request: HttpRequest, code: str) -> HttpResponse:
    """The address that an SMS carries."""
    return redirect(read_mailing(request, code).archive_url)
