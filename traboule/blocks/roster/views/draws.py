"""A draw from its preparation to its lots; anyone reads it once its list is frozen."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.kernel.people.models import Person
from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.rules import can_read
from traboule.kernel.spaces.views.fetching import done
from traboule.ui.throttle import throttled

from ..actions import draws as acts
from ..forms.draw import DrawForm, FreezeForm, SeedForm
from ..messages import cost_of_asking
from ..models import Draw
from ..reading import lines_of, mine_in
from ..rules import can_compose
from ..standing import Standing
from .finding import held_draw, roster_space, seen_draw


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest, slug: str) -> HttpResponse:
    """Begin a draw: its name, how many places in each college."""
    space = roster_space(request, slug)
    standing = Standing(space)
    form = DrawForm(request.POST or None, standing=standing)
    if form.is_valid():
        try:
            made = acts.prepare(space=space, by=request.user, **form.draw_fields())
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            return redirect("roster:candidates", slug, made.pk)
    context = {"space": space, "form": form, "colleges": standing.colleges}
    return render(request, "roster/draw_new.html", context)


@login_not_required
@never_cache
@require_safe
def draw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The draw step by step: its list, its fingerprint, its seed, and every number."""
    found = seen_draw(request, slug, pk)
    composes = can_compose(request.user, found.space)
    reader = request.user if isinstance(request.user, Person) else None
    lines = lines_of(found, reads=can_read(request.user, found.space), composes=composes)
    context = {
        "space": found.space,
        "draw": found,
        "composes": composes,
        "acts": composes and not found.space.is_closed,
        "reads": composes or can_read(request.user, found.space),
        "lines": lines,
        "chosen": [line for line in lines if line.is_chosen],
        "reserve": [line for line in lines if line.is_reserve],
        "mine": mine_in(found, reader),
        "places": [(college, found.places[str(college.pk)]) for college in
                   found.space.colleges.all() if str(college.pk) in found.places],
        "number": found.candidates.count(),
    }  # fmt: skip
    return render(request, "roster/draw.html", context)


@login_not_required
@require_safe
@throttled(rate="60/m")
def published(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The list as it was frozen, byte for byte: its fingerprint is that of this file."""
    found = seen_draw(request, slug, pk)
    if not found.is_published:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="tirage-{found.pk}.csv"'}
    return HttpResponse(found.published.encode(), content_type="text/csv; charset=utf-8",
                        headers=headers)  # fmt: skip


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def freeze(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Freeze the list once it can be drawn, and say where the seed will come from."""
    found = held_draw(request, slug, pk)
    form = FreezeForm(request.POST or None)
    if form.is_valid():
        said = _("La liste est figée et son empreinte est publiée.")
        act = {"draw": found, "by": request.user, **form.cleaned_data}
        if done(request, acts.freeze, said, **act):
            return redirect(found)
    context = {
        "space": found.space,
        "draw": found,
        "form": form,
        "number": found.candidates.count(),
        "lacks": acts.what_lacks(found) if found.takes_candidates else [],
    }
    return render(request, "roster/draw_freeze.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def lots(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Write the seed that everyone knows, and draw."""
    found = held_draw(request, slug, pk)
    form = SeedForm(request.POST or None)
    if form.is_valid():
        act = {"draw": found, "by": request.user, **form.cleaned_data}
        if done(request, acts.draw_lots, _("Le tirage est fait."), **act):
            return redirect(found)
    context = {"space": found.space, "draw": found, "form": form}
    return render(request, "roster/draw_lots.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """See what it costs, then ask those who were drawn."""
    found = held_draw(request, slug, pk)
    if request.method == "POST":
        said = _("Les messages partent. Les réponses arrivent ici.")
        done(request, acts.ask_chosen, said, draw=found, by=request.user)
        return redirect(found)
    if found.state != Draw.State.DRAWN:
        messages.warning(request, _("Ce tirage n’attend personne à prévenir."))
        return redirect(found)
    context = {
        "space": found.space,
        "draw": found,
        "number": found.candidates.chosen().count(),
        "forecast": cost_of_asking(found),
    }
    return render(request, "roster/draw_ask.html", context)


@require_POST
def cancel(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Call a draw off before anybody was asked."""
    found = held_draw(request, slug, pk)
    done(request, acts.cancel, _("Le tirage est annulé."), draw=found, by=request.user)
    return redirect("roster:roster", slug)
