"""The picture, what it shows, and whether the people on it agree."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from traboule.kernel.files.pictures import WrongPicture, prepared

from ..sheet import Sheet
from .base import Answers, QuestionForm


class PictureField(forms.FileField):
    """An upload that becomes a clean picture, or an explanation."""

    def clean(self, data: Any, initial: Any = None) -> ContentFile | None:
        """The picture ready to be kept, none when nothing was sent."""
        file = super().clean(data, initial)
        if not file:
            return None
        if file.size > settings.UPLOAD_MAX_BYTES:
            raise forms.ValidationError(
                _("Cette image pèse %(size)s Mo ; c’est %(most)s Mo au plus. "
                  "Choisissez-en une plus petite."),
                code="heavy",
                params={
                    "size": round(file.size / 2**20),
                    "most": settings.UPLOAD_MAX_BYTES // 2**20,
                },
            )  # fmt: skip
        try:
            return prepared(file)
        except WrongPicture as error:
            raise forms.ValidationError(str(error.message), code="picture") from error


class PictureForm(QuestionForm):
    """One picture, kept on the draft: ``answers["picture_kept"]`` says that there is one."""

    picture_file = PictureField(
        label=_("Votre image"),
        help_text=_("Une photo de votre téléphone convient : JPEG, PNG ou WebP."),
        required=False,
        # What phones keep as HEIC, they convert when it is not in this list.
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={"empty": _("Ce fichier est vide. Choisissez-en un autre.")},
    )
    picture_remove = forms.BooleanField(label=_("Enlever l’image"), required=False)
    picture_alt = forms.CharField(
        label=_("Ce que l’on y voit"),
        help_text=_(
            "Pour les personnes qui ne voient pas l’image. Exemple : Deux jeunes filles "
            "vissent une carte mère"
        ),
        required=False,
        max_length=300,
    )
    picture_credit = forms.CharField(label=_("Qui l’a faite ?"), required=False, max_length=120)
    picture_agreed = forms.BooleanField(
        label=_("Les personnes que l’on reconnaît sont d’accord pour être publiées"),
        help_text=_("Cochez aussi si l’on ne reconnaît personne. Pour des enfants, il faut "
                    "l’accord de leurs parents."),
        required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.answers.get("picture_kept"):
            del self.fields["picture_remove"]

    @property
    def picture(self) -> ContentFile | None:
        """The new picture, even when something else is missing: nobody sends it twice."""
        return getattr(self, "cleaned_data", {}).get("picture_file")

    def clean(self) -> None:
        """A picture needs words and an agreement."""
        data = self.cleaned_data
        kept = self.answers.get("picture_kept") and not data.get("picture_remove")
        if not (data.get("picture_file") or kept):
            return
        if not data.get("picture_alt") and "picture_alt" not in self.errors:
            self.add_error("picture_alt", _("Dites en quelques mots ce que l’on voit."))
        if not data.get("picture_agreed"):
            self.add_error(
                "picture_agreed", _("Sans leur accord, nous ne pouvons pas publier l’image.")
            )

    def to_sheet(self) -> dict[str, Any]:
        """Nothing: a picture goes beside the sheet."""
        return {}

    @classmethod
    def from_sheet(cls, sheet: Sheet) -> Answers:
        """The sheet's own pictures stay where they are; another may be added."""
        return {}
