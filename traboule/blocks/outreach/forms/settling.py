"""The words, the pace and the plans of a space, typed one a line."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traboule.engines.french import fold
from traboule.kernel.spaces.models import Space

from ..models import ActionKind, Plan

_STEP = re.compile(r"\s*(?P<days>\d{1,3})\s*(?:j(?:ours?)?)?\s*[;:,–-]?\s+(?P<what>.+)")
_WORDS = {
    "appeler": ActionKind.CALL,
    "passer voir": ActionKind.VISIT,
    "ecrire": ActionKind.WRITE,
    "perdu de vue": ActionKind.LOST_TOUCH,
    "rendez-vous": ActionKind.MEET,
    "faire le point": ActionKind.FOLLOW_UP,
}
_SAID = {
    ActionKind.CALL: gettext_lazy("appeler"),
    ActionKind.VISIT: gettext_lazy("passer voir"),
    ActionKind.WRITE: gettext_lazy("écrire"),
    ActionKind.LOST_TOUCH: gettext_lazy("perdu de vue"),
    ActionKind.MEET: gettext_lazy("rendez-vous"),
    ActionKind.FOLLOW_UP: gettext_lazy("faire le point"),
}


def _kind(words: str) -> ActionKind | None:
    """What those words mean, in French or in the language of the page."""
    said = fold(words).strip(" .")
    own = {fold(str(label)): kind for kind, label in _SAID.items()}
    return own.get(said) or _WORDS.get(said)


def _lines(text: str) -> list[str]:
    return list(dict.fromkeys(" ".join(line.split()) for line in text.splitlines() if line.strip()))


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class SettingsForm(forms.Form):
    """Stages, needs and pace."""

    stages = forms.CharField(
        label=gettext_lazy("Les étapes d’un projet, dans l’ordre"),
        help_text=gettext_lazy("Une par ligne. Par exemple : Idée, Projet, Lancement, Activité"),
        required=False,
        max_length=2000,
        widget=_area(6),
    )
    needs = forms.CharField(
        label=gettext_lazy("Les besoins"),
        help_text=gettext_lazy("Un par ligne. Par exemple : Site internet, Réseaux sociaux"),
        required=False,
        max_length=2000,
        widget=_area(6),
    )
    pace = forms.CharField(
        label=gettext_lazy("Le rythme, tant que personne n’a répondu"),
        help_text=gettext_lazy("Un pas par ligne : le nombre de jours après le premier essai, puis "
                               "appeler, écrire, passer voir ou perdu de vue. Par exemple : "
                               "14 appeler"),
        required=False,
        max_length=1000,
        widget=_area(5),
    )  # fmt: skip

    def clean_stages(self) -> list[str]:
        """The labels, each once."""
        return self._labels("stages")

    def clean_needs(self) -> list[str]:
        """The labels, each once."""
        return self._labels("needs")

    def _labels(self, name: str) -> list[str]:
        labels = _lines(self.cleaned_data[name])
        if any(len(label) > 60 for label in labels):
            raise forms.ValidationError(_("Soixante lettres au plus par ligne."))
        return labels

    def clean_pace(self) -> list[tuple[int, str]]:
        """Days and what is done, in order."""
        steps: dict[int, str] = {}
        for line in _lines(self.cleaned_data["pace"]):
            found = _STEP.fullmatch(line)
            kind = _kind(found["what"]) if found else None
            days = int(found["days"]) if found else 0
            if kind is None or not 1 <= days <= 365:
                raise forms.ValidationError(
                    _("« %(line)s » ne se comprend pas. Écrivez par exemple : 14 appeler")
                    % {"line": line[:40]}
                )
            steps[days] = kind
        return sorted(steps.items())


def initial_of(space: Space) -> dict[str, Any]:
    """The form as the space stands."""
    return {
        "stages": "\n".join(space.outreach_stages.values_list("label", flat=True)),
        "needs": "\n".join(space.outreach_needs.values_list("label", flat=True)),
        "pace": "\n".join(
            f"{one.after_days} {_SAID[ActionKind(one.kind)]}" for one in space.outreach_pace.all()
        ),
    }


class PlanForm(forms.Form):
    """A plan and its steps."""

    title = forms.CharField(
        label=gettext_lazy("Nom du plan"),
        max_length=120,
        error_messages={"required": gettext_lazy("Donnez un nom à ce plan.")},
    )
    steps = forms.CharField(
        label=gettext_lazy("Ses étapes"),
        help_text=gettext_lazy("Une par ligne : le nombre de jours après l’atelier, puis ce "
                               "qu’il y a à faire. Par exemple : 7 Mettre une photo sur sa page"),
        max_length=6000,
        widget=_area(8),
        error_messages={"required": gettext_lazy("Écrivez au moins une étape.")},
    )  # fmt: skip

    def clean_steps(self) -> list[tuple[str, int]]:
        """What to do, and how many days after."""
        steps = []
        for line in _lines(self.cleaned_data["steps"]):
            found = _STEP.fullmatch(line)
            if not found or int(found["days"]) > 730 or len(found["what"]) > 160:
                raise forms.ValidationError(
                    _("« %(line)s » ne se comprend pas. Écrivez par exemple : 7 Mettre une photo")
                    % {"line": line[:40]}
                )
            steps.append((found["what"], int(found["days"])))
        return steps


def initial_of_plan(plan: Plan) -> dict[str, Any]:
    """The form as the plan stands."""
    steps = "\n".join(f"{one.after_days} {one.label}" for one in plan.steps.all())
    return {"title": plan.title, "steps": steps}


class SegmentForm(forms.Form):
    """A name for the filters in use."""

    name = forms.CharField(
        label=gettext_lazy("Garder ces filtres sous un nom"),
        max_length=80,
        error_messages={"required": gettext_lazy("Donnez un nom à ce groupe.")},
    )
