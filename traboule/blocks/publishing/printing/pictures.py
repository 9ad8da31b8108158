"""Pictures as prints and chats take them."""

import base64
import io
from pathlib import Path

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, ImageFont

from traboule.kernel.files.models import File
from traboule.ui import printing

from ..models import Publication

PRINT_SIDE = 1200
CARD_SIDE = 1080
_FONTS = Path(printing.__file__).parent.parent / "fonts"
_INK, _PAPER, _ACCENT = "#2b1c13", "#fbf6ee", "#a33f1b"


def for_print(file: File | None, alt: str = "") -> dict[str, object] | None:
    """A picture for a typst template: a drawing that holds it, and its words; None if withheld."""
    if file is None or not file.is_shown or not (file.kind == "picture" or file.small):
        return None
    image = _opened(file)
    image.thumbnail((PRINT_SIDE, PRINT_SIDE))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    data = base64.b64encode(out.getvalue()).decode()
    width, height = image.size
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}"><image width="{width}" height="{height}" '
        f'href="data:image/jpeg;base64,{data}"/></svg>'
    )
    return {"svg": drawing, "alt": file.alt or alt or _("Photo"), "ratio": width / height}


def chat_card(publication: Publication) -> bytes:
    """A square JPEG to paste in a chat group: the picture, the title, where it happens."""
    card = Image.new("RGB", (CARD_SIDE, CARD_SIDE), _PAPER)
    draw = ImageDraw.Draw(card)
    top = _put_picture(card, publication.picture)
    title = ImageFont.truetype(_FONTS / "AtkinsonHyperlegibleNext-Bold.ttf", 68)
    small = ImageFont.truetype(_FONTS / "AtkinsonHyperlegibleNext-Regular.ttf", 36)
    draw.rectangle((0, top, CARD_SIDE, top + 12), fill=_ACCENT)
    lines = _lines(draw, publication.title, title, most=3 if publication.picture else 8)
    for number, line in enumerate(lines):
        draw.text((60, top + 50 + number * 80), line, font=title, fill=_INK)
    where = _lines(draw, str(publication.space), small, most=1)[0]
    draw.text((60, CARD_SIDE - 90), where, font=small, fill=_ACCENT)
    out = io.BytesIO()
    card.save(out, "JPEG", quality=85)
    return out.getvalue()


def _put_picture(card: Image.Image, file: File | None) -> int:
    """Fill the upper part of the card with the picture; where the words begin."""
    if file is None:
        return 0
    height, image = 650, _opened(file)
    scale = max(CARD_SIDE / image.width, height / image.height)
    image = image.resize((round(image.width * scale), round(image.height * scale)))
    left, up = (image.width - CARD_SIDE) // 2, (image.height - height) // 2
    card.paste(image.crop((left, up, left + CARD_SIDE, up + height)), (0, 0))
    return height


def _opened(file: File) -> Image.Image:
    """The picture itself; the still of a video."""
    content = file.content if file.kind == "picture" else file.small
    with content.open("rb") as stored, Image.open(stored) as image:
        return image.convert("RGB")


def _lines(
    draw: ImageDraw.ImageDraw, text: str, font: ImageFont.FreeTypeFont, *, most: int
) -> list[str]:
    """The text cut at spaces into lines that fit the card, the last with « … » if more follows."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if draw.textlength(longer, font=font) <= CARD_SIDE - 120 or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1]} …"]
    return [Truncator(line).chars(60) for line in lines]
