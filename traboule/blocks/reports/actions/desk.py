"""Setting up how problems are received: the plan, the places, the kinds, who looks first."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from traboule.kernel.files import actions as files
from traboule.kernel.files.checking import Prepared
from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.actions import must_be_open
from traboule.kernel.spaces.models import Space

from ..models import Category, Desk, Zone

MOST_ROWS = 60


@transaction.atomic
def set_up(*, space: Space, by: Person, looks_first: bool, plan: Iterable[Prepared] = ()) -> Desk:
    """Choose whether strangers' reports wait, and the plan of the place."""
    must_be_open(space)
    desk, _created = Desk.objects.select_for_update().get_or_create(space=space)
    desk.looks_first = looks_first
    for prepared in plan:
        alt = _("Plan du lieu")
        desk.plan = files.keep(prepared, space=space, by=by, alt=alt, public=True)
    desk.save()
    record("reports.set-up", desk, by=by)
    return desk


@transaction.atomic
def add_zone(
    *, space: Space, by: Person, name: str, x: int | None = None, y: int | None = None
) -> Zone:
    """Name a place of the space; named again, it is put elsewhere on the plan."""
    must_be_open(space)
    _check_room(space.report_zones.count())
    zone = space.report_zones.filter(name=name).first()
    last = space.report_zones.aggregate(last=Max("position"))["last"]
    zone = zone or Zone(space=space, name=name, position=(last or 0) + 1)
    zone.x, zone.y = x, y
    zone.full_clean(exclude=["space"])
    zone.save()
    record("reports.named-zone", zone, by=by)
    return zone


@transaction.atomic
def remove_zone(*, zone: Zone, by: Person) -> None:
    """Take a place off the list; reports keep their words."""
    must_be_open(zone.space)
    record("reports.removed-zone", zone, by=by)
    zone.delete()


@transaction.atomic
def add_category(*, space: Space, by: Person, name: str, days: int) -> Category:
    """Name a kind of problem and its usual days; named again, the days change."""
    must_be_open(space)
    _check_room(space.report_categories.count())
    category = space.report_categories.filter(name=name).first()
    last = space.report_categories.aggregate(last=Max("position"))["last"]
    category = category or Category(space=space, name=name, position=(last or 0) + 1)
    category.days = days
    category.full_clean(exclude=["space"])
    category.save()
    record("reports.named-category", category, by=by)
    return category


@transaction.atomic
def remove_category(*, category: Category, by: Person) -> None:
    """Take a kind of problem off the list."""
    must_be_open(category.space)
    record("reports.removed-category", category, by=by)
    category.delete()


def _check_room(number: int) -> None:
    if number >= MOST_ROWS:
        raise Refused(_("La liste est déjà longue : retirez d’abord une ligne."))
