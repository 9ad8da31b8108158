"""Words that neighbours read before anyone is chosen."""

from django.utils.translation import gettext as _

from traboule.kernel.conversations.private_words import CASH, found_in, sentence
from traboule.kernel.people.actions import Refused


def must_be_public(words: str) -> None:
    """Refuse a number, an address, or a sum: the price has a place of its own, and is declared."""
    found = found_in(words)
    if private := [kind for kind in found if kind != CASH]:
        raise Refused(sentence(private))
    if found:
        raise Refused(
            _("Le prix se dit à part, et chaque heure est déclarée : retirez la somme de votre "
              "texte, puis envoyez de nouveau.")
        )  # fmt: skip
