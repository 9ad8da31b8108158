"""Loads communes and priority neighbourhoods. Each action does all of its work or none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import shapely
from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from .models import Commune, Department, Epci, PostalCode, PriorityNeighbourhood, Region
from .names import fold
from .official import BadFileError, OfficialCommune, OfficialNeighbourhood
from .shipped import CommuneRow, Places, shipped

BATCH = 3000


@dataclass(frozen=True)
class Loaded:
    """What a loading did: rows written, rows removed, rows gone but kept as something uses them."""

    written: int
    removed: int = 0
    kept: int = 0


@transaction.atomic
def load_communes(*, places: Places | None = None) -> Loaded:
    """Bring the communes in line with a list (by default the shipped one), as often as you like.

    A point that an official file brought is not replaced by the list's. A commune that is no
    longer in the list goes, unless something refers to it.
    """
    places = places or shipped()
    _upsert(Region, [Region(code=code, name=name) for code, name in places.regions])
    _upsert(Department, [Department(code=c, name=n, region_id=r) for c, n, r in places.departments])
    _upsert(Epci, [Epci(siren=siren, name=name) for siren, name in places.epcis])
    known = Commune.objects.filter(approximate=False)
    points = {c: (lat, lon) for c, lat, lon in known.values_list("code", "latitude", "longitude")}
    _upsert(Commune, [_commune(row, points.get(row.code)) for row in places.communes])
    _set_postal_codes({row.code: row.postal_codes for row in places.communes})
    gone = set(Commune.objects.values_list("code", flat=True)) - {c.code for c in places.communes}
    return _remove(Commune.objects.filter(code__in=gone), written=len(places.communes))


@transaction.atomic
def refresh_communes(*, official: Sequence[OfficialCommune]) -> Loaded:
    """Give the communes of an official file their exact point, new population and postal codes.

    A commune not known before is added to the department that its code begins with.
    """
    known = {commune.code: commune for commune in Commune.objects.all()}
    departments = set(Department.objects.values_list("code", flat=True))
    strays = [row for row in official if _department_of(row.code) not in departments]
    if strays:
        text = _("Commune %(code)s, champ « code » : département inconnu.")
        raise BadFileError([text % {"code": row.code} for row in strays])
    communes = [
        _refreshed(known.get(row.code) or Commune(department_id=_department_of(row.code)), row)
        for row in official
    ]
    _upsert(Commune, communes)
    _set_postal_codes(
        {row.code: row.postal_codes for row in official if row.postal_codes is not None}
    )
    return Loaded(written=len(communes))


@transaction.atomic
def load_neighbourhoods(*, official: Sequence[OfficialNeighbourhood], vintage: int) -> Loaded:
    """Bring in priority neighbourhoods of one vintage; older vintages go unless referred to."""
    communes = set(Commune.objects.values_list("code", flat=True))
    rows = [_neighbourhood(row, communes, vintage) for row in official]
    fields = [f.name for f in PriorityNeighbourhood._meta.concrete_fields if f.name != "id"]
    PriorityNeighbourhood.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=[name for name in fields if name != "code"],
    )
    return _remove(PriorityNeighbourhood.objects.filter(vintage__lt=vintage), written=len(rows))


def _upsert(model: type[models.Model], rows: list) -> None:
    """Insert or update by primary key."""
    key = model._meta.pk.name
    model._default_manager.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=[key],
        update_fields=[f.name for f in model._meta.concrete_fields if f.name != key],
    )


def _commune(row: CommuneRow, point: tuple[float, float] | None) -> Commune:
    latitude, longitude = point or (row.latitude, row.longitude)
    return Commune(
        code=row.code,
        name=row.name,
        department_id=row.department,
        epci_id=row.epci or None,
        population=row.population,
        latitude=latitude,
        longitude=longitude,
        approximate=row.approximate and point is None,
        search_name=fold(row.name),
    )


def _refreshed(commune: Commune, row: OfficialCommune) -> Commune:
    commune.code, commune.name, commune.search_name = row.code, row.name, fold(row.name)
    commune.latitude, commune.longitude = row.latitude, row.longitude
    commune.approximate = False
    if row.population is not None:
        commune.population = row.population
    return commune


def _department_of(code: str) -> str:
    return code[:3] if code.startswith(("97", "98")) else code[:2]


def _neighbourhood(
    row: OfficialNeighbourhood, communes: set[str], vintage: int
) -> PriorityNeighbourhood:
    west, south, east, north = row.shape.bounds
    return PriorityNeighbourhood(
        code=row.code,
        name=row.name,
        commune_id=row.commune if row.commune in communes else None,
        geometry=shapely.geometry.mapping(row.shape),
        west=west,
        south=south,
        east=east,
        north=north,
        vintage=vintage,
    )


def _set_postal_codes(codes_of: dict[str, Iterable[str]]) -> None:
    """Give these communes exactly these postal codes; leave the others as they are."""
    wanted = {(code, commune) for commune, codes in codes_of.items() for code in codes}
    held = {
        (code, commune): pk
        for pk, code, commune in PostalCode.objects.values_list("pk", "code", "commune_id")
        if commune in codes_of
    }
    stale = [pk for pair, pk in held.items() if pair not in wanted]
    for start in range(0, len(stale), BATCH):
        PostalCode.objects.filter(pk__in=stale[start : start + BATCH]).delete()
    PostalCode.objects.bulk_create(
        [PostalCode(code=code, commune_id=commune) for code, commune in sorted(wanted - set(held))],
        batch_size=BATCH,
    )


def _remove(gone: models.QuerySet, *, written: int) -> Loaded:
    """Delete one by one what nothing protects, and count both."""
    removed = kept = 0
    for thing in gone:
        try:
            with transaction.atomic():
                thing.delete()
            removed += 1
        except ProtectedError:
            kept += 1
    return Loaded(written=written, removed=removed, kept=kept)
