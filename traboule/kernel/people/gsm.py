"""What a text weighs as SMS: how many it takes, and the spelling that takes fewest.

A message made only of the GSM alphabet (3GPP TS 23.038) holds 160 signs, or 153 a part; one other
sign, an « ê », and all of it is sent as UCS-2: 70 signs, or 67 a part.

>>> segments("Réunion mardi à 18 h")
1
>>> cheapest("Fête mardi")
'Fête mardi'
"""

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")
"""Signs of the GSM alphabet that count twice."""

_BARE = str.maketrans("çâêîôûëïÿÀÂÈÊËÎÏÔÙÛ", "caeioueiyAAEEEIIOUU")
"""French letters outside that alphabet, and what people read in their place without a second
thought."""


def segments(text: str) -> int:
    """How many SMS carry this text."""
    if set(text) <= _BASIC | _EXTENDED:
        weights = [2 if sign in _EXTENDED else 1 for sign in text]
        return _parts(weights, whole=160, part=153)
    weights = [2 if ord(sign) > 0xFFFF else 1 for sign in text]
    return _parts(weights, whole=70, part=67)


def cheapest(text: str) -> str:
    """The same text, without its rarer accents when that saves a message."""
    bare = text.translate(_BARE)
    return bare if segments(bare) < segments(text) else text


def _parts(weights: list[int], *, whole: int, part: int) -> int:
    """A sign that weighs two is never cut between two messages."""
    if sum(weights) <= whole:
        return 1
    count, room = 1, part
    for weight in weights:
        if weight > room:
            count, room = count + 1, part
        room -= weight
    return count
