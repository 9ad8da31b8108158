import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from ..models import WorkState
from .factories import make_contract, make_household, make_services_space, make_slip, make_worker

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

    assert len(found.context["signed"]) == 3


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
