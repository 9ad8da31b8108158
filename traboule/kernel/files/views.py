"""Opening files, and taking them in piece by piece."""

import base64
import binascii
import re
from typing import IO, Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models.fields.files import FieldFile
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    StreamingHttpResponse,
)
from django.http.request import UnreadablePostError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from traboule.kernel.people.actions import Refused
from traboule.kernel.people.requests import PersonRequest
from traboule.ui.throttle import throttled

from . import actions, checking, receiving
from .access import may_open
from .models import File, Kind, Upload

TUS = {"Tus-Resumable": "1.0.0", "Cache-Control": "no-store"}
PARTS = {"": "content", "vignette": "small", "leger": "light", "son": "sound"}
TYPES = {".jpg": "image/jpeg", ".webp": "image/webp", ".mp4": "video/mp4", ".m4a": "audio/mp4"}
CHUNK = 64 * 1024
_RANGE = re.compile(r"bytes=(\d*)-(\d*)$")


@login_not_required
@require_safe
def open_file(request: HttpRequest, key: UUID, part: str = "") -> Any:
    """A file or one of its versions, for those who may; in parts where a player asks for them."""
    file = get_object_or_404(File, key=key)
    content: FieldFile = getattr(file, PARTS.get(part, ""), None) or file.content
    if not may_open(request, file) or part not in PARTS or not content:
        raise Http404
    response = _whole_or_part(request, content)
    _, dot, ending = str(content.name).rpartition(".")
    response["Content-Type"] = TYPES.get(dot + ending) or checking.TYPES.get(
        ending, "application/octet-stream"
    )
    # Asked again each time: what is withdrawn must not stay in a cache.
    response["Cache-Control"] = "private, max-age=60"
    response["X-Content-Type-Options"] = "nosniff"
    if file.kind == Kind.PAPER:
        response["Content-Disposition"] = FileResponse(filename=_named(file, ending)).get(
            "Content-Disposition", "inline"
        )
    return response


def _named(file: File, ending: str) -> str:
    return file.name if file.name.lower().endswith(f".{ending}") else f"{file.name}.{ending}"


def _whole_or_part(request: HttpRequest, content: FieldFile) -> Any:
    """The content, or the bytes that a player asks for (RFC 9110, one range)."""
    size = content.size
    asked = _RANGE.match(request.headers.get("Range", ""))
    if not asked or not any(asked.groups()):
        response: Any = FileResponse(content.open("rb"))
        response["Accept-Ranges"] = "bytes"
        return response
    first, last = asked.groups()
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    if start > end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    stream = content.open("rb")
    stream.seek(start)
    response = StreamingHttpResponse(_pieces(stream, end - start + 1), status=206)
    response["Content-Range"] = f"bytes {start}-{end}/{size}"
    response["Content-Length"] = str(end - start + 1)
    response["Accept-Ranges"] = "bytes"
    return response


def _pieces(stream: IO[bytes], left: int) -> Any:
    with stream:
        while left and (piece := stream.read(min(CHUNK, left))):
            left -= len(piece)
            yield piece


# Taking in


@login_not_required
@throttled(rate="60/m")
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Announce a file: ``Upload-Length`` bytes, its name in ``Upload-Metadata``."""
    length = request.headers.get("Upload-Length", "")
    if not length.isdigit():
        return HttpResponse(_("Il manque la taille du fichier."), status=400, headers=TUS)
    most = (
        settings.RECORDING_MAX_BYTES
        if request.user.is_authenticated
        else settings.UNKNOWN_UPLOAD_MAX_BYTES
    )
    try:
        upload = receiving.begin(name=_name(request), size=int(length), most=most)
    except Refused as problem:
        return HttpResponse(problem.messages[0], status=413, headers=TUS)
    location = reverse("files:piece", args=[upload.key])
    return HttpResponse(status=201, headers={**TUS, "Location": location})


def _name(request: HttpRequest) -> str:
    """The name that the metadata of tus tells: ``filename <base64>``."""
    for pair in request.headers.get("Upload-Metadata", "").split(","):
        label, _space, value = pair.strip().partition(" ")
        if label == "filename":
            try:
                return base64.b64decode(value, validate=True).decode("utf-8", "replace")
            except binascii.Error:
                return ""
    return ""


@login_not_required
@never_cache
@require_http_methods(["HEAD", "PATCH", "DELETE"])
def piece(request: HttpRequest, key: UUID) -> HttpResponse:
    """How far an upload is, its next piece, or its end."""
    upload = get_object_or_404(Upload, key=key)
    if request.method == "DELETE":
        upload.forget()
        return HttpResponse(status=204, headers=TUS)
    if request.method == "PATCH":
        return _next_piece(request, upload)
    return _so_far(upload, status=200)


def _next_piece(request: HttpRequest, upload: Upload) -> HttpResponse:
    offset = request.headers.get("Upload-Offset", "")
    if request.content_type != "application/offset+octet-stream" or not offset.isdigit():
        return HttpResponse(status=415, headers=TUS)
    if int(request.headers.get("Content-Length") or 0) > receiving.LARGEST_PIECE:
        return HttpResponse(_("Ce morceau est trop gros."), status=413, headers=TUS)
    try:
        sent = request.read(receiving.LARGEST_PIECE)
        return _so_far(receiving.add_piece(key=upload.key, offset=int(offset), piece=sent), 204)
    except (UnreadablePostError, OSError):
        return HttpResponse(status=400, headers=TUS)  # The network broke: it will come again.
    except receiving.WrongOffset:
        upload.refresh_from_db()
        return _so_far(upload, status=409)


def _so_far(upload: Upload, status: int) -> HttpResponse:
    counts = {"Upload-Offset": str(upload.received), "Upload-Length": str(upload.size)}
    return HttpResponse(status=status, headers={**TUS, **counts})


# Pictures of oneself


@never_cache
@require_safe
def mine(request: PersonRequest) -> HttpResponse:
    """The pictures on which one is seen, and those one sent, each with its way out."""
    seen = File.objects.filter(seen__person=request.user).order_by("-pk")
    sent = File.objects.filter(by=request.user).exclude(pk__in=seen).order_by("-pk")
    return render(request, "files/mine.html", {"seen": seen, "sent": sent[:100]})


@require_POST
def withdraw(request: PersonRequest, key: UUID) -> HttpResponse:
    """Take away, everywhere at once, a picture of oneself or one that one sent."""
    file = get_object_or_404(File, key=key)
    if file.by_id != request.user.pk and not file.seen.filter(person=request.user).exists():
        raise Http404
    actions.withdraw(file=file, by=request.user)
    return redirect("files:mine")
