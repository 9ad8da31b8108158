"""Agendas that come back, and how the space holds its meetings."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.rules import can_coordinate
from traboule.kernel.spaces.views.fetching import done

from ..actions import preparing
from ..forms.meeting import KeepModelForm, RulesForm
from ..models import HouseRules, MeetingModel
from .finding import held_meeting, space_for, team_space


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rules(request: PersonRequest, slug: str) -> HttpResponse:
    """Delays, quorum, voices carried: for the meetings to come."""
    space = space_for(request, slug, can_coordinate)
    form = RulesForm(request.POST or None, instance=HouseRules.of(space))
    if form.is_valid():
        kept = form.save(commit=False)
        said = _("C’est enregistré, pour les réunions à venir.")
        if done(request, preparing.change_rules, said, rules=kept, by=request.user):
            return redirect("meetings:meetings", slug)
    return render(request, "meetings/rules.html", {"space": space, "form": form})


@never_cache
@require_safe
def models(request: PersonRequest, slug: str) -> HttpResponse:
    """The agendas that come back."""
    space = team_space(request, slug)
    found = space.meeting_models.prefetch_related("items").order_by("pk")
    return render(request, "meetings/models.html", {"space": space, "models": list(found)})


@require_POST
def keep(request: PersonRequest, slug: str, ref: str) -> HttpResponse:
    """Keep the agenda of a meeting for the next ones."""
    meeting = held_meeting(request, slug, ref)
    form = KeepModelForm(request.POST)
    if form.is_valid():
        said = _("Cet ordre du jour servira de modèle.")
        title = form.cleaned_data["title"]
        done(request, preparing.keep_as_model, said, meeting=meeting, title=title, by=request.user)
    else:
        messages.error(request, _("Donnez un nom à cet ordre du jour."))
    return redirect("meetings:agenda", slug, ref)


@require_POST
def remove(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Forget an agenda that comes back."""
    space = team_space(request, slug)
    model = get_object_or_404(MeetingModel, pk=pk, space=space)
    done(request, preparing.remove_model, _("Il est retiré."), model=model, by=request.user)
    return redirect("meetings:models", slug)
