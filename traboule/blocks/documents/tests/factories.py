"""Small plausible documents to test with."""

import io
import zipfile
from typing import Any

from traboule.blocks.documents.actions import shelving
from traboule.blocks.documents.models import Document
from traboule.kernel.files import checking, receiving
from traboule.kernel.files.models import Kind
from traboule.kernel.files.tests.factories import sent
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.tests.factories import make_coordinator, make_space


def pdf(text: str = "Procès-verbal de l'assemblée générale", pages: int = 1) -> bytes:
    """A PDF whose pages say this; with no text, pages such as a scanner makes."""
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>"
        % (pages, b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(pages))),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    words = text.encode("cp1252").replace(b"(", b"").replace(b")", b"")
    drawn = b"BT /F1 12 Tf 40 700 Td (" + words + b") Tj ET" if text else b""
    for number in range(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (5 + 2 * number)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )
    return bytes(out)


def zipped(**parts: str) -> bytes:
    """An office file: its parts by name, ``/`` written ``__`` and ``.`` written ``_dot_``."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), text)
    return out.getvalue()


def docx(*paragraphs: str) -> bytes:
    """A Word file of these paragraphs."""
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    xml = f"<w:document {space}><w:body>{body}</w:body></w:document>"
    return zipped(word__document_dot_xml=xml)


def prepared(content: bytes | None = None, name: str = "pv.pdf") -> checking.Prepared:
    """A paper that was sent and looked at."""
    upload = receiving.take(sent(content or pdf(), name), most=10**8)
    return checking.prepare(upload, kinds={Kind.PAPER})


def make_document(
    space: Space | None = None,
    *,
    by: Person | None = None,
    content: bytes | None = None,
    **fields: Any,
) -> Document:
    """A document on the members' shelf unless told otherwise."""
    space = space or make_space(blocks=("documents",))
    return shelving.add(
        space=space,
        by=by or make_coordinator(space),
        prepared=prepared(content),
        **{
            "title": "Compte rendu de la réunion",
            "summary": "Le budget est voté.\nLe jardin ouvre le samedi.",
            **fields,
        },
    )
