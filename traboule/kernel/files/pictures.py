"""Pictures that people send, made safe and small: upright, 1600 pixels at most, nothing hidden."""

import io
import secrets
from typing import IO

import pi_heif
from django.core.files.base import ContentFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

LONGEST_SIDE = 1600
MOST_PIXELS = 52_000_000
"""A camera of fifty megapixels; beyond, a small file could fill the memory when unpacked."""

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF", "AVIF", "TIFF", "BMP")

pi_heif.register_heif_opener()


class WrongPicture(Exception):  # noqa: N818 - it says what is wrong with what was sent.
    """A file that cannot become a picture; ``message`` says what to send instead."""

    def __init__(self, message: str | Promise) -> None:
        self.message = message
        super().__init__(message)


def prepared(file: IO[bytes], *, side: int = LONGEST_SIDE) -> ContentFile:
    """The picture re-encoded, ``side`` pixels at most, under a name that nobody guesses.

    Only its points are kept: no place, no date, no script. Raises WrongPicture.
    """
    image = _opened(file)
    try:
        image.draft("RGB", (side, side))  # JPEG alone unpacks smaller at once.
        image = ImageOps.exif_transpose(image)
        image.thumbnail((side, side))
        return _encoded(image)
    except (OSError, ValueError, SyntaxError, MemoryError) as error:
        raise WrongPicture(
            _("Cette image est abîmée : elle ne s’ouvre pas jusqu’au bout. Envoyez-en une autre.")
        ) from error


def _opened(file: IO[bytes]) -> Image.Image:
    file.seek(0)
    try:
        image = Image.open(file, formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise WrongPicture(_too_large()) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise WrongPicture(
            _(
                "Ce fichier n’est pas une image que nous savons lire. "
                "Envoyez une photo (JPEG, HEIC, PNG ou WebP)."
            )
        ) from error
    if image.width * image.height > MOST_PIXELS:
        raise WrongPicture(_too_large())
    return image


def _too_large() -> str | Promise:
    return _("Cette image a trop de points. Envoyez-en une plus petite, ou une capture d’écran.")


def _encoded(image: Image.Image) -> ContentFile:
    """As JPEG, or WebP where parts are see-through; only the points are kept."""
    name, out = secrets.token_urlsafe(12), io.BytesIO()
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        points = image.convert("RGBA")
        points.info.clear()
        points.save(out, "WEBP", quality=82)
        return ContentFile(out.getvalue(), name=f"{name}.webp")
    points = image.convert("RGB")
    points.info.clear()
    points.save(out, "JPEG", quality=82, optimize=True, progressive=True)
    return ContentFile(out.getvalue(), name=f"{name}.jpg")
