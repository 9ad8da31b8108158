import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ..actions import offers
from ..models import WorkState
from .factories import (
    make_contract,
    make_household,
    make_request,
    make_services_space,
    make_slip,
    make_worker,
)

pytestmark = pytest.mark.django_db


def test_a_list_of_contracts_costs_the_same_with_one_as_with_three(
    client, django_assert_max_num_queries
):
    space = make_services_space()
    household = make_household(space)
    client.force_login(household.person)
    make_contract(space, household=household, worker=make_worker(space, "Inès"))
    page = reverse("services:contracts", args=[space.slug])
    with CaptureQueriesContext(connection) as alone:
        client.get(page)
    for name in ("Luc", "Malo"):
        make_contract(space, household=household, worker=make_worker(space, name))

    with django_assert_max_num_queries(len(alone)):
        found = client.get(page)

    assert len(found.context["contracts"]) == 3


def test_nobody_else_reads_a_contract_nor_a_payslip(client):
    contract = make_contract(make_services_space())
    slip = make_slip(contract)
    client.force_login(make_worker(contract.household.space, "Luc").person)

    for page in (contract.get_absolute_url(), slip.get_absolute_url()):
        assert client.get(page).status_code == 404


def test_who_wrote_hours_does_not_confirm_them(client):
    contract = make_contract(make_services_space())
    worker = contract.worker.person
    day = timezone.localdate() - datetime.timedelta(days=1)
    client.force_login(worker)
    client.post(
        reverse("services:enter-hours", args=[contract.household.space.slug, contract.code,
                                              "worker"]),
        {"day": str(day), "begins": "14:00", "ends": "16:00"},
    )  # fmt: skip
    work = contract.works.get()

    answer = client.post(
        reverse("services:confirm-hours", args=[contract.household.space.slug, work.pk])
    )

    assert answer.status_code == 403
    work.refresh_from_db()
    assert work.state == WorkState.ENTERED


def test_the_contract_of_a_childminder_says_when_the_children_were_born(client):
    space = make_services_space()
    household = make_household(space)
    asked = make_request(household, kind="childcare")
    worker = make_worker(space, kinds=["childcare"])
    sent = offers.offer(asked=asked, worker=worker, net_hourly=Decimal(13), by=worker.person)
    offers.choose(offer=sent, by=household.person)
    client.force_login(household.person)
    page = reverse("services:write-contract", args=[space.slug, sent.pk])
    said = {
        "begins_on": str(timezone.localdate() + datetime.timedelta(days=2)), "term": "open",
        "minutes": "120", "when_words": "le soir", "place": "3 place des Géants",
        "net_hourly": "13", "paid_by": "direct", "pays_on": "5", "job": "Garde d’enfants",
        "post": "Garde d’enfant(s) A", "weekly_rest": "Le dimanche",
    }  # fmt: skip

    wrong = client.post(page, said | {"children_born_on": "14/03/2021\nhier"})
    client.post(page, said | {"children_born_on": "14/03/2021\n2/9/2023"})

    assert "« hier » n’est pas une date passée" in wrong.content.decode().replace("\xa0", " ")
    contract = sent.contracts.get()
    assert contract.children_born_on == ["2021-03-14", "2023-09-02"]
    assert contract.level == "III"
