"""The guided interview: its questions in order, and the way from answers to a sheet and back."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from . import forms
from .forms import Answers, QuestionForm
from .mistakes import explain
from .models import Initiative
from .sheet import Sheet

LONGEST_SLUG = 72


@dataclass(frozen=True)
class Question:
    """One screen of the interview; ``key`` stands in its address."""

    key: str
    form: type[QuestionForm]
    title: str | Promise
    why: str | Promise

    @property
    def number(self) -> int:
        return QUESTIONS.index(self) + 1

    @property
    def is_required(self) -> bool:
        """Whether a sheet cannot do without it."""
        return any(field.required for field in self.form.base_fields.values())

    @property
    def previous(self) -> "Question | None":
        return QUESTIONS[self.number - 2] if self.number > 1 else None

    @property
    def next(self) -> "Question | None":
        return QUESTIONS[self.number] if self.number < len(QUESTIONS) else None


QUESTIONS: tuple[Question, ...] = (
    Question(
        "nom",
        forms.NameForm,
        _("Comment s’appelle votre initiative ?"),
        _("C’est ce que l’on lit en premier, dans la liste et sur l’affiche."),
    ),
    Question(
        "lieu",
        forms.PlaceForm,
        _("Où cela se passe-t-il ?"),
        _("Pour que les gens d’à côté la trouvent."),
    ),
    Question(
        "theme",
        forms.ThemeForm,
        _("De quoi s’agit-il surtout ?"),
        _("Le recueil est rangé en quatre thèmes. Prenez le plus proche."),
    ),
    Question(
        "porteur",
        forms.HolderForm,
        _("Qui porte l’initiative ?"),
        _("Pour savoir à qui l’on a affaire. Un groupe sans statut compte aussi."),
    ),
    Question(
        "etat",
        forms.StateForm,
        _("Où en est-elle ?"),
        _("Une idée ou une initiative terminée apprennent aussi quelque chose aux autres."),
    ),
    Question(
        "public",
        forms.AudienceForm,
        _("Pour qui est-elle faite ?"),
        _("Pour que ces personnes la trouvent en cherchant."),
    ),
    Question(
        "recit",
        forms.StoryForm,
        _("Que se passe-t-il, concrètement ?"),
        _("C’est le cœur de la fiche : ce récit donne envie de venir, ou de faire pareil."),
    ),
    Question(
        "outils",
        forms.ToolsForm,
        _("Avec quels outils numériques ?"),
        _("Pour savoir ce qu’il faut trouver, acheter ou apprendre."),
    ),
    Question(
        "resultats",
        forms.ResultsForm,
        _("Qu’est-ce que cela a donné ?"),
        _("Trois chiffres au plus, même approchés. Ils aident à convaincre ailleurs."),
    ),
    Question(
        "moyens",
        forms.MeansForm,
        _("Que faut-il pour le refaire ?"),
        _("C’est le but du recueil : que d’autres puissent se lancer sans repartir de zéro."),
    ),
    Question(
        "lecons",
        forms.LessonsForm,
        _("Que diriez-vous à quelqu’un qui se lance ?"),
        _("Ce qui a coincé est aussi utile que ce qui a marché."),
    ),
    Question(
        "image",
        forms.PictureForm,
        _("Avez-vous une image ?"),
        _("Une photo montre l’ambiance mieux qu’un texte. Nous effaçons le lieu et la date "
          "que votre téléphone y a cachés."),
    ),
    Question(
        "contact",
        forms.ContactForm,
        _("Comment peut-on joindre l’initiative ?"),
        _("Tout ce que vous écrivez ici est publié et imprimé. Laissez vide ce que vous ne "
          "voulez pas montrer."),
    ),
    Question(
        "rappel",
        forms.CallbackForm,
        _("Et vous, où peut-on vous rappeler ?"),
        _("Pour relire la fiche avec vous. Ce n’est jamais publié, et c’est effacé au bout "
          "d’un an."),
    ),
)  # fmt: skip

BY_KEY = {question.key: question for question in QUESTIONS}

_ASKED_BY = {
    "title": "nom", "summary": "nom", "place": "lieu", "theme": "theme", "holder": "porteur",
    "state": "etat", "started": "etat", "ended": "etat", "audiences": "public",
    "description": "recit", "tool_kinds": "outils", "tools": "outils", "results": "resultats",
    "outcomes": "resultats", "time": "moyens", "people": "moyens", "cost": "moyens",
    "steps": "moyens", "pitfalls": "lecons", "learnt": "lecons", "contact": "contact",
}  # fmt: skip
"""Which question fills each field of a sheet; a mistake in another one goes to the first."""


@dataclass(frozen=True)
class Problem:
    """Something to mend before sending, and the question that mends it."""

    question: Question
    message: str


@dataclass(frozen=True)
class Told:
    """A question with the answers it was given."""

    question: Question
    lines: list[tuple[str, str]]


class Unfinished(Exception):  # noqa: N818 - it says where things stand.
    """The answers do not make a sheet yet; ``problems`` says why."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("; ".join(problem.message for problem in problems))


def sheet_from(answers: Answers, *, base: Sheet | None = None) -> Sheet:
    """The sheet that these answers make, over ``base`` when they correct one.

    Raises Unfinished with everything that is missing or wrong.
    """
    filled: dict[str, Any] = base.model_dump() if base else {}
    problems: list[Problem] = []
    for question in QUESTIONS:
        form = question.form(answers, answers=answers)
        if form.is_valid():
            filled |= form.to_sheet()
        else:
            problems += [Problem(question, message) for message in _messages(form)]
    if problems:
        raise Unfinished(problems)
    if base is None:
        filled["slug"] = free_slug(filled["title"])
    try:
        return Sheet.model_validate(filled)
    except ValidationError as error:
        raise Unfinished([_problem(part) for part in error.errors()]) from None


def problems_in(answers: Answers, *, base: Sheet | None = None) -> list[Problem]:
    """What stands between these answers and a sheet."""
    try:
        sheet_from(answers, base=base)
    except Unfinished as unfinished:
        return unfinished.problems
    return []


def answers_from(sheet: Sheet) -> Answers:
    """The answers that would make this sheet: what its correction starts from."""
    answers: Answers = {}
    for question in QUESTIONS:
        answers |= question.form.from_sheet(sheet)
    return answers


def told(answers: Answers) -> list[Told]:
    """Every question with what was answered, in order."""
    return [Told(question, list(question.form(answers=answers).said())) for question in QUESTIONS]


def free_slug(title: str) -> str:
    """An address for this title that no sheet has."""
    slug = slugify(title).replace("_", "-")[:LONGEST_SLUG].strip("-") or "initiative"
    slug = "-".join(part for part in slug.split("-") if part)
    taken = set(
        Initiative.objects.filter(slug__startswith=slug).order_by().values_list("slug", flat=True)
    )
    return next(candidate for candidate in _numbered(slug) if candidate not in taken)


def _numbered(slug: str) -> Iterator[str]:
    yield slug
    number = 2
    while True:
        yield f"{slug}-{number}"
        number += 1


def _messages(form: QuestionForm) -> list[str]:
    """Each mistake beside the words of its field."""
    messages = [str(message) for message in form.non_field_errors()]
    for bound in form:
        messages += [_named(bound.label, message) for message in bound.errors]
    return messages


def _named(field: object, message: object) -> str:
    return gettext("%(field)s : %(message)s") % {"field": field, "message": message}


def _problem(error: Any) -> Problem:
    field, message = explain(error)
    first = str(error["loc"][0]) if error["loc"] else ""
    question = BY_KEY[_ASKED_BY.get(first, QUESTIONS[0].key)]
    return Problem(question, _named(field, message) if field else message)
