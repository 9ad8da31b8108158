"""A publication as it is written."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from traboule.kernel.files.forms import FilesField
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.forms.content import MARKDOWN
from traboule.kernel.spaces.models import Space

from ..models import Kind, Publication

MOST_FILES = 30
SENT_KINDS = {
    Kind.NEWS: ("picture", "video"),
    Kind.ARTICLE: ("picture", "video", "audio", "paper"),
    Kind.TUTORIAL: ("picture", "video"),
    Kind.ALBUM: ("picture", "video"),
    Kind.BEFORE_AFTER: (),
}
"""What each sort of publication takes in its page; pairs come by their own door."""

NEXT_SCREEN = _("Oui : je dirai qui à l’écran suivant")
UNSAID = _("Dites si l’on reconnaît quelqu’un sur vos photos.")


class SeenField(forms.ChoiceField):
    """Whether somebody can be recognised on what is sent; ``then`` is who says whom."""

    def __init__(self, *, then: Any = NEXT_SCREEN, **options: Any) -> None:
        super().__init__(
            label=_("Reconnaît-on quelqu’un sur ce que vous envoyez ?"),
            choices=[("no", _("Non, on ne reconnaît personne")), ("yes", then)],
            widget=forms.RadioSelect,
            error_messages={"required": UNSAID},
            **options,
        )


class PublicationForm(forms.Form):
    """The words of a publication, its files, and how it is signed."""

    title = forms.CharField(
        label=_("Le titre"),
        max_length=120,
        error_messages={"required": _("Donnez un titre.")},
    )
    text = forms.CharField(
        label=_("Ce que vous voulez dire"),
        help_text=MARKDOWN,
        max_length=40_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    files = FilesField(  # type: ignore[assignment]
        label=_("Photos, vidéos"), required=False, most=MOST_FILES
    )
    seen = SeenField(required=False)
    summary = forms.CharField(
        label=_("En une phrase, pour la liste et le partage"), max_length=300, required=False
    )
    byline = forms.CharField(
        label=_("Signé comment ?"),
        help_text=_("Un prénom, un nom de groupe… Vide : sans signature."),
        max_length=120,
        required=False,
    )
    is_public = forms.ChoiceField(
        label=_("Qui pourra le lire ?"),
        choices=[("yes", _("Tout le monde")), ("no", _("Seulement les personnes de l’espace"))],
        initial="yes",
        widget=forms.RadioSelect,
    )
    comments_open = forms.BooleanField(label=_("On peut commenter"), required=False)
    is_box = forms.BooleanField(
        label=_("Boîte ouverte : avec le code du lieu, chacun peut y envoyer ses photos"),
        help_text=_("Sans compte. Vous les regardez avant qu’elles paraissent."),
        required=False,
    )
    for_ = forms.ModelChoiceField(
        label=_("Pour qui publiez-vous ?"),
        help_text=_("On vous a donné un texte ou une photo : la personne en reçoit un reçu."),
        queryset=Person.objects.none(),
        empty_label=_("Pour moi"),
        required=False,
    )

    def __init__(
        self, *args: Any, kind: Kind, space: Space, facilitates: bool, is_new: bool, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        kinds = SENT_KINDS[kind]
        if kinds:
            self.fields["files"] = FilesField(
                label=_("Photos, vidéos"), kinds=kinds, most=MOST_FILES, required=False
            )
        else:
            del self.fields["files"], self.fields["seen"]
        if not facilitates:
            del self.fields["comments_open"], self.fields["is_public"]
        if kind != Kind.ALBUM or not facilitates:
            del self.fields["is_box"]
        if facilitates and is_new:
            people = Person.objects.filter(participations__in=space.roll()).order_by("name", "pk")
            self.fields["for_"].queryset = people.distinct()  # type: ignore[attr-defined]
        else:
            del self.fields["for_"]

    def clean(self) -> dict[str, Any]:
        """What is sent comes with whether someone is recognised on it."""
        given = super().clean() or {}
        if given.get("files") and not given.get("seen"):
            self.add_error("seen", UNSAID)
        return given

    @property
    def sent(self) -> dict[str, Any]:
        """What came with it, and whether nobody is recognised there."""
        given = self.cleaned_data
        return {
            "prepared": given.get("files") or [],
            "nobody_seen": given.get("seen") == "no",
        }

    def words(self) -> dict[str, Any]:
        """What it says of the publication, its files apart."""
        given = self.cleaned_data
        found = {name: given[name] for name in ("title", "text", "summary", "byline")}
        for name in ("comments_open", "is_box"):
            if name in given:
                found[name] = given[name]
        if "is_public" in given:
            found["is_public"] = given["is_public"] == "yes"
        return found


def initial_of(publication: Publication) -> dict[str, Any]:
    """What the form shows of a publication that exists."""
    names = ("title", "text", "summary", "byline", "comments_open", "is_box")
    return {name: getattr(publication, name) for name in names} | {
        "is_public": "yes" if publication.is_public else "no"
    }
