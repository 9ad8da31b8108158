"""A commune as people write it; where that means several, those to choose from."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .models import Commune

MOST_OFFERED = 50
"""The postal code with most communes has 46."""


class CommuneInput(forms.TextInput):
    """The words, and under them the communes that they may mean; both are sent."""

    def __init__(self) -> None:
        super().__init__(attrs={"list": "communes", "autocomplete": "off", "maxlength": 100})
        self.offered: list[Commune] = []

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """What was written, and the code of the commune chosen, if any."""
        return data.get(name, ""), data.get(f"{name}_code", "")

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The input, then one button a commune when there is to choose."""
        words = super().render(name, value, attrs, renderer)
        if not self.offered:
            return words
        choices = [(one.code, str(one)) for one in self.offered]
        buttons = forms.RadioSelect(choices=choices)
        shown = buttons.render(f"{name}_code", None, {"id": f"id_{name}_code"}, renderer)
        ask = _("Est-ce l’une de celles-ci ?")
        return format_html('{}<fieldset class="field"><legend>{}</legend>{}</fieldset>',
                           words, ask, shown)  # fmt: skip


class CommuneField(forms.CharField):
    """A commune by its name or postal code."""

    widget = CommuneInput

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=100, **options)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """The words, to show them again."""
        return data[0] if data else initial

    def clean(self, value: Any) -> Any:
        """The commune that was meant, or nothing."""
        words, code = value or ("", "")
        text = super().clean(words)
        if not text:
            return None
        found, near = Commune.objects.from_text(text)
        if found is None and text.isdecimal():
            near = Commune.objects.look_up(text, limit=MOST_OFFERED)
        return found or self._chosen(near, code)

    def _chosen(self, near: list[Commune], code: str) -> Commune:
        for commune in near:
            if commune.code == code:
                return commune
        self.widget.offered = near
        raise ValidationError(
            _("Choisissez la commune, ou corrigez son nom.")
            if near
            else _("Nous ne connaissons pas cette commune. Vérifiez son nom ou son code postal.")
        )
