"""Typing back the sheets of a pile, each once."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Max, QuerySet

from traboule.kernel.people.models import Person

from ..asked import Asked
from ..models import Door, Invitation, Response, Survey
from ..reading import Value
from . import answering


@transaction.atomic
def type_sheet(
    *,
    asked: Asked,
    batch: str,
    sheet: int,
    values: Mapping[int, Value],
    by: Person,
    invitation: Invitation | None = None,
) -> Response:
    """Keep what stands on one sheet of a pile. Raises Refused when that sheet is typed already."""
    response, _receipt = answering.begin(
        survey=asked.survey, door=Door.PAPER, by=by, batch=batch, sheet=sheet,
        invitation=invitation,
    )  # fmt: skip
    for number, value in values.items():
        answering.put(response=response, question=asked.by_number[number], value=value)
    answering.finish(response=response, by=by)
    return response


@dataclass(frozen=True)
class Pile:
    """Sheets typed under one label."""

    label: str
    number: int
    last: int


def piles(survey: Survey) -> list[Pile]:
    """The piles typed so far, with how many sheets and the last one's number."""
    typed: QuerySet[Response] = survey.responses.filter(sheet__isnull=False)
    found = typed.order_by("batch").values_list("batch").annotate(Count("pk"), Max("sheet"))
    return [Pile(label, number, last) for label, number, last in found]
