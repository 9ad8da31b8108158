"""What may not be read by everyone: an address, a number, an offer of money."""

from django.utils.translation import gettext as _

from traboule.kernel.conversations.private_words import found_in
from traboule.kernel.people.actions import Refused


def must_be_public(text: str) -> None:
    """Raise Refused when a text that everyone will read says what must stay private."""
    if found_in(text):
        raise Refused(
            _("Ce texte sera lu par tout le monde : enlevez l’adresse, le téléphone, l’e-mail ou "
              "la somme d’argent. Vous vous écrirez ici quand les deux seront d’accord.")
        )  # fmt: skip
