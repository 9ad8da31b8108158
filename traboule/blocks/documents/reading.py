"""Reading the words of new versions, in the background, so that one can look for them."""

import json
import logging
import subprocess
import sys
from typing import Any

from django.db import transaction
from django_tasks import task

from traboule.engines import french

from .models import Reading, Version

logger = logging.getLogger(__name__)

MOST_SECONDS = 30


def stems_of(text: str) -> str:
    """The stems of a text between spaces, each once: what is searched."""
    return f" {' '.join(french.terms(text))} "


@task()
def read(version: int) -> None:
    """Read the words of a version and keep them. Safe to repeat."""
    found = Version.objects.select_related("file").filter(pk=version).first()
    if found is None:
        return
    state, words = _words_of(found)
    text = words.get("text", "")
    with transaction.atomic():
        Reading.objects.filter(version=found, state=Reading.State.WAITING).update(
            state=state, text=text, stems=stems_of(text) if text else ""
        )
        if words.get("pages"):
            Version.objects.filter(pk=version).update(pages=words["pages"])


def _words_of(version: Version) -> tuple[Reading.State, dict[str, Any]]:
    """What another process read of the file; it is stopped when it takes too long."""
    path = version.file.content.path
    command = [sys.executable, "-m", "traboule.blocks.documents.extracting"]
    try:
        done = subprocess.run(  # noqa: S603 - the path is our own, never what people typed.
            [*command, path, path.rpartition(".")[2]],
            capture_output=True,
            timeout=MOST_SECONDS,
            check=True,
        )
        words = json.loads(done.stdout)
    except (subprocess.SubprocessError, OSError, ValueError):
        logger.info("version %s could not be read", version.pk, exc_info=True)
        return Reading.State.FAILED, {}
    return Reading.State.READ if words["text"] else Reading.State.NO_WORDS, words
