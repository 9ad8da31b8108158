"""A sheet that does not exist yet, as it would be read."""

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from traboule.kernel.people.models import Organisation
from traboule.kernel.places.models import Commune
from traboule.ui import markdown

from .exchange.sheets import sheet_of
from .interview import Question, answers_from, told
from .models import Draft, Initiative, Result
from .sheet import SECTIONS, Sheet

_SAME_NAME = {
    "slug", "title", "summary", "theme", "state", "cost", "time", "people", "audiences",
    "tool_kinds", "milestones", "links", "video", "started", "ended",
}  # fmt: skip


@dataclass(frozen=True)
class Preview:
    """An initiative that was not saved, with its figures and its texts as safe HTML."""

    initiative: Initiative
    results: list[Result]
    sections: dict[str, SafeString]


@dataclass(frozen=True)
class Change:
    """A question whose answers differ from what the published sheet says."""

    question: Question
    before: list[tuple[str, str]]
    after: list[tuple[str, str]]


def preview(sheet: Sheet) -> Preview:
    """The sheet's parts as its page shows them. Reads one commune, writes nothing."""
    holder = Organisation(**sheet.holder.model_dump(mode="json", exclude_none=True))
    columns = {
        name: value or ("" if value is None else value)
        for name, value in sheet.model_dump(mode="json", include=_SAME_NAME).items()
    }
    contact = {f"contact_{name}": text or "" for name, text in sheet.contact}
    initiative = Initiative(
        **columns,
        **contact,
        holder=holder,
        commune=Commune.objects.select_related("department").get(code=sheet.place.commune),
        place_name=sheet.place.name,
    )
    results = [
        Result(**{**part.model_dump(), "source_date": part.source_date or ""})
        for part in sheet.results
    ]
    texts = {name: getattr(sheet, name) for name in SECTIONS}
    html = {name: mark_safe(markdown.render(text)) for name, text in texts.items()}  # noqa: S308
    return Preview(initiative, results, html)


def changes(draft: Draft) -> list[Change]:
    """What a correction changes, question by question; whom to call back is no change."""
    assert draft.initiative is not None  # noqa: S101 - only corrections change something.
    before = told(answers_from(sheet_of(draft.initiative)))
    after = told({**draft.answers, "callback_name": "", "callback_contact": ""})
    return [
        Change(old.question, old.lines, new.lines)
        for old, new in zip(before, after, strict=True)
        if old.lines != new.lines
    ]
