"""Bytes as text: UTF-8 with or without its mark, Windows-1252, or both in one file."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

_KNOWN_STARTS = {
    b"PK\x03\x04": gettext_lazy(
        "C’est un classeur ou une archive. Dans votre tableur, choisissez "
        "« Enregistrer sous… », puis « CSV (UTF-8) », et envoyez ce fichier-là."
    ),
    b"\xd0\xcf\x11\xe0": gettext_lazy(
        "C’est un ancien classeur Excel. Choisissez « Enregistrer sous… », puis « CSV (UTF-8) », "
        "et envoyez ce fichier-là."
    ),
    b"%PDF": gettext_lazy(
        "C’est un PDF : il ne se lit pas comme un tableau. Envoyez un CSV, un JSON ou un GeoJSON."
    ),
}


class NotTextError(Exception):
    """These bytes are no text; the message says what to do."""


def text_of(content: bytes) -> tuple[str, list[str]]:
    """The text with ``\\n`` at the ends of lines, and remarks on what had to be guessed."""
    for start, message in _KNOWN_STARTS.items():
        if content.startswith(start):
            raise NotTextError(str(message))
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _cleaned(_utf16(content)), []
    if b"\0" in content[:4096]:
        raise NotTextError(
            _("Ce fichier n’est pas un texte. Envoyez un tableau CSV, un JSON ou un GeoJSON.")
        )
    content = content.removeprefix(b"\xef\xbb\xbf")
    try:
        return _cleaned(content.decode("utf-8")), []
    except UnicodeDecodeError:
        text, changed = _line_by_line(content)
        return _cleaned(text), [_remark(changed)]


def _line_by_line(content: bytes) -> tuple[str, list[int]]:
    """Lines that are not UTF-8 are taken for Windows-1252; which ones is told."""
    lines, changed = [], []
    for number, line in enumerate(content.split(b"\n"), start=1):
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            lines.append(line.decode("cp1252", errors="replace"))
            changed.append(number)
    return "\n".join(lines), changed


def _remark(changed: list[int]) -> str:
    shown = ", ".join(map(str, changed[:10])) + ("…" if len(changed) > 10 else "")
    return ngettext(
        "La ligne %(lines)s n’est pas en UTF-8 : nous l’avons lue en Windows-1252. "
        "Vérifiez ses accents.",
        "%(number)d lignes ne sont pas en UTF-8 : nous les avons lues en Windows-1252. "
        "Vérifiez leurs accents (lignes %(lines)s).",
        len(changed),
    ) % {"number": len(changed), "lines": shown}


def _utf16(content: bytes) -> str:
    try:
        return content.decode("utf-16")
    except UnicodeDecodeError:
        raise NotTextError(_("Ce texte est abîmé. Enregistrez-le de nouveau en UTF-8.")) from None


def _cleaned(text: str) -> str:
    """Without the null characters that no database keeps."""
    return text.replace("\0", "").replace("\\u0000", "")
