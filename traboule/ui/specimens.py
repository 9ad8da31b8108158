"""Plausible content for the gallery: a form in two states, filters, a trail."""

from django import forms
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from .choices import Choice
from .guard import Guarded

TRAIL = [
    (_("Accueil"), "/"),
    (_("Initiatives"), "/composants/#cartes"),
    (_("L’atelier des ordinateurs retrouvés"), ""),
]

FACETS = [
    Choice(value="learn", label=_("Apprendre et se former"), checked=True, count=7),
    Choice(value="organise", label=_("S’informer et s’organiser"), count=4),
    Choice(value="create", label=_("Créer ensemble"), count=5),
    Choice(value="exchange", label=_("Échanger et se loger"), count=2),
]


class SpecimenForm(Guarded):
    """One field of each kind that a page of Traboule may need."""

    title = forms.CharField(
        label=_("Comment s’appelle votre initiative ?"),
        help_text=_("Le nom que les gens du quartier lui donnent."),
        max_length=120,
    )
    story = forms.CharField(
        label=_("Que faites-vous ensemble ?"),
        help_text=_("Deux ou trois phrases suffisent."),
        widget=forms.Textarea,
    )
    holder = forms.ChoiceField(
        label=_("Qui porte l’initiative ?"),
        choices=[
            ("", _("Choisir")),
            ("association", _("Une association")),
            ("group", _("Un groupe d’habitants")),
        ],
    )
    state = forms.ChoiceField(
        label=_("Où en est-elle ?"),
        choices=[("idea", _("C’est une idée")), ("running", _("Elle est en cours"))],
        widget=forms.RadioSelect,
    )
    audiences = forms.MultipleChoiceField(
        label=_("Pour qui ?"),
        help_text=_("Plusieurs réponses possibles."),
        choices=[("children", _("Enfants")), ("tenants", _("Locataires"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    picture = forms.FileField(
        label=_("Une photo"), help_text=_("JPEG, PNG ou WebP, 25 Mo au plus."), required=False
    )
    agreed = forms.BooleanField(
        label=_("J’accepte que cette fiche soit publiée"),
        help_text=_("Vous pourrez la faire retirer quand vous voudrez."),
    )


def draw_slot(request: HttpRequest, subject: object) -> str:
    """What an app puts in a place that a page leaves to those above it."""
    return format_html("<p>{}</p>", _("Ce qu’une application dessine ici, la page ne le sait pas."))


def fresh_form() -> SpecimenForm:
    """The form before anyone has typed."""
    return SpecimenForm(auto_id="fresh_%s")


def erroneous_form() -> SpecimenForm:
    """The form sent back with something to correct everywhere."""
    form = SpecimenForm(
        {"title": "", "story": _("Nous réparons des ordinateurs.")}, auto_id="wrong_%s"
    )
    form.add_error(None, _("Cette fiche ressemble à une fiche déjà publiée : vérifiez-la."))
    return form
