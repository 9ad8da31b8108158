"""When the weather decides otherwise: another day or none, and everyone told, in two taps."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.views.fetching import done

from ..actions import events as acts
from ..attendance import concerned, cost_of_telling
from ..forms.weather import WeatherForm
from ..messages import CHANGED, values_of
from .finding import held_event


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def put_off(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Put a date off because of the weather, or call it off."""
    event = held_event(request.user, slug, pk)
    form = WeatherForm(request.POST or None, event=event)
    if form.is_valid():
        who = {"event": event, "by": request.user, "reason": form.reason}
        if form.new_dates:
            said = _("C’est reporté. Les personnes concernées sont prévenues.")
            did = done(request, acts.change_event, said, **who, **form.new_dates)
        else:
            said = _("C’est annulé. Les personnes concernées sont prévenues.")
            did = done(request, acts.cancel_event, said, **who)
        if did:
            return redirect(event)
    told = concerned(event)
    context = {
        "event": event,
        "space": event.space,
        "form": form,
        "number": told.count(),
        "forecast": cost_of_telling(told, event, str(CHANGED) % values_of(event)),
    }
    return render(request, "agenda/weather.html", context)
