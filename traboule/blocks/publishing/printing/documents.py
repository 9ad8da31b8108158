"""A publication on A4, the sheet of a tutorial's gestures, places before and after, the pack."""

import io
import zipfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from traboule.kernel.initiatives.printing.markup import blocks
from traboule.ui.printing import house, qr_code, shown_address, typeset
from traboule.ui.printing.drawings import pictogram

from ..models import Publication
from .pictures import for_print

HERE = Path(__file__).parent
MOST_PICTURES = 12


def article(publication: Publication) -> bytes:
    """The words and pictures, as one reads them at a table."""
    pictures = [
        drawn | {"caption": _caption(piece.caption, piece.file.credit)}
        for piece in publication.shown_pieces[:MOST_PICTURES]
        if piece.file.kind in {"picture", "video"} and (drawn := for_print(piece.file))
    ]
    return typeset(
        HERE / "article.typ",
        _head(publication) | {"blocks": blocks(publication.text), "pictures": pictures},
    )


def gestures(publication: Publication) -> bytes:
    """Numbered pictures and few words, for who reads little: to keep near the tool."""
    steps = [
        {
            "words": step.words,
            "picture": for_print(step.picture, step.words),
            "icon": pictogram(step.icon, colour="#2b1c13") if step.icon else "",
        }
        for step in publication.shown_steps()
    ]
    return typeset(HERE / "gestures.typ", _head(publication) | {"steps": steps})


def before_and_after(publication: Publication) -> bytes:
    """Each place on a landscape page, the two pictures side by side."""
    pairs = [
        {
            "place": pair.place,
            "caption": pair.caption,
            "before": None
            if pair.hides_before
            else for_print(pair.before, _("Avant : %(place)s") % {"place": pair.place}),
            "after": for_print(pair.after, _("Après : %(place)s") % {"place": pair.place}),
        }
        for pair in publication.shown_pairs()
    ]
    words = {"before": _("Avant"), "after": _("Après"), "to_come": _("L’après viendra.")}
    return typeset(HERE / "pairs.typ", _head(publication) | {"pairs": pairs, "words": words})


def pack(publication: Publication) -> bytes:
    """A tutorial to carry where there is no network: its light videos and its sheet, in a ZIP."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as whole:
        if publication.steps.exists():
            whole.writestr(_("gestes.pdf"), gestures(publication))
        whole.writestr(_("texte.pdf"), article(publication))
        for rank, piece in enumerate(publication.shown_pieces, 1):
            if piece.file.kind == "video" and piece.file.light:
                with piece.file.light.open("rb") as light:
                    whole.writestr(f"video-{rank}.mp4", light.read())
    return out.getvalue()


def _head(publication: Publication) -> dict[str, Any]:
    """What every print of it says above and below."""
    address = settings.SITE_URL + publication.get_absolute_url()
    online = publication.published_at
    return house() | {
        "heading": publication.title,
        "summary": publication.summary,
        "kind": str(publication.get_kind_display()),
        "byline": publication.byline,
        "day": date_format(online, "j F Y") if online else "",
        "space": str(publication.space),
        "place": publication.space.initiative.place,
        "theme": publication.space.initiative.theme,
        "qr": qr_code(address),
        "address_shown": shown_address(address),
        "qr_words": _("Code à photographier pour lire en ligne"),
    }


def _caption(caption: str, credit: str) -> str:
    by = _("Photo : %(who)s") % {"who": credit} if credit else ""
    return " – ".join(filter(None, [caption, by]))
