"""A note on somebody: short, and warned of before it holds what it must not."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..sensitive import found_in, words_for_script

LONGEST = 500


class NoteForm(forms.Form):
    """A form with a note; what seems sensitive is asked about once."""

    note = forms.CharField(
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("Le projet et ce qui a été convenu. Ni santé, ni mot de passe."),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    sure = forms.BooleanField(
        label=gettext_lazy("J’ai relu : cette note ne dit rien de sensible"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.warns = False
        words = json.dumps(words_for_script(), ensure_ascii=False)
        self.fields["note"].widget.attrs |= {"data-sensitive": words}

    def clean(self) -> dict[str, Any]:
        """Refuse once what seems to speak of health, beliefs or secrets."""
        given: dict[str, Any] = super().clean() or {}
        found = found_in(given.get("note", ""))
        if found and not given.get("sure"):
            self.warns = True
            self.add_error(
                "note",
                _("Cette note semble parler de : %(what)s. Enlevez-le, ou cochez que vous avez "
                  "relu.") % {"what": ", ".join(found)},
            )  # fmt: skip
        return given
