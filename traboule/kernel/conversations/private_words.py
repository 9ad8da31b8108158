"""What has no place in a text that strangers read: a number, an address, money under the table."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

PHONE, EMAIL, ADDRESS, CASH = "phone", "email", "address", "cash"

LABELS = {
    PHONE: _("un numéro de téléphone"),
    EMAIL: _("une adresse e-mail"),
    ADDRESS: _("une adresse"),
    CASH: _("une offre d’argent"),
}

# Figures and their names, as someone dictates a number; the accents are taken away beforehand.
UNITS = {
    name: str(value)
    for value, name in enumerate(
        "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze "
        "seize dix-sept dix-huit dix-neuf".split()
    )
}
TENS = {"vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60}
# What may follow a number already said, to make one with it: “trente-deux”, “soixante-dix-sept”.
GO_ON = {
    **dict.fromkeys(("20", "30", "40", "50"), range(1, 10)),
    **dict.fromkeys(("60", "80"), range(1, 20)),
    **dict.fromkeys(("10", "70", "90"), range(7, 10)),
}

# 06…, 07…, +33…, 0033…: ten figures in any grouping.
NUMBER = re.compile(
    r"(?<!\d)(?:(?:\+|00)\s?33[\s.\-_/()]*(?:0[\s.\-_/()]*)?|0[\s.\-_/()]*)[1-9](?:[\s.\-_/,()]*\d){8}(?!\d)"
)
# …@…, or “(at)”, “arobase”, with “point” in place of the full stop.
MAIL = re.compile(
    r"[\w.+-]+\s*(?:@|\(at\)|\[at\]|\barobase?\b)\s*[\w-]+(?:\s*(?:\.|\(dot\)|\bpoint\b)\s*[a-z]{2,})",
)
WAY = (
    r"(?:rue|avenue|av\.|bd|boulevard|chemin|route|impasse|allees?|place\b|quai|cours\b(?! d’)|"
    r"square|passage|montee|sentier|faubourg|promenade|traverse|esplanade|ruelle|clos|lotissement)"
)
# “12 bis, rue des Lilas” gives a home away; “près de la rue Royale” does not.
STREET = re.compile(
    rf"(?<![\d,.])\d{{1,4}}\s*(?:bis|ter|quater|[a-d](?=[\s,]))?[\s,]*{WAY}\s+(?!d’attente)\w+"
    rf"|{WAY}\s+(?:[\w’'-]+\s+){{1,6}}(?:au\s+)?(?:numero|n°|no)\s*\d+"
    r"|\b(?:appartement|appt?\.?|porte|logement)\s*(?:numero|n°|no)\s*\d+"
    rf"|\b(?:numero|n°)\s*\d+\s*(?:de la|du|des|,)?\s*{WAY}\b"
)
SUM = r"\d[\d\s.]*(?:,\d+)?\s*(?:€|euros?\b|eur\b|k€|balles\b)"
# Money asked or given to make an exchange; a rent or a charge is no such thing.
MONEY = re.compile(
    rf"\b(?:contre|moyennant|pour|donne|offre|verse|propose|paie|paye|recompense|dedommage\w*|"
    rf"cadeau|prime|reprise\w*|compensation)\b[^.;!?\n]{{0,40}}?{SUM}"
    rf"|{SUM}[^.;!?\n]{{0,30}}\b(?:en especes|en liquide|cash|au noir|de la main a la main|"
    r"pour l’echange|de reprise|de compensation)"
    r"|\b(?:especes|en liquide|de la main a la main|dessous de table|pas-de-porte|pas de porte|"
    r"cash|bakchich|western union|mandat cash|pcs|paysafe\w*)\b"
)
# “un loyer de 500 €” may stand beside “pour”: what a home costs is said in public.
COSTS = re.compile(
    rf"\b(?:loyers?|charges?|chauffage|electricite|par mois|mensuel\w*)\b[^.;!?\n]{{0,30}}?{SUM}"
    rf"|{SUM}\s*(?:par mois|/\s*mois|de loyer|de charges|charges comprises|cc\b|mensuel\w*)"
)


def found_in(text: str) -> list[str]:
    """The kinds of private words that a text holds, in the order of `LABELS`."""
    plain = _plain(text)
    found = {
        PHONE: bool(NUMBER.search(_dictated(plain))),
        EMAIL: bool(MAIL.search(plain)),
        ADDRESS: bool(STREET.search(plain)),
        CASH: bool(MONEY.search(COSTS.sub(" ", plain))),
    }
    return [kind for kind, is_there in found.items() if is_there]


def refuse_private(text: str) -> None:
    """Refuse a text that strangers will read, and say what to take away."""
    if found := found_in(text):
        raise ValidationError(sentence(found), code="private")


def sentence(kinds: list[str]) -> str:
    """What to do about what was found, in words for the person who wrote."""
    words = [str(LABELS[kind]) for kind in kinds]
    said = words[0] if len(words) == 1 else gettext("%(first)s et %(last)s") % {
        "first": ", ".join(words[:-1]), "last": words[-1],
    }  # fmt: skip
    if kinds == [CASH]:
        return gettext(
            "Votre texte contient une offre d’argent. Rien ne se paie ici : retirez-la, puis "
            "envoyez de nouveau."
        )
    return gettext(
        "Votre texte contient %(what)s. Pour votre sécurité, retirez cela, puis envoyez de nouveau."
    ) % {"what": said}


def _plain(text: str) -> str:
    """The text without accents, capitals or lookalike characters."""
    spread = unicodedata.normalize("NFKD", text.replace("'", "’")).casefold()
    return "".join(letter for letter in spread if not unicodedata.combining(letter))


def _dictated(plain: str) -> str:
    """The text with figures in place of their names: “zero six douze” becomes “0 6 12”."""
    said: list[str] = []
    for word in re.findall(r"[a-z]+|\d+|[^\sa-z\d]+", re.sub(r"(?<=[a-z])-(?=[a-z])", " ", plain)):
        _say(said, word)
    return re.sub(r"(?<=\d) o (?=\d)", " 0 ", " ".join(said))


def _say(said: list[str], word: str) -> None:
    """Add a word, joined to the tens before it when it goes on with them."""
    value = TENS.get(word) or (int(UNITS[word]) if word in UNITS else None)
    before = said[-1] if said else ""
    if word == "et" and before in {"20", "30", "40", "50", "60"}:
        return  # “vingt et un”
    if value is None:
        said.append(word)
    elif value == 20 and before == "4":
        said[-1] = "80"
    elif value in GO_ON.get(before, ()):
        said[-1] = str(int(before) + value)
    else:
        said.append(str(value))
