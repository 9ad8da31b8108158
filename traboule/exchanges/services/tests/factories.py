"""Households and workers of Villeneuve, in Grenoble, for tests."""

import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from traboule.exchanges.services.actions import contracts, offers, requests, workers, works
from traboule.exchanges.services.actions.payslips import make_payslip
from traboule.exchanges.services.models import (
    Contract,
    ContractState,
    Household,
    Payslip,
    Request,
    Side,
    Term,
    Work,
    Worker,
)
from traboule.exchanges.services.terms import frozen
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.tests.factories import make_space


def make_services_space(**values: Any) -> Any:
    """A space in which neighbours render each other services."""
    return make_space(blocks=("agenda", "documents", "services"), **values)


def make_household(space: Any, name: str = "Armand Vial", **values: Any) -> Household:
    person = Person.objects.create_person(name=name)
    commune = space.initiative.commune
    return requests.join_as_household(
        space=space, person=person, commune=commune, by=person, **values
    )


def make_worker(space: Any, name: str = "Inès Cherif", **values: Any) -> Worker:
    person = Person.objects.create_person(name=name)
    usual = {
        "kinds": ["gardening", "company"],
        "commune": space.initiative.commune,
        "radius_km": 5,
        "born_on": datetime.date(2004, 5, 2),
    }
    return workers.offer_hands(space=space, person=person, by=person, **usual | values)


def make_request(household: Household, **values: Any) -> Request:
    usual = {
        "kind": "gardening",
        "words": "Tailler la haie du fond.",
        "minutes": 120,
        "budget": Decimal("12.50"),
        "on": timezone.localdate() + datetime.timedelta(days=7),
    }
    person = household.person
    assert person
    return requests.ask(household=household, by=person, **usual | values)


def make_contract(space: Any, **values: Any) -> Contract:
    """A contract signed by both this morning for work since ten days, unless told otherwise."""
    today = timezone.localdate()
    state = values.pop("state", ContractState.SIGNED)
    asked = make_request(values.pop("household", None) or make_household(space))
    worker = values.pop("worker", None) or make_worker(space)
    sent = offers.offer(asked=asked, worker=worker, net_hourly=Decimal(13), by=worker.person)
    offers.choose(offer=sent, by=asked.household.person)
    usual = {
        "begins_on": today + datetime.timedelta(days=1),
        "term": Term.OPEN,
        "ends_on": None,
        "reason": "",
        "when_words": "Le mardi de 14 h à 16 h",
        "place": "12 allée des Arlequins",
    }
    contract = contracts.prepare(
        offer=sent, by=asked.household.person, of_household={"address": usual["place"]},
        of_worker={"address": "3 place des Géants"}, **usual | values,
    )  # fmt: skip
    workers.saw_papers(worker=worker, may_work_until=None, by=asked.household.person)
    if state == ContractState.SIGNED:
        first = values.get("begins_on", today - datetime.timedelta(days=70))
        rows = Contract.objects.filter(pk=contract.pk)
        rows.update(begins_on=first, hired_on=first)
        contract.refresh_from_db()
        terms = frozen(Contract.objects.for_listing().get(pk=contract.pk))
        rows.update(state=state, terms=terms, signed_at=timezone.now())
    return Contract.objects.for_listing().get(pk=contract.pk)


def at(day: datetime.date, hour: int, minute: int = 0) -> datetime.datetime:
    """A moment of a day, here."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour, minute)))


def make_work(contract: Contract, day: datetime.date | None = None, hours: int = 2) -> Work:
    """Hours of an afternoon, written by the worker and confirmed by the household."""
    day = day or timezone.localdate() - datetime.timedelta(days=1)
    work, _warned = works.enter(
        contract=contract, side=Side.WORKER, begun_at=at(day, 14), ended_at=at(day, 14 + hours),
        by=contract.worker.person,
    )  # fmt: skip
    return works.confirm(work=work, by=contract.household.person)


def make_slip(contract: Contract, day: datetime.date | None = None, hours: int = 2) -> Payslip:
    """The payslip of an afternoon."""
    work = make_work(contract, day, hours)
    month = timezone.localdate(work.begun_at)
    return make_payslip(contract=contract, month=month, by=contract.household.person)
