"""Individual messages and their models."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traboule.blocks.agenda.wording import when
from traboule.kernel.spaces.models import Space

from ..drafting import FIELDS, check_fields
from ..models import Message, MessageTemplate

HINT = gettext_lazy("Ces mots sont remplacés pour chaque personne : %(fields)s")


class WordsForm(forms.Form):
    """A subject and a text with fields."""

    subject = forms.CharField(
        label=gettext_lazy("Objet"),
        max_length=150,
        error_messages={"required": gettext_lazy("Donnez un objet à ce message.")},
    )
    text = forms.CharField(
        label=gettext_lazy("Texte"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": gettext_lazy("Écrivez le message.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = ", ".join(f"{{{name}}}" for name in FIELDS)
        self.fields["text"].help_text = str(HINT) % {"fields": fields}

    def clean_subject(self) -> str:
        """Only fields that we know."""
        check_fields(self.cleaned_data["subject"])
        return str(self.cleaned_data["subject"])

    def clean_text(self) -> str:
        """Only fields that we know."""
        check_fields(self.cleaned_data["text"])
        return str(self.cleaned_data["text"])


class ComposeForm(WordsForm):
    """One text for several people, of whom each gets a draft of their own."""

    way = forms.ChoiceField(
        label=gettext_lazy("Par quel moyen ?"),
        choices=[
            ("", gettext_lazy("E-mail, ou courrier pour qui n’en a pas")),
            *Message.Way.choices,
        ],
        required=False,
    )
    event = forms.ChoiceField(label=gettext_lazy("Pour quel atelier ?"), required=False)
    batch = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, space: Space, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        upcoming = space.events.open().gatherings().upcoming()
        self.events = {str(one.pk): one for one in upcoming.for_page()[:30]}
        self.fields["event"].choices = [  # type: ignore[attr-defined]
            ("", _("Aucun en particulier")),
            *((key, f"{one.title}, {when(one)}") for key, one in self.events.items()),
        ]

    def said(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.cleaned_data
        return {
            "subject": given["subject"],
            "text": given["text"],
            "way": given["way"],
            "event": self.events.get(given["event"]),
            "batch": given["batch"],
        }


class MessageForm(forms.ModelForm):
    """The words of one draft."""

    class Meta:
        model = Message
        fields = ("subject", "text")
        widgets = {"text": forms.Textarea(attrs={"rows": 14})}
        error_messages = {
            "text": {"required": gettext_lazy("Écrivez le message.")},
        }


class TemplateForm(WordsForm):
    """A model of message, under a name."""

    title = forms.CharField(
        label=gettext_lazy("Nom du modèle"),
        help_text=gettext_lazy("Par exemple : Premier contact"),
        max_length=120,
        error_messages={"required": gettext_lazy("Donnez un nom à ce modèle.")},
    )
    field_order = ("title", "subject", "text")

    def write_into(self, template: MessageTemplate) -> MessageTemplate:
        """The model with what was typed."""
        for name in ("title", "subject", "text"):
            setattr(template, name, self.cleaned_data[name])
        return template
