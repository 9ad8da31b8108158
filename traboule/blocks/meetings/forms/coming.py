"""Calling people to a meeting, and what they answer."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traboule.blocks.agenda.models import Via
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space

from .fields import AudienceField


class ConveneForm(forms.Form):
    """Whom to call, and a word of one's own."""

    audience = AudienceField(label=_("Qui convoquez-vous ?"))
    text = forms.CharField(
        label=_("Voulez-vous ajouter un mot ?"),
        help_text=_("La date, le lieu et l’ordre du jour y sont déjà. Ce mot part dans les e-mails "
                    "et les lettres ; un SMS reste court."),
        max_length=1200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    is_statutory = forms.BooleanField(
        label=_("C’est une convocation prévue par nos statuts ou notre règlement"),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, space: Space, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["audience"].offer(space)  # type: ignore[attr-defined]


class SendForm(forms.Form):
    """To whom the minutes go."""

    audience = AudienceField(label=_("À qui l’envoyer ?"))

    def __init__(self, *args: Any, space: Space, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["audience"].offer(space)  # type: ignore[attr-defined]


class VoiceForm(forms.Form):
    """Who carries one's voice."""

    carrier = forms.ChoiceField(
        label=_("Qui porte votre voix ?"),
        help_text=_("Voici les personnes qui viennent et peuvent encore porter une voix."),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez une personne.")},
    )

    def __init__(self, *args: Any, carriers: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {str(one.pk): one for one in carriers}
        self.fields["carrier"].choices = [  # type: ignore[attr-defined]
            (key, one.name) for key, one in self.by_key.items()
        ]

    @property
    def chosen(self) -> Person:
        """Whoever was chosen."""
        return self.by_key[self.cleaned_data["carrier"]]


class ReplyForForm(forms.Form):
    """What someone said by telephone, or wrote on the paper that came with the letter."""

    answer = forms.ChoiceField(
        label=_("Que dit cette personne ?"),
        choices=[
            ("yes", _("Elle vient")),
            ("no", _("Elle ne vient pas")),
            ("voice", _("Elle ne vient pas, et donne sa voix")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez une réponse.")},
    )
    carrier = forms.ChoiceField(label=_("À qui donne-t-elle sa voix ?"), required=False)
    via = forms.ChoiceField(
        label=_("Comment l’a-t-elle dit ?"),
        choices=[(Via.PHONE, _("Au téléphone")), (Via.PAPER, _("Sur papier"))],
        initial=Via.PHONE,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, carriers: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {str(one.pk): one for one in carriers}
        self.fields["carrier"].choices = [  # type: ignore[attr-defined]
            ("", _("Choisissez…")),
            *((key, one.name) for key, one in self.by_key.items()),
        ]

    def clean(self) -> dict[str, Any]:
        """A voice goes to somebody."""
        given = super().clean() or {}
        if given.get("answer") == "voice" and not given.get("carrier"):
            self.add_error("carrier", _("Dites à qui elle donne sa voix."))
        return given

    @property
    def said(self) -> dict[str, Any]:
        """What ``actions.convening.reply_for`` takes."""
        given = self.cleaned_data
        return {
            "answer": given["answer"],
            "carrier": self.by_key.get(given["carrier"]),
            "via": Via(given["via"]),
        }
