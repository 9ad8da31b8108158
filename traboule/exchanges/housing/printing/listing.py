"""The registration form on paper, numbered as the team types it in."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traboule.kernel.spaces.models import Space
from traboule.ui.printing import house, qr_code, shown_address, typeset

from ..forms.listing_paper import PaperForm

HERE = Path(__file__).parent
LINES = {"name": 1, "phone": 1, "address": 1, "commune": 1, "lease": 1, "places": 4, "text": 4}
FIGURES = {"household_size", "children", "rooms_min", "rooms_max", "max_rent", "area_min"}
NOT_PRINTED = {"via"}
HINTS = {
    "lease": gettext_lazy("Il est sur la quittance de loyer."),
    "places": gettext_lazy("Une commune par ligne, la préférée d’abord."),
    "text": gettext_lazy("Tout le monde le lira : pas d’adresse, pas de téléphone."),
    "must": gettext_lazy("Cochez le moins possible : chaque case enlève des logements."),
    "household_size": gettext_lazy("En vous comptant."),
}


def registration(space: Space) -> bytes:
    """A4 on both sides: what to write, boxes to tick, and where to give it back."""
    address = settings.SITE_URL + reverse("housing:register", args=[space.slug])
    form = PaperForm(space=space)
    return typeset(HERE / "registration.typ", house() | {
        "space": str(space),
        "questions": [_question(form, name) for name in form.fields if name not in NOT_PRINTED],
        "qr": qr_code(address),
        "address_shown": shown_address(address),
        "call": space.help_phone,
        "words": {
            "title": _("Échanger mon logement"),
            "how": _("Écrivez au stylo, en majuscules. Cochez les cases. Ne savez pas ? Laissez "
                     "vide : nous vous appellerons."),
            "back": _("Rendez cette feuille à l’équipe ou au gardien, ou téléphonez :"),
            "online": _("Ou en ligne :"),
            "signed": _("J’accepte que ces réponses servent à trouver un échange et que mon "
                        "bailleur les vérifie. Date et signature :"),
            "promise": _("Votre adresse n’est montrée à personne avant votre accord. Vous pouvez "
                         "tout faire effacer en appelant."),
        },
    })  # fmt: skip


def _question(form: PaperForm, name: str) -> dict[str, Any]:
    field = form.fields[name]
    choices = [str(label) for value, label in getattr(field, "choices", ()) if value != ""]
    if not choices and name not in LINES and name not in FIGURES:
        choices = [_("oui")]
    return {
        "label": str(field.label),
        "hint": str(HINTS.get(name, "")),
        "lines": LINES.get(name, 0),
        "is_figure": name in FIGURES,
        "choices": choices,
    }
