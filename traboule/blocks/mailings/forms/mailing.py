from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traboule.kernel.spaces import audiences
from traboule.kernel.spaces.models import Space

from ..models import Letter, Mailing, Nature
from ..texts import MOST_SEGMENTS, sms_words, suggested, weight


class MailingForm(forms.ModelForm[Mailing]):
    """One text: to whom, what it says, and in a few words for an SMS."""

    audience_keys = forms.MultipleChoiceField(
        label=gettext_lazy("À qui écrivez-vous ?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Une personne qui est dans deux groupes reçoit un seul message."),
        error_messages={"required": gettext_lazy("Choisissez au moins un groupe.")},
    )
    short_text = forms.CharField(
        label=gettext_lazy("En quelques mots, pour les SMS et les groupes de discussion"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Vide : nous reprenons l’objet et le début du texte. L’adresse où lire la suite "
            "s’ajoute seule."
        ),
    )

    class Meta:
        model = Mailing
        fields = ("audience_keys", "nature", "subject", "text", "short_text", "is_public")
        widgets = {
            "nature": forms.RadioSelect,
            "text": forms.Textarea(attrs={"rows": 14}),
        }
        labels = {"is_public": gettext_lazy("Tout le monde pourra la lire sur le site")}
        help_texts = {
            "text": gettext_lazy(
                "Le même texte part par e-mail, par lettre et sur l’affiche. Une ligne vide sépare "
                "les paragraphes ; **gras** ; une ligne qui commence par « - » fait une liste."
            ),
        }
        error_messages = {
            "subject": {"required": gettext_lazy("Donnez un objet : de quoi s’agit-il ?")},
            "text": {"required": gettext_lazy("Écrivez le texte.")},
        }

    def __init__(self, *args: Any, space: Space, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.space = space
        groups = audiences.of(space)
        self.fields["audience_keys"].choices = [(one.key, one.label) for one in groups]  # type: ignore[attr-defined]
        if not self.instance.pk:
            self.initial.setdefault("audience_keys", ["mailings:subscribers"])

    def clean_subject(self) -> str:
        """A header is one line."""
        return " ".join(self.cleaned_data["subject"].split())

    def clean(self) -> dict[str, Any]:
        """An SMS that costs more than three is no SMS."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return told
        told["short_text"] = told["short_text"] or suggested(told["subject"], told["text"])
        if weight(words_of(told)) > MOST_SEGMENTS:
            self.add_error(
                "short_text",
                ValidationError(
                    _("C’est trop long : %(n)s SMS au plus, adresse comprise. Raccourcissez.")
                    % {"n": MOST_SEGMENTS}
                ),
            )
        return told

    @property
    def said(self) -> dict[str, Any]:
        """What the form says, as ``actions.writing`` takes it."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


def words_of(told: dict[str, Any]) -> str:
    """The SMS that these answers would make, with the room that an address takes."""
    is_news = told.get("nature", Nature.NEWS) == Nature.NEWS
    code = "XXXXX" if told.get("is_public") else ""
    return sms_words(told["short_text"], is_news=is_news, code=code)


class LetterForm(forms.ModelForm[Letter]):
    """What the letter is called, and who gets the answers."""

    class Meta:
        model = Letter
        fields = ("name", "reply_to")
        error_messages = {"name": {"required": gettext_lazy("Donnez un nom à la lettre.")}}
