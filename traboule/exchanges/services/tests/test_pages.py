import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from traboule.kernel.spaces.models import Participation

from ..actions import offers
from ..models import Offer, OfferState, Request, WorkState
from .factories import (
    make_contract,
    make_household,
    make_request,
    make_services_space,
    make_slip,
    make_worker,
)

pytestmark = pytest.mark.django_db


def test_anyone_counts_what_an_hour_costs_and_reads_the_least_when_it_is_too_low(client):
    space = make_services_space()
    person = make_household(space).person
    client.force_login(person)
    page = reverse("services:home", args=[space.slug])

    good = client.get(page, {"kind": "gardening", "net_hourly": "12", "hours": "2"})
    low = client.get(page, {"kind": "gardening", "net_hourly": "3", "hours": "2"})

    assert good.context["found"].after_credit < good.context["found"].cost
    assert "au moins" in low.content.decode()


def test_a_student_answers_from_her_phone_and_is_chosen(client):
    space = make_services_space()
    household, worker = make_household(space), make_worker(space)
    client.force_login(household.person)
    asked = client.post(
        reverse("services:ask", args=[space.slug]),
        {"kind": "gardening", "words": "La haie.", "rhythm": "once", "minutes": "120",
         "budget": "12,50"},
        follow=True,
    ).context["asked"]  # fmt: skip
    client.force_login(worker.person)
    assert (
        asked.words in client.get(reverse("services:requests", args=[space.slug])).content.decode()
    )
    client.post(reverse("services:offer", args=[space.slug, asked.code]), {"net_hourly": "13"})
    client.force_login(household.person)
    sent = Offer.objects.get()

    client.post(reverse("services:choose", args=[space.slug, sent.pk]))

    sent.refresh_from_db()
    assert sent.state == OfferState.CHOSEN


def test_a_neighbour_who_did_not_answer_reads_a_request_no_more_once_agreed(client):
    asked = make_request(make_household(make_services_space()))
    one, other = make_worker(asked.space, "Inès"), make_worker(asked.space, "Luc")
    sent = offers.offer(asked=asked, worker=one, net_hourly=Decimal(13), by=one.person)
    offers.choose(offer=sent, by=asked.household.person)

    client.force_login(other.person)

    assert client.get(asked.get_absolute_url()).status_code == 404
    assert Participation.objects.filter(person=other.person).exists()
    assert Request.objects.count() == 1


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
