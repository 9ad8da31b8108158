"""The words of a PDF or office file, read apart: ``python -m … PATH ENDING`` prints JSON.

What people send is not to be trusted: it is read by a process of its own, whose memory and time
are counted, so that a file made to choke its reader chokes nobody else. No Django here.
"""

import json
import resource
import sys
import time
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import IO, Any

from defusedxml.ElementTree import iterparse
from pypdf import PdfReader

LONGEST_TEXT = 400_000
"""Signs: about two hundred pages. What follows is not searched."""
LARGEST_PART = 60 * 1024 * 1024
MOST_PARTS = 500
MOST_MEMORY = 1024 * 1024 * 1024
SECONDS = 20
"""After so long, what was read is kept; ten more, and the reader is stopped."""

OFFICE = {
    "docx": ("word/document.xml",),
    "xlsx": ("xl/sharedStrings.xml", "xl/worksheets/"),
    "pptx": ("ppt/slides/slide", "ppt/notesSlides/notesSlide"),
    "odt": ("content.xml",),
    "ods": ("content.xml",),
    "odp": ("content.xml",),
}
"""Where each kind of office file keeps its words: a part, or how its parts begin."""
PARAGRAPHS = {"p", "h", "si", "is"}


class Unreadable(Exception):  # noqa: N818 - it says what is wrong.
    """A file whose words cannot be read."""


@dataclass(frozen=True)
class Words:
    """What was read: the text, maybe none, and how many pages there are where one can tell."""

    text: str
    pages: int | None = None


def words_of(path: str, ending: str) -> Words:
    """The words of the file at ``path``. Raises Unreadable."""
    try:
        with open(path, "rb") as file:
            return _of_pdf(file) if ending == "pdf" else Words(_joined(_of_office(file, ending)))
    except Exception as problem:
        raise Unreadable(str(problem)) from problem


def _of_pdf(file: IO[bytes]) -> Words:
    reader = PdfReader(file)
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unreadable("a password is needed")
    texts = (page.extract_text() for page in reader.pages)
    return Words(_joined(texts), len(reader.pages))


def _of_office(file: IO[bytes], ending: str) -> Iterator[str]:
    with zipfile.ZipFile(file) as archive:
        wanted = tuple(OFFICE[ending])
        parts = [one for one in archive.infolist() if one.filename.startswith(wanted)]
        for part in sorted(parts[:MOST_PARTS], key=_rank):
            if part.file_size > LARGEST_PART:
                raise Unreadable("a part is too large once unfolded")
            with archive.open(part) as xml:
                yield from _paragraphs(xml, whole=ending.startswith("od"))


def _rank(part: zipfile.ZipInfo) -> tuple[str, int]:
    """Slides in their order: slide2 before slide10."""
    digits = "".join(sign for sign in part.filename if sign.isdigit())
    return part.filename.rstrip("0123456789.xml"), int(digits or 0)


def _paragraphs(xml: Any, *, whole: bool) -> Iterator[str]:
    """The paragraphs of a part; in Microsoft's, only what stands in a ``t`` is text."""
    for _event, element in iterparse(xml, events=("end",), forbid_dtd=True):
        if _name(element) in PARAGRAPHS:
            if whole:
                yield "".join(element.itertext())
            else:
                yield "".join(one.text or "" for one in element.iter() if _name(one) == "t")
            element.clear()


def _name(element: Any) -> str:
    name: str = element.tag.rpartition("}")[2]
    return name


def _joined(texts: Iterator[str]) -> str:
    """As much as is searched, and as could be read in time."""
    ends_at, kept, size = time.monotonic() + SECONDS, [], 0
    for text in texts:
        # Half a surrogate pair, as broken fonts give, is no text that a database keeps.
        clean = text.replace("\0", " ").encode("utf-8", "ignore").decode("utf-8").strip()
        if clean:
            kept.append(clean)
            size += len(clean)
        if size > LONGEST_TEXT or time.monotonic() > ends_at:
            break
    return "\n".join(kept)[:LONGEST_TEXT]


def main(path: str, ending: str) -> int:
    """Print what was read, for the one who asked; 1 when it cannot be read."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS + 5, SECONDS + 10))
    try:
        json.dump(asdict(words_of(path, ending)), sys.stdout)
    except Unreadable as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
