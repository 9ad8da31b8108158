"""Names of places, folded so that the ways people write one name become the same."""

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss"})
_SHORT_FORMS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
_ARTICLES = {"le", "la", "les", "l"}
_ARRONDISSEMENTS = {"751": "75056", "132": "13055", "6938": "69123"}


def fold(text: str) -> str:
    """The name in plain lower-case words, without accents, punctuation or its article.

    >>> fold("La Ricamarie"), fold("Ricamarie (la)"), fold("ST-ÉTIENNE")
    ('ricamarie', 'ricamarie', 'saint etienne')
    """
    text = text.lower().translate(_LIGATURES)
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    text = re.sub(r"\bs/", "sur ", text)
    words = [_SHORT_FORMS.get(word, word) for word in re.findall(r"[a-z0-9]+", text)]
    if len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    elif len(words) > 1 and words[-1] in _ARTICLES:
        words = words[:-1]
    return " ".join(words)


def whole_commune(code: str) -> str:
    """The INSEE code of the city, for that of an arrondissement of Paris, Lyon or Marseille."""
    return next((city for part, city in _ARRONDISSEMENTS.items() if code.startswith(part)), code)
