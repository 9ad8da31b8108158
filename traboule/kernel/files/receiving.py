"""Taking in uploads piece by piece, so that a broken network costs one piece at most.

What the site and a phone say to each other is the tus protocol, version 1.0.0, with its creation
and termination extensions (tus.io/protocols/resumable-upload).
"""

import shutil
from pathlib import Path
from typing import IO
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from traboule.kernel.people.actions import Refused

from .models import Upload

LARGEST_PIECE = 8 * 1024 * 1024
SPARE_BYTES = 512 * 1024 * 1024
"""What must stay free on the disk, whatever people send."""


class WrongOffset(Exception):  # noqa: N818 - it says what is wrong.
    """A piece that does not follow what has arrived."""


def begin(*, name: str, size: int, most: int) -> Upload:
    """Make room for a file of that many bytes. Raises Refused when it is too large."""
    if size < 1:
        raise Refused(_("Ce fichier est vide. Choisissez-en un autre."))
    if size > most:
        raise Refused(_("Ce fichier est trop lourd : %(most)s au plus.") % {"most": in_words(most)})
    folder = Path(settings.MEDIA_ROOT) / "uploads"
    folder.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(folder).free
    if free - size < SPARE_BYTES:
        raise Refused(_("Il n’y a plus assez de place ici. Prévenez l’équipe du site."))
    upload = Upload.objects.create(name=name[-200:] or _("fichier"), size=size)
    upload.path.touch()
    return upload


def add_piece(*, key: UUID, offset: int, piece: bytes) -> Upload:
    """Add what follows byte ``offset``. Raises WrongOffset, or Upload.DoesNotExist.

    A piece sent twice at once is written twice at the same place and counted once.
    """
    with transaction.atomic():
        upload = Upload.objects.select_for_update().get(key=key)
        if offset != upload.received or offset + len(piece) > upload.size:
            raise WrongOffset
        with upload.path.open("r+b") as whole:
            whole.seek(offset)
            whole.write(piece)
        upload.received, upload.changed_at = offset + len(piece), timezone.now()
        upload.save(update_fields=["received", "changed_at"])
    return upload


def take(sent: UploadedFile, *, most: int) -> Upload:
    """Keep what an ordinary form sent whole. Raises Refused."""
    upload = begin(name=sent.name or "", size=sent.size or 0, most=most)
    with upload.path.open("wb") as whole:
        for chunk in sent.chunks():
            whole.write(chunk)
    upload.received = upload.size
    upload.save(update_fields=["received"])
    return upload


def opened(upload: Upload) -> IO[bytes]:
    """What has arrived, to read."""
    return upload.path.open("rb")


def in_words(size: int) -> str:
    """A number of bytes as people say it: « 25 Mo »."""
    for limit, unit in (
        (1_000_000_000, pgettext("size", "Go")),
        (1_000_000, pgettext("size", "Mo")),
        (1_000, pgettext("size", "ko")),
    ):
        if size >= limit:
            number = size / limit
            shown = f"{number:.0f}" if number >= 10 or number == int(number) else f"{number:.1f}"
            return f"{shown.replace('.', ',')} {unit}"
    return _("%(size)s octets") % {"size": size}
