"""From a sheet to a running space, and from a running space to a recipe."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from traboule.kernel.initiatives.models import Initiative
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.requests import PersonRequest
from traboule.ui.throttle import throttled

from .. import copying, starting
from ..blocks import indicator, known
from ..forms.start import StartForm
from ..models import Space
from ..recipe import Recipe
from ..rules import can_coordinate


@never_cache
@throttled(rate="60/h", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: PersonRequest, slug: str) -> HttpResponse:
    """Say where, who and when; see what will be created; start."""
    sheet = get_object_or_404(Initiative.objects.published(), slug=slug)
    recipe = starting.recipe_for(sheet)
    if recipe is None:
        messages.info(request, _("Pas encore de modèle pour cette fiche."))
        return redirect(sheet)
    form = StartForm(request.POST or None, recipe=recipe, person=request.user)
    step = request.POST.get("then", "")
    if form.is_valid() and step == "start" and (space := _started(request, form, recipe, sheet)):
        return redirect(space)
    ready = form.is_valid() and step in {"preview", "start"}
    context = {"form": form, "sheet": sheet, "recipe": recipe}
    if ready:
        return render(request, "spaces/start_preview.html", context | _announced(form, recipe))
    return render(request, "spaces/start_form.html", context)


def _started(
    request: PersonRequest, form: StartForm, recipe: Recipe, sheet: Initiative
) -> Space | None:
    """The new space; nothing, and a word about it, when it is refused."""
    try:
        space = starting.start(recipe=recipe, sheet=sheet, by=request.user, **form.to_start())
    except Refused as refused:
        messages.error(request, refused.message)
        return None
    messages.success(request, _("C’est lancé ! Voici votre espace."))
    return space


def _announced(form: StartForm, recipe: Recipe) -> dict[str, Any]:
    """What starting will make, as people read it."""
    said = form.to_start()
    holder = said["holder"]
    return {
        "said": said,
        "holder_name": holder.name,
        "place": ", ".join(filter(None, [said["place_name"], said["commune"].name])),
        "indicators": [indicator(key) for key in recipe.indicators],
        "role_names": [bound.value() for bound in form.roles()],
        "blocks": [
            (known[key], known[key].announce(recipe.seed[key], start=said["starts_on"]))
            for key in recipe.blocks
        ],
    }


@never_cache
@require_safe
def recipe(request: PersonRequest, slug: str) -> HttpResponse:
    """What a copy of the space holds, what was taken out of it, and the file to take away."""
    space = _coordinated(request, slug)
    context = {
        "space": space,
        "recipe": copying.recipe_of(space),
        "contacts": copying.contacts_in(space),
    }
    return render(request, "spaces/start_recipe.html", context)


@never_cache
@require_safe
def recipe_zip(request: PersonRequest, slug: str) -> HttpResponse:
    """The space as a recipe's folder."""
    space = _coordinated(request, slug)
    response = HttpResponse(copying.archive(space), content_type="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{space.recipe_key}.zip"'
    return response


def _coordinated(request: PersonRequest, slug: str) -> Space:
    space = get_object_or_404(Space.objects.for_page(), initiative__slug=slug)
    if not can_coordinate(request.user, space):
        raise PermissionDenied
    return space


def draw_start(request: HttpRequest, sheet: Initiative) -> str:
    """On a sheet: the door to the same one here, when there is a recipe; the way to its space."""
    return _draw(request, "spaces/_sheet_start.html", sheet)


def draw_replicate(request: HttpRequest, sheet: Initiative) -> str:
    """Where a sheet says how to do it again: what the recipe does, or that there is none yet."""
    return _draw(request, "spaces/_sheet_replicate.html", sheet)


def _draw(request: HttpRequest, template: str, sheet: Initiative) -> str:
    context = {
        "sheet": sheet,
        "space": getattr(sheet, "space", None),
        "can_be_started": starting.can_be_started(sheet),
    }
    return render_to_string(template, context, request)
