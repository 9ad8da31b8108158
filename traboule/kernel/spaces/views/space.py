"""A space: my list of them, its front page, coming in, its settings and blocks."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.kernel.notices.models import Notice
from traboule.kernel.people.requests import PersonRequest
from traboule.ui.throttle import throttled

from .. import access, actions, first_steps, results, rules
from ..forms.settings import SettingsForm, unused_blocks
from ..models import Joining, Participation, Role, Space
from .fetching import done, space_for

NEWS_SHOWN = 3
ASKING_SHOWN = 10
TO_DO_SHOWN = 4


@never_cache
@require_safe
def mine(request: PersonRequest) -> HttpResponse:
    """The spaces in which one takes part, those that are over apart."""
    taken = (
        Participation.objects.current()
        .filter(person=request.user)
        .select_related("space__initiative__commune")
        .order_by("-space__created_at", "-space_id")
    )
    context = {
        "running": [one for one in taken if not one.space.is_closed],
        "closed": [one for one in taken if one.space.is_closed],
    }
    return render(request, "spaces/space_list.html", context)


@login_not_required
@never_cache
@require_safe
def space(request: HttpRequest, slug: str) -> HttpResponse:
    """The front page: what is next, what is asked of me, news, results, whom to call."""
    found = get_object_or_404(Space.objects.for_page(), initiative__slug=slug)
    role = rules.role_in(request.user, found)
    reads = role is not None or access.opened(request.session, found)
    if not reads and found.initiative.published_at is None:
        raise Http404
    return render(request, "spaces/space.html", _front(request, found, role, reads))


def _front(request: HttpRequest, space: Space, role: Role | None, reads: bool) -> dict[str, Any]:
    """What the front page shows to someone of that role, or to a visitor."""
    facilitates = rules.can_facilitate(request.user, space)
    context: dict[str, Any] = {
        "space": space,
        "role": role,
        "role_name": space.role_name(role) if role else "",
        "reads": reads,
        "facilitates": facilitates,
        "coordinates": rules.can_coordinate(request.user, space),
        "measured": results.begun(results.latest(space)),
        "pages": space.pages.all() if reads else space.pages.filter(is_public=True),
        "referent": space.referent,
        "partners": space.initiative.partnerships.select_related("organisation"),
        "referent_name": space.referent.name_for(role) if space.referent else "",
    }
    if reads:
        context["news"] = space.news.visible().select_related("by")[:NEWS_SHOWN]
    if facilitates:
        context["steps"] = [] if space.is_closed else first_steps.of(space)
        context["to_do"] = space.checklist.filter(done_at__isnull=True)[:TO_DO_SHOWN]
        asking = list(space.participations.awaiting_answer().for_listing()[: ASKING_SHOWN + 1])
        context["asking"] = asking[:ASKING_SHOWN]
        context["more_asking"] = len(asking) > ASKING_SHOWN
        context["to_reach"] = Notice.objects.people_to_reach(space.purse)
    elif not reads and request.user.is_authenticated:
        asked = space.participations.awaiting_answer().filter(person=request.user)
        context["has_asked"] = asked.exists()
    return context


@throttled(rate="20/m")
@require_POST
def join(request: PersonRequest, slug: str) -> HttpResponse:
    """Take part, or ask to."""
    found = get_object_or_404(Space.objects.for_page(), initiative__slug=slug)
    said = (
        _("Bienvenue ! Vous prenez part à « %(space)s ».") % {"space": found}
        if found.joining == Joining.OPEN
        else _("Votre demande est partie. L’équipe vous répond bientôt.")
    )
    done(request, actions.join, said, space=found, person=request.user)
    return redirect(found)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: PersonRequest, slug: str) -> HttpResponse:
    """The words of roles, how one comes in, the last day; blocks; closing."""
    found = space_for(request, slug, rules.can_coordinate)
    form = SettingsForm(request.POST or None, space=found)
    if form.is_valid() and done(
        request,
        actions.change_settings,
        _("C’est enregistré."),
        space=found,
        role_names=form.role_names,
        joining=form.cleaned_data["joining"],
        ends_on=form.cleaned_data["ends_on"],
        by=request.user,
    ):
        return redirect("spaces:settings", found.slug)
    context = {
        "space": found,
        "form": form,
        "unused": unused_blocks(found),
        "sms": _sms_of(found),
    }
    return render(request, "spaces/space_settings.html", context)


def _sms_of(space: Space) -> dict[str, Decimal] | None:
    """What SMS cost this month and may cost, in euros."""
    if space.purse is None:
        return None
    return {"spent": space.purse.spent() / 100, "most": space.purse.monthly_cap_cents / 100}


@require_POST
def change_blocks(request: PersonRequest, slug: str) -> HttpResponse:
    """Add a block, or put one away."""
    found = space_for(request, slug, rules.can_coordinate)
    if key := request.POST.get("add"):
        said = _("La brique est ajoutée.")
        done(request, actions.add_block, said, space=found, key=key, by=request.user)
    elif key := request.POST.get("put-away"):
        said = _("La brique est rangée. Ce qu’elle contient est gardé.")
        done(request, actions.put_block_away, said, space=found, key=key, by=request.user)
    return redirect("spaces:settings", found.slug)


@require_POST
def close(request: PersonRequest, slug: str) -> HttpResponse:
    """Close the space, or open it again."""
    found = space_for(request, slug, rules.can_coordinate)
    if "reopen" in request.POST:
        actions.reopen(space=found, by=request.user)
        messages.success(request, _("L’espace est rouvert."))
    elif "close" in request.POST:
        actions.close(space=found, by=request.user)
        messages.success(request, _("L’espace est fermé. Tout reste lisible."))
    return redirect(found)
