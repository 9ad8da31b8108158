"""Services between neighbours at the Villeneuve: the sheet, who works there, what time does."""

import datetime
from typing import Any

from django.utils import timezone
from playwright.sync_api import expect

from traboule.exchanges.services.actions import workers
from traboule.exchanges.services.models import Contract, Worker
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Space

SHEET, TITLE, COMMUNE = "sereale", "Services entre voisins, Villeneuve", "Grenoble"


def home_of(space: Space) -> str:
    """The front page of the exchange."""
    return f"{space.get_absolute_url()}services/"


def worker_of(space: Space, person: Person, *, by: Person, **values: Any) -> Worker:
    """Someone who offers hands, whom the team has met."""
    usual = {"kinds": ["gardening", "company"], "radius_km": 5, "words": "",
             "born_on": datetime.date(2004, 5, 2)}  # fmt: skip
    worker = workers.offer_hands(
        space=space, person=person, commune=space.initiative.commune, by=person, **usual | values
    )
    workers.saw_papers(worker=worker, may_work_until=None, by=by)
    return worker


def make_it_begun(contract: Contract, days: int) -> datetime.date:
    """Have the first day of a signed contract be so many days ago; a contract has its past."""
    first = timezone.localdate() - datetime.timedelta(days=days)
    Contract.objects.filter(pk=contract.pk).update(begins_on=first, hired_on=first)
    return first


def write_hours(page: Any, label: str, day: datetime.date) -> None:
    """Two hours of an afternoon, from the page of a contract."""
    page.get_by_role("link", name=label).click()
    page.get_by_label("Quel jour").fill(str(day))
    page.get_by_label("De", exact=True).fill("14:00")
    page.get_by_label("À", exact=True).fill("16:00")
    page.get_by_role("button", name="Écrire ces heures").click()
    expect(page.get_by_text("C’est écrit.")).to_be_visible()
