"""The questions of a survey in memory, with their choices and the ways between them."""

from collections.abc import Mapping

from django.db.models import Prefetch

from . import paths
from .models import Answer, Choice, Question, Response, Survey
from .reading import Value


class Asked:
    """All the questions of a survey, read in two queries."""

    def __init__(self, survey: Survey) -> None:
        choices = Choice.objects.select_related("leads_to").order_by("number")
        found = survey.questions.prefetch_related(Prefetch("choices", choices))
        self.survey = survey
        self.questions: list[Question] = list(found.order_by("number"))
        self.by_number = {question.number: question for question in self.questions}
        self.steps = [paths.Step(one.number, _leads(one)) for one in self.questions]

    def choices(self, question: Question) -> list[Choice]:
        """The choices of a question in order, none for the other kinds."""
        return list(self.by_number[question.number].choices.all())

    def path(self, values: Mapping[int, Value]) -> list[int]:
        """The numbers of the questions that somebody meets who answers this so far."""
        return paths.path(self.steps, self._chosen(values))

    def after(self, number: int, values: Mapping[int, Value]) -> int:
        """The number of the question after that one; ``paths.END`` when it was the last."""
        return paths.after(self.steps, number, self._chosen(values).get(number))

    def before(self, number: int, values: Mapping[int, Value]) -> int:
        """The number of the question that led to that one; 0 for the first."""
        met = self.path(values)
        return met[met.index(number) - 1] if number in met[1:] else 0

    def missing(self, values: Mapping[int, Value]) -> list[Question]:
        """The questions on the way that must be answered and are not."""
        met = [self.by_number[number] for number in self.path(values)]
        return [one for one in met if one.required and not values.get(one.number)]

    def _chosen(self, values: Mapping[int, Value]) -> dict[int, int]:
        return {
            number: value.choices[0].number
            for number, value in values.items()
            if value.choices and number in self.by_number and self.by_number[number].branches
        }


def values_of(response: Response) -> dict[int, Value]:
    """What a response says, by the number of the question."""
    rows = response.answers.select_related("question", "file").prefetch_related("choices")
    return {row.question.number: value_of(row) for row in rows.order_by("question__number")}


def value_of(row: Answer) -> Value:
    """What was said to one question."""
    return Value(tuple(row.choices.all()), row.number, row.day, row.text, row.file)


def _leads(question: Question) -> dict[int, int]:
    return {
        choice.number: choice.leads_to.number if choice.leads_to else paths.END
        for choice in question.choices.all()
        if choice.ends or choice.leads_to
    }
