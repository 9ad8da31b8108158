"""Papers given or wrong, a day, a landlord's decision."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traboule.kernel.files.checking import Prepared
from traboule.kernel.files.forms import FilesField
from traboule.kernel.files.models import Kind

from ..actions import swap_files as acts
from ..models import Refusal

NO_DAY = gettext_lazy("Choisissez un jour.")


class PieceForm(forms.Form):
    """A photo or a PDF of a paper; for the team, a box to tick when it was brought."""

    sent = FilesField(
        kinds=(Kind.PICTURE, Kind.PAPER),
        required=False,
        label=gettext_lazy("Une photo ou un PDF de la pièce"),
        help_text=gettext_lazy("Seul le bailleur qui la demande pourra l’ouvrir."),
    )
    brought = forms.BooleanField(label=gettext_lazy("Je l’ai vue sur papier"), required=False)

    def __init__(self, *args: Any, may_be_brought: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_be_brought:
            del self.fields["brought"]

    def clean(self) -> dict[str, Any]:
        """One or the other."""
        cleaned = super().clean() or {}
        if not self.errors and not cleaned["sent"] and not cleaned.get("brought"):
            self.add_error("sent", _("Choisissez une photo ou un PDF."))
        return cleaned

    @property
    def file(self) -> Prepared | None:
        """What was sent, if it was."""
        return next(iter(self.cleaned_data["sent"]), None)


class WrongPieceForm(forms.Form):
    """Why a paper will not do, in words for the household."""

    because = forms.CharField(
        label=gettext_lazy("Ce qui ne va pas"),
        help_text=gettext_lazy("Exemple : la page 2 manque. Le ménage lira ces mots."),
        max_length=200,
        error_messages={"required": gettext_lazy("Dites au ménage ce qui ne va pas.")},
    )


class DayForm(forms.Form):
    """One day."""

    on = forms.DateField(
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": NO_DAY, "invalid": NO_DAY},
    )

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = label


class DecisionForm(forms.Form):
    """What a landlord says of an exchange."""

    what = forms.ChoiceField(
        label=gettext_lazy("Votre réponse"),
        choices=[
            ("accept", gettext_lazy("Oui, nous acceptons l’échange")),
            ("commission", gettext_lazy("La commission étudie le dossier le…")),
            ("refuse", gettext_lazy("Non, pour le motif suivant")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choisissez une réponse.")},
    )
    on = forms.DateField(
        label=gettext_lazy("Jour de la commission"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": NO_DAY},
    )
    ground = forms.ChoiceField(
        label=gettext_lazy("Motif du refus"),
        choices=[("", gettext_lazy("Choisissez un motif")), *Refusal.choices],
        required=False,
    )
    note = forms.CharField(
        label=gettext_lazy("Quelques mots pour les ménages"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """A commission has a day, a refusal a ground."""
        cleaned = super().clean() or {}
        if (
            cleaned.get("what") == "commission"
            and not cleaned.get("on")
            and "on" not in self.errors
        ):
            self.add_error("on", NO_DAY)
        if cleaned.get("what") == "refuse" and not cleaned.get("ground"):
            self.add_error("ground", _("Dites le motif du refus."))
        return cleaned

    def act(self) -> tuple[Callable[..., object], dict[str, Any], str]:
        """What to do, with what, and what to say then."""
        given = self.cleaned_data
        note = given["note"]
        if given["what"] == "commission":
            return acts.set_commission, {"on": given["on"]}, _("La date est dite aux ménages.")
        if given["what"] == "refuse":
            refusal = {"ground": Refusal(given["ground"]), "note": note}
            said = _("Le refus est noté. Nous cherchons une autre solution pour les ménages.")
            return acts.refuse, refusal, said
        return acts.accept, {"note": note}, _("Votre accord est noté. Merci !")
