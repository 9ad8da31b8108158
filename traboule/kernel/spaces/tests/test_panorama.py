"""All the spaces of one holder on a page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from traboule.kernel.people.models import Membership, Organisation
from traboule.kernel.spaces import panorama
from traboule.kernel.spaces.tests.factories import make_participant, make_space


@pytest.fixture
def holder(db):
    return Organisation.objects.create(name="Les Jardiniers")


def _gardens(holder, number):
    for rank in range(number):
        space = make_space(blocks=("agenda",))
        space.initiative.holder = holder
        space.initiative.save(update_fields=["holder"])
        make_participant(space, name=f"Nadia {rank}")


@pytest.fixture
def gardener(holder):
    person = make_participant(make_space(), name="Karim")
    Membership.objects.create(organisation=holder, person=person)
    return person


def _page(client, holder):
    return client.get(reverse("spaces:panorama", args=[holder.pk]))


def test_forty_gardens_cost_what_three_do(client, holder, gardener, django_assert_num_queries):
    client.force_login(gardener)
    _gardens(holder, 3)
    with CaptureQueriesContext(connection) as few:
        _page(client, holder)

    _gardens(holder, 37)
    with django_assert_num_queries(len(few)):
        page = _page(client, holder)
    assert len(few) <= 6 + 2 * len(panorama.signs_for(carries=True))

    assert len(page.context["rows"]) == 40


def test_a_partner_reads_less_and_others_nothing(client, holder):
    _gardens(holder, 1)
    partner = Organisation.objects.create(name="Plume")
    person = make_participant(make_space(), name="Lina")
    Membership.objects.create(organisation=partner, person=person)
    client.force_login(person)
    assert _page(client, holder).status_code == 403

    initiative = holder.initiatives.get()
    initiative.partnerships.create(organisation=partner, role="Vidéo")

    page = _page(client, holder)
    assert page.status_code == 200
    assert not [sign for sign in page.context["signs"] if sign.for_carriers_only]


def test_the_table_says_the_same(client, holder, gardener):
    _gardens(holder, 2)
    client.force_login(gardener)

    table = client.get(reverse("spaces:panorama-csv", args=[holder.pk])).getvalue().decode()

    assert len(table.splitlines()) == 3
