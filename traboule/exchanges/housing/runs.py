"""The search for the best exchanges, in the background: each night, and after each refusal.

A run is split into territories; whichever worker takes one solves it, and the one that ends the
last sews them together and proposes the exchanges. Every task is safe to repeat.
"""

import datetime
from dataclasses import asdict
from itertools import chain

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from traboule.engines.swaps.repairing import replan
from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.actions import must_be_open
from traboule.kernel.spaces.models import Space

from . import matching, planning
from .actions import swaps
from .models import Answer, Origin, Part, Run, Step, Stop, Swap

LOST_AFTER = datetime.timedelta(hours=6)


@transaction.atomic
def begin(*, space: Space, by: Person | None, max_length: int = 3) -> Run:
    """Look for the best exchanges of a space, in the background.

    Raises Refused while another search goes on; one that was lost hours ago is given up.
    """
    must_be_open(space)
    Space.objects.select_for_update().get(pk=space.pk)  # Two who begin at once: one waits.
    going = space.housing_runs.filter(finished_at=None)
    lost = going.filter(started_at__lt=timezone.now() - LOST_AFTER)
    lost.update(finished_at=timezone.now(), error=_("Le calcul s’est perdu en route."))
    if going.exists():
        raise Refused(_("Un calcul est déjà en cours : attendez qu’il finisse."))
    run = Run.objects.create(space=space, max_length=max_length)
    record("housing.began-run", run, by=by)
    transaction.on_commit(lambda: split_run.enqueue(run.pk))
    return run


def begin_by_night(now: datetime.datetime) -> None:
    """Once a day, for every open space where homes are exchanged."""
    spaces = Space.objects.running().filter(blocks__key="housing", blocks__put_away_at__isnull=True)
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    for space in spaces.exclude(housing_runs__started_at__gte=midnight):
        begin(space=space, by=None)


@task()
def split_run(run_pk: int) -> None:
    """Write the parts of a run, and have each solved."""
    run = Run.objects.select_related("space").get(pk=run_pk)
    board = planning.board_of(run.space)
    with transaction.atomic():
        run = Run.objects.select_for_update().get(pk=run_pk)
        if run.finished_at or run.parts.exists():
            return
        run.listings = int((~board.market.empty).sum())
        run.save(update_fields=["listings"])
        parts = Part.objects.bulk_create(
            Part(run=run, number=number, listings=names)
            for number, names in enumerate(planning.split(board), start=1)
        )
    for part in parts:
        solve_part.enqueue(part.pk)
    if not parts:
        _join(run_pk)


@task()
def solve_part(part_pk: int) -> None:
    """Solve a part; whoever solves the last one joins them all."""
    part = Part.objects.select_related("run__space").get(pk=part_pk)
    if part.solved_at is None:
        run = part.run
        board = planning.board_of(run.space, set(part.listings))
        solved = planning.solve(board, run.max_length, alone=run.parts.count() == 1)
        part.result, part.solved_at = asdict(solved), timezone.now()
        part.save(update_fields=["result", "solved_at"])
    _join(part.run_id)


def _join(run_pk: int) -> None:
    """Once all parts are solved: what they come to, and their exchanges proposed."""
    run = Run.objects.select_related("space").get(pk=run_pk)
    parts = list(run.parts.all())
    if run.finished_at or not all(part.solved_at for part in parts):
        return
    plan = _joined(run, parts)
    with transaction.atomic():
        run = Run.objects.select_for_update().get(pk=run_pk)
        if run.finished_at:
            return
        run.cycles, run.weight, run.upper_bound = plan.exchanges, sum(plan.worths), plan.bound
        run.tenants = sum(not name.startswith("d") for names in run.cycles for name in names)
        run.finished_at = timezone.now()
        run.save()
        for names, worth in zip(plan.exchanges, plan.worths, strict=True):
            _propose(names, worth, run=run, origin=Origin.ENGINE)


def _joined(run: Run, parts: list[Part]) -> planning.Solved:
    solved = [planning.Solved(**(part.result or {})) for part in parts]
    if len(solved) == 1:
        return solved[0]
    names = [part.listings for part in parts]
    board = planning.board_of(run.space, set(chain.from_iterable(names)))
    return planning.join(board, run.max_length, names, solved)


@task()
def mend(swap_pk: int) -> None:
    """Propose at once something else to those whom a stopped exchange leaves waiting."""
    with transaction.atomic():
        swap = Swap.objects.select_for_update(of=("self",)).select_related("space").get(pk=swap_pk)
        if swap.repaired_by.exists() or swap.milestones.filter(step=Step.REPAIRED).exists():
            return
        made = [_propose(*one, repairs=swap, origin=Origin.REPAIR) for one in _around(swap)]
        if any(made):
            swaps.mark(swap, Step.REPAIRED)


def _around(swap: Swap) -> list[tuple[list[str], int]]:
    """The best exchanges that those of a stopped one can make, without who left it."""
    moves = list(swap.moves.order_by("position"))
    left = swap.broken_because == Stop.LEFT
    gone = {str(move.listing_id) for move in moves if left and move.answer == Answer.NO}
    listings = [one for one in matching.free_listings(swap.space) if str(one.pk) not in gone]
    index = matching.index_of(swap.space, listings)
    names = tuple(str(move.listing_id) for move in moves)
    freed = tuple(name for name in names if name in index.rows)
    if not freed:
        return []
    loners = {str(one.pk) for one in listings if not one.wants_several}
    for longest in (3, 2):
        repair = replan(index, [(*freed, "gone")], gone={"gone"}, max_length=longest)
        found = [(list(one.ids), one.weight) for one in repair.made]
        kept = [one for one in found if len(one[0]) == 2 or loners.isdisjoint(one[0])]
        if kept:
            return kept
    return []


def _propose(
    names: list[str],
    weight: int,
    *,
    origin: Origin,
    run: Run | None = None,
    repairs: Swap | None = None,
) -> Swap | None:
    """The exchange, proposed to all its households; nothing when one of them is engaged since."""
    listings, vacant = matching.members(names)
    try:
        return swaps.propose(
            listings=listings, by=None, vacant=vacant, origin=origin, run=run, repairs=repairs,
            weight=weight,
        )  # fmt: skip
    except Refused:
        return None
