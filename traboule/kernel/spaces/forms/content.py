"""What a team writes for its space."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import ChecklistItem, News, Page, Space

MARKDOWN = _(
    "Une ligne vide sépare deux paragraphes ; un tiret au début d’une ligne fait une liste."
)


class NewsForm(forms.ModelForm):
    """A few lines for everyone in the space."""

    class Meta:
        model = News
        fields = ("title", "text")
        labels = {"title": _("Le titre de la nouvelle"), "text": _("Ce que vous voulez dire")}
        help_texts = {"text": MARKDOWN}
        error_messages = {
            "title": {"required": _("Donnez un titre à la nouvelle.")},
            "text": {"required": _("Écrivez quelques mots.")},
        }


class PageForm(forms.ModelForm):
    """A page of the space, and who reads it."""

    class Meta:
        model = Page
        fields = ("title", "text", "is_public")
        labels = {
            "title": _("Le titre de la page"),
            "text": _("Le texte"),
            "is_public": _("Tout le monde peut la lire, même sans se connecter"),
        }
        help_texts = {"text": MARKDOWN}
        error_messages = {
            "title": {"required": _("Donnez un titre à la page.")},
            "text": {"required": _("Écrivez le texte de la page.")},
        }


class PartnerForm(forms.Form):
    """An organisation that helps, and what it brings."""

    name = forms.CharField(
        label=_("Son nom"),
        help_text=_("Exemple : Régie de quartier du Soleil"),
        max_length=300,
        error_messages={"required": _("Écrivez le nom de l’organisation.")},
    )
    role = forms.CharField(
        label=_("Ce qu’elle apporte"),
        help_text=_("Exemple : prête la salle le mercredi"),
        required=False,
        max_length=300,
    )


class ItemForm(forms.ModelForm):
    """One more thing to do, in one of the lists."""

    class Meta:
        model = ChecklistItem
        fields = ("label", "list_title")
        labels = {"label": _("Que faut-il faire ?"), "list_title": _("Dans quelle liste ?")}
        error_messages = {"label": {"required": _("Écrivez ce qu’il faut faire.")}}

    def __init__(self, data: Any = None, *, space: Space) -> None:
        super().__init__(data)
        titles = list(dict.fromkeys(space.checklist.values_list("list_title", flat=True)))
        choices = [(title, title) for title in titles or [str(_("À faire"))]]
        self.fields["list_title"] = forms.ChoiceField(
            label=self.Meta.labels["list_title"],
            choices=choices,
            initial=choices[0][0],
            widget=forms.Select if len(choices) > 1 else forms.HiddenInput,
        )
