"""Who is in the list of a draw: a group of the space, one by one, or lines that are pasted."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.views.fetching import done
from traboule.ui.throttle import throttled

from ..actions import draws as acts
from ..actions.finding import find_or_make
from ..forms.draw import AudienceForm, Line, PasteForm
from ..forms.member import NewPersonForm
from ..models import College, Draw
from .finding import candidate_of, held_draw


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def candidates(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """The list as it stands and what lacks; add a whole group of the space."""
    draw = held_draw(request, slug, pk)
    form = AudienceForm(request.POST or None, space=draw.space)
    if form.is_valid() and _added(request, draw, form.candidates()):
        return redirect("roster:candidates", slug, pk)
    rows = draw.candidates.for_listing().order_by("number")
    context = {
        "space": draw.space,
        "draw": draw,
        "form": form,
        "rows": rows,
        "lacks": acts.what_lacks(draw) if draw.takes_candidates and rows else [],
    }
    return render(request, "roster/candidates.html", context)


@never_cache
@throttled(rate="60/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """One candidate; whoever may be known already is asked about first."""
    draw = held_draw(request, slug, pk)
    form = NewPersonForm(request.POST or None, space=draw.space, by=request.user)
    if form.is_valid():
        if form.lookalikes:
            form.ask_whether_known()
        else:
            with transaction.atomic():
                person = find_or_make(**form.fields_given())
                added = _added(request, draw, [(person, form.cleaned_data["college"])])
                transaction.set_rollback(not added)
            again = added and "again" in request.POST
            return redirect("roster:candidate-new" if again else "roster:candidates", slug, pk)
    context = {"space": draw.space, "draw": draw, "form": form}
    return render(request, "roster/candidate_new.html", context)


@never_cache
@throttled(rate="20/m", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def paste(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Lines pasted, read back, then added; what is wrong stays to correct."""
    draw = held_draw(request, slug, pk)
    form = PasteForm(request.POST or None, draw=draw, by=request.user)
    if not form.is_valid() or "edit" in request.POST:
        context = {"space": draw.space, "draw": draw, "form": form}
        return render(request, "roster/paste.html", context)
    lines = form.read()
    wrong = [line for line in lines if line.mistake]
    if "add" in request.POST and not wrong:
        with transaction.atomic():
            people = [(_person(line), line.college) for line in lines if line.college]
            added = _added(request, draw, people)
            transaction.set_rollback(not added)
        return redirect("roster:candidates", slug, pk)
    context = {"space": draw.space, "draw": draw, "form": form, "lines": lines, "wrong": wrong}
    return render(request, "roster/paste_check.html", context)


def _person(line: Line) -> Person:
    channels = [line.phone] if line.phone and not line.known else []
    return find_or_make(person=line.known, name=line.name, channels=channels, about=line.about)


def _added(request: PersonRequest, draw: Draw, people: list[tuple[Person, College]]) -> bool:
    """Add them and say how many; when it is refused, say why."""
    try:
        count = acts.add_candidates(draw=draw, people=people, by=request.user)
    except Refused as refused:
        messages.error(request, refused.messages[0])
        return False
    said = ngettext("%(n)d candidature ajoutée.", "%(n)d candidatures ajoutées.", count)
    messages.success(
        request, said % {"n": count} if count else _("Déjà dans la liste, ou déjà en place.")
    )
    return True


@require_POST
def remove(request: PersonRequest, slug: str, pk: int, candidate: int) -> HttpResponse:
    """Take someone off the list."""
    draw = held_draw(request, slug, pk)
    found = candidate_of(draw, candidate)
    said = _("La candidature est retirée.")
    done(request, acts.remove_candidate, said, candidate=found, by=request.user)
    return redirect("roster:candidates", slug, pk)
