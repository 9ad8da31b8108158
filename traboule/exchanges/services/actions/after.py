"""What is said once the work is done; insurance, and what went wrong."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.kernel.conversations.private_words import refuse_private
from traboule.kernel.files import actions as files
from traboule.kernel.files.checking import Prepared
from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space

from ..messages import after as messages
from ..models import BLIND_FOR, Contract, ContractState, Harm, Incident, Policy, Review, Side
from .signing import Papers

OVER_OR_UNDER_WAY = (ContractState.SIGNED, ContractState.ENDED)


@transaction.atomic
def write_review(
    *, contract: Contract, side: Side, by: Person, words: str = "", **answers: str
) -> Review:
    """Say how it went; nobody reads it before the other has, or fourteen days. Again, it is that.

    Raises Refused before the first hours are written, or with a number in the words.
    """
    contract = _locked(contract)
    known = contract.reviews.filter(side=side).first()
    if known:
        return known
    if contract.state not in OVER_OR_UNDER_WAY or not contract.works.counting().exists():
        raise Refused(_("Vous le direz après le premier travail."))
    refuse_private(words)
    now = timezone.now()
    other = contract.reviews.exclude(side=side).first()
    review = Review(
        contract=contract, side=side, words=words, written_at=now,
        shown_from=now if other else now + BLIND_FOR, **answers,
    )  # fmt: skip
    review.full_clean(exclude=["contract"])
    review.save()
    if other and other.shown_from > now:
        other.shown_from = now
        other.save(update_fields=["shown_from"])
    record("services.reviewed", review, by=by, for_=contract.person_of(side))
    messages.reviewed(review, both=other is not None)
    return review


@transaction.atomic
def reply(*, review: Review, words: str, by: Person) -> None:
    """Answer what the other says, once both are read. Raises Refused: too soon, or twice."""
    review = Review.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if review.shown_from > timezone.now():
        raise Refused(_("Cet avis n’est pas encore visible."))
    if review.reply:
        raise Refused(_("Vous avez déjà répondu."))
    refuse_private(words)
    review.reply = words
    review.save(update_fields=["reply"])
    record("services.replied", review, by=by)


@transaction.atomic
def set_policy(*, space: Space, by: Person, **values: Any) -> Policy:
    """Say by which insurance jobs are covered there."""
    policy = Policy.objects.select_for_update().filter(space=space).first() or Policy(space=space)
    for name, value in values.items():
        setattr(policy, name, value)
    policy.full_clean(exclude=["space"])
    policy.save()
    record("services.set-policy", space, by=by)
    return policy


@transaction.atomic
def tell_incident(
    *,
    contract: Contract,
    side: Side,
    harm: Harm,
    on: datetime.date,
    words: str,
    photos: Iterable[Prepared] = (),
    by: Person,
) -> Incident:
    """Say that something went wrong; the team is told at once. The same words again are the same.

    Raises Refused for a day outside the contract.
    """
    contract = _locked(contract)
    same = contract.incidents.filter(side=side, harm=harm, on=on, words=words).first()
    if same:
        return same
    if not contract.is_in_force_on(on) or on > timezone.localdate():
        raise Refused(_("Choisissez un jour du contrat, déjà passé."))
    incident = Incident.objects.create(contract=contract, side=side, harm=harm, on=on, words=words)
    incident.photos.set([files.keep(one, space=Papers(contract), by=by) for one in photos])
    record("services.told-incident", incident, by=by)
    messages.incident(incident)
    return incident


@transaction.atomic
def close_incident(*, incident: Incident, done: str, by: Person) -> None:
    """Write what was done about it. Repeatable."""
    incident = Incident.objects.select_for_update(of=("self",)).get(pk=incident.pk)
    incident.done, incident.closed_at, incident.closed_by = done, timezone.now(), by
    incident.save(update_fields=["done", "closed_at", "closed_by"])
    record("services.closed-incident", incident, by=by)


def ask_how_it_went(now: datetime.datetime) -> None:
    """A day after a contract is over, both are asked; the words of one alone become visible."""
    since = timezone.localdate(now) - datetime.timedelta(days=30)
    over = Contract.objects.filter(
        state=ContractState.ENDED, ended_on__lt=timezone.localdate(now), ended_on__gt=since
    ).exclude(ending="amended")
    for contract in over.for_listing().order_by("pk"):
        said = set(contract.reviews.values_list("side", flat=True))
        for side in Side:
            if side not in said and contract.works.counting().exists():
                messages.how_was_it(contract, side)


def _locked(contract: Contract) -> Contract:
    return Contract.objects.select_for_update(of=("self",)).for_listing().get(pk=contract.pk)
