"""A draw from its list to its lots: the list first, then its fingerprint, then only the seed."""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.engines.sortition import (
    PROFILE,
    Candidate,
    Unfeasible,
    fingerprint,
    publish,
    shortfall,
)
from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.actions import must_be_open
from traboule.kernel.spaces.models import Space

from ..models import College, Draw, DrawCandidate, Member
from ..quotas import Rule, adjusted, features_of, seats_rule, words_of_lacks
from ..standing import Standing
from . import answers

State = Draw.State


@transaction.atomic
def prepare(
    *,
    space: Space,
    title: str,
    places: Mapping[str, int],
    by: Person,
    reserve: int | None = None,
    term_ends_on: datetime.date | None = None,
) -> Draw:
    """Begin a draw: ``places`` says how many are drawn in each college, by its key."""
    must_be_open(space)
    asked = {key: count for key, count in places.items() if count}
    if not asked:
        raise Refused(_("Écrivez combien de places tirer, dans un collège au moins."))
    draw = space.draws.create(title=title, places=asked, reserve=reserve, term_ends_on=term_ends_on)
    record("roster.prepared-draw", draw, by=by, places=asked)
    return draw


@transaction.atomic
def add_candidates(*, draw: Draw, people: Iterable[tuple[Person, College]], by: Person) -> int:
    """Put people in the list, each once, with the next numbers. How many were new.

    Those who sit already are left out: they have no seat to draw.
    """
    draw = _locked(draw)
    _must_take_candidates(draw)
    sitting = Member.objects.current().filter(space=draw.space)
    known = set(draw.candidates.values_list("person", flat=True)) | set(
        sitting.values_list("person", flat=True)
    )
    number = draw.candidates.aggregate(last=Max("number"))["last"] or 0
    added = []
    for person, college in people:
        if person.pk in known:
            continue
        known.add(person.pk)
        number += 1
        added.append(DrawCandidate(draw=draw, person=person, college=college, number=number))
    DrawCandidate.objects.bulk_create(added)
    record("roster.added-candidates", draw, by=by, number=len(added))
    return len(added)


@transaction.atomic
def remove_candidate(*, candidate: DrawCandidate, by: Person) -> None:
    """Take someone off the list, before it is frozen."""
    draw = _locked(candidate.draw)
    _must_take_candidates(draw)
    record("roster.removed-candidate", draw, by=by, number=candidate.number)
    candidate.delete()


@transaction.atomic
def freeze(*, draw: Draw, seed_source: str, by: Person) -> Draw:
    """Publish the list and its fingerprint; nobody can change it any more.

    ``seed_source`` says where the seed will come from, which nobody knows yet. Raises Refused
    when the quotas cannot be met.
    """
    draw = _locked(draw)
    _must_become(draw, State.FROZEN)
    people = _with_features(draw)
    rules = rules_of_draw(draw)
    if lacks := what_lacks(draw, people=people, rules=rules):
        raise Refused(_("Ces règles ne peuvent pas être tenues. %(lacks)s.")
                      % {"lacks": ". ".join(lacks)})  # fmt: skip
    published = publish(
        _as_candidates(people),
        seats=draw.seats,
        quotas=[quota for _rule, quota in rules],
        reserve=draw.reserve,
    )
    for one, lettered in zip(people, published.candidates, strict=True):
        one.profile = lettered.features[PROFILE]
    DrawCandidate.objects.bulk_update(people, ["features", "profile"])
    draw.published = published.write()
    draw.fingerprint = fingerprint(draw.published)
    draw.rules = [rule.words() for rule, _quota in rules]
    draw.seed_source, draw.frozen_at = seed_source, timezone.now()
    draw.state = State.FROZEN
    draw.save()
    record("roster.froze-draw", draw, by=by, fingerprint=draw.fingerprint)
    return draw


@transaction.atomic
def draw_lots(*, draw: Draw, seed: str, by: Person) -> Draw:
    """Draw from what was published, with the seed that everyone now knows. Raises Refused."""
    draw = _locked(draw)
    _must_become(draw, State.DRAWN)
    seed = " ".join(seed.split())
    if not seed:
        raise Refused(_("Écrivez la graine, telle qu’elle est connue de tous."))
    try:
        lines = draw.published_list().draw(seed).lines
    except Unfeasible as unfeasible:
        raise Refused(". ".join(words_of_lacks(unfeasible.lacks, draw.rules))) from unfeasible
    by_number = {one.number: one for one in draw.candidates.all()}
    for line in lines:
        one = by_number.get(line.number)
        if one is None:
            continue  # Merged since with someone else of the list.
        one.rank, one.outcome = line.rank, line.outcome.value
        one.was_passed_over = bool(line.lacks)
    DrawCandidate.objects.bulk_update(by_number.values(), ["rank", "outcome", "was_passed_over"])
    draw.seed, draw.drawn_at, draw.state = seed, timezone.now(), State.DRAWN
    draw.save()
    record("roster.drew-lots", draw, by=by, seed=seed)
    return draw


@transaction.atomic
def ask_chosen(*, draw: Draw, by: Person) -> int:
    """Ask those who were drawn whether they accept. How many were asked."""
    draw = _locked(draw)
    _must_become(draw, State.APPLIED)
    draw.state = State.APPLIED
    draw.save(update_fields=["state"])
    people = list(draw.candidates.chosen().for_listing().order_by("rank"))
    for one in people:
        answers.ask(one)
    record("roster.asked-chosen", draw, by=by, number=len(people))
    return len(people)


@transaction.atomic
def cancel(*, draw: Draw, by: Person) -> None:
    """Call a draw off before anybody was asked; what was published of it stays readable."""
    draw = _locked(draw)
    _must_become(draw, State.CANCELLED)
    draw.state = State.CANCELLED
    draw.save(update_fields=["state"])
    record("roster.cancelled-draw", draw, by=by)


def rules_of_draw(draw: Draw) -> list[tuple[Rule, Any]]:
    """Each rule, and what this draw must bring for it besides those who sit already."""
    standing = Standing(draw.space)
    held = [standing.features(one) for one in standing.seated]
    # These add up to all the seats: whoever is of another college cannot be drawn.
    seats = [
        seats_rule(college, draw.places[str(college.pk)])
        for college in standing.colleges
        if str(college.pk) in draw.places
    ]
    others = [rule for rule in standing.rules if not rule.is_of_seats]
    return [(rule, rule.quota) for rule in seats] + [
        (rule, adjusted(rule, rule.held(held))) for rule in others
    ]


def what_lacks(
    draw: Draw,
    *,
    people: list[DrawCandidate] | None = None,
    rules: list[tuple[Rule, Any]] | None = None,
) -> list[str]:
    """In words, what would be missing if the list were frozen as it stands; nothing if all is."""
    rules = rules_of_draw(draw) if rules is None else rules
    people = _with_features(draw) if people is None else people
    pool = Counter(one.cell for one in _as_candidates(people))
    quotas = [quota for _rule, quota in rules]
    missed = shortfall(quotas, taken=Counter(), pool=pool, seats=draw.seats)
    return words_of_lacks(missed.lacks, [rule.words() for rule, _quota in rules])


def _with_features(draw: Draw) -> list[DrawCandidate]:
    """The candidates in the order of their numbers, with what quotas look at today."""
    people = list(draw.candidates.for_listing().filter(person__erased_at__isnull=True))
    features = features_of(one.person for one in people if one.person)
    for one in people:
        one.features = features[one.person_id] if one.person_id else {}
    return people


def _as_candidates(people: Iterable[DrawCandidate]) -> list[Candidate]:
    return [
        Candidate(number=one.number, features={**one.features, "college": str(one.college_id)})
        for one in people
    ]


def _locked(draw: Draw) -> Draw:
    must_be_open(draw.space)
    return Draw.objects.select_for_update(of=("self",)).select_related("space").get(pk=draw.pk)


def _must_take_candidates(draw: Draw) -> None:
    if not draw.takes_candidates:
        raise Refused(_("La liste est figée : elle ne change plus. Préparez un autre tirage."))


def _must_become(draw: Draw, state: str) -> None:
    if not draw.may_become(state):
        raise Refused(_("Ce tirage a déjà avancé : relisez sa page."))
