"""What was really sent, whatever its name says: a picture, a recording, or a paper."""

import zipfile
from collections.abc import Collection
from dataclasses import dataclass

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traboule.kernel.people.actions import Refused

from . import pictures, receiving, sound_and_vision
from .models import Kind, Upload

OFFICE = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "xlsx",
    "ppt/presentation.xml": "pptx",
}
OPEN_DOCUMENT = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
}
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
}
"""The papers that are taken, by the end of their name."""


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """An upload whose content was looked at, ready to be kept."""

    upload: Upload
    kind: Kind
    picture: ContentFile | None = None
    recording: sound_and_vision.Recording | None = None
    ending: str = ""
    """Of a paper: pdf, odt…"""


def prepare(upload: Upload, *, kinds: Collection[str]) -> Prepared:
    """Look at what was sent. Raises Refused when it is none of the ``kinds`` asked for."""
    if Kind.PAPER in kinds and (ending := _paper(upload)):
        return Prepared(upload=upload, kind=Kind.PAPER, ending=ending)
    if Kind.PICTURE in kinds and (picture := _picture(upload, last=kinds == {Kind.PICTURE})):
        return Prepared(upload=upload, kind=Kind.PICTURE, picture=picture)
    if Kind.VIDEO in kinds or Kind.AUDIO in kinds:
        try:
            recording = sound_and_vision.look(upload.path)
        except sound_and_vision.WrongRecording:
            pass
        else:
            kind = Kind.VIDEO if recording.has_picture else Kind.AUDIO
            if kind in kinds:
                return Prepared(upload=upload, kind=kind, recording=recording)
    raise Refused(
        _("« %(name)s » n’est pas ce que l’on attend ici. Envoyez %(wanted)s.")
        % {"name": upload.name, "wanted": wanted(kinds)}
    )


def wanted(kinds: Collection[str]) -> str:
    """What may be sent, in words: « une photo ou une vidéo »."""
    names = {
        Kind.PICTURE: _("une photo"),
        Kind.VIDEO: _("une vidéo"),
        Kind.AUDIO: _("un enregistrement"),
        Kind.PAPER: _("un document (PDF, Word, LibreOffice…)"),
    }
    words = [name for kind, name in names.items() if kind in kinds]
    return _(" ou ").join([", ".join(words[:-1]), words[-1]] if words[1:] else words)


def too_many(most: int) -> str:
    """That fewer files are wanted."""
    return ngettext(
        "Un seul fichier à la fois : retirez les autres.",
        "%(most)s fichiers au plus : retirez-en.",
        most,
    ) % {"most": most}


def _picture(upload: Upload, *, last: bool) -> ContentFile | None:
    """The picture, or nothing when it may be something else."""
    with receiving.opened(upload) as file:
        try:
            return pictures.prepared(file)
        except pictures.WrongPicture as problem:
            if last:
                raise Refused(str(problem.message)) from problem
            return None


def _paper(upload: Upload) -> str:
    """The ending of a paper that we know, from what it holds; empty for anything else."""
    with receiving.opened(upload) as file:
        if file.read(1024).lstrip().startswith(b"%PDF-"):
            return "pdf"
        try:
            with zipfile.ZipFile(file) as parts:
                names = set(parts.namelist())
                for part, ending in OFFICE.items():
                    if part in names:
                        return ending
                if "mimetype" in names and parts.getinfo("mimetype").file_size < 200:
                    kind = parts.read("mimetype").decode("ascii", "replace").strip()
                    return OPEN_DOCUMENT.get(kind, "")
        except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError):
            return ""
    return ""
