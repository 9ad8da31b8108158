"""Who likes whose home, and the answers."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from traboule.kernel.people.actions import Refused
from traboule.kernel.people.requests import PersonRequest
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.views.fetching import done
from traboule.ui.throttle import throttled

from ..actions import contacts as acts
from ..models import Interest, InterestState, Listing, Visit
from ..rules import can_answer_for
from .finding_fetching import member_space, needed_listing, own_listing, seen_listing

OVER_SHOWN = 20
LIVE_SHOWN = 100


@throttled(rate="30/m")
@require_POST
def interest(request: PersonRequest, slug: str, code: str) -> HttpResponse:
    """Say that one likes this home."""
    listing = seen_listing(request, slug, code)
    said = _("C’est envoyé. L’autre ménage a dix jours pour répondre.")
    try:
        own = needed_listing(request, listing.space)
    except Refused as refused:
        messages.error(request, refused.messages[0])
        return redirect(listing)
    done(request, acts.show_interest, said, sender=own, receiver=listing, by=request.user)
    return redirect(listing.get_absolute_url() + _for(request))


@require_POST
def interest_answer(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Say yes, or no, to whoever likes one’s home; or let go of what had begun."""
    found, own = held_interest(request, slug, pk)
    yes = "oui" in request.POST
    said = _("Bonne nouvelle : vous pouvez vous écrire.") if yes else _("C’est noté.")
    acted = done(request, acts.answer, said, interest=found, listing=own, yes=yes, by=request.user)
    found.refresh_from_db()
    if acted and yes and found.conversation:
        return redirect(found.conversation)
    return redirect(reverse("housing:interests", args=[slug]) + _for(request))


@never_cache
@require_safe
def interests(request: PersonRequest, slug: str) -> HttpResponse:
    """What waits for one’s answer, whom one may write to, what one waits for, what is over."""
    space = member_space(request, slug)
    own = own_listing(request, space)
    context = {"space": space, "own": own, "pour": request.GET.get("pour", "")}
    context |= _sorted_out(own) if own else {}
    return render(request, "housing/contacts.html", context)


def _sorted_out(own: Listing) -> dict[str, Any]:
    rows = Interest.objects.of(own).for_listing()
    live = list(rows.filter(state__in=("sent", "mutual")).order_by("-sent_at", "-pk")[:LIVE_SHOWN])
    over = rows.filter(state__in=("declined", "closed")).order_by("-closed_at", "-pk")
    visits = Visit.objects.filter(visitor__in=_sides(live), host__in=_sides(live))
    newest = visits.for_listing().exclude(state="cancelled").order_by("asked_at", "pk")
    found = {(visit.visitor_id, visit.host_id): visit for visit in newest}
    mutual = [one for one in live if one.state == InterestState.MUTUAL]
    return {
        "received": [one for one in live if one.state == "sent" and one.receiver_id == own.pk],
        "sent": [one for one in live if one.state == "sent" and one.sender_id == own.pk],
        "mutual": [Contact(one, own, found) for one in mutual],
        "over": list(over[:OVER_SHOWN]),
    }


class Contact:
    """A household with whom one talks, and the visits between both."""

    def __init__(
        self, interest: Interest, own: Listing, visits: dict[tuple[int, int], Visit]
    ) -> None:
        self.interest = interest
        self.other = interest.other_than(own)
        self.going = visits.get((own.pk, self.other.pk))
        self.coming = visits.get((self.other.pk, own.pk))

    @property
    def may_propose(self) -> bool:
        """Whether nobody said no after a visit, and somebody said yes."""
        verdicts = {
            verdict
            for visit in (self.going, self.coming)
            if visit
            for verdict in (visit.verdict_of_visitor, visit.verdict_of_host)
        }
        return "yes" in verdicts and "no" not in verdicts


def _sides(interests: list[Interest]) -> set[int]:
    return {key for one in interests for key in (one.sender_id, one.receiver_id)}


def held_interest(request: PersonRequest, slug: str, pk: int) -> tuple[Interest, Listing]:
    """An interest, and which of both households one speaks for; to others, there is none."""
    space: Space = member_space(request, slug)
    rows = Interest.objects.for_listing().filter(sender__space=space)
    found = get_object_or_404(rows, pk=pk)
    own = own_listing(request, space)
    for side in (found.receiver, found.sender):
        speaks = own.pk == side.pk if own else can_answer_for(request.user, side)
        if speaks:
            side.space = space
            return found, side
    raise Http404


def _for(request: PersonRequest) -> str:
    """``?pour=…`` again, when one helps someone."""
    code = request.POST.get("pour", "")
    return f"?pour={code}" if code.replace("-", "").isalnum() else ""
