"""A draw: how many places, who is in the list, where the seed comes from."""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.engines.french import fold
from traboule.kernel.people import names
from traboule.kernel.people.channels import PHONES, read_address
from traboule.kernel.people.models import Gender, Person
from traboule.kernel.spaces.audiences import Audience, of
from traboule.kernel.spaces.likeness import people_like
from traboule.kernel.spaces.models import Space

from ..models import College, Draw
from ..standing import Standing
from .member import DAY
from .settings import MOST_SEATS

MOST_LINES = 400
GENDERS = {
    "f": Gender.WOMAN, "femme": Gender.WOMAN, "h": Gender.MAN, "homme": Gender.MAN,
    "m": Gender.MAN, "a": Gender.OTHER, "autre": Gender.OTHER,
}  # fmt: skip


class DrawForm(forms.Form):
    """What a draw is called, and how many it draws in each college."""

    title = forms.CharField(
        label=_("Nom du tirage"),
        help_text=_("Par exemple : Tirage 2027 du collège Habitants."),
        max_length=120,
        error_messages={"required": _("Donnez un nom à ce tirage.")},
    )
    reserve = forms.IntegerField(
        label=_("Combien de personnes en réserve ?"),
        help_text=_("Elles sont appelées quand quelqu’un dit non. Vide : toutes les autres."),
        min_value=0,
        max_value=5000,
        required=False,
    )
    term_ends_on = forms.DateField(
        label=_("Mandat jusqu’au"),
        help_text=_("Pour les personnes qui accepteront."),
        widget=DAY,
        required=False,
    )

    def __init__(self, *args: Any, standing: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleges = standing.colleges
        for college in self.colleges:
            self.fields[_name(college)] = forms.IntegerField(
                label=gettext("Places à tirer : %(name)s") % {"name": college},
                help_text=gettext("%(n)d vacantes aujourd’hui") % {"n": standing.vacant(college)},
                min_value=0,
                max_value=MOST_SEATS,
                initial=standing.vacant(college),
                required=False,
            )

    @property
    def of_places(self) -> list[Any]:
        """The fields that ask how many, one a college."""
        return [self[_name(college)] for college in self.colleges]

    def clean_term_ends_on(self) -> Any:
        """A term ends in the future."""
        last = self.cleaned_data["term_ends_on"]
        if last and last <= timezone.localdate():
            raise ValidationError(_("Choisissez un jour à venir."))
        return last

    def draw_fields(self) -> dict[str, Any]:
        """What ``actions.draws.prepare`` takes."""
        data = self.cleaned_data
        return {
            "title": data["title"],
            "reserve": data["reserve"],
            "term_ends_on": data["term_ends_on"],
            "places": {str(one.pk): data[_name(one)] or 0 for one in self.colleges},
        }


def _name(college: College) -> str:
    return f"places_{college.pk}"


class AudienceForm(forms.Form):
    """A whole group of the space as candidates of one college."""

    audience = forms.ChoiceField(
        label=_("Quel groupe ?"),
        error_messages={"required": _("Choisissez un groupe.")},
    )
    college = forms.ModelChoiceField(
        label=_("Pour quel collège ?"),
        queryset=College.objects.none(),
        empty_label=_("Choisissez un collège"),
        error_messages={"required": _("Choisissez un collège.")},
    )

    def __init__(self, *args: Any, space: Space, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups: dict[str, Audience] = {one.key: one for one in of(space)}
        choices = [(key, one.label) for key, one in self.groups.items()]
        self.fields["audience"].choices = choices  # type: ignore[attr-defined]
        self.fields["college"].queryset = space.colleges.all()  # type: ignore[attr-defined]

    def candidates(self) -> list[tuple[Person, College]]:
        """The people of the group, in the order of their names."""
        people = self.groups[self.cleaned_data["audience"]].people()
        college = self.cleaned_data["college"]
        return [(one, college) for one in people.distinct().order_by("name", "pk")]


@dataclass
class Line:
    """One pasted line: who, and what was understood; or what is wrong with it."""

    number: int
    text: str
    name: str = ""
    phone: str = ""
    college: College | None = None
    about: dict[str, Any] = field(default_factory=dict)
    known: Person | None = None
    mistake: str = ""


class PasteForm(forms.Form):
    """Lines copied from a spreadsheet or a paper list."""

    lines = forms.CharField(
        label=_("Les candidatures, une par ligne"),
        help_text=_("Nom ; téléphone ; collège ; genre ; année de naissance. Seul le nom est "
                    "nécessaire. Exemple : Lina Haddad ; 06 12 34 56 78 ; Habitants ; F ; 1985"),
        widget=forms.Textarea(attrs={"rows": 12, "autocomplete": "off"}),
        error_messages={"required": _("Collez au moins une ligne.")},
    )  # fmt: skip

    def __init__(self, *args: Any, draw: Draw, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.draw, self.space, self.by = draw, draw.space, by
        self.colleges = list(self.space.colleges.all())

    def clean_lines(self) -> str:
        """Not more lines than one reads through."""
        text: str = self.cleaned_data["lines"]
        if sum(bool(line.strip()) for line in text.splitlines()) > MOST_LINES:
            raise ValidationError(
                _("Collez %(most)d lignes à la fois, au plus."), params={"most": MOST_LINES}
            )
        return text

    def read(self) -> list[Line]:
        """What was understood of each line."""
        rows = enumerate(self.cleaned_data["lines"].splitlines(), start=1)
        known = _Known(self.draw, self.by)
        lines = [self._read(number, text, known) for number, text in rows if text.strip()]
        first: dict[tuple[str, str], int] = {}
        for line in lines:
            earlier = first.setdefault((fold(line.name), line.phone), line.number)
            if earlier != line.number and not line.mistake:
                line.mistake = gettext("Déjà à la ligne %(n)d.") % {"n": earlier}
        return lines

    def _read(self, number: int, text: str, known: "_Known") -> Line:
        parts = [part.strip() for part in text.replace("\t", ";").split(";")]
        name, phone, college, gender, year = [*parts, "", "", "", "", ""][:5]
        line = Line(number, text, name=" ".join(name.split())[:120])
        try:
            if not line.name:
                raise ValidationError(gettext("Il manque le nom."))
            line.phone = _phone(phone)
            line.college = self._college(college)
            line.about = _about(gender, year)
            line.known = known.like(line.name, line.phone)
        except ValidationError as mistake:
            line.mistake = mistake.messages[0]
        return line

    def _college(self, text: str) -> College:
        if not text and len(self.colleges) == 1:
            return self.colleges[0]
        wanted = fold(text).strip()
        found = [one for one in self.colleges if wanted and fold(one.name).startswith(wanted)]
        if len(found) != 1:
            raise ValidationError(
                gettext("Collège à préciser : %(names)s.")
                % {"names": gettext(" ou ").join(one.name for one in self.colleges)}
            )
        return found[0]


class _Known:
    """Those already here or in the list, so that nobody is there twice."""

    def __init__(self, draw: Draw, by: Person) -> None:
        self.draw, self.by = draw, by
        self.listed = [one.person for one in draw.candidates.for_listing() if one.person]

    def like(self, name: str, phone: str) -> Person | None:
        """The one person of that very name and number; nobody when it is not sure.

        Raises ValidationError when several may be meant.
        """
        near = people_like(self.draw.space, by=self.by, name=name, phone=phone)
        near += [one for one in self.listed if names.are_close(name, one.name)]
        wanted = " ".join(fold(name).split())
        same = {one.pk: one for one in near if " ".join(fold(one.name).split()) == wanted}
        found = next(iter(same.values()), None)
        if len(same) > 1 or (found and phone and _has_another(found, phone)):
            raise ValidationError(
                gettext(
                    "Une autre personne de ce nom est connue ici : ajoutez celle-ci une par une."
                )
            )
        return found


def _has_another(person: Person, phone: str) -> bool:
    """Whether they are known by telephone numbers, of which this is none."""
    known = [one.value for one in person.channels.all() if one.kind in PHONES]
    return bool(known) and phone not in known


def _phone(text: str) -> str:
    if not text:
        return ""
    kind, value = read_address(text)
    if kind not in PHONES:
        raise ValidationError(gettext("Le deuxième élément doit être un numéro de téléphone."))
    return value


def _about(gender: str, year: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if gender:
        if fold(gender).strip() not in GENDERS:
            raise ValidationError(gettext("Genre à écrire F, H ou A, ou à laisser vide."))
        found["gender"] = GENDERS[fold(gender).strip()].value
    if year:
        if not (year.isdecimal() and 1900 <= int(year) <= timezone.localdate().year):
            raise ValidationError(gettext("Année de naissance à écrire en quatre chiffres."))
        found["birth_year"] = int(year)
    return found


class FreezeForm(forms.Form):
    """Where the seed will come from: something that nobody knows yet, and everyone will."""

    seed_source = forms.CharField(
        label=_("D’où viendra la graine ?"),
        help_text=_("Un fait public à venir, que personne ne peut choisir. Par exemple : les "
                    "numéros du Loto du samedi 5 décembre, dans l’ordre croissant."),
        max_length=300,
        error_messages={"required": _("Dites d’où viendra la graine.")},
    )  # fmt: skip


class SeedForm(forms.Form):
    """The seed, now that everyone knows it."""

    seed = forms.CharField(
        label=_("La graine"),
        help_text=_("Telle que chacun peut la lire, par exemple : 4 12 23 31 40."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Écrivez la graine.")},
    )
