"""The list of printed copies to make and hand over."""

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traboule.kernel.spaces.models import Space
from traboule.ui.printing import house, qr_code, shown_address, typeset

from ..models import Document

HERE = Path(__file__).parent


def copies_list(space: Space, documents: Iterable[Document]) -> bytes:
    """Each document with how many copies to print, and a box for each that is handed over."""
    address = settings.SITE_URL + reverse("documents:copies", args=[space.slug])
    return typeset(HERE / "copies.typ", house() | {
        "space": str(space),
        "qr": qr_code(address),
        "address_shown": shown_address(address),
        "printed": date_format(localdate(), "j F Y"),
        "documents": [
            {
                "number": document.number,
                "title": document.title,
                "pages": _pages(document),
                "copies": [copy.who for copy in document.copies.all()],
                "count": len(document.copies.all()),
            }
            for document in documents
        ],
        "words": {
            "title": _("Copies papier à imprimer"),
            "nothing": _("Aucune copie n’est demandée."),
            "count": _("à imprimer"),
            "printed": _("Liste du"),
            "back": _("Une fois les copies remises, cochez-les ici :"),
            "confidential": _("Cette liste porte des noms : ne l’affichez pas, et détruisez-la "
                              "une fois saisie."),
        },
    })  # fmt: skip


def _pages(document: Document) -> str:
    pages = document.current.pages if document.current else None
    if not pages:
        return ""
    return ngettext("%(n)d page", "%(n)d pages", pages) % {"n": pages}
