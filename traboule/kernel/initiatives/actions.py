"""Changes to sheets: each one atomic, in the journal, and in the search index."""

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from traboule.kernel.journal.actions import record
from traboule.kernel.people.models import Organisation, Person
from traboule.kernel.places.models import Commune, PriorityNeighbourhood
from traboule.ui import markdown

from . import search
from .loader import CompendiumError, read_folder
from .mistakes import Mistake
from .models import Initiative, Job, Lineage, Partnership, Result
from .sheet import SECTIONS, Sheet
from .vocabulary import Origin, Theme

_COPIED = (
    "title", "summary", "theme", "state", "cost", "time", "people", "audiences", "tool_kinds"
)  # fmt: skip


class UnknownReferenceError(Exception):
    """A sheet names a commune or another sheet that does not exist; ``field`` says where."""

    def __init__(self, field: str, message: str) -> None:
        self.field, self.message = field, message
        super().__init__(f"{field} : {message}")


@transaction.atomic
def publish_sheets(
    sheets: Iterable[Sheet], *, origin: Origin, by: Person | None = None
) -> list[Initiative]:
    """Publish these sheets, in place of those of the same slug. All or none."""
    saved = [(_save(sheet, origin=origin, by=by), sheet) for sheet in sheets]
    for initiative, sheet in saved:
        _link_parents(initiative, sheet)
    search.index(Initiative.objects.for_export().filter(pk__in=[i.pk for i, _sheet in saved]))
    return [initiative for initiative, _sheet in saved]


def publish_sheet(sheet: Sheet, *, origin: Origin, by: Person | None = None) -> Initiative:
    """Publish one sheet, in place of the one of the same slug."""
    (initiative,) = publish_sheets([sheet], origin=origin, by=by)
    return initiative


@transaction.atomic
def revise(initiative: Initiative, *, by: Person) -> None:
    """Bring what is derived from a sheet up to date with what was changed by hand."""
    initiative.html = {name: markdown.render(text) for name, text in initiative.texts.items()}
    initiative.save(update_fields=["html", "revised_at"])
    if initiative.published_at:
        search.index(Initiative.objects.for_export().filter(pk=initiative.pk))
    else:
        search.forget(initiative)
    record("initiative.revised", initiative, by=by)


@transaction.atomic
def add_partner(initiative: Initiative, *, name: str, role: str, by: Person) -> Partnership:
    """Name an organisation that takes part, or correct what it brings."""
    partnership, created = Partnership.objects.update_or_create(
        initiative=initiative,
        organisation=_organisation(name),
        defaults={"role": role},
        create_defaults={"role": role, "position": initiative.partnerships.count()},
    )
    _redraw(initiative)
    act = "initiative.partner-added" if created else "initiative.partner-changed"
    record(act, initiative, by=by, partner=partnership.organisation_id)
    return partnership


@transaction.atomic
def remove_partner(partnership: Partnership, *, by: Person) -> None:
    """Say that an organisation takes part no more."""
    partnership.delete()
    _redraw(partnership.initiative)
    act, partner = "initiative.partner-removed", partnership.organisation_id
    record(act, partnership.initiative, by=by, partner=partner)


def _redraw(initiative: Initiative) -> None:
    """Have its sheet drawn again, and found by the names that are on it now."""
    initiative.save(update_fields=["revised_at"])
    search.index(Initiative.objects.for_export().published().filter(pk=initiative.pk))


@transaction.atomic
def withdraw(initiative: Initiative, *, by: Person, reason: str) -> None:
    """Take a sheet out of public sight. It is kept."""
    initiative.published_at = None
    initiative.save(update_fields=["published_at", "revised_at"])
    search.forget(initiative)
    record("initiative.withdrawn", initiative, by=by, reason=reason)


def load_compendium(folder: Path, *, update: bool = False) -> list[Initiative]:
    """Publish the sheet files of a folder that are not here yet (all of them with ``update``).

    Raises CompendiumError, and changes nothing, if any file has a mistake.
    """
    sheets = read_folder(folder)
    check_references(sheets)
    known = set(Initiative.objects.values_list("slug", flat=True)) if not update else set()
    new = [sheet for sheet in sheets if sheet.slug not in known]
    return publish_sheets(reversed(_one_of_each_theme_first(new)), origin=Origin.REPORTED)


def _one_of_each_theme_first(sheets: list[Sheet]) -> list[Sheet]:
    """The order in which to discover a compendium: themes in turn, the fullest sheets first.

    The newest sheet is listed first, so they are published from the last to the first.
    """
    fullest = sorted(sheets, key=lambda sheet: (-len(sheet.results), sheet.slug))
    rank = {
        sheet.slug: (turn, theme)
        for theme in Theme
        for turn, sheet in enumerate(s for s in fullest if s.theme == theme)
    }
    order = list(Theme)
    return sorted(sheets, key=lambda s: (rank[s.slug][0], order.index(rank[s.slug][1])))


def check_references(sheets: list[Sheet]) -> None:
    """Refuse communes and parents that exist neither here nor among these sheets."""
    codes = {sheet.place.commune for sheet in sheets}
    communes = set(Commune.objects.filter(code__in=codes).values_list("code", flat=True))
    parents = {slug for sheet in sheets for slug in sheet.inspired_by}
    known = {sheet.slug for sheet in sheets} | set(
        Initiative.objects.filter(slug__in=parents).values_list("slug", flat=True)
    )
    mistakes = [
        Mistake(f"{sheet.slug}.md", 1, "place.commune", _no_commune(sheet.place.commune))
        for sheet in sheets
        if sheet.place.commune not in communes
    ] + [
        Mistake(f"{sheet.slug}.md", 1, "inspired_by", _no_parent(slug))
        for sheet in sheets
        for slug in sheet.inspired_by
        if slug not in known
    ]
    if mistakes:
        raise CompendiumError(mistakes)


def _no_commune(code: str) -> str:
    return f"aucune commune n’a le code INSEE {code}"


def _no_parent(slug: str) -> str:
    return f"aucune fiche ne s’appelle {slug}"


def _save(sheet: Sheet, *, origin: Origin, by: Person | None) -> Initiative:
    commune = Commune.objects.filter(code=sheet.place.commune).first()
    if commune is None:
        raise UnknownReferenceError("place.commune", _no_commune(sheet.place.commune))
    fields = _fields(sheet, commune) | {"origin": origin, "published_at": timezone.now()}
    initiative, is_new = Initiative.objects.update_or_create(slug=sheet.slug, defaults=fields)
    initiative.results.all().delete()
    Result.objects.bulk_create(
        Result(
            initiative=initiative,
            position=position,
            **result.model_dump(exclude={"source_date"}),
            source_date=result.source_date or "",
        )
        for position, result in enumerate(sheet.results)
    )
    initiative.partnerships.all().delete()
    Partnership.objects.bulk_create(
        Partnership(
            initiative=initiative,
            organisation=_organisation(partner.name),
            role=partner.role,
            position=position,
        )
        for position, partner in enumerate(sheet.partners)
    )
    record("initiative.published" if is_new else "initiative.revised", initiative, by=by)
    return initiative


def _fields(sheet: Sheet, commune: Commune) -> dict[str, Any]:
    """The sheet as columns of an initiative."""
    place, contact = sheet.place, sheet.contact
    latitude = commune.latitude if place.latitude is None else place.latitude
    longitude = commune.longitude if place.longitude is None else place.longitude
    texts = {name: getattr(sheet, name) for name in SECTIONS if getattr(sheet, name)}
    return {
        **sheet.model_dump(mode="json", include=set(_COPIED)),
        "holder": _organisation(
            sheet.holder.name, kind=sheet.holder.kind, website=sheet.holder.website or ""
        ),
        "commune": commune,
        "place_name": place.name,
        "latitude": latitude,
        "longitude": longitude,
        "neighbourhood": PriorityNeighbourhood.objects.containing(latitude, longitude),
        "started": sheet.started or "",
        "ended": sheet.ended or "",
        "confirmed": sheet.confirmed or "",
        "milestones": [part.model_dump(mode="json") for part in sheet.milestones],
        "links": [part.model_dump(mode="json") for part in sheet.links],
        "video": sheet.video or "",
        "source": sheet.source and sheet.source.model_dump(mode="json"),
        "contact_name": contact.name,
        "contact_phone": contact.phone,
        "contact_email": contact.email,
        "contact_website": contact.website or "",
        "texts": texts,
        "html": {name: markdown.render(text) for name, text in texts.items()},
    }


def _organisation(name: str, **fields: str) -> Organisation:
    """The organisation of that name, made if it is new, completed if it was barely known."""
    organisation = Organisation.objects.filter(name=name).order_by("pk").first()
    if organisation is None:
        return Organisation.objects.create(name=name, **fields)
    missing = {
        key: value for key, value in fields.items() if value and not getattr(organisation, key)
    }
    if missing:
        Organisation.objects.filter(pk=organisation.pk).update(**missing)
    return organisation


def _link_parents(initiative: Initiative, sheet: Sheet) -> None:
    parents = Initiative.objects.in_bulk(sheet.inspired_by, field_name="slug")
    if missing := set(sheet.inspired_by) - set(parents):
        raise UnknownReferenceError("inspired_by", _no_parent(min(missing)))
    initiative.parent_links.all().delete()
    Lineage.objects.bulk_create(
        Lineage(parent=parent, child=initiative) for parent in parents.values()
    )


@transaction.atomic
def find_neighbourhoods() -> int:
    """Find again the priority neighbourhood of every sheet, after new ones were loaded. Changes."""
    moved = []
    for initiative in Initiative.objects.order_by("pk").iterator():
        place = PriorityNeighbourhood.objects.containing(initiative.latitude, initiative.longitude)
        if initiative.neighbourhood_id != (place.pk if place else None):
            initiative.neighbourhood = place
            moved.append(initiative)
    Initiative.objects.bulk_update(moved, ["neighbourhood"], batch_size=200)
    return len(moved)


def purge_jobs(*, today: datetime.date) -> int:
    """Let go of the background jobs older than thirty days, and their files. How many."""
    limit = today - datetime.timedelta(days=30)
    old = list(Job.objects.filter(created_at__date__lt=limit).order_by("pk")[:1000])
    for job in old:
        for file in (job.input, job.output):
            if file:
                file.delete(save=False)
        job.delete()
    return len(old)
