"""Small vector drawings, as SVG text: our logo, our pictograms, QR codes."""

import io
import re
from functools import cache
from pathlib import Path

import segno

from traboule import ui

_STATIC = Path(ui.__file__).parent / "static" / "ui"
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"'


@cache
def logo() -> str:
    return (_STATIC / "logo.svg").read_text(encoding="utf-8")


@cache
def pictogram(name: str, *, colour: str = "#ffffff") -> str:
    """One pictogram of the site's set, alone and in one colour."""
    drawing = (_STATIC / "icons.svg").read_text(encoding="utf-8")
    symbol = re.search(rf'<symbol id="{re.escape(name)}"[^>]*>(.*?)</symbol>', drawing, re.DOTALL)
    inner = symbol[1] if symbol else ""
    return (
        f'{_SVG} fill="none" stroke="{colour}" stroke-width="2" '
        f'stroke-linecap="round" stroke-linejoin="round">{inner}</svg>'
    )


def qr_code(address: str) -> str:
    """The QR code of an address; it survives a fold and a stain (level M)."""
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=4, light="white")
    return drawn.getvalue().decode()


def qr_picture(address: str) -> str:
    """The same for a page: the address of a picture that holds it all."""
    drawn: str = segno.make(address, error="m", micro=False).svg_data_uri(border=2, light="white")
    return drawn
