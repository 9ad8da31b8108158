"""One text, as each way carries it: HTML, plain words, a few words for an SMS."""

import re
from html import unescape

from django.conf import settings
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from traboule.kernel.people.gsm import segments
from traboule.kernel.people.sms import plain
from traboule.ui.markdown import render
from traboule.ui.printing import shown_address

MOST_SEGMENTS = 3
SHORT = 110
"""Signs of a short text that still leave room, in one SMS, for an address and for STOP."""

_LINK = re.compile(r'<a href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_BREAKS = (
    (re.compile(r"<li>\s*(?:<p>)?"), "– "),
    (re.compile(r"(?:</p>\s*)?</li>|<br\s*/?>"), "\n"),
    (re.compile(r"</(?:p|h3|h4|blockquote|ul|ol)>|<hr\s*/?>"), "\n\n"),
    (re.compile(r"<[^>]+>"), ""),
)


def html_of(text: str) -> str:
    """The text as safe HTML."""
    return render(text)


def plain_of(html: str) -> str:
    """The same in plain words: paragraphs, dashes for lists, addresses beside their links."""
    words = _LINK.sub(_with_address, html.replace("\n", " "))
    for pattern, instead in _BREAKS:
        words = pattern.sub(instead, words)
    lines = [" ".join(line.split()) for line in unescape(words).splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _with_address(link: re.Match[str]) -> str:
    address, words = link[1].removeprefix("mailto:").removeprefix("tel:"), link[2]
    return words if unescape(address) in unescape(words) else f"{words} ({address})"


def suggested(subject: str, text: str) -> str:
    """A few words for an SMS: what it is about, then how it begins."""
    begins = " ".join(plain_of(html_of(text)).split())
    mark = "" if subject.endswith((".", "!", "?", "…")) else "."
    return Truncator(f"{subject}{mark} {begins}").chars(SHORT)


def sms_words(short_text: str, *, is_news: bool, code: str) -> str:
    """The whole SMS: the few words, where to read on (with a code), how to stop."""
    where = shown_address(f"{settings.SITE_URL}/l/{code}/") if code else ""
    return "\n".join(filter(None, [with_stop(short_text, is_news=is_news), where]))


def with_stop(short_text: str, *, is_news: bool) -> str:
    """The few words, and for news how to receive them no more."""
    return f"{short_text}\n{_('Arrêter : répondez STOP')}" if is_news else short_text


def weight(words: str) -> int:
    """How many SMS carry these words."""
    return segments(plain(words))
