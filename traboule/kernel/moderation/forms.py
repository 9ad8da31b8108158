"""Writing a charter, hiding, contesting, deciding, flagging, trusting."""

import datetime
from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traboule.ui.guard import Guarded

from .models import Charter, CharterArticle, Flag, Standing
from .models.charter import MOST_TRUST_AFTER, TRUST_AFTER

DATE_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y")
LONGEST = datetime.timedelta(days=366)
MORE_ARTICLES = 2
MOST_ARTICLES = 30


def _words(label: Any, *, required: Any, hint: Any = "", longest: int = 600) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": required},
    )


class CharterForm(forms.Form):
    """What stands around the articles."""

    intro = forms.CharField(
        label=_("Quelques mots avant les articles"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    trust_after = forms.IntegerField(
        label=_("Après combien de contributions acceptées fait-on confiance ?"),
        help_text=_("Ensuite, ce que la personne publie paraît tout de suite."),
        min_value=1,
        max_value=MOST_TRUST_AFTER,
        initial=TRUST_AFTER,
        error_messages={
            "required": _("Écrivez un nombre, par exemple 3."),
            "invalid": _("Écrivez un nombre, par exemple 3."),
            "min_value": _("Il faut au moins une contribution."),
            "max_value": _("Cinquante au plus : au-delà, personne n’y arrive."),
        },
    )
    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class ArticleForm(forms.Form):
    """One article; one left empty is taken out."""

    title = forms.CharField(label=_("Titre"), max_length=120, required=False)
    text = forms.CharField(
        label=_("Texte"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """A title and its text go together."""
        given = super().clean() or {}
        if given.get("title") and not given.get("text") and "text" not in self.errors:
            self.add_error("text", _("Écrivez cet article en une ou deux phrases."))
        if given.get("text") and not given.get("title") and "title" not in self.errors:
            self.add_error("title", _("Donnez un titre à cet article."))
        return given


ArticleFormSet = formset_factory(
    ArticleForm, extra=MORE_ARTICLES, max_num=MOST_ARTICLES, absolute_max=MOST_ARTICLES
)


class HideForm(forms.Form):
    """Under which article, why, and until when."""

    article = forms.ModelChoiceField(
        label=_("Quel article de la charte ?"),
        queryset=CharterArticle.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": _("Choisissez l’article qui n’est pas respecté."),
            "invalid_choice": _("Choisissez un article de la liste."),
        },
    )
    reason = _words(
        _("Pourquoi, en quelques mots ?"),
        hint=_("La personne qui l’a écrit les lit tels quels, et tout le monde dans le journal : "
               "ne nommez personne."),
        required=_("Dites pourquoi : la personne doit pouvoir comprendre."),
    )  # fmt: skip
    until = forms.DateField(
        label=_("Jusqu’à quel jour ?"),
        help_text=_("Ce jour compris. Laissez vide si c’est sans limite."),
        required=False,
        input_formats=DATE_FORMATS,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Choisissez un jour."),
            "invalid": _("Écrivez un jour comme 12/01/2027."),
        },
    )

    def __init__(self, *args: Any, charter: Charter | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if charter:
            articles = self.fields["article"]
            articles.queryset = charter.articles.all()  # type: ignore[attr-defined]

    def clean_until(self) -> datetime.date | None:
        """A day to come, within a year."""
        day, today = self.cleaned_data["until"], timezone.localdate()
        if day and day < today:
            raise forms.ValidationError(_("Ce jour est passé : choisissez un jour à venir."))
        if day and day > today + LONGEST:
            raise forms.ValidationError(_("Un an au plus : choisissez un jour plus proche."))
        return day

    @property
    def end(self) -> datetime.datetime | None:
        """The end of the last day, if there is one."""
        day = self.cleaned_data["until"]
        return _end_of(day) if day else None


class HoldForm(HideForm):
    """The same, for holding somebody back: there is always an end."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].required = True
        self.fields["until"].help_text = _("Ce jour compris ; un an au plus.")

    @property
    def last_moment(self) -> datetime.datetime:
        """The end of the last day."""
        return _end_of(self.cleaned_data["until"])


def _end_of(day: datetime.date) -> datetime.datetime:
    # Its last minute, so that whoever reads the date reads that day.
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(23, 59)))


class AppealForm(forms.Form):
    """Why the author does not agree; a message of one digit says nothing more."""

    text = forms.CharField(
        label=_("Pourquoi n’êtes-vous pas d’accord ?"),
        help_text=_("Une autre personne que celle qui a décidé vous lira."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, for_another: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if for_another:
            self.fields["text"].label = _("Que dit la personne ?")
            self.fields["text"].help_text = _("Au téléphone, par lettre ou de vive voix.")


class DecisionForm(forms.Form):
    """The answer to an appeal."""

    outcome = forms.ChoiceField(
        label=_("Que décidez-vous ?"),
        choices=[("restore", _("Rétablir")), ("uphold", _("Confirmer"))],
        error_messages={
            "required": _("Choisissez : rétablir, ou confirmer la décision."),
            "invalid_choice": _("Choisissez : rétablir, ou confirmer la décision."),
        },
    )
    words = _words(
        _("Votre réponse"),
        hint=_("La personne la lit telle quelle."),
        required=_("Répondez à la personne, en une phrase."),
    )


class FlagForm(Guarded):
    """Why one asks the team to look; strangers may."""

    most_links = 2

    why = forms.ChoiceField(
        label=_("Qu’est-ce qui ne va pas ?"),
        choices=Flag.Why,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez ce qui ne va pas."),
            "invalid_choice": _("Choisissez dans la liste."),
        },
    )
    words = forms.CharField(
        label=_("Voulez-vous préciser ?"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class StandingForm(forms.Form):
    """Whether what somebody posts shows at once."""

    level = forms.ChoiceField(
        label=_("Ce que cette personne publie"),
        choices=[
            (Standing.Level.NEW, _("L’équipe le relit d’abord")),
            (Standing.Level.TRUSTED, _("Paraît tout de suite")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez."), "invalid_choice": _("Choisissez.")},
    )
    reason = forms.CharField(
        label=_("Pourquoi ?"),
        help_text=_("La personne le lit tel quel."),
        max_length=300,
        error_messages={"required": _("Dites pourquoi, en une phrase.")},
    )


def written_articles(articles: Any) -> list[tuple[str, str]]:
    """Titles and texts of a valid formset, without the empty lines."""
    rows = (form.cleaned_data for form in articles)
    return [(row["title"], row["text"]) for row in rows if row.get("title")]


def charter_initial(charter: Charter | None) -> dict[str, Any]:
    """What the form of a charter begins with: the one that holds, to be changed."""
    if charter is None:
        return {"after": 0, "trust_after": TRUST_AFTER}
    return {
        "after": charter.version, "trust_after": charter.trust_after, "intro": charter.intro,
    }  # fmt: skip
