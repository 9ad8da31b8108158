"""Putting a document on a shelf, replacing it, noting who wants it on paper."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traboule.kernel.files.checking import Prepared
from traboule.kernel.files.forms import FilesField
from traboule.kernel.files.models import Kind
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space

from .models import MOST_LINES, Document, Expected, PaperCopy, Shelf, Version, Via

LONGEST_LINE = 120
SHELF_LABELS = {
    Shelf.MEMBERS: gettext_lazy("Les membres de l’espace"),
    Shelf.PUBLIC: gettext_lazy("Tout le monde, même sans se connecter"),
}


class AboutForm(forms.ModelForm):
    """What a document is, in words that everyone understands."""

    class Meta:
        model = Document
        fields = ("title", "summary", "about", "on")
        labels = {
            "title": gettext_lazy("Le titre du document"),
            "summary": gettext_lazy("Ce qu’il dit, en mots simples"),
            "about": gettext_lazy("La rencontre dont il parle"),
            "on": gettext_lazy("La date de cette rencontre"),
        }
        help_texts = {
            "title": gettext_lazy("Exemple : Compte rendu de l’assemblée générale"),
            "summary": gettext_lazy(
                "Cinq lignes courtes au plus. Une personne qui n’a pas le temps de tout lire doit "
                "savoir l’essentiel."
            ),
            "about": gettext_lazy("S’il vient d’une réunion. Exemple : Assemblée générale"),
        }
        error_messages = {
            "title": {"required": gettext_lazy("Donnez un titre au document.")},
            "summary": {
                "required": gettext_lazy("Écrivez au moins une ligne : de quoi parle-t-il ?")
            },
            "on": {"invalid": gettext_lazy("Choisissez une date, ou laissez vide.")},
        }
        widgets = {
            "summary": forms.Textarea(attrs={"rows": MOST_LINES}),
            "on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def clean_summary(self) -> str:
        """Five short lines at most."""
        lines = [" ".join(line.split()) for line in self.cleaned_data["summary"].splitlines()]
        lines = [line for line in lines if line]
        if len(lines) > MOST_LINES:
            raise ValidationError(
                _("%(number)s lignes, c’est trop : gardez-en cinq.") % {"number": len(lines)}
            )
        if long := next((line for line in lines if len(line) > LONGEST_LINE), ""):
            raise ValidationError(
                _("Une ligne est trop longue. Coupez-la en deux : « %(start)s… »")
                % {"start": long[:40]}
            )
        return "\n".join(lines)


class AddForm(AboutForm):
    """A new document: the file, for whom it is, and what it says."""

    file = FilesField(kinds=(Kind.PAPER,), label=gettext_lazy("Le document"))
    shelf = forms.ChoiceField(
        label=gettext_lazy("Qui peut le lire ?"),
        choices=SHELF_LABELS.items(),
        widget=forms.RadioSelect,
        initial=Shelf.MEMBERS,
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    field_order = ("file", "title", "summary", "shelf", "about", "on", "key")

    def __init__(self, *args: Any, may_make_public: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_make_public:
            del self.fields["shelf"]

    def given(self) -> dict[str, Any]:
        """What ``actions.add`` needs."""
        fields = dict(self.cleaned_data)
        return fields | {"prepared": fields.pop("file")[0]}


class VersionForm(forms.Form):
    """Another file for the same document, and what changes."""

    file = FilesField(kinds=(Kind.PAPER,), label=gettext_lazy("La nouvelle version"))
    note = forms.CharField(
        label=gettext_lazy("Ce qui change"),
        help_text=gettext_lazy("Exemple : la cotisation passe à 5 euros"),
        max_length=Version._meta.get_field("note").max_length,
        error_messages={
            "required": gettext_lazy("Dites ce qui change, pour que l’on n’ait pas à tout relire.")
        },
    )

    @property
    def prepared(self) -> Prepared:
        """The file that was sent."""
        prepared: Prepared = self.cleaned_data["file"][0]
        return prepared


class CopyForm(forms.Form):
    """Who wants a printed copy: someone of the space, or someone by their name."""

    document = forms.ModelChoiceField(
        label=gettext_lazy("Quel document ?"),
        queryset=Document.objects.none(),
        error_messages={"required": gettext_lazy("Choisissez le document.")},
    )
    person = forms.ModelChoiceField(
        label=gettext_lazy("Qui le demande ?"),
        queryset=Person.objects.none(),
        required=False,
        empty_label=gettext_lazy("Une personne qui n’est pas dans la liste"),
    )
    name = forms.CharField(
        label=gettext_lazy("Ou son nom, si la personne n’est pas dans la liste"),
        required=False,
        max_length=PaperCopy._meta.get_field("name").max_length,
    )
    via = forms.ChoiceField(
        label=gettext_lazy("Comment l’a-t-elle demandé ?"),
        choices=[(Via.PHONE, Via.PHONE.label), (Via.DESK, Via.DESK.label)],
        widget=forms.RadioSelect,
        initial=Via.PHONE,
    )

    def __init__(self, *args: Any, space: Space, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        documents = self.fields["document"]
        documents.queryset = space.documents.standing()  # type: ignore[attr-defined]
        people = Person.objects.filter(participations__in=space.roll()).order_by("name", "pk")
        self.fields["person"].queryset = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Someone must be said."""
        cleaned = super().clean() or {}
        if not self.errors and not cleaned["person"] and not cleaned["name"]:
            self.add_error("name", _("Écrivez pour qui est la copie."))
        if cleaned.get("person"):
            cleaned["name"] = ""
        return cleaned


class ExpectedForm(forms.ModelForm):
    """A document that the space should have."""

    class Meta:
        model = Expected
        fields = ("title", "shelf")
        labels = {
            "title": gettext_lazy("Un autre document à avoir"),
            "shelf": gettext_lazy("Sur quelle étagère ?"),
        }
        error_messages = {"title": {"required": gettext_lazy("Écrivez le titre du document.")}}
