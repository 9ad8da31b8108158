"""What gateways tell us: a message came in, a message of ours arrived or came back."""

import datetime
import json
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from traboule.ui.throttle import throttled

from .. import bouncing, delivering, receiving
from ..signatures import is_signed

LONGEST = 20_000
ARRIVED = {"delivered": True, "failed": False}


def _is_from_a_stranger(request: HttpRequest) -> bool:
    return len(request.body) > LONGEST or not is_signed(request)


@csrf_exempt
@login_not_required
@throttled(rate="60/m", methods=("POST",), when=_is_from_a_stranger)
@require_POST
def inbound(request: HttpRequest) -> HttpResponse:
    """Take ``{"id", "from", "text", "at"}``: an SMS that someone sent us."""
    told = _told(request)
    if told is None or not (told.get("id") and told.get("from")):
        return HttpResponseBadRequest("not signed, too old or unreadable")
    taken = receiving.receive(
        gateway_id=str(told["id"])[:100],
        from_value=str(told["from"]),
        text=str(told.get("text", "")),
        received_at=_moment(str(told.get("at", ""))),
    )
    return JsonResponse({"understood": taken.understood}, status=202)


@csrf_exempt
@login_not_required
@throttled(rate="60/m", methods=("POST",), when=_is_from_a_stranger)
@require_POST
def report(request: HttpRequest) -> HttpResponse:
    """Take ``{"id", "status", "error"}``: what became of a message; status delivered or failed."""
    told = _told(request)
    if told is None or told.get("status") not in ARRIVED:
        return HttpResponseBadRequest("not signed, too old or unreadable")
    known = delivering.note_report(
        gateway_id=str(told.get("id", ""))[:100],
        delivered=ARRIVED[told["status"]],
        error=str(told.get("error", "")),
    )
    return HttpResponse(status=202 if known else 404)


def _is_no_mail(request: HttpRequest) -> bool:
    signed = is_signed(request, secret=settings.MAIL_WEBHOOK_SECRET)
    return len(request.body) > bouncing.LONGEST or not signed


@csrf_exempt
@login_not_required
@throttled(rate="60/m", methods=("POST",), when=_is_no_mail)
@require_POST
def returned(request: HttpRequest) -> HttpResponse:
    """Take an e-mail that came back, whole, as it is in the mailbox (message/rfc822)."""
    if _is_no_mail(request):
        return HttpResponseBadRequest("not signed, too old or too long")
    known = bouncing.take(request.body, now=timezone.now())
    return HttpResponse(status=202 if known else 404)


def _told(request: HttpRequest) -> dict[str, Any] | None:
    """The signed JSON object, or nothing; its texts without what no database keeps."""
    if _is_from_a_stranger(request):
        return None
    try:
        told = json.loads(request.body)
    except ValueError:
        return None
    if not isinstance(told, dict):
        return None
    return {key: _kept(value) if isinstance(value, str) else value for key, value in told.items()}


def _kept(text: str) -> str:
    """The text without zeros nor halves of characters."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode()


def _moment(text: str) -> datetime.datetime:
    """When the gateway says it came in; now, if it does not say so rightly."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    return moment if moment and timezone.is_aware(moment) else timezone.now()
