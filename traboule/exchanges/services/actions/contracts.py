"""Writing a contract from the offer that was chosen, correcting it, changing it, ending it."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traboule.engines.payroll import Unusable
from traboule.kernel.journal.actions import record
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.actions import must_be_open

from ..messages import agreeing as messages
from ..models import (
    Contract,
    ContractState,
    Ending,
    Household,
    Offer,
    OfferState,
    Reason,
    Request,
    Rhythm,
    State,
    Term,
    Worker,
    WorkState,
)
from ..terms import hour_of
from .workers import LEAST_AGE, age_on

OF_HOUSEHOLD = ("address", "cesu_number")
OF_WORKER = ("nir", "address", "birthplace")


def first_draft(offer: Offer) -> dict[str, Any]:
    """What a contract would say of an offer before anyone adds to it."""
    asked = offer.request
    first = asked.on or timezone.localdate() + datetime.timedelta(days=1)
    once = asked.rhythm == Rhythm.ONCE
    post = asked.kind_data.posts[0]
    return {
        "term": Term.FIXED if once else Term.OPEN,
        "reason": Reason.EXTRA if once else "",
        "job": str(asked.kind_data.label),
        "post": post.name,
        "level": post.level,
        "begins_on": first,
        "ends_on": first if once else None,
        "minutes": asked.minutes,
        "when_words": asked.when_words,
        "net_hourly": offer.net_hourly,
        "weekly_rest": _("Le dimanche"),
    }


@transaction.atomic
def prepare(
    *,
    offer: Offer,
    by: Person,
    of_household: Mapping[str, str] | None = None,
    of_worker: Mapping[str, str] | None = None,
    **values: Any,
) -> Contract:
    """The contract of an offer that was chosen, to read over; there already, it is changed.

    ``values`` are fields of the model. Raises Refused: not chosen, signed by someone already, a
    wage too low for the level, someone too young on the first day.
    """
    offer = _locked(offer)
    must_be_open(offer.request.space)
    if offer.state != OfferState.CHOSEN:
        raise Refused(_("Choisissez d’abord cette réponse : le contrat vient ensuite."))
    contract = offer.contracts.live().filter(amends=None).first()
    if contract is None:
        contract = Contract(offer=offer, worker=offer.worker, household=offer.request.household)
    if contract.state != ContractState.DRAFT:
        raise Refused(_("Quelqu’un a déjà signé. Annulez ce contrat pour en écrire un autre."))
    _keep(contract.household, OF_HOUSEHOLD, of_household or {})
    _keep(contract.worker, OF_WORKER, of_worker or {})
    is_new = contract.pk is None
    _write(contract, first_draft(offer) | values if is_new else values)
    record("services.prepared-contract", contract, by=by)
    if is_new:
        messages.prepared(contract, by=by)
    return contract


@transaction.atomic
def amend(*, contract: Contract, by: Person, **values: Any) -> Contract:
    """A contract that replaces this one from ``begins_on``, to be signed by both.

    Raises Refused: not signed, or the day is outside what is left of it.
    """
    contract = _locked_contract(contract)
    if contract.state != ContractState.SIGNED:
        raise Refused(_("On ne change par avenant qu’un contrat signé et en cours."))
    first = values["begins_on"]
    last = contract.last_day
    if first <= contract.begins_on or (last and first > last + datetime.timedelta(days=1)):
        raise Refused(_("Choisissez un jour après le début du contrat et avant sa fin."))
    changed = Contract(
        offer=contract.offer, worker=contract.worker, household=contract.household, amends=contract,
        hired_on=contract.hired_on,
    )  # fmt: skip
    copied = {name: getattr(contract, name) for name in _COPIED}
    try:
        with transaction.atomic():
            _write(changed, copied | {"trial_days": 0} | values)
    except IntegrityError as error:
        raise Refused(_("Un avenant est déjà en préparation.")) from error
    record("services.prepared-amendment", changed, by=by)
    messages.prepared(changed, by=by)
    return changed


_COPIED = (
    "term", "reason", "replaces", "in_school_holidays", "job", "post", "level", "ends_on",
    "minutes", "when_words", "place", "net_hourly", "pays_on", "weekly_rest",
    "holidays_worked", "benefits", "uses_vehicle", "paid_by", "per_km", "children_born_on",
)  # fmt: skip


@transaction.atomic
def cancel(*, contract: Contract, by: Person | None) -> None:
    """Let a contract go before any hour is worked: everyone may, until the first day. Repeatable.

    Raises Refused once hours are written, or once the first day has come.
    """
    contract = _locked_contract(contract)
    if contract.state == ContractState.CANCELLED:
        return
    if not contract.may_become(ContractState.CANCELLED):
        raise Refused(_("Ce contrat est terminé."))
    begun = contract.state == ContractState.SIGNED and contract.begins_on <= timezone.localdate()
    if begun or contract.works.counting().exists():
        raise Refused(_("Le travail a commencé. Mettez plutôt fin au contrat."))
    contract.state = ContractState.CANCELLED
    contract.save(update_fields=["state"])
    contract.codes.all().delete()
    record("services.cancelled-contract", contract, by=by)
    messages.cancelled(contract, by=by)


def let_go(offer: Offer, *, by: Person | None) -> None:
    """Cancel the contract that nobody is bound by yet. Raises Refused once both have signed."""
    for contract in offer.contracts.live().order_by("pk"):
        if contract.state == ContractState.SIGNED:
            raise Refused(_("Le contrat est signé : annulez-le, ou mettez-y fin, d’abord."))
        cancel(contract=contract, by=by)


@transaction.atomic
def end(
    *,
    contract: Contract,
    ending: Ending,
    on: datetime.date,
    by: Person | None,
    told_on: datetime.date | None = None,
) -> None:
    """Say that a signed contract ends, why and on what day. Again, nothing changes.

    ``told_on`` is the day of the letter by which a household dismisses. Raises Refused for a day
    outside it, or before hours that were already worked.
    """
    contract = _locked_contract(contract)
    if contract.state == ContractState.ENDED:
        return
    if not contract.may_become(ContractState.ENDED):
        raise Refused(_("On met fin à un contrat signé par les deux."))
    last = contract.ends_on
    if on < contract.begins_on or (last and on > last):
        raise Refused(_("Choisissez un jour du contrat."))
    if contract.works.counting().filter(begun_at__date__gt=on).exists():
        raise Refused(_("Des heures sont écrites après ce jour."))
    contract.state, contract.ended_on, contract.ending = ContractState.ENDED, on, ending
    contract.told_on = told_on
    contract.save(update_fields=["state", "ended_on", "ending", "told_on"])
    record("services.ended-contract", contract, by=by, ending=ending)
    messages.ended(contract)
    finish_request(contract)


def finish_request(contract: Contract) -> None:
    """A request is done once its contract is over and no hour of it waits."""
    waiting = (WorkState.ENTERED, WorkState.DISPUTED, WorkState.CONFIRMED)
    over = contract.state == ContractState.ENDED and contract.ending != Ending.AMENDED
    if over and not contract.works.filter(state__in=waiting).exists():
        asked = Request.objects.filter(pk=contract.offer.request_id, state=State.AGREED)
        asked.update(state=State.DONE, ended_at=timezone.now())


def end_those_over(now: datetime.datetime) -> None:
    """Contracts whose last day has passed are over."""
    due = Contract.objects.filter(
        state=ContractState.SIGNED, ends_on__lt=timezone.localdate(now)
    ).order_by("pk")
    for contract in due:
        last = contract.ends_on or timezone.localdate(now)
        end(contract=contract, ending=Ending.TERM, on=last, by=None)


def _write(contract: Contract, values: Mapping[str, Any]) -> None:
    """Put values in a draft, once they hold together; codes sent for the former words are void."""
    for name, value in values.items():
        setattr(contract, name, value)
    if contract.amends is None:
        contract.hired_on = contract.begins_on
    if contract.term == Term.OPEN:
        contract.ends_on, contract.reason, contract.replaces = None, "", ""
        contract.in_school_holidays = False
    contract.place = contract.place or contract.household.address
    born = contract.worker.born_on
    if born and age_on(born, contract.begins_on) < LEAST_AGE:
        raise Refused(_("Le premier jour, la personne n’a pas 16 ans."))
    contract.full_clean(exclude=["offer", "worker", "household", "amends", "terms"])
    try:
        hour_of(contract)
    except Unusable as too_low:
        raise Refused(str(too_low)) from too_low
    contract.save()
    contract.codes.all().delete()


def _keep(whose: Household | Worker, names: tuple[str, ...], given: Mapping[str, str]) -> None:
    """Keep of a person what a contract must say, and was given."""
    changed = {name: given[name] for name in names if given.get(name)}
    for name, value in changed.items():
        setattr(whose, name, value)
        whose._meta.get_field(name).run_validators(value)  # type: ignore[union-attr]
    if changed:
        whose.save(update_fields=list(changed))


def _locked(offer: Offer) -> Offer:
    rows = Offer.objects.select_for_update(of=("self",)).select_related(
        "worker__person", "request__household__person", "request__household__commune",
        "request__space__initiative", "request__space__purse",
    )  # fmt: skip
    return rows.get(pk=offer.pk)


def _locked_contract(contract: Contract) -> Contract:
    return Contract.objects.select_for_update(of=("self",)).for_listing().get(pk=contract.pk)
