"""Whether one comes, and who carries one's voice."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from traboule.kernel.people.acting import people_i_act_for
from traboule.kernel.people.models import MandateScope, Person
from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.views.fetching import done

from ..actions import convening
from ..carriers import carriers_for
from ..forms.coming import VoiceForm
from ..models import Meeting, Proxy
from ..rules import can_hold, can_reply
from .finding import seen_meeting


def _asked(request: PersonRequest, slug: str, ref: str) -> tuple[Meeting, Person]:
    """The meeting, and who is asked whether they come: the reader, or whoever they act for."""
    meeting = seen_meeting(request, slug, ref)
    whom = _whom(request)
    if not can_reply(whom, meeting):
        raise PermissionDenied
    return meeting, whom


def _whom(request: PersonRequest) -> Person:
    """The reader, or someone who gave them a mandate for everything."""
    asked = request.POST.get("for") or request.GET.get("for", "")
    if not asked:
        return request.user
    theirs = people_i_act_for(request.user, MandateScope.ALL)
    whom = next((one for one in theirs if str(one.public_id) == asked), None)
    if whom is None:
        raise PermissionDenied
    return whom


@require_POST
def reply(request: PersonRequest, slug: str, ref: str) -> HttpResponse:
    """Yes, or no."""
    meeting, whom = _asked(request, slug, ref)
    who = {"meeting": meeting, "person": whom, "by": request.user}
    if request.POST.get("answer") == "yes":
        done(request, convening.come, _("C’est noté. À bientôt !"), **who)
    else:
        done(request, convening.excuse, _("C’est noté. Merci de l’avoir dit."), **who)
    return redirect(meeting)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def voice(request: PersonRequest, slug: str, ref: str) -> HttpResponse:
    """Choose who carries one's voice."""
    meeting, whom = _asked(request, slug, ref)
    carriers = carriers_for(meeting, whom)
    form = VoiceForm(request.POST or None, carriers=carriers)
    if form.is_valid():
        said = _("C’est noté : %(carrier)s porte la voix de %(giver)s, avec un reçu.") % {
            "carrier": form.chosen, "giver": whom,
        }  # fmt: skip
        if done(
            request, convening.give_voice, said,
            meeting=meeting, giver=whom, carrier=form.chosen, by=request.user,
        ):  # fmt: skip
            return redirect(meeting)
    context = {
        "meeting": meeting,
        "space": meeting.space,
        "form": form,
        "carriers": carriers,
        "for_": whom if whom != request.user else None,
    }
    return render(request, "meetings/voice.html", context)


@require_POST
def withdraw(request: PersonRequest, slug: str, ref: str, pk: int) -> HttpResponse:
    """Take one's voice back, decline to carry one, or either for someone who called."""
    meeting = seen_meeting(request, slug, ref)
    proxy = get_object_or_404(Proxy.objects.select_related("meeting"), pk=pk, meeting=meeting)
    if not (
        request.user.pk in {proxy.giver_id, proxy.carrier_id} or can_hold(request.user, meeting)
    ):
        raise Http404
    said = _("C’est noté : cette voix n’est plus portée.")
    done(request, convening.withdraw_voice, said, proxy=proxy, by=request.user)
    return redirect(meeting)
