"""Pictures and agreements, gestures, places before and after, the box."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from traboule.kernel.files import actions as files
from traboule.kernel.people import consents
from traboule.kernel.people.models import Purpose
from traboule.kernel.people.requests import PersonRequest, is_signed_in
from traboule.kernel.spaces.views.fetching import done
from traboule.ui.throttle import throttled

from .. import rules
from ..actions import parts, writing
from ..forms.parts import AfterForm, BoxForm, PairForm, PicturesForm, StepsForm, WhoForm
from ..models import Publication, PublicationFile
from .finding import publication_for, reads


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pictures(request: PersonRequest, slug: str, publication: str) -> HttpResponse:
    """Every file: what one sees, who is seen, its rank, and the box's new pictures."""
    found = publication_for(request, slug, publication, rules.can_change)
    form = PicturesForm(request.POST or None, publication=found)
    if form.is_valid():
        done(request, writing.arrange, _("C’est enregistré."), publication=found,
             lines=form.given(), cover=form.cover, by=request.user)  # fmt: skip
        return redirect("publishing:pictures", slug, publication)
    context = {
        "publication": found,
        "space": found.space,
        "form": form,
        "others": list(found.files.exclude(place="body").filter(is_accepted=True).for_page()),
        "boxed": list(found.files.filter(is_accepted=False).for_page()),
        "seen_by_file": _who_is_seen(found),
    }
    return render(request, "publishing/pictures.html", context)


def _who_is_seen(publication: Publication) -> dict[int, list[tuple[Any, Any]]]:
    """By file, who is seen on it and whether they agree to it today."""
    rows = [
        (piece.file_id, one.person)
        for piece in publication.files.prefetch_related("file__seen__person")
        for one in piece.file.seen.all()
    ]
    people = {person for _file, person in rows}
    states = consents.states_for(people, [Purpose.IMAGE], publication.space.key) if people else {}
    found: dict[int, list[tuple[Any, Any]]] = {}
    for file, person in rows:
        found.setdefault(file, []).append((person, states[person.pk][Purpose.IMAGE]))
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def who(request: PersonRequest, slug: str, publication: str, pk: int) -> HttpResponse:
    """« Qui voit-on ? » on one picture; a picture of the box is taken in with the answer."""
    piece = _piece(request, slug, publication, pk)
    form = WhoForm(request.POST or None, space=piece.publication.space, initial={
        "people": list(piece.file.seen.values_list("person", flat=True)),
        "nobody_seen": piece.nobody_seen,
        "paper_agreement": piece.paper_agreement,
    })  # fmt: skip
    if form.is_valid():
        said = _("C’est noté. La photo paraît tant que chaque personne est d’accord.")
        done(request, parts.say_who, said, piece=piece, by=request.user, **form.cleaned_data)
        return redirect("publishing:pictures", slug, publication)
    context = {
        "piece": piece, "publication": piece.publication, "space": piece.publication.space,
        "form": form,
    }  # fmt: skip
    return render(request, "publishing/who.html", context)


def _piece(request: HttpRequest, slug: str, publication: str, pk: int) -> PublicationFile:
    found = publication_for(request, slug, publication, rules.can_change)
    piece = get_object_or_404(found.files.select_related("file"), pk=pk)
    piece.publication = found
    return piece


@require_POST
def decide_file(request: PersonRequest, slug: str, publication: str, pk: int) -> HttpResponse:
    """Withdraw a picture everywhere, show it again, take it in from the box, or let go of it."""
    piece = _piece(request, slug, publication, pk)
    if "withdraw" in request.POST:
        said = _("La photo est retirée partout.")
        done(request, files.withdraw, said, file=piece.file, by=request.user)
    elif "again" in request.POST:
        done(request, files.put_back, file=piece.file, by=request.user)
    elif "accept" in request.POST:
        said = _("La photo est dans l’album.")
        done(request, parts.accept, said, piece=piece, by=request.user)
    elif "remove" in request.POST:
        said = _("Le fichier est effacé.")
        done(request, writing.remove_file, said, piece=piece, by=request.user)
    return redirect("publishing:pictures", slug, publication)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def steps(request: PersonRequest, slug: str, publication: str) -> HttpResponse:
    """The gestures of a tutorial, a line each."""
    found = publication_for(request, slug, publication, rules.can_change)
    form = StepsForm(*_sent(request), publication=found)
    if form.is_valid():
        nobody = form.cleaned_data["seen"] != "yes"
        done(request, parts.set_steps, _("Les étapes sont enregistrées."), publication=found,
             gestures=form.gestures(), nobody_seen=nobody, by=request.user)  # fmt: skip
        if "more" in request.POST:
            return redirect("publishing:steps", slug, publication)
        return redirect(found)
    context = {"publication": found, "space": found.space, "form": form}
    return render(request, "publishing/steps.html", context)


def _sent(request: HttpRequest) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_pair(request: PersonRequest, slug: str, publication: str) -> HttpResponse:
    """A place and how it was."""
    found = publication_for(request, slug, publication, rules.can_change)
    form = PairForm(*_sent(request))
    if form.is_valid():
        given = form.cleaned_data
        after = next(iter(given["after"] or []), None)
        if done(request, parts.add_pair, _("L’endroit est gardé."), publication=found,
                place=given["place"], caption=given["caption"], before=given["before"][0],
                after=after, nobody_seen=given["seen"] == "no", by=request.user):  # fmt: skip
            return redirect(found)
    context = {"publication": found, "space": found.space, "form": form}
    return render(request, "publishing/pair_form.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def after(request: PersonRequest, slug: str, publication: str, pk: int) -> HttpResponse:
    """The place as it is now, framed again over the picture of before."""
    found = publication_for(request, slug, publication, rules.can_complete)
    pair = get_object_or_404(found.pairs.for_page(), pk=pk)
    form = AfterForm(*_sent(request))
    if form.is_valid():
        given = form.cleaned_data
        if done(request, parts.add_after, _("Voilà l’après. Merci !"), pair=pair,
                after=given["after"][0], credit=given["credit"],
                nobody_seen=given["seen"] == "no", by=request.user):  # fmt: skip
            return redirect(found)
    context = {"publication": found, "space": found.space, "pair": pair, "form": form}
    return render(request, "publishing/after.html", context)


@require_POST
def decide_pair(request: PersonRequest, slug: str, publication: str, pk: int) -> HttpResponse:
    """Let go of the picture of after, or of the place."""
    found = publication_for(request, slug, publication, rules.can_change)
    pair = get_object_or_404(found.pairs.for_page(), pk=pk)
    act = parts.remove_after if "after" in request.POST else parts.remove_pair
    done(request, act, _("C’est fait."), pair=pair, by=request.user)
    return redirect(found)


@login_not_required
@never_cache
@throttled(rate="20/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def box(request: HttpRequest, slug: str, publication: str) -> HttpResponse:
    """Send one's pictures to an album, with the code of the place and without an account."""
    album = get_object_or_404(
        Publication.objects.for_page(), slug=publication, space__initiative__slug=slug, is_box=True
    )
    may = reads(request, album.space) and not album.space.is_closed
    form = BoxForm(*_sent(request)) if may else None
    number = _take(request, album, form) if form and form.is_valid() else 0
    context = {"publication": album, "space": album.space, "form": form, "number": number}
    return render(request, "publishing/box.html", context)


def _take(request: HttpRequest, album: Publication, form: BoxForm) -> int:
    """How many pictures came; none when it is refused, and the form says why."""
    given = form.cleaned_data
    try:
        return parts.send_to_box(
            publication=album,
            prepared=given["files"],
            by=request.user if is_signed_in(request) else None,
            credit=given["credit"],
            nobody_seen=given["seen"] == "no",
        )
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return 0
