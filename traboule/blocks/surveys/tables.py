"""All responses as a table that a spreadsheet opens: a row a response, a column a question."""

from collections.abc import Iterator

from django.http import StreamingHttpResponse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from traboule.ui.downloads import table

from .asked import Asked, value_of
from .models import Response, Survey
from .reading import said


def as_csv(survey: Survey) -> StreamingHttpResponse:
    """Every response that was sent, those set aside with their reason; never a person."""
    return table(rows(survey), "enquete", survey.title)


def rows(survey: Survey) -> Iterator[list[str]]:
    """The head, then each response."""
    asked = Asked(survey)
    head = [_("Réponse"), _("Porte"), _("Jour"), _("Secondes"), _("Mise de côté")]
    titles = [f"{one.number}. {one.text}" for one in asked.questions]
    yield [*head, *titles]
    sent = survey.responses.finished().order_by("pk")
    found = sent.prefetch_related("answers__choices", "answers__question", "answers__file")
    for number, response in enumerate(found, 1):
        spoken = {row.question.number: row.summary for row in response.answers.all()}
        values = {row.question.number: value_of(row) for row in response.answers.all()}
        cells = [
            " | ".join(choice.text for choice in values[one.number].choices)
            or spoken.get(one.number)
            or said(values[one.number])
            if one.number in values
            else ""
            for one in asked.questions
        ]
        yield [*_about(number, response), *cells]


def _about(number: int, response: Response) -> list[str]:
    assert response.finished_at  # noqa: S101 (only those that were sent)
    spent = (response.finished_at - response.started_at).total_seconds()
    return [
        str(number),
        str(response.get_door_display()),
        f"{localtime(response.finished_at):%d/%m/%Y}",
        str(round(spent)) if response.is_own else "",
        response.aside_because,
    ]
