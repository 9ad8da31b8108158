"""Leaving with everything that stands on a shelf."""

import zipfile
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from traboule.kernel.files.models import File
from traboule.kernel.spaces.models import Space
from traboule.ui.throttle import throttled

from ..models import Document, Shelf, Version
from .finding import read_space

PIECE = 256 * 1024


@login_not_required
@never_cache
@throttled(rate="6/m")
@require_safe
def archive(request: HttpRequest, slug: str, shelf: str) -> Any:
    """Every version of every document of a shelf, and a page that says what each is."""
    space, members = read_space(request, slug)
    if shelf not in Shelf.values:
        raise Http404
    if shelf == Shelf.MEMBERS and not members:
        raise PermissionDenied
    response: HttpResponse | StreamingHttpResponse = StreamingHttpResponse(
        _zipped(space, shelf), content_type="application/zip"
    )
    response["Content-Disposition"] = f'attachment; filename="{slug}-{shelf}.zip"'
    return response


class _Sink:
    """Where the archive is written, to be sent on as it grows."""

    def __init__(self) -> None:
        self.written = bytearray()

    def write(self, piece: bytes) -> int:
        self.written += piece
        return len(piece)

    def flush(self) -> None:
        """Nothing waits here."""

    def taken(self) -> bytes:
        piece = bytes(self.written)
        self.written.clear()
        return piece


def _zipped(space: Space, shelf: str) -> Iterator[bytes]:
    documents = space.documents.standing().filter(shelf=shelf).order_by("number")
    versions = (
        Version.objects.filter(document__in=documents)
        .exclude(file__in=File.objects.exclude(pk__in=File.objects.shown()))
        .select_related("document", "file")
        .order_by("document__number", "number")
    )
    sink = _Sink()
    with zipfile.ZipFile(sink, "w") as whole:  # type: ignore[call-overload]
        whole.writestr(_("sommaire.txt"), _contents(space, documents))
        for version in versions.iterator():
            with (
                version.file.content.open("rb") as content,
                whole.open(_name(version), "w", force_zip64=True) as part,
            ):
                while piece := content.read(PIECE):
                    part.write(piece)
                    yield sink.taken()
        # What a file says of itself stands at the end of the archive.
    yield sink.taken()


def _name(version: Version) -> str:
    """« 012-reglement-interieur/version-2.pdf »."""
    document, ending = version.document, str(version.file.content.name).rpartition(".")[2]
    folder = f"{document.number:03d}-{slugify(document.title)[:60]}"
    return f"{folder}/version-{version.number}.{ending}"


def _contents(space: Space, documents: Any) -> str:
    """What each document is, in plain text that any machine opens."""
    lines = [str(space), ""]
    for document in documents:
        lines += [f"{document.number}. {document.title}", document.summary, _meeting(document), ""]
    return "\n".join(lines)


def _meeting(document: Document) -> str:
    on = f" ({document.on:%d/%m/%Y})" if document.on else ""
    return f"{document.about}{on}".strip()
