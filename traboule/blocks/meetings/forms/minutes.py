"""The minutes as they are written, read again and approved."""

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.blocks.agenda.forms.event import DayField
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space

from ..models import Amendment, Item, Meeting
from ..models.minutes import counted
from .fields import SummaryField, WhoField, who


class WriteForm(forms.Form):
    """The whole text: how it opened, what was said of each point, the essential."""

    opening = forms.CharField(
        label=_("L’ouverture"),
        help_text=_("Écrite d’après l’appel et les voix portées. Corrigez si besoin, sans noms."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    summary = SummaryField(required=False)

    def __init__(self, *args: Any, meeting: Meeting, items: Iterable[Item], **kwargs: Any) -> None:
        kwargs["initial"] = {"opening": meeting.opening, "summary": meeting.summary}
        super().__init__(*args, **kwargs)
        self.items = list(items)
        for item in self.items:
            self.fields[f"notes-{item.pk}"] = forms.CharField(
                label=_("Ce qui s’est dit"),
                required=False,
                max_length=20_000,
                initial=item.notes,
                widget=forms.Textarea(attrs={"rows": 4}),
            )

    @property
    def points(self) -> list[tuple[Item, forms.BoundField]]:
        """Each point with the field of what was said."""
        return [(item, self[f"notes-{item.pk}"]) for item in self.items]

    def texts(self) -> dict[str, Any]:
        """What ``actions.writing.write`` takes."""
        given = self.cleaned_data
        return {
            "opening": given["opening"],
            "summary": given["summary"],
            "notes": {item.pk: given[f"notes-{item.pk}"] for item in self.items},
        }


class VoteForm(forms.Form):
    """By consensus, or with so many voices."""

    way = forms.ChoiceField(
        label=_("Comment a-t-on décidé ?"),
        choices=[("consensus", _("Par consensus")), ("votes", _("En comptant les voix"))],
        initial="consensus",
        widget=forms.RadioSelect,
    )
    votes_for = forms.IntegerField(label=_("Pour"), required=False, min_value=0, max_value=1000)
    votes_against = forms.IntegerField(
        label=_("Contre"), required=False, min_value=0, max_value=1000
    )
    votes_abstain = forms.IntegerField(
        label=_("Abstentions"), required=False, min_value=0, max_value=1000
    )

    def clean(self) -> dict[str, Any]:
        """Voices that are counted are counted; a box left empty is nobody."""
        given = super().clean() or {}
        names = ("votes_for", "votes_against", "votes_abstain")
        counts = any(given.get(name) for name in names) or self.errors
        if given.get("way") == "votes" and not counts:
            self.add_error("votes_for", _("Comptez au moins une voix."))
        return given

    @property
    def votes(self) -> tuple[int, int, int] | None:
        """For, against, abstaining; None for a consensus."""
        given = self.cleaned_data
        if given["way"] == "consensus":
            return None
        return (
            given["votes_for"] or 0, given["votes_against"] or 0, given["votes_abstain"] or 0,
        )  # fmt: skip


class DecisionForm(VoteForm):
    """A decision."""

    text = forms.CharField(
        label=_("Qu’a-t-on décidé ?"),
        help_text=_("En une phrase, comme on la relira dans un an."),
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Écrivez la décision.")},
    )
    field_order = ("text", "way")


class ActionForm(forms.Form):
    """Something that is to be done."""

    text = forms.CharField(
        label=_("Qu’y a-t-il à faire ?"),
        max_length=300,
        error_messages={"required": _("Écrivez ce qui est à faire.")},
    )
    owner = WhoField(label=_("Qui s’en charge ?"))
    due_on = DayField(label=_("Pour quand ?"), required=False)

    def action_fields(self, space: Space) -> dict[str, Any]:
        """What ``actions.writing.note_action`` takes."""
        given = self.cleaned_data
        person, words = who(space, given["owner"])
        return {
            "text": given["text"],
            "owner": person,
            "owner_words": words,
            "due_on": given["due_on"],
        }


class UntilForm(forms.Form):
    """Until when the draft is read again."""

    until = DayField(label=_("Jusqu’à quel jour peut-on le corriger ?"))


class ProposeForm(forms.Form):
    """A change that someone who was there asks for."""

    passage = forms.CharField(
        label=_("Quel passage ?"),
        help_text=_("Recopiez-le, ou laissez vide s’il manque quelque chose."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    proposed = forms.CharField(
        label=_("Que faudrait-il écrire ?"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Écrivez ce que le compte-rendu devrait dire.")},
    )
    person = forms.ChoiceField(label=_("Qui le demande ?"), required=False)
    via = forms.ChoiceField(
        label=_("Comment ?"),
        choices=[
            ("web", _("Moi, ici")), ("phone", _("Au téléphone")), ("paper", _("Sur papier")),
        ],
        initial="web",
        required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, others: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {str(one.pk): one for one in others}
        if not self.by_key:
            del self.fields["person"], self.fields["via"]
            return
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            ("", _("Moi")),
            *((key, one.name) for key, one in self.by_key.items()),
        ]

    def asked(self, me: Person) -> dict[str, Any]:
        """What ``actions.approving.propose`` takes."""
        given = self.cleaned_data
        return {
            "passage": given["passage"],
            "proposed": given["proposed"],
            "person": self.by_key.get(given.get("person", ""), me),
            "via": given.get("via") or "web",
        }


class AnswerForm(forms.Form):
    """What becomes of a change that was asked for."""

    notes = forms.CharField(
        label=_("Le texte du point, une fois corrigé"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    reason = forms.CharField(
        label=_("Si vous ne la retenez pas : pourquoi ?"),
        help_text=_("La personne lira cette phrase."),
        max_length=500,
        required=False,
    )

    def __init__(self, *args: Any, amendment: Amendment, **kwargs: Any) -> None:
        kwargs["initial"] = {"notes": corrected(amendment)}
        super().__init__(*args, **kwargs)


def corrected(amendment: Amendment) -> str:
    """The text of the point with the change in it: in the passage's place, else at the end."""
    notes, passage = amendment.item.notes, amendment.passage.strip()
    if passage and passage in notes:
        return notes.replace(passage, amendment.proposed.strip(), 1)
    return "\n\n".join(filter(None, [notes.strip(), amendment.proposed.strip()]))


class AdoptForm(VoteForm):
    """Where, when and how the minutes were approved."""

    where = forms.ChoiceField(label=_("Où l’a-t-on approuvé ?"), widget=forms.RadioSelect)
    on = DayField(label=_("Quel jour ?"), required=False)
    remarks = forms.CharField(
        label=_("Une remarque ?"),
        max_length=300,
        required=False,
        help_text=_("Par exemple : sous réserve d’une correction faite en séance."),
    )
    field_order = ("where", "on", "way", "votes_for", "votes_against", "votes_abstain", "remarks")

    def __init__(self, *args: Any, later: Iterable[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_ref = {one.ref: one for one in later}
        self.fields["where"].choices = [  # type: ignore[attr-defined]
            *((ref, one.journal_label.capitalize()) for ref, one in self.by_ref.items()),
            ("elsewhere", _("Autrement : à une réunion qui n’est pas ici, par écrit…")),
        ]
        self.fields["where"].initial = next(iter(self.by_ref), "elsewhere")

    def clean(self) -> dict[str, Any]:
        """The day of the meeting chosen, or one that is said."""
        given = super().clean()
        if given.get("where") == "elsewhere" and not given.get("on") and "on" not in self.errors:
            self.add_error("on", _("Dites quel jour on l’a approuvé."))
        return given

    def approval(self) -> dict[str, Any]:
        """What ``actions.approving.adopt`` takes."""
        given = self.cleaned_data
        meeting = self.by_ref.get(given["where"])
        how = gettext("par consensus") if self.votes is None else counted(*self.votes)
        on: datetime.date = meeting.day if meeting else given["on"]
        return {
            "in_meeting": meeting,
            "on": min(on, timezone.localdate()) if meeting else on,
            "how": ". ".join(filter(None, [how, given["remarks"]])),
        }


class ForewordForm(forms.Form):
    """What the group says before the report of a year."""

    foreword = forms.CharField(
        label=_("Qu’a été cette année pour le groupe ?"),
        help_text=_("Quelques phrases avant les chiffres et les décisions."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
