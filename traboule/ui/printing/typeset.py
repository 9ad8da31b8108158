"""From a template and its data to the bytes of an accessible PDF."""

import json
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import typst

from traboule import ui

ROOT = Path(ui.__file__).parent.parent
FONTS = Path(ui.__file__).parent / "fonts"
MOST_ATTEMPTS = 4
_UNPRINTABLE = {"Cc", "Cs", "Co", "Cn"}
"""Kinds of characters that stand for nothing on paper: controls, surrogates, private, none."""
_BIDI_CONTROLS = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")


def typeset(template: Path, data: dict[str, Any]) -> bytes:
    """The PDF/UA-1 of a typst template of this package.

    The data reach the template as JSON, never as its code. Characters that no font here can
    draw are left out (signs, emoji) or become « ? » (letters), rather than lose the document.
    """
    return _compiled(template, data, format="pdf", pdf_standards="ua-1")


def picture(template: Path, data: dict[str, Any]) -> bytes:
    """The PNG of the first page of a template: a point of its page is a dot of the picture."""
    return _compiled(template, data, format="png", ppi=72)


def _compiled(template: Path, data: dict[str, Any], **how: Any) -> bytes:
    data = _each_string(data, _printable)
    for _attempt in range(MOST_ATTEMPTS):
        try:
            return _compile(template, data, how)
        except typst.TypstError as error:
            missing = _missing_characters(error)
            if not missing:
                raise
            stand_ins = {ord(character): _stand_in(character) for character in missing}
            data = _each_string(data, partial(_replaced, table=stand_ins))
    return _compile(template, _each_string(data, _latin_only), how)


def _compile(template: Path, data: dict[str, Any], how: dict[str, Any]) -> bytes:
    compiler = typst.Compiler(input=str(template), root=str(ROOT), font_paths=_fonts())
    made = compiler.compile(sys_inputs={"data": json.dumps(data)}, **how)
    if isinstance(made, list):  # Pictures of several pages.
        made = made[0]
    assert isinstance(made, bytes)  # noqa: S101 (nothing is written to a file)
    return made


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Our own font, and the system's for the scripts that it lacks."""
    return typst.Fonts(font_paths=[str(FONTS)])


def _each_string(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _each_string(part, change) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_each_string(part, change) for part in value]
    return value


def _printable(text: str) -> str:
    return "".join(
        character
        for character in text
        if character in "\n\t"
        or (unicodedata.category(character) not in _UNPRINTABLE and character not in _BIDI_CONTROLS)
    )


def _replaced(text: str, *, table: dict[int, str]) -> str:
    return text.translate(table)


def _latin_only(text: str) -> str:
    """The last resort, when the fonts keep failing."""
    return "".join(c if c < "\u0250" or c in "’–—« »…•€" else _stand_in(c) for c in text)


def _missing_characters(error: typst.TypstError) -> set[str]:
    told = "".join(_MISSING.findall(error.diagnostic))
    return set(_ESCAPE.sub(lambda match: chr(int(match[1], 16)), told)) - set("\\")


def _stand_in(character: str) -> str:
    return "?" if unicodedata.category(character)[0] in "LN" else ""
