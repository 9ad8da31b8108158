"""« Signaler »: anyone who reads a thing asks the team to look; the team leaves it or hides it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.views.fetching import done, space_for
from traboule.ui.throttle import throttled

from .. import actions
from ..forms import FlagForm
from ..models import Flag
from ..rules import can_moderate
from .finding import thing_of


@login_not_required
@never_cache
@throttled(rate="10/h", methods=("POST",))
@require_http_methods(["GET", "HEAD", "POST"])
def flag(request: HttpRequest, slug: str, kind: str, key: str) -> HttpResponse:
    """Say what is wrong; no account is asked for."""
    space = get_object_or_404(Space.objects.for_page(), initiative__slug=slug)
    known, thing = thing_of(space, kind, key)
    if not known.sees(request, thing):
        raise Http404
    form = FlagForm(request.POST or None)
    if form.is_valid():
        by = request.user if isinstance(request.user, Person) else None
        try:
            actions.flag(subject=thing, by=by, **form.cleaned_data)
        except Refused as refused:
            messages.info(request, refused.messages[0])
        else:
            messages.success(request, _("Merci. L’équipe va regarder."))
        return redirect(known.url(thing))
    context = {"space": space, "kind": known, "title": known.title(thing), "form": form}
    return render(request, "moderation/flag.html", context | {"back": known.url(thing)})


@require_POST
def set_aside(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Leave a flagged thing as it is."""
    space = space_for(request, slug, can_moderate)
    one = get_object_or_404(Flag, pk=pk, space=space)
    said = _("C’est noté : vous laissez ce contenu visible.")
    done(request, actions.set_aside, said, flag=one, by=request.user)
    return redirect("moderation:queue", slug)
