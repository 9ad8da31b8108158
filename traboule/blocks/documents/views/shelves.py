"""Reading the shelves of a space, looking for words in them, and one document."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.rules import can_facilitate
from traboule.ui.throttle import throttled

from ..forms import ExpectedForm
from ..models import Document, Shelf
from ..models.document import DocumentQuerySet
from ..rules import can_make_public, can_read_members_shelf
from ..searching import search
from .finding import read_space, seen_document

SHOWN = 20
PAGE_SIZE = 50


@login_not_required
@never_cache
@throttled(rate="60/m", when=lambda request: "q" in request.GET)
@require_safe
def shelves(request: HttpRequest, slug: str) -> HttpResponse:
    """Both shelves for members, the public one for anyone; or what holds the words asked for."""
    space, members = read_space(request, slug)
    asked = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:120]
    facilitates = can_facilitate(request.user, space)
    context = {"space": space, "q": asked, "members": members, "facilitates": facilitates}
    if asked:
        context["found"] = search(space, asked, members=members)
    elif request.GET.get("etagere") in _open(members):
        context["shelf"] = _page(request, space, Shelf(request.GET["etagere"]))
    else:
        context["shelves"] = [_top(space, shelf) for shelf in _open(members)]
        context |= _for_team(space) if facilitates else {}
    return render(request, "documents/shelves.html", context)


def _open(members: bool) -> list[Shelf]:
    return [Shelf.PUBLIC, Shelf.MEMBERS] if members else [Shelf.PUBLIC]


def _on(space: Space, shelf: Shelf) -> DocumentQuerySet:
    documents: DocumentQuerySet = space.documents.standing().filter(shelf=shelf)
    return documents


def _top(space: Space, shelf: Shelf) -> dict[str, Any]:
    """The latest of a shelf, and the way to the others."""
    rows = list(_on(space, shelf).for_listing()[: SHOWN + 1])
    here = reverse("documents:shelves", args=[space.slug])
    more = f"{here}?etagere={shelf}" if len(rows) > SHOWN else ""
    return {"key": shelf, "documents": rows[:SHOWN], "more": more, "first": "", "next": ""}


def _page(request: HttpRequest, space: Space, shelf: Shelf) -> dict[str, Any]:
    """One page of a shelf, after the document whose number is in the address."""
    documents, after = _on(space, shelf), request.GET.get("apres", "")
    number = int(after) if after.isdecimal() and len(after) < 9 else 0
    if last := documents.filter(number=number).first():
        older = Q(changed_at__lt=last.changed_at)
        documents = documents.filter(older | Q(changed_at=last.changed_at, pk__lt=last.pk))
    rows = list(documents.for_listing()[: PAGE_SIZE + 1])
    here = f"{reverse('documents:shelves', args=[space.slug])}?etagere={shelf}"
    more = f"{here}&apres={rows[PAGE_SIZE - 1].number}" if len(rows) > PAGE_SIZE else ""
    return {
        "key": shelf,
        "documents": rows[:PAGE_SIZE],
        "next": more,
        "first": here if last else "",
    }


def _for_team(space: Space) -> dict[str, Any]:
    """What is to be deposited, and what was put away."""
    expected = space.expected_documents.select_related("document")
    away = space.documents.filter(put_away_at__isnull=False).only("number", "title", "space")
    return {
        "expected": [one for one in expected if one.document is None],
        "expected_form": ExpectedForm(),
        "put_away": away.order_by("-put_away_at", "-pk")[:PAGE_SIZE],
    }


@login_not_required
@never_cache
@require_safe
def document(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One document: what it says, its versions, and how to have it on paper."""
    try:
        found = seen_document(request, slug, number)
    except PermissionDenied:
        if request.user.is_authenticated:
            raise
        return redirect_to_login(request.get_full_path())
    context = {"document": found, "space": found.space} | _around(request, found)
    return render(request, "documents/document.html", context)


def _around(request: HttpRequest, document: Document) -> dict[str, Any]:
    """Its versions, one's own copy, and for those who facilitate, everyone's."""
    space, facilitates = document.space, can_facilitate(request.user, document.space)
    wanted = document.copies.wanted()
    person = request.user if isinstance(request.user, Person) else None
    return {
        "versions": document.versions.select_related("file", "by"),
        "facilitates": facilitates,
        "may_make_public": can_make_public(request.user, space),
        "may_ask": can_read_members_shelf(request.user, space),
        "own_copy": wanted.filter(person=person).first() if person else None,
        "copies": wanted.select_related("person") if facilitates else [],
    }
