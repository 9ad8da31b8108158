"""Pictures in order, who is seen on them, the steps of a tutorial, a place before and after."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from traboule.kernel.files.forms import FilesField
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space
from traboule.ui.guard import Guarded

from ..actions.parts import Gesture
from ..models import PICTOGRAMS, Publication, PublicationFile
from .writing import MOST_FILES, UNSAID, SeenField

SPARE_STEPS = 3
MOST_STEPS = 20
BY_TEAM = _("Oui : l’équipe dira qui, et demandera l’accord")
AT_PICTURES = _("Oui : je dirai qui dans « Photos et accords »")


class PicturesForm(forms.Form):
    """A line a file: what one sees, the caption, from whom, its rank; and which is the cover."""

    def __init__(self, *args: Any, publication: Publication, **options: Any) -> None:
        super().__init__(*args, **options)
        self.pieces = list(publication.files.of_body().filter(is_accepted=True).for_page())
        for rank, piece in enumerate(self.pieces, 1):
            self._add_line(piece, rank)
        covers = [
            (str(piece.pk), str(rank))
            for rank, piece in enumerate(self.pieces, 1)
            if piece.file.kind == "picture"
        ]
        current = next(
            (str(one.pk) for one in self.pieces if one.file_id == publication.cover_id), ""
        )
        self.fields["cover"] = forms.ChoiceField(choices=covers, initial=current, required=False)

    def _add_line(self, piece: PublicationFile, rank: int) -> None:
        self.fields[f"alt-{piece.pk}"] = forms.CharField(
            label=_("Ce que l’on y voit"),
            help_text=_("Lu à voix haute à qui ne voit pas la photo."),
            max_length=300, required=False, initial=piece.file.alt,
        )  # fmt: skip
        self.fields[f"caption-{piece.pk}"] = forms.CharField(
            label=_("La légende"), max_length=300, required=False, initial=piece.caption
        )
        self.fields[f"credit-{piece.pk}"] = forms.CharField(
            label=_("De qui est-elle ?"), max_length=120, required=False, initial=piece.file.credit
        )
        self.fields[f"position-{piece.pk}"] = forms.IntegerField(
            label=_("Son rang"), min_value=1, max_value=999, initial=rank,
            error_messages={"required": _("Donnez un rang : 1, 2, 3…")},
        )  # fmt: skip

    @property
    def lines(self) -> list[tuple[PublicationFile, dict[str, forms.BoundField], bool]]:
        """Each file with its fields, and whether it is the cover."""
        names = ("alt", "caption", "credit", "position")
        cover = self["cover"].value()
        return [
            (piece, {name: self[f"{name}-{piece.pk}"] for name in names}, cover == str(piece.pk))
            for piece in self.pieces
        ]

    def given(self) -> dict[int, dict[str, Any]]:
        """What was typed, by file."""
        names = ("alt", "caption", "credit", "position")
        return {
            piece.pk: {name: self.cleaned_data[f"{name}-{piece.pk}"] for name in names}
            for piece in self.pieces
        }

    @property
    def cover(self) -> int | None:
        """The row of the file that stands for the whole."""
        chosen = self.cleaned_data.get("cover")
        return int(chosen) if chosen else None


class WhoForm(forms.Form):
    """« Qui voit-on ? »: people of the space, nobody one could recognise, or someone else."""

    people = forms.ModelMultipleChoiceField(
        label=_("Les personnes de l’espace que l’on voit, ou que l’on entend"),
        queryset=Person.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    nobody_seen = forms.BooleanField(
        label=_("On ne reconnaît personne"),
        help_text=_("De dos, de loin, ou personne du tout."),
        required=False,
    )
    paper_agreement = forms.BooleanField(
        label=_("On voit quelqu’un qui n’est pas dans l’espace, et qui a signé son accord"),
        help_text=_("Gardez l’accord sur papier. Si la personne change d’avis, retirez la photo."),
        required=False,
    )

    def __init__(self, *args: Any, space: Space, **options: Any) -> None:
        super().__init__(*args, **options)
        people = Person.objects.filter(participations__in=space.roll()).order_by("name", "pk")
        self.fields["people"].queryset = people.distinct()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One answer at least, and none that says the contrary of another."""
        given = super().clean() or {}
        people, nobody = given.get("people"), given.get("nobody_seen")
        if nobody and (people or given.get("paper_agreement")):
            self.add_error(
                "nobody_seen", _("Soit l’on voit quelqu’un, soit l’on ne reconnaît personne.")
            )
        elif not (people or nobody or given.get("paper_agreement")):
            self.add_error(
                None, _("Choisissez qui l’on voit, ou dites que l’on ne reconnaît personne.")
            )
        return given


class StepsForm(forms.Form):
    """The gestures of a tutorial, a line each, with some to spare."""

    seen = SeenField(required=False)

    def __init__(self, *args: Any, publication: Publication, **options: Any) -> None:
        super().__init__(*args, **options)
        self.steps = list(publication.steps.select_related("picture").order_by("position", "pk"))
        self.rows = min(MOST_STEPS, len(self.steps) + SPARE_STEPS)
        for row in range(self.rows):
            step = self.steps[row] if row < len(self.steps) else None
            self.fields[f"words-{row}"] = forms.CharField(
                label=_("Le geste, en quelques mots"), max_length=200, required=False,
                initial=step.words if step else "",
            )  # fmt: skip
            self.fields[f"icon-{row}"] = forms.ChoiceField(
                label=_("Un dessin"), choices=[("", _("aucun")), *PICTOGRAMS], required=False,
                initial=step.icon if step else "",
            )  # fmt: skip
            self.fields[f"picture-{row}"] = FilesField(
                label=_("Ou une photo"), kinds=("picture",), required=False
            )

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Each line with its fields and the step it changes."""
        return [
            {
                "number": row + 1,
                "step": self.steps[row] if row < len(self.steps) else None,
                **{name: self[f"{name}-{row}"] for name in ("words", "icon", "picture")},
            }
            for row in range(self.rows)
        ]

    def clean(self) -> dict[str, Any]:
        """A new picture comes with whether someone is recognised on it."""
        given = super().clean() or {}
        sends = any(given.get(f"picture-{row}") for row in range(self.rows))
        if sends and not given.get("seen"):
            self.add_error("seen", UNSAID)
        return given

    def gestures(self) -> list[Gesture]:
        """The steps as they were typed."""
        given = self.cleaned_data
        return [
            Gesture(
                words=given[f"words-{row}"],
                icon=given[f"icon-{row}"],
                pk=self.steps[row].pk if row < len(self.steps) else None,
                prepared=next(iter(given[f"picture-{row}"] or []), None),
            )
            for row in range(self.rows)
        ]


class PairForm(forms.Form):
    """A place, and its picture before; after may come later."""

    place = forms.CharField(
        label=_("Quel endroit ?"),
        help_text=_("Par exemple : le pied de l’immeuble B"),
        max_length=120,
        error_messages={"required": _("Donnez un nom à cet endroit.")},
    )
    before = FilesField(
        label=_("Avant"), kinds=("picture",), required=True,
        help_text=_("Visez un repère qui restera : un angle de mur, un arbre, un lampadaire."),
    )  # fmt: skip
    after = FilesField(
        label=_("Après"), kinds=("picture",), required=False,
        help_text=_("Si elle existe déjà. Sinon, elle viendra : n’importe quel membre pourra "
                    "l’ajouter."),
    )  # fmt: skip
    caption = forms.CharField(label=_("Ce qui a changé"), max_length=300, required=False)
    seen = SeenField(then=AT_PICTURES)


class AfterForm(forms.Form):
    """The place as it is now."""

    after = FilesField(label=_("La photo d’après"), kinds=("picture",), required=True)
    seen = SeenField(then=BY_TEAM)
    credit = forms.CharField(label=_("De qui est-elle ?"), max_length=120, required=False)


class BoxForm(Guarded, forms.Form):
    """Pictures for an album, from someone who has no account."""

    files = FilesField(  # type: ignore[assignment]
        label=_("Vos photos"),
        kinds=("picture", "video"),
        most=MOST_FILES,
        required=True,
        heaviest=settings.UNKNOWN_UPLOAD_MAX_BYTES,
    )
    seen = SeenField(then=BY_TEAM)
    credit = forms.CharField(
        label=_("Votre prénom, pour le mettre sous vos photos"), max_length=120, required=False
    )
    agrees = forms.BooleanField(
        label=_("Ces photos sont à moi, et les personnes que l’on y voit sont d’accord"),
        error_messages={"required": _("Cochez cette case, ou n’envoyez que des photos à vous.")},
    )
