"""Visiting a home: asking, giving hours, choosing one, saying whether it was conclusive."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person

from ..messages import visits as messages
from ..models import Interest, InterestState, Listing, Verdict, Visit, VisitState

MOST_HOURS = 3


@transaction.atomic
def ask(*, interest: Interest, visitor: Listing, by: Person) -> Visit:
    """Ask to see the other’s home; its household gives hours. Repeatable."""
    interest = _mutual(interest)
    host = interest.receiver if interest.sender_id == visitor.pk else interest.sender
    visit, is_new = _visit(visitor, host)
    if is_new:
        record("housing.asked-visit", visit, by=by, for_=visitor.tenant)
        messages.asked(visit)
    return visit


@transaction.atomic
def offer_hours(
    *, interest: Interest, host: Listing, hours: Iterable[datetime.datetime], by: Person
) -> Visit:
    """Say when the other household may come; what was chosen before is to be chosen again."""
    interest = _mutual(interest)
    visitor = interest.receiver if interest.sender_id == host.pk else interest.sender
    coming = sorted({hour for hour in hours if hour > timezone.now()})[:MOST_HOURS]
    if not coming:
        raise Refused(_("Proposez au moins une heure à venir."))
    visit = _visit(visitor, host)[0]
    visit.state, visit.at = VisitState.ASKED, None
    visit.hours = [hour.isoformat() for hour in coming]
    visit.save(update_fields=["state", "at", "hours"])
    record("housing.offered-hours", visit, by=by, for_=host.tenant)
    messages.hours_given(visit)
    return visit


@transaction.atomic
def choose(*, visit: Visit, number: int, by: Person) -> Visit:
    """Come at one of the hours given, counted from one. Repeatable."""
    visit = _locked(visit)
    hours = visit.hours_given
    if not 1 <= number <= len(hours):
        raise Refused(_("Choisissez l’une des heures proposées."))
    at = hours[number - 1]
    if visit.state == VisitState.SET and visit.at == at:
        return visit
    _check_move(visit, VisitState.SET)
    if at < timezone.now():
        raise Refused(_("Cette heure est passée : demandez-en d’autres."))
    visit.state, visit.at = VisitState.SET, at
    visit.save(update_fields=["state", "at"])
    record("housing.set-visit", visit, by=by, for_=visit.visitor.tenant)
    messages.is_set(visit)
    return visit


@transaction.atomic
def give_verdict(*, visit: Visit, listing: Listing, yes: bool, by: Person) -> Visit:
    """Say whether it was conclusive, once it took place; one may change one's mind."""
    visit = _locked(visit)
    if visit.state == VisitState.SET and visit.at and visit.at > timezone.now():
        raise Refused(_("La visite n’a pas encore eu lieu."))
    if visit.state != VisitState.DONE:
        _check_move(visit, VisitState.DONE)
    name = "verdict_of_visitor" if listing.pk == visit.visitor_id else "verdict_of_host"
    visit.state = VisitState.DONE
    setattr(visit, name, Verdict.YES if yes else Verdict.NO)
    visit.save(update_fields=["state", name])
    record("housing.judged-visit", visit, by=by, for_=listing.tenant, yes=yes)
    messages.judged(visit, listing, yes=yes)
    return visit


@transaction.atomic
def cancel(*, visit: Visit, listing: Listing, by: Person) -> None:
    """One of both calls it off; the other is told. Repeatable."""
    visit = _locked(visit)
    if visit.state == VisitState.CANCELLED:
        return
    _check_move(visit, VisitState.CANCELLED)
    visit.state = VisitState.CANCELLED
    visit.save(update_fields=["state"])
    record("housing.cancelled-visit", visit, by=by, for_=listing.tenant)
    messages.cancelled(visit, by=listing)


def _mutual(interest: Interest) -> Interest:
    """The interest, locked. Raises Refused unless both like each other’s home."""
    rows = Interest.objects.select_for_update(of=("self",)).for_listing()
    interest = rows.get(pk=interest.pk)
    if interest.state != InterestState.MUTUAL:
        raise Refused(_("On se visite quand on se plaît des deux côtés."))
    return interest


def _visit(visitor: Listing, host: Listing) -> tuple[Visit, bool]:
    """The visit that is being arranged, or a new one."""
    arranged = Visit.objects.filter(
        visitor=visitor, host=host, state__in=(VisitState.ASKED, VisitState.SET)
    )
    if known := arranged.first():
        return _locked(known), False
    return _locked(Visit.objects.create(visitor=visitor, host=host)), True


def _locked(visit: Visit) -> Visit:
    return Visit.objects.select_for_update(of=("self",)).for_listing().get(pk=visit.pk)


def _check_move(visit: Visit, state: VisitState) -> None:
    if not visit.may_become(state):
        raise Refused(_("Cette visite est terminée."))
