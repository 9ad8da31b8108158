"""Writing the questions; once somebody may have answered, only their wording still changes."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.actions import must_be_open
from traboule.kernel.spaces.models import Space

from .. import paths
from ..asked import Asked
from ..models import Choice, Question, Survey

MOST_QUESTIONS = 40
MOST_CHOICES = 20
COPIED = ("intro", "thanks", "who", "shown", "one_a_device", "reach")
_FAR = 1000
"""Numbers are unique at every moment: those that move step aside first."""


@transaction.atomic
def create_survey(*, space: Space, by: Person, **fields: object) -> Survey:
    """Prepare a survey without questions yet."""
    must_be_open(space)
    survey = Survey(space=space, by=by, **fields)
    survey.full_clean(exclude=["space", "by"])
    survey.save()
    record("surveys.created", survey, by=by)
    return survey


@transaction.atomic
def change_survey(*, survey: Survey, by: Person, **fields: object) -> None:
    """Change its words, dates and who sees it. Who may answer changes in preparation only."""
    locked = _changeable(survey)
    if not locked.is_draft and fields.get("who", locked.who) != locked.who:
        raise Refused(
            _("L’enquête est déjà ouverte : on ne change plus qui peut répondre. Copiez-la.")
        )
    for name, value in fields.items():
        setattr(locked, name, value)
    locked.full_clean(exclude=["space", "by"])
    locked.save()
    record("surveys.changed", locked, by=by)


@transaction.atomic
def add_question(
    *, survey: Survey, choices: Sequence[str] = (), by: Person, **fields: object
) -> Question:
    """Ask one more thing, at the end. Raises Refused once the survey is open."""
    locked = _draft(survey)
    last = locked.questions.order_by("number").last()
    if last and last.number >= MOST_QUESTIONS:
        raise Refused(_("Quarante questions, c’est déjà beaucoup : faites deux enquêtes."))
    question = Question(survey=locked, number=(last.number if last else 0) + 1, **fields)
    question.required = question.required and not question.is_spoken
    question.full_clean()
    question.save()
    _write_choices(question, choices)
    record("surveys.added-question", locked, by=by, number=question.number)
    return question


@transaction.atomic
def change_question(
    *, question: Question, choices: Sequence[str] = (), by: Person, **fields: object
) -> None:
    """Change a question; of an open survey, correct its wording only. Raises Refused."""
    survey = _changeable(question.survey)
    question = Question.objects.get(pk=question.pk)
    kept = (question.kind, question.required, question.choices.count())
    for name, value in fields.items():
        setattr(question, name, value)
    question.required = question.required and not question.is_spoken
    number = _number_of_choices(question, choices)
    if not survey.is_draft and kept != (question.kind, question.required, number):
        raise Refused(
            _("On répond déjà à cette enquête : corrigez seulement les mots. Pour changer la "
              "question, copiez l’enquête.")
        )  # fmt: skip
    question.full_clean()
    question.save()
    _write_choices(question, choices)
    record("surveys.changed-question", survey, by=by, number=question.number)


@transaction.atomic
def move_question(*, question: Question, up: bool, by: Person) -> int:
    """Exchange a question with its neighbour; how many ways led backwards and were taken away."""
    survey = _draft(question.survey)
    other = survey.questions.filter(number=question.number + (-1 if up else 1)).first()
    if other is None:
        return 0
    here, there = question.number, other.number
    for one, number in ((question, _FAR), (other, here), (question, there)):
        survey.questions.filter(pk=one.pk).update(number=number)
    record("surveys.moved-question", survey, by=by, number=there)
    return _drop_wrong_ways(survey)


@transaction.atomic
def remove_question(*, question: Question, by: Person) -> None:
    """Ask one thing less; the next ones move up, and ways that led to it go on."""
    survey = _draft(question.survey)
    number = question.number
    question.delete()
    later = survey.questions.filter(number__gt=number)
    later.update(number=F("number") + _FAR)
    survey.questions.filter(number__gt=_FAR).update(number=F("number") - _FAR - 1)
    record("surveys.removed-question", survey, by=by, number=number)


@transaction.atomic
def set_ways(*, question: Question, ways: Mapping[int, int | None], by: Person) -> None:
    """Say where each choice leads: choice → number of a later question, END, or None to go on.

    Raises Refused for a way that is not forward.
    """
    survey = _draft(question.survey)
    if not question.branches:
        raise Refused(_("Seul un choix unique peut mener ailleurs."))
    later = {one.number: one for one in survey.questions.filter(number__gt=question.number)}
    for choice in question.choices.order_by("number"):
        target = ways.get(choice.number)
        if target not in (None, paths.END) and target not in later:
            raise Refused(_("Un choix ne peut mener qu’à une question plus loin."))
        choice.ends = target == paths.END
        choice.leads_to = later.get(target) if target else None
        choice.save()
    record("surveys.set-ways", survey, by=by, number=question.number)


@transaction.atomic
def copy_survey(*, survey: Survey, by: Person) -> Survey:
    """The same questions again, to be changed: a new draft, without any answer."""
    must_be_open(survey.space)
    asked = Asked(survey)
    title = _("%(title)s (copie)") % {"title": survey.title[:110]}
    copied = {name: getattr(survey, name) for name in COPIED}
    copy = Survey.objects.create(space=survey.space, by=by, title=title, **copied)
    questions = {
        one.number: Question.objects.create(
            survey=copy, number=one.number, kind=one.kind, text=one.text, help=one.help,
            required=one.required, low_words=one.low_words, high_words=one.high_words,
        )
        for one in asked.questions
    }  # fmt: skip
    Choice.objects.bulk_create(
        Choice(
            question=questions[one.number], number=choice.number, text=choice.text,
            ends=choice.ends,
            leads_to=questions[choice.leads_to.number] if choice.leads_to else None,
        )
        for one in asked.questions
        for choice in asked.choices(one)
    )  # fmt: skip
    record("surveys.copied", copy, by=by, copy_of=survey.pk)
    return copy


def _write_choices(question: Question, texts: Sequence[str]) -> None:
    """Give a question these choices in order; those that stay keep where they lead."""
    if question.kind == Question.Kind.YES_NO:
        texts = [_("Oui"), _("Non")]
    elif not question.is_chosen:
        texts = []
    if question.is_chosen and not 2 <= len(texts) <= MOST_CHOICES:
        raise Refused(_("Proposez de deux à vingt choix, un par ligne."))
    question.choices.filter(number__gt=len(texts)).delete()
    for number, text in enumerate(texts, 1):
        Choice.objects.update_or_create(
            question=question, number=number, defaults={"text": text[:120]}
        )
    if not question.branches:
        question.choices.update(leads_to=None, ends=False)


def _number_of_choices(question: Question, texts: Sequence[str]) -> int:
    if question.kind == Question.Kind.YES_NO:
        return 2
    return len(texts) if question.is_chosen else 0


def _drop_wrong_ways(survey: Survey) -> int:
    """Take away the ways that lead backwards since questions moved."""
    wrong = Choice.objects.filter(
        question__survey=survey, leads_to__number__lte=F("question__number")
    )
    return Choice.objects.filter(pk__in=list(wrong.values_list("pk", flat=True))).update(
        leads_to=None
    )


def _changeable(survey: Survey) -> Survey:
    """The survey, kept from others who change it. Raises Refused when its space is closed."""
    must_be_open(survey.space)
    return Survey.objects.select_for_update().get(pk=survey.pk)


def _draft(survey: Survey) -> Survey:
    locked = _changeable(survey)
    if not locked.is_draft:
        raise Refused(
            _("L’enquête est ouverte : on ne change plus ses questions. Copiez-la, ou remettez-la "
              "en préparation si personne n’a encore répondu.")
        )  # fmt: skip
    return locked
