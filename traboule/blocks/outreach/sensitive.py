"""What a note must not hold: health, beliefs, passwords. It warns, and leaves the last word."""

import re
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from traboule.engines.french import fold

WORDS: Mapping[str, tuple[str | Promise, tuple[str, ...]]] = {
    "health": (
        _("la santé"),
        ("malade", "maladie", "cancer", "depression", "depressif", "depressive", "handicap",
         "handicape", "handicapee", "hopital", "medicament", "traitement", "grossesse",
         "enceinte", "alcool", "addiction", "mdph", "arret maladie", "burn out"),
    ),
    "belief": (
        _("les croyances, les opinions ou l’origine"),
        ("religion", "musulman", "musulmane", "catholique", "juif", "juive", "syndique",
         "syndiquee", "vote pour", "origine ethnique", "sans papiers"),
    ),
    "secret": (
        _("un mot de passe ou un numéro secret"),
        ("mot de passe", "mdp", "password", "code secret", "carte bancaire",
         "numero de securite sociale", "iban", "identifiant impots"),
    ),
    "justice": (_("la justice"), ("prison", "casier judiciaire", "condamne", "condamnee")),
}  # fmt: skip


def found_in(text: str) -> list[str]:
    """What the text seems to speak of, in words; nothing for a plain note."""
    plain = f" {' '.join(re.sub(r'[^a-z0-9]+', ' ', fold(text)).split())} "
    return [
        str(label) for label, words in WORDS.values() if any(f" {word} " in plain for word in words)
    ]


def words_for_script() -> dict[str, list[str]]:
    """The same for the script that warns while one types: what it is about, and its words."""
    return {str(label): list(words) for label, words in WORDS.values()}
