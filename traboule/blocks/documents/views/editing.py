"""Putting documents on the shelves, replacing and moving them, for those who facilitate."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.views.fetching import done

from ..actions import shelving
from ..forms import AboutForm, AddForm, ExpectedForm, VersionForm
from ..models import Document, Expected, Shelf
from ..rules import can_make_public
from .finding import facilitated_space, held_document


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: PersonRequest, slug: str) -> HttpResponse:
    """Put a new document on a shelf, maybe one that was expected."""
    space = facilitated_space(request, slug)
    expected = _expected(request, space)
    form = AddForm(
        request.POST or None,
        request.FILES or None,
        initial={"title": expected.title, "shelf": expected.shelf} if expected else None,
        may_make_public=can_make_public(request.user, space),
    )
    if form.is_valid() and (added := _add(request, space, form, expected)):
        messages.success(request, _("Le document est sur son étagère."))
        return redirect(added)
    context = {"space": space, "form": form, "expected": expected}
    return render(request, "documents/add.html", context)


def _expected(request: PersonRequest, space: Space) -> Expected | None:
    """The document of the list that is being deposited, if it is one of them."""
    asked = request.GET.get("attendu", "")
    pk = int(asked) if asked.isdecimal() and len(asked) < 9 else 0
    return space.expected_documents.filter(pk=pk).first()


def _add(
    request: PersonRequest, space: Space, form: AddForm, expected: Expected | None
) -> Document | None:
    """The document, or nothing: the form then says why not."""
    try:
        return shelving.add(space=space, by=request.user, expected=expected, **form.given())
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return None


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add_version(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """Replace what is read today, and say what changes."""
    document = held_document(request, slug, number)
    form = VersionForm(request.POST or None, request.FILES or None)
    said = _("La nouvelle version est en place. L’ancienne reste lisible.")
    if form.is_valid() and done(
        request, shelving.add_version, said,
        document=document, by=request.user, prepared=form.prepared,
        note=form.cleaned_data["note"],
    ):  # fmt: skip
        return redirect(document)
    context = {"space": document.space, "document": document, "form": form}
    return render(request, "documents/add_version.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """Say otherwise what the document is."""
    document = held_document(request, slug, number)
    form = AboutForm(request.POST or None, instance=document)
    if form.is_valid() and done(
        request, shelving.change, _("C’est changé."),
        document=document, by=request.user, **form.cleaned_data,
    ):  # fmt: skip
        return redirect(document)
    context = {"space": document.space, "document": document, "form": form}
    return render(request, "documents/change.html", context)


@require_POST
def move(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """Put the document on the other shelf."""
    document = held_document(request, slug, number)
    public = request.POST.get("shelf") == Shelf.PUBLIC
    said = _("Tout le monde peut le lire.") if public else _("Seuls les membres le lisent.")
    shelf = Shelf.PUBLIC if public else Shelf.MEMBERS
    done(request, shelving.move, said, document=document, shelf=shelf, by=request.user)
    return redirect(document)


@require_POST
def put_away(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """Take the document off its shelf."""
    document = held_document(request, slug, number)
    said = _("Le document est rangé : seule l’équipe le voit encore.")
    done(request, shelving.put_away, said, document=document, by=request.user)
    return redirect(document)


@require_POST
def bring_back(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """Put the document back on its shelf."""
    document = held_document(request, slug, number)
    said = _("Le document est de nouveau sur son étagère.")
    done(request, shelving.bring_back, said, document=document, by=request.user)
    return redirect(document)


@require_POST
def expect(request: PersonRequest, slug: str) -> HttpResponse:
    """Add a document to those that the space should have."""
    space = facilitated_space(request, slug)
    form = ExpectedForm(request.POST)
    if form.is_valid():
        done(request, shelving.expect, space=space, by=request.user, **form.cleaned_data)
    else:
        messages.error(request, _("Écrivez le titre du document."))
    return redirect("documents:shelves", slug)


@require_POST
def expect_no_more(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Take a document off that list."""
    space = facilitated_space(request, slug)
    expected = get_object_or_404(space.expected_documents, pk=pk)
    done(request, shelving.expect_no_more, expected=expected, by=request.user)
    return redirect("documents:shelves", slug)
