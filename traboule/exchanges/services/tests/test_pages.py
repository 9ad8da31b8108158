from decimal import Decimal

import pytest
from django.urls import reverse

from traboule.kernel.spaces.models import Participation

from ..actions import offers
from ..models import Offer, OfferState, Request
from .factories import make_household, make_request, make_services_space, make_worker

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
