"""Keeping robots out of public forms, without asking anyone to prove that they are human.

``Guarded`` is for forms that strangers fill; their page says ``{% guard form=form %}`` inside
``<form>``. A robot fills a field that nobody sees, or sends at once, or sends again a page of
last week. A person whom this stops by mistake reads why, keeps all they typed and sends again.
The view beside it is ``throttled``.
"""

import re
import time
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

TRAP = "site_web"
STAMP = "vu"
OLDEST = 24 * 3600
"""Seconds after which a page is too old to be sent."""
_LINK = re.compile(r"https?://|\bwww\.", re.IGNORECASE)
_LINES = (
    '<div class="apart" aria-hidden="true"><label>{} <input type="text" name="{}" value="" '
    'tabindex="-1" autocomplete="off"></label></div><input type="hidden" name="{}" value="{}">'
)


class Guarded(forms.Form):
    """What a form that strangers fill checks besides its own fields; stands first among bases."""

    at_least: ClassVar[float] = 2
    """Seconds that a person needs to fill the form."""
    most_links: ClassVar[int | None] = None
    """How many addresses of sites all the fields may hold together; no limit by default."""

    def clean(self) -> dict[str, Any]:
        """Refuse what a robot sends, in words that tell a person what to do."""
        given = super().clean() or {}
        if settings.GUARD and (why := self._suspicion() or self._too_many_links(given)):
            raise ValidationError(why, code="guard")
        return given

    def guard(self) -> SafeString:
        """The hidden lines; the mark of when the page was first seen stays while it is good."""
        age, sent = self._age(), self.data.get(STAMP, "")
        stamp = self._signer().sign("") if age is None or age > OLDEST else sent
        return format_html(_LINES, _("Laissez cette ligne vide"), TRAP, STAMP, stamp)

    def _suspicion(self) -> str:
        age = self._age()
        if age is None:
            return _("Nous n’avons pas pu vérifier cet envoi. Relisez, puis envoyez de nouveau.")
        if age > OLDEST:
            return _("Cette page était ouverte depuis plus d’un jour. Envoyez de nouveau.")
        if age < self.at_least:
            return _("C’est parti très vite. Relisez, puis envoyez de nouveau.")
        if self.data.get(TRAP):
            return _("Une ligne cachée a été remplie, nous l’avons vidée. Envoyez de nouveau.")
        return ""

    def _too_many_links(self, given: dict[str, Any]) -> str:
        texts = (value for value in given.values() if isinstance(value, str))
        found = sum(len(_LINK.findall(text)) for text in texts)
        if self.most_links is None or found <= self.most_links:
            return ""
        if self.most_links == 0:
            return _("Écrivez sans adresse de site, puis envoyez de nouveau.")
        return ngettext(
            "Gardez une seule adresse de site, puis envoyez de nouveau.",
            "Gardez au plus %(most)s adresses de sites, puis envoyez de nouveau.",
            self.most_links,
        ) % {"most": self.most_links}

    def _age(self) -> float | None:
        """Seconds since the page was made; nothing when no page of ours made what was sent."""
        signer, sent = self._signer(), self.data.get(STAMP, "")
        try:
            signer.unsign(sent)
        except signing.BadSignature:
            return None
        made = signing.b62_decode(sent.split(":")[1])
        return time.time() - made

    def _signer(self) -> signing.TimestampSigner:
        """A mark made for one form opens no other."""
        return signing.TimestampSigner(salt=f"guard:{type(self).__qualname__}")
