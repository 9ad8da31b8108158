"""What a team writes for its space."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import News, Page

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
