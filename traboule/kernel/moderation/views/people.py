"""How far somebody is trusted in a space, and holding them back for a while."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.views.fetching import done, space_for

from .. import actions, rules
from ..forms import HoldForm, StandingForm
from ..models import Charter, Hiding, Standing


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def standing(request: PersonRequest, slug: str, person: str) -> HttpResponse:
    """How far they are trusted, and since when; changing it with a reason."""
    space, who = _found(request, slug, person)
    held = rules.standing_of(who, space) or Standing(space=space, person=who)
    form = StandingForm(request.POST or None, initial={"level": held.level})
    if form.is_valid():
        done(
            request, actions.set_standing, _("C’est noté, et la personne est prévenue."),
            space=space, person=who, by=request.user, **form.cleaned_data,
        )  # fmt: skip
        return redirect("moderation:standing", slug, person)
    charter = Charter.objects.current(space)
    context = {
        "space": space,
        "person": who,
        "standing": held,
        "hiding": Hiding.objects.live().about(held).first() if held.is_held else None,
        "form": form,
        "trust_after": charter.trust_after if charter else 0,
        "is_team": rules.can_moderate(who, space),
        "is_oneself": who == request.user,
    }
    return render(request, "moderation/standing.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: PersonRequest, slug: str, person: str) -> HttpResponse:
    """Hold somebody back: under which article, why, until when."""
    space, who = _found(request, slug, person)
    charter = Charter.objects.current(space)
    form = HoldForm(request.POST or None, charter=charter)
    if charter and form.is_valid() and _hold(request, space, who, form):
        return redirect("moderation:standing", slug, person)
    context = {"space": space, "person": who, "charter": charter, "form": form}
    return render(request, "moderation/hold.html", context)


def _hold(request: PersonRequest, space: Space, who: Person, form: HoldForm) -> bool:
    given = form.cleaned_data
    try:
        actions.hold(
            space=space, person=who, article=given["article"], reason=given["reason"],
            until=form.last_moment, by=request.user,
        )  # fmt: skip
    except Refused as refused:
        form.add_error(None, refused)
        return False
    return True


def _found(request: PersonRequest, slug: str, person: str) -> tuple[Space, Person]:
    """The space and one of its people, for those who moderate it."""
    space = space_for(request, slug, rules.can_moderate)
    there = Person.objects.filter(participations__space=space)
    return space, get_object_or_404(there, public_id=person)
