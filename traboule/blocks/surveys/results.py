"""What came out of a survey, said honestly: how many, of how many, and what one cannot say."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median, quantiles

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from .asked import Asked
from .models import Answer, Door, Question, Response, Survey
from .models.response import ResponseQuerySet
from .reading import Value, number_said

TEXTS_SHOWN = 100
"""Written answers on the page and on paper; all of them stand in the table."""


@dataclass(frozen=True)
class Line:
    """One choice and how many took it; ``percent`` of those who answered, if they are enough."""

    label: str
    count: int
    of: int
    percent: int | None


@dataclass
class Result:
    """What was answered to one question."""

    question: Question
    asked: int
    """How many met the question: some ways pass beside it."""
    answered: int
    enough: bool
    """Whether so many answered that a percentage means something."""
    lines: list[Line] = field(default_factory=list)
    middle: str = ""
    texts: list[Answer] = field(default_factory=list)
    waiting: int = 0
    hidden: int = 0

    @property
    def silent(self) -> int:
        """How many met the question and did not answer."""
        return self.asked - self.answered


@dataclass
class Results:
    """All that came out of a survey, or of one of its doors."""

    survey: Survey
    total: int
    aside: int
    unfinished: int
    again: int
    doors: list[tuple[str, str, int]]
    questions: list[Result]


def of(survey: Survey, *, door: str = "") -> Results:
    """What counts, of all doors or of one, in a fixed number of queries."""
    asked = Asked(survey)
    counted = survey.responses.counted()
    by_door = dict(counted.order_by("door").values_list("door").annotate(Count("pk")))
    if door:
        counted = counted.filter(door=door)
    apart = survey.responses.aggregate(
        aside=Count("pk", filter=Q(aside_at__isnull=False)),
        unfinished=Count("pk", filter=Q(finished_at=None)),
        again=Count("pk", filter=Q(is_again=True, finished_at__isnull=False, aside_at=None)),
    )
    total = counted.count()
    return Results(
        survey=survey,
        total=total,
        doors=[(one.value, str(one.label), by_door[one]) for one in Door if by_door.get(one)],
        questions=_results(asked, counted, total),
        **apart,
    )


def _results(asked: Asked, counted: ResponseQuerySet, total: int) -> list[Result]:
    answers = Answer.objects.filter(response__in=counted).order_by()
    said = dict(answers.values_list("question").annotate(Count("pk")))
    taken = dict(answers.filter(choices__isnull=False).values_list("choices").annotate(Count("pk")))
    numbers = _numbers(answers.filter(number__isnull=False))
    days = _days(answers)
    texts = _texts(answers)
    states = _states(answers)
    met = _met(asked, counted, total)
    found = []
    for question in asked.questions:
        answered = said.get(question.pk, 0)
        result = Result(question, met[question.number], answered, answered >= settings.SMALL_GROUP)
        if question.is_chosen:
            pairs = [(one.text, taken.get(one.pk, 0)) for one in asked.choices(question)]
            result.lines = _lines(pairs, answered)
        elif question.kind == Question.Kind.SCALE:
            result.lines = _lines(_marks(question, numbers[question.pk]), answered)
        if question.kind in (Question.Kind.NUMBER, Question.Kind.SCALE):
            result.middle = middle_said(numbers[question.pk])
        elif question.kind == Question.Kind.DATE and days[question.pk]:
            result.middle = _("Du %(first)s au %(last)s.") % {
                "first": f"{min(days[question.pk]):%d/%m/%Y}",
                "last": f"{max(days[question.pk]):%d/%m/%Y}",
            }
        result.texts = texts[question.pk]
        result.waiting = states[question.pk, Answer.Moderation.WAITING]
        result.hidden = states[question.pk, Answer.Moderation.HIDDEN]
        found.append(result)
    return found


def middle_said(numbers: list[Decimal]) -> str:
    """The median and the middle half in words: no mean, which one large number would pull.

    >>> middle_said([])
    ''
    """
    if not numbers:
        return ""
    half = _("La moitié répond %(median)s ou moins, l’autre moitié %(median)s ou plus.") % {
        "median": number_said(Decimal(median(numbers)))
    }
    if len(numbers) < settings.SMALL_GROUP:
        return half
    low, _middle, high = quantiles(sorted(numbers), n=4, method="inclusive")
    between = _("Une personne sur deux se situe entre %(low)s et %(high)s.") % {
        "low": number_said(Decimal(low)),
        "high": number_said(Decimal(high)),
    }
    return f"{half} {between}"


def _lines(pairs: Iterable[tuple[str, int]], answered: int) -> list[Line]:
    enough = answered >= settings.SMALL_GROUP
    return [
        Line(label, count, answered, round(100 * count / answered) if enough else None)
        for label, count in pairs
    ]


def _marks(question: Question, numbers: list[Decimal]) -> list[tuple[str, int]]:
    """The five marks with what the ends mean."""
    counts = Counter(int(number) for number in numbers)
    ends = {1: question.low_words, 5: question.high_words}
    return [
        (f"{mark} – {ends[mark]}" if ends.get(mark) else str(mark), counts[mark])
        for mark in range(1, 6)
    ]


def _numbers(answers: QuerySet[Answer]) -> dict[int, list[Decimal]]:
    found: dict[int, list[Decimal]] = defaultdict(list)
    for question, number in answers.values_list("question", "number"):
        if number is not None:
            found[question].append(number)
    return found


def _days(answers: QuerySet[Answer]) -> dict[int, list[datetime.date]]:
    found: dict[int, list[datetime.date]] = defaultdict(list)
    for question, day in answers.values_list("question", "day"):
        if day is not None:
            found[question].append(day)
    return found


def _texts(answers: QuerySet[Answer]) -> dict[int, list[Answer]]:
    """The written answers that the team shows, the first ones of each question."""
    found: dict[int, list[Answer]] = defaultdict(list)
    shown = answers.filter(moderation=Answer.Moderation.SHOWN).exclude(text="", summary="")
    for answer in shown.order_by("question", "pk"):
        if len(found[answer.question_id]) < TEXTS_SHOWN:
            found[answer.question_id].append(answer)
    return found


def _states(answers: QuerySet[Answer]) -> Counter[tuple[int, str]]:
    written = answers.exclude(text="", file=None)
    rows = written.values_list("question", "moderation").annotate(number=Count("pk"))
    return Counter({(question, state): number for question, state, number in rows})


def _met(asked: Asked, counted: ResponseQuerySet, total: int) -> Counter[int]:
    """How many met each question, on the way that their choices made."""
    ways: dict[int, dict[int, Value]] = defaultdict(dict)
    branching = [one.pk for one in asked.questions if asked.steps[one.number - 1].leads]
    choices = {choice.pk: choice for one in asked.questions for choice in asked.choices(one)}
    if branching:
        rows = Answer.objects.filter(
            response__in=counted, question__in=branching, choices__isnull=False
        )
        for response, number, choice in rows.order_by().values_list(
            "response", "question__number", "choices"
        ):
            ways[response][number] = Value(choices=(choices[choice],))
    same = Counter(
        tuple(sorted((number, value.choices[0].pk) for number, value in way.items()))
        for way in ways.values()
    )
    same[()] += total - len(ways)
    met: Counter[int] = Counter()
    for way, count in same.items():
        values = {number: Value(choices=(choices[choice],)) for number, choice in way}
        for number in asked.path(values):
            met[number] += count
    return met


def doors_said(results: Results) -> str:
    """« 12 en ligne, 4 sur papier »."""
    return ", ".join(f"{count} {label}" for _key, label, count in results.doors)


def waiting_texts(survey: Survey) -> int:
    """How many written answers the team has not read yet."""
    return Answer.objects.filter(
        response__in=Response.objects.counted().filter(survey=survey),
        moderation=Answer.Moderation.WAITING,
    ).exclude(text="", file=None).count()  # fmt: skip
