"""Forms about others: who acts for whom, children and their parents, what was agreed to."""

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .channels import read_address
from .models import How, MandateScope, Person, Relation
from .models.guardianship import ADULT
from .purposes import ConsentText


class KnownPersonField(forms.CharField):
    """A number or address that someone here has proven theirs: gives that person, or nobody."""

    widget = forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"})

    def clean(self, value: Any) -> Person | None:
        """The person, when something was typed."""
        text = super().clean(value)
        if not text:
            return None
        person = Person.objects.reached_at(*read_address(text))
        if person is None:
            raise forms.ValidationError(
                _(
                    "Personne ne se connecte ici avec ce numéro ou cette adresse. "
                    "Demandez-lui de se connecter une fois, puis recommencez."
                ),
                code="unknown",
            )
        return person


class MandateForm(forms.Form):
    """Who will act, for what, and for how long."""

    holder = KnownPersonField(
        label=_("Qui agira ?"),
        help_text=_("Son numéro de mobile ou son e-mail."),
        max_length=254,
        error_messages={"required": _("Écrivez le numéro ou l’e-mail de cette personne.")},
    )
    scopes = forms.MultipleChoiceField(
        label=_("Pour quoi faire ?"),
        choices=MandateScope,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Cochez au moins une ligne.")},
    )
    days = forms.TypedChoiceField(
        label=_("Pour combien de temps ?"),
        help_text=_("On peut l’arrêter avant, à tout moment."),
        choices=[(31, _("Un mois")), (183, _("Six mois")), (365, _("Un an"))],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez une durée.")},
    )

    def __init__(self, *args: Any, may_be_me: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if may_be_me:
            holder = self.fields["holder"]
            holder.required = False
            holder.help_text = _("Son numéro de mobile ou son e-mail. Laissez vide si c’est vous.")

    @property
    def last_day(self) -> datetime.date:
        """The day on which it will end."""
        return timezone.localdate() + datetime.timedelta(days=self.cleaned_data["days"])


def _birth_year() -> list[tuple[int, str]]:
    year = timezone.localdate().year
    return [(year - age, str(year - age)) for age in range(ADULT + 1)]


class ChildForm(forms.Form):
    """A child, one question at a time."""

    name = forms.CharField(
        label=_("Quel est le prénom de l’enfant ?"),
        help_text=_("Le prénom suffit."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Écrivez son prénom.")},
    )
    birth_year = forms.TypedChoiceField(
        label=_("En quelle année est né ou née votre enfant ?"),
        help_text=_("L’année suffit : elle sert à proposer ce qui est de son âge."),
        choices=lambda: [("", _("Choisir une année")), *_birth_year()],
        coerce=int,
        error_messages={"required": _("Choisissez une année.")},
    )
    relation = forms.ChoiceField(
        label=_("Vous êtes :"),
        choices=[
            (Relation.MOTHER, _("Sa mère")),
            (Relation.FATHER, _("Son père")),
            (Relation.OTHER, _("Une autre personne responsable de l’enfant selon la loi")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez une réponse.")},
    )

    @property
    def asked(self) -> BoundField:
        """The question to put now: the first that has no right answer yet."""
        answered = self.data if self.is_bound else self.initial
        return next(field for field in self if field.name not in answered or field.errors)

    @property
    def told(self) -> list[BoundField]:
        """The questions already answered."""
        fields = list(self)
        return fields[: [field.name for field in fields].index(self.asked.name)]

    @property
    def step(self) -> int:
        """The number of the question to put now, from one."""
        return len(self.told) + 1


class GuardianForm(forms.Form):
    """The other parent, and how to reach them."""

    name = forms.CharField(
        label=_("Son nom"),
        help_text=_("Le prénom suffit."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Écrivez au moins un prénom.")},
    )
    address = forms.CharField(
        label=_("Son numéro de téléphone ou son e-mail"),
        help_text=_("Avec lui, cette personne verra l’enfant en se connectant ici."),
        max_length=254,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": _("Écrivez un numéro de téléphone ou une adresse e-mail.")},
    )
    relation = forms.ChoiceField(
        label=_("Cette personne est :"),
        choices=[
            (Relation.MOTHER, _("La mère")),
            (Relation.FATHER, _("Le père")),
            (Relation.OTHER, _("Une autre personne responsable de l’enfant selon la loi")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez une réponse.")},
    )


class ConsentPaperForm(forms.Form):
    """What was said on paper or by voice, all purposes on one page, quick to type in."""

    said_by = forms.ModelChoiceField(
        label=_("Qui a répondu ?"),
        queryset=Person.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez qui a répondu.")},
    )
    how = forms.ChoiceField(
        label=_("Comment ?"),
        choices=[(How.PAPER, How.PAPER.label), (How.VOICE, How.VOICE.label)],
        widget=forms.RadioSelect,
        error_messages={"required": _("Dites si c’est sur papier ou de vive voix.")},
    )
    witness = KnownPersonField(
        label=_("De vive voix : qui l’a entendu ?"),
        help_text=_("Son numéro ou son e-mail. Laissez vide si c’est vous."),
        max_length=254,
        required=False,
    )

    def __init__(
        self, *args: Any, texts: Iterable[ConsentText], deciders: Iterable[Person], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.texts = list(texts)
        self.fields["said_by"].queryset = deciders  # type: ignore[attr-defined]
        if len(known := list(deciders)) == 1:
            self.fields["said_by"].initial = known[0]
        for text in self.texts:
            self.fields[f"answer-{text.purpose.value}"] = forms.ChoiceField(
                label=text.purpose.label,
                choices=[("yes", _("Oui")), ("no", _("Non")), ("none", _("Rien"))],
                widget=forms.RadioSelect,
                initial="none",
                error_messages={"required": _("Cochez oui, non, ou rien.")},
            )

    @property
    def answers(self) -> dict[str, bool]:
        """The yes and no by purpose, without those left open."""
        said = {
            text.purpose.value: self.cleaned_data[f"answer-{text.purpose.value}"]
            for text in self.texts
        }
        return {purpose: answer == "yes" for purpose, answer in said.items() if answer != "none"}

    @property
    def purposes(self) -> list[BoundField]:
        """One field a purpose."""
        return [self[f"answer-{text.purpose.value}"] for text in self.texts]
