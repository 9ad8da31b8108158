"""Writing, changing, giving in to be read again."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.rules import can_facilitate, can_take_part
from traboule.kernel.spaces.views.fetching import done

from .. import rules
from ..actions import review, writing
from ..forms.writing import PublicationForm, initial_of
from ..models import Kind, Publication
from .finding import publication_for, space_for


@never_cache
@require_safe
def choose(request: PersonRequest, slug: str) -> HttpResponse:
    """What does one want to tell?"""
    space = space_for(request, slug, can_take_part)
    return render(request, "publishing/choose.html", {"space": space, "kinds": Kind})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: PersonRequest, slug: str, kind: str) -> HttpResponse:
    """One page with one text and its pictures; what is written is a draft first."""
    space = space_for(request, slug, can_take_part)
    if kind not in Kind.values:
        raise Http404
    form = _form(request, space, Kind(kind), initial={"byline": request.user.name.split(" ")[0]})
    if form.is_valid() and (publication := _write(request, space, Kind(kind), form)):
        return redirect(_next_step(publication, form))
    context = {"space": space, "form": form, "kind": Kind(kind)}
    return render(request, "publishing/form.html", context)


def _form(
    request: PersonRequest,
    space: Space,
    kind: Kind,
    *,
    publication: Publication | None = None,
    initial: dict[str, Any],
) -> PublicationForm:
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return PublicationForm(
        *sent,
        kind=kind,
        space=space,
        facilitates=can_facilitate(request.user, space),
        is_new=publication is None,
        initial=initial,
    )


def _write(
    request: PersonRequest, space: Space, kind: Kind, form: PublicationForm
) -> Publication | None:
    """The publication, or nothing: the form then says why not."""
    try:
        return writing.write(
            space=space,
            kind=kind,
            by=request.user,
            for_=form.cleaned_data.get("for_"),
            **form.sent,
            **form.words(),
        )
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return None


def _next_step(publication: Publication, form: PublicationForm) -> Any:
    """Where one goes on: who is seen, the places, the gestures, or the page itself."""
    name = {Kind.BEFORE_AFTER: "pair-new", Kind.TUTORIAL: "steps"}.get(Kind(publication.kind))
    if form.cleaned_data.get("seen") == "yes":
        name = "pictures"
    args = [publication.space.slug, publication.slug]
    return redirect(f"publishing:{name}", *args).url if name else publication.get_absolute_url()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: PersonRequest, slug: str, publication: str) -> HttpResponse:
    """The same page, for what exists."""
    found = publication_for(request, slug, publication, rules.can_change)
    kind = Kind(found.kind)
    form = _form(request, found.space, kind, publication=found, initial=initial_of(found))
    if form.is_valid() and _change(request, found, form):
        messages.success(request, _("C’est enregistré."))
        return redirect(found)
    context = {"space": found.space, "form": form, "kind": kind, "publication": found}
    return render(request, "publishing/form.html", context)


def _change(request: PersonRequest, publication: Publication, form: PublicationForm) -> bool:
    try:
        writing.change(publication=publication, by=request.user, **form.sent, **form.words())
    except ValidationError as refused:
        form.add_error(None, refused.messages)
        return False
    return True


@require_POST
def submit(request: PersonRequest, slug: str, publication: str) -> HttpResponse:
    """Give it in; or, for those who may, put it online at once; or take it back."""
    found = publication_for(request, slug, publication, _may_give_in)
    if "back" in request.POST:
        said = _("Le texte est de nouveau à vous.")
        done(request, review.take_back, said, publication=found, by=request.user)
    elif "now" in request.POST and rules.can_publish_directly(request.user, found):
        done(request, review.publish, _("C’est en ligne."), publication=found, by=request.user)
    else:
        said = _("C’est parti : quelqu’un de l’équipe va le relire, puis vous recevrez la réponse.")
        done(request, review.submit, said, publication=found, by=request.user)
    return redirect(found)


def _may_give_in(person: Any, publication: Publication) -> bool:
    return rules.can_change(person, publication) or rules.is_of(person, publication)


@require_POST
def remove(request: PersonRequest, slug: str, publication: str) -> HttpResponse:
    """Let go of a draft that nobody has read."""
    found = publication_for(request, slug, publication, rules.can_change)
    said = _("Le brouillon est effacé.")
    if done(request, writing.remove, said, publication=found, by=request.user):
        return redirect("publishing:list", slug)
    return redirect(found)
