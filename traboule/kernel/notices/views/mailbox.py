"""Every message that left, where messages are for show."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from traboule.kernel.people.requests import PersonRequest

from ..models import Delivery, Inbound, Notice
from ..rules import can_see_mailbox

LATEST = 60


@never_cache
@require_safe
def mailbox(request: PersonRequest) -> HttpResponse:
    """What left and what came in, the latest first."""
    if not can_see_mailbox(request.user):
        raise Http404
    left = Delivery.objects.select_related("notice__recipient", "inbound__person", "by")
    came = Inbound.objects.select_related("person")
    by_hand = Notice.objects.to_call() | Notice.objects.to_post()
    context = {
        "deliveries": left.order_by("-at", "-pk")[:LATEST],
        "inbounds": came.order_by("-received_at", "-pk")[:LATEST],
        "by_hand": by_hand.select_related("recipient").order_by("-created_at", "-pk")[:LATEST],
    }
    return render(request, "notices/mailbox.html", context)
