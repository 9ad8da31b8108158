"""Seeing to problems: looking, taking in hand, planning, closing, passing on."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.kernel.files.checking import Prepared
from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.actions import must_be_open
from traboule.kernel.spaces.rules import can_facilitate

from .. import messages
from ..models import Follow, Report, State
from .reporting import add_photos


@transaction.atomic
def look(*, report: Report, by: Person) -> None:
    """Someone of the team looked at what a stranger sent: readers see it now. Repeatable."""
    report = _locked(report)
    if report.shown_at is None:
        report.shown_at = timezone.now()
        report.save(update_fields=["shown_at"])
        report.open_photos()
        record("reports.looked-at", report, by=by)


@transaction.atomic
def take(
    *, report: Report, by: Person, owner: Person | None = None, due_on: datetime.date | None = None
) -> Report:
    """Take the problem in hand, or give it to someone of the team, for a day.

    Raises Refused when someone else has it already.
    """
    owner = owner or by
    report = _locked(report)
    if report.state == State.TAKEN and report.owner_id == by.pk == owner.pk and not due_on:
        return report
    if report.state == State.TAKEN and report.owner_id not in {None, by.pk}:
        raise Refused(_("%(name)s s’en occupe déjà.") % {"name": report.owner})
    _check_move(report, State.TAKEN)
    if not can_facilitate(owner, report.space):
        raise Refused(_("Cette personne n’est pas de l’équipe : choisissez-en une autre."))
    was_taken = report.state == State.TAKEN
    before = report.due_on
    report.state, report.owner = State.TAKEN, owner
    report.due_on = max(due_on or report.due_on, timezone.localdate())
    report.save(update_fields=["state", "owner", "due_on"])
    _show(report)
    record("reports.took", report, by=by, owner=owner.pk, due_on=f"{report.due_on:%Y-%m-%d}")
    if not was_taken or before != report.due_on:
        messages.taken(report)
    if owner.pk != by.pk:
        messages.entrusted(report, by=by)
    return report


@transaction.atomic
def give_back(*, report: Report, by: Person) -> None:
    """Leave the problem to someone else. Repeatable."""
    report = _locked(report)
    if report.state == State.TAKEN:
        # One more chance for others: what nobody has is to be taken again.
        report.owner = None
        report.save(update_fields=["owner"])
        record("reports.gave-back", report, by=by)


@transaction.atomic
def close(
    *, report: Report, by: Person, words: str = "", photos: Iterable[Prepared] = ()
) -> Report:
    """It is repaired: say how, show it by photo; those who follow are told. Repeatable."""
    return _settle(report, State.DONE, by=by, words=words, photos=photos)


@transaction.atomic
def pass_on(*, report: Report, by: Person, words: str) -> Report:
    """It is not for the team: say who was told. Raises Refused without words."""
    if not words:
        raise Refused(_("Dites à qui le problème est transmis."))
    return _settle(report, State.REFUSED, by=by, words=words, photos=())


def _settle(
    report: Report, state: State, *, by: Person, words: str, photos: Iterable[Prepared]
) -> Report:
    report = _locked(report)
    if report.state == state:
        return report
    _check_move(report, state)
    report.state, report.outcome, report.closed_at = state, words, timezone.now()
    report.owner = report.owner or by
    report.full_clean(exclude=["space"])
    report.save()
    _show(report)
    add_photos(report, photos, by=by, is_after=True)
    record("reports.closed" if state == State.DONE else "reports.passed-on", report, by=by)
    messages.settled(report)
    return report


@transaction.atomic
def note_call(*, follow: Follow, by: Person) -> None:
    """Someone who had left a number was called. Repeatable."""
    if Follow.objects.filter(pk=follow.pk, called_at=None).update(called_at=timezone.now()):
        record("reports.called-back", follow.report, by=by)


def _show(report: Report) -> None:
    """Whoever handles a problem has looked at it."""
    if report.shown_at is None:
        report.shown_at = timezone.now()
        report.save(update_fields=["shown_at"])
        report.open_photos()


def _locked(report: Report) -> Report:
    must_be_open(report.space)
    # The owner is not joined: who waits for the lock would read who it was before.
    rows = Report.objects.select_for_update(of=("self",)).select_related("space")
    return rows.get(pk=report.pk)


def _check_move(report: Report, state: State) -> None:
    if not report.may_become(state):
        raise Refused(_("Ce problème est déjà réglé : rouvrez-le d’abord."))
