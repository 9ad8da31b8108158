"""Colleges, parity, quotas: what the group must look like."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.actions import must_be_open
from traboule.kernel.spaces.models import Space

from ..models import College, Quota, Roster


@transaction.atomic
def change_roster(
    *, space: Space, is_public: bool, parity: str, functions: Iterable[str], by: Person
) -> Roster:
    """Say whether anyone may read the composition, the rule of parity, the names of functions."""
    must_be_open(space)
    roster = Roster.locked(space)
    roster.is_public, roster.parity, roster.functions = is_public, parity, list(functions)
    roster.save()
    record("roster.changed-settings", roster, by=by, public=is_public, parity=parity)
    return roster


@transaction.atomic
def add_college(*, space: Space, name: str, seats: int, by: Person) -> College:
    """Make room for one more group. Raises Refused for a name that another one has."""
    must_be_open(space)
    Roster.locked(space)
    _check_name(space, name)
    last = space.colleges.last()
    college = space.colleges.create(
        name=name, seats=seats, position=last.position + 1 if last else 0
    )
    record("roster.added-college", college, by=by, seats=seats)
    return college


@transaction.atomic
def change_college(*, college: College, name: str, seats: int, by: Person) -> None:
    """Call it otherwise, or change its seats. Raises Refused below those that are held."""
    must_be_open(college.space)
    Roster.locked(college.space)
    _check_name(college.space, name, but=college)
    held = college.members.current().titular().count()
    if seats < held:
        raise Refused(
            _("%(n)d places sont occupées : gardez-en au moins autant, ou notez d’abord les "
              "départs.") % {"n": held}
        )  # fmt: skip
    college.name, college.seats = name, seats
    college.save(update_fields=["name", "seats"])
    record("roster.changed-college", college, by=by, seats=seats)


@transaction.atomic
def remove_college(*, college: College, by: Person) -> None:
    """Remove a group in which nobody ever sat. Raises Refused for another."""
    must_be_open(college.space)
    Roster.locked(college.space)
    if college.members.exists() or college.draw_candidates.exists():
        raise Refused(
            _("Des personnes font ou ont fait partie de ce collège : il reste, pour garder "
              "l’histoire. Vous pouvez changer son nom et ses places.")
        )  # fmt: skip
    record("roster.removed-college", college, by=by)
    college.delete()


@transaction.atomic
def add_quota(*, quota: Quota, by: Person) -> Quota:
    """Ask for so many people of some kind."""
    must_be_open(quota.space)
    quota.save()
    record("roster.added-quota", quota, by=by)
    return quota


@transaction.atomic
def remove_quota(*, quota: Quota, by: Person) -> None:
    """Ask for it no more."""
    must_be_open(quota.space)
    record("roster.removed-quota", quota, by=by)
    quota.delete()


def _check_name(space: Space, name: str, *, but: College | None = None) -> None:
    others = space.colleges.exclude(pk=but.pk) if but else space.colleges.all()
    if others.filter(name=name).exists():
        raise Refused(_("Un collège porte déjà ce nom."))
