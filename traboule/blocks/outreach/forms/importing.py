"""A list sent in, then what to do with it."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traboule.blocks.agenda.forms.event import DayField
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space

from .contact import team_of

HEAVIEST = 2 * 1024 * 1024


class ImportForm(forms.Form):
    """The file, and where it comes from: each person will be told."""

    file = forms.FileField(
        label=gettext_lazy("Votre liste"),
        help_text=gettext_lazy("Un tableau CSV, comme en enregistre tout tableur."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt"}),
        error_messages={
            "required": gettext_lazy("Choisissez d’abord un fichier."),
            "empty": gettext_lazy("Ce fichier est vide."),
        },
    )
    source_note = forms.CharField(
        label=gettext_lazy("D’où viennent ces coordonnées ?"),
        help_text=gettext_lazy("Chaque personne le lira dans le premier message. Par exemple : "
                               "la liste de la chambre de métiers, mars 2026"),
        max_length=160,
        error_messages={"required": gettext_lazy("Dites d’où vient cette liste : la loi demande de "
                                                 "le dire aux personnes.")},
    )  # fmt: skip

    def clean_file(self) -> UploadedFile:
        """Refuse what is no list of a few thousand lines."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > HEAVIEST:
            raise forms.ValidationError(_("Ce fichier dépasse 2 Mo : coupez-le en deux."))
        return file


class ConfirmForm(forms.Form):
    """Who follows these contacts, and by when each is approached first."""

    owner = forms.ChoiceField(label=gettext_lazy("Qui suit ces contacts ?"))
    first_on = DayField(
        label=gettext_lazy("Premier contact à prendre avant le"),
        help_text=gettext_lazy("Laissez vide pour ne rien planifier."),
        required=False,
    )

    def __init__(self, *args: Any, space: Space, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.team = team_of(space, by)
        self.fields["owner"].choices = [  # type: ignore[attr-defined]
            (key, one.name) for key, one in self.team.items()
        ]
        self.fields["owner"].initial = str(by.pk)

    def clean_first_on(self) -> Any:
        """A day to come, if any."""
        day = self.cleaned_data["first_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(_("Choisissez un jour à venir."))
        return day

    def said(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.cleaned_data
        return {"owner": self.team[given["owner"]], "first_on": given["first_on"]}
