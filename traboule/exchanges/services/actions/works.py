"""Hours done: written by one of the two, confirmed by the other, or brought to the team."""

import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person

from ..hours import OutsideTable, breaches_with, overlaps, said
from ..messages import agreeing as messages
from ..models import Contract, Side, Work, Worker, WorkState

LONGEST = datetime.timedelta(hours=16)


@transaction.atomic
def enter(
    *,
    contract: Contract,
    side: Side,
    begun_at: datetime.datetime,
    ended_at: datetime.datetime,
    pause: int = 0,
    kilometres: int = 0,
    words: str = "",
    by: Person,
) -> tuple[Work, list[str]]:
    """Write hours down for the other to confirm; and what is unwise in them, in words.

    The same hours again are the same row. Raises Refused: not under a signed contract, in the
    future, while working elsewhere, or over a limit that nothing lifts.
    """
    worker = _locked_worker(contract)
    contract = Contract.objects.for_listing().get(pk=contract.pk)
    same = contract.works.counting().filter(begun_at=begun_at).first()
    if same and same.ended_at == ended_at:
        return same, []
    _check_moment(contract, begun_at, ended_at)
    if overlaps(worker, begun_at, ended_at):
        raise Refused(_("Des heures sont déjà écrites à ce moment-là, ici ou ailleurs."))
    work = Work(
        contract=contract, begun_at=begun_at, ended_at=ended_at, pause=pause,
        kilometres=kilometres, words=words, entered_by=side,
    )  # fmt: skip
    if work.hours <= 0:
        raise Refused(_("La pause est plus longue que le travail."))
    warned = _check_limits(worker, work)
    work.full_clean(exclude=["contract", "payslip"])
    try:
        with transaction.atomic():
            work.save()
    except IntegrityError as error:
        raise Refused(_("Ces heures sont déjà écrites.")) from error
    record("services.entered-hours", work, by=by, for_=contract.person_of(side))
    messages.hours_entered(work)
    return work, warned


@transaction.atomic
def confirm(*, work: Work, by: Person) -> Work:
    """Say that these hours are right; again, nothing changes. Raises Refused once dropped."""
    work = _locked(work)
    if work.state in (WorkState.CONFIRMED, WorkState.PAID):
        return work
    if work.state != WorkState.ENTERED:
        raise Refused(_("Ces heures sont en discussion, ou retirées."))
    _become(work, WorkState.CONFIRMED)
    record("services.confirmed-hours", work, by=by)
    messages.hours_confirmed(work)
    return work


@transaction.atomic
def dispute(*, work: Work, words: str, by: Person) -> Work:
    """Say that these hours are not right, and why: the team brings both together. Repeatable.

    Raises Refused once they are on a payslip.
    """
    work = _locked(work)
    if work.state == WorkState.DISPUTED:
        return work
    if not work.may_become(WorkState.DISPUTED):
        raise Refused(_("Ces heures sont déjà sur un bulletin. Appelez l’équipe."))
    work.objection = words
    _become(work, WorkState.DISPUTED)
    record("services.disputed-hours", work, by=by)
    messages.hours_disputed(work, by=by)
    return work


@transaction.atomic
def settle(*, work: Work, minutes: int, words: str, by: Person) -> Work:
    """The team's word on hours in discussion: so many minutes, or none. Repeatable.

    Raises Refused: hours nobody disputes, or over a limit that nothing lifts.
    """
    worker = _locked_worker(work.contract)
    work = _locked(work)
    if work.state != WorkState.DISPUTED:
        raise Refused(_("Personne ne discute plus ces heures."))
    if minutes:
        work.ended_at = work.begun_at + datetime.timedelta(minutes=minutes + work.pause)
        if work.ended_at - work.begun_at > LONGEST:
            raise Refused(_("C’est trop long pour une seule fois."))
        _check_limits(worker, work)
    _become(work, WorkState.CONFIRMED if minutes else WorkState.DROPPED)
    record("services.settled-hours", work, by=by, minutes=minutes, words=words)
    messages.hours_settled(work, words)
    return work


@transaction.atomic
def drop(*, work: Work, by: Person) -> None:
    """Take back hours that nobody has confirmed yet. Repeatable."""
    work = _locked(work)
    if work.state == WorkState.DROPPED:
        return
    if work.state != WorkState.ENTERED:
        raise Refused(_("Ces heures sont déjà confirmées."))
    _become(work, WorkState.DROPPED)
    record("services.dropped-hours", work, by=by)


def remind(now: datetime.datetime) -> None:
    """Three days without an answer: asked again. Ten: the team is told, and calls."""
    waiting = Work.objects.filter(state=WorkState.ENTERED).order_by("pk")
    waiting = waiting.select_related("contract__household__space__purse")
    for work in waiting.filter(entered_at__lt=now - datetime.timedelta(days=3)):
        is_late = work.entered_at < now - datetime.timedelta(days=10)
        messages.hours_late(work) if is_late else messages.hours_again(work)


def _check_moment(
    contract: Contract, begun_at: datetime.datetime, ended_at: datetime.datetime
) -> None:
    day = timezone.localdate(begun_at)
    if ended_at <= begun_at:
        raise Refused(_("La fin vient après le début."))
    if ended_at - begun_at > LONGEST:
        raise Refused(_("C’est trop long pour une seule fois. Écrivez un jour après l’autre."))
    if ended_at > timezone.now():
        raise Refused(_("Ces heures ne sont pas encore faites. Écrivez-les après le travail."))
    if not contract.is_in_force_on(day):
        raise Refused(
            _("Aucun contrat signé ne couvre le %(day)s. Signez d’abord, ou appelez l’équipe.")
            % {"day": date_format(day, "j F Y")}
        )


def _check_limits(worker: Worker, work: Work) -> list[str]:
    """Refuse what nothing allows; what is only unwise is given back in words."""
    if worker.born_on is None:
        return []
    day = timezone.localdate(work.begun_at)
    try:
        found = breaches_with(worker, worker.born_on, [work], day)
    except OutsideTable as problem:
        raise Refused(str(problem)) from problem
    firm = [said(one) for one in found if one.is_firm]
    if firm:
        raise Refused(" ".join(dict.fromkeys(firm)))
    return list(dict.fromkeys(said(one) for one in found))


def _become(work: Work, state: WorkState) -> None:
    work.state, work.answered_at = state, timezone.now()
    work.save(update_fields=["state", "answered_at", "objection", "ended_at"])


def _locked_worker(contract: Contract) -> Worker:
    """All hours of a worker are written one after the other."""
    rows = Worker.objects.select_for_update(of=("self",)).select_related("commune")
    return rows.get(pk=contract.worker_id)


def _locked(work: Work) -> Work:
    rows = Work.objects.select_for_update(of=("self",)).select_related(
        "contract__household__person", "contract__household__space__purse",
        "contract__household__space__initiative", "contract__household__commune",
        "contract__worker__person", "contract__worker__commune", "contract__offer__request",
    )  # fmt: skip
    return rows.get(pk=work.pk)


__all__ = ["Side", "confirm", "dispute", "drop", "enter", "remind", "settle"]
