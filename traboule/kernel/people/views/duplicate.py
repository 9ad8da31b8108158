"""One person known twice: for those who look after the list of people."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import duplicates as doubles
from ..actions import Refused
from ..models import Merge, Person
from ..requests import PersonRequest
from ..rules import can_look_for_duplicates, can_merge, looked_after_by

SHOWN = 30


@never_cache
@require_safe
def duplicates(request: PersonRequest) -> HttpResponse:
    """The pairs that look like one person, and the merges that may still be undone."""
    among = Person.objects.filter(looked_after_by(request.user))
    if not (can_look_for_duplicates(request.user) or among.exists()):
        raise PermissionDenied
    found = [pair for pair in doubles.proposals(among) if can_merge(request.user, pair.a, pair.b)]
    context = {"proposals": found[:SHOWN], "count": len(found), "merges": _undoable(request.user)}
    return render(request, "people/duplicate_list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def duplicate(request: PersonRequest, a: int, b: int) -> HttpResponse:
    """Two people side by side: make them one, or say that they are two."""
    pair = [_person(a), _person(b)]
    if not can_merge(request.user, *pair):
        raise PermissionDenied
    if request.method == "POST":
        return _decide(request, *pair)
    return render(request, "people/duplicate_pair.html", {"pair": pair})


@require_POST
def undo_merge(request: PersonRequest, pk: int) -> HttpResponse:
    """Part again two people who had been made one."""
    merge = get_object_or_404(Merge.objects.select_related("kept", "absorbed"), pk=pk)
    if not _may_undo(request.user, merge):
        raise PermissionDenied
    try:
        doubles.undo_merge(merge=merge, by=request.user)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("Ce sont de nouveau deux personnes, comme avant."))
    return redirect("people:duplicates")


def _may_undo(person: Person, merge: Merge) -> bool:
    """Whether they did it themselves, or might have done it."""
    return merge.by_id == person.pk or can_merge(person, merge.kept, merge.absorbed)


def _undoable(person: Person) -> list[Merge]:
    """The merges that this person may still undo, the latest first."""
    merges = Merge.objects.undoable().select_related("kept", "absorbed").order_by("-at")
    if not can_look_for_duplicates(person):
        merges = merges.filter(by=person)
    return list(merges[:SHOWN])


def _decide(request: PersonRequest, a: Person, b: Person) -> HttpResponse:
    """Keep one of the two, or both."""
    if "apart" in request.POST:
        doubles.tell_apart(a=a, b=b, by=request.user)
        messages.success(request, _("C’est noté : ce sont deux personnes."))
        return redirect("people:duplicates")
    kept, absorbed = (b, a) if request.POST.get("keep") == str(b.pk) else (a, b)
    try:
        doubles.merge(kept=kept, absorbed=absorbed, by=request.user)
    except Refused as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("C’est réuni. Vous pouvez l’annuler pendant trente jours."))
    return redirect("people:duplicates")


def _person(pk: int) -> Person:
    people = Person.objects.filter(is_active=True).prefetch_related("channels__relay")
    return get_object_or_404(people.select_related("neighbourhood"), pk=pk)
