"""A helper for whoever writes plainly: what makes a text hard to read, said kindly. Runs here."""

import re

from django.utils.translation import gettext as _

LONGEST = 20
"""Words in a sentence; beyond, many lose the thread."""

_ACRONYM = re.compile(r"\b(?:[A-ZÀ-Þ]{2,}|(?:[A-Z]\.){2,})\b")
_KNOWN = {"SMS", "OK", "TV", "PDF"}
_DATE = re.compile(r"\b\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?\b")


def remarks(text: str) -> list[str]:
    """What could be plainer: long sentences, acronyms that nobody explains, dates in figures."""
    found = [*_long_sentences(text)]
    acronyms = [one for one in dict.fromkeys(_ACRONYM.findall(text)) if one not in _KNOWN]
    for acronym in acronyms:
        if f"({acronym})" not in text and f"{acronym} (" not in text:
            found.append(
                _("Que veut dire « %(word)s » ? Écrivez-le en entier.") % {"word": acronym}
            )
    for date in dict.fromkeys(_DATE.findall(text)):
        found.append(
            _("« %(date)s » : écrivez le mois en lettres, et le jour de la semaine.")
            % {"date": date}
        )
    return found


def _long_sentences(text: str) -> list[str]:
    sentences = re.split(r"(?<=[.!?…])\s+|\n+", text)
    counted = [(one, len(re.findall(r"[^\W_]+(?:[’'-][^\W_]+)*", one))) for one in sentences]
    return [
        _("« %(start)s… » compte %(n)d mots : coupez cette phrase en deux.")
        % {"start": " ".join(one.split()[:5]), "n": words}
        for one, words in counted
        if words > LONGEST
    ]
