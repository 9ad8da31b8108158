"""Printed copies: asking for one, noting who called, printing the list, handing them over."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.views.fetching import done
from traboule.ui.downloads import paper

from ..actions import copies as acts
from ..forms import CopyForm
from ..models import Document
from ..printing.copies import copies_list
from ..rules import can_ask_copy
from .finding import facilitated_space, held_document, seen_document

MOST_DOCUMENTS = 100


@require_POST
def ask(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """Ask for a printed copy for oneself."""
    document = seen_document(request, slug, number)
    if can_ask_copy(request.user, request.user, document):
        said = _("C’est noté : une copie sera imprimée pour vous.")
        done(request, acts.ask, said, document=document, person=request.user, by=request.user)
    return redirect(document)


@require_POST
def give_up(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """No longer want one's copy."""
    document = seen_document(request, slug, number)
    for copy in document.copies.wanted().filter(person=request.user):
        done(request, acts.give_up, _("La copie est annulée."), copy=copy, by=request.user)
    return redirect(document)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def wanted(request: PersonRequest, slug: str) -> HttpResponse:
    """Everything to print, for whom; and a form for whoever asks by telephone."""
    space = facilitated_space(request, slug)
    form = CopyForm(request.POST or None, space=space, initial=_chosen(request, space))
    if form.is_valid() and done(
        request, acts.ask, _("C’est noté : une copie de plus à imprimer."),
        by=request.user, **form.cleaned_data,
    ):  # fmt: skip
        return redirect("documents:copies", slug)
    context = {"space": space, "form": form, "documents": _to_print(space)}
    return render(request, "documents/copies.html", context)


def _chosen(request: PersonRequest, space: Space) -> dict[str, Any]:
    """The document from whose page one came."""
    number = request.GET.get("document", "")
    if not (number.isdecimal() and len(number) < 9):
        return {}
    return {"document": space.documents.standing().filter(number=int(number)).first()}


def _to_print(space: Space) -> list[Document]:
    """The documents wanted on paper, each with its copies, in a fixed number of queries."""
    documents = space.documents.standing().for_listing().filter(copies_wanted__gt=0)  # type: ignore[misc]
    return list(documents.with_copies()[:MOST_DOCUMENTS])


@never_cache
@require_safe
def to_print(request: PersonRequest, slug: str) -> HttpResponse:
    """The list of copies to print and hand over, on paper, with boxes to tick."""
    space = facilitated_space(request, slug)
    return paper(copies_list(space, _to_print(space)), "copies à imprimer")


@require_POST
def hand(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """Note which copies were handed over."""
    document = held_document(request, slug, number)
    ticked = [int(key) for key in request.POST.getlist("copy") if key.isdecimal()]
    handed = acts.hand(document=document, copies=ticked, by=request.user)
    if handed:
        said = ngettext("%(n)d copie remise.", "%(n)d copies remises.", handed) % {"n": handed}
    else:
        said = _("Cochez les copies que vous avez remises.")
    done(request, lambda: None, said)
    return redirect("documents:copies", slug)
