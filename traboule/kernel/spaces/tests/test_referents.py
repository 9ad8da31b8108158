"""Whom to call, on every page."""

import pytest
from django.urls import reverse

from traboule.kernel.spaces.models import Page, Referent
from traboule.kernel.spaces.tests.factories import make_facilitator, make_participant, make_space


@pytest.fixture
def garden(db):
    space = make_space(blocks=("agenda",), access_code="7K4M-2QXD")
    Page.objects.create(space=space, slug="outils", title="Outils", text="x", html="x")
    return space


def _named(client, garden, nadia, **more):
    client.force_login(make_facilitator(garden))
    said = {"person": nadia.pk, "charge": "l’eau", "hours": "le mercredi de 14 h à 17 h",
            "phone": "06 12 34 56 78", "agreed": "on", **more}  # fmt: skip
    return client.post(reverse("spaces:referents", args=[garden.slug]), said)


def test_a_referent_is_read_with_hours_and_number_on_every_page_by_those_of_the_space(
    client, garden
):
    nadia = make_participant(garden, name="Nadia Morel")
    _named(client, garden, nadia)

    for name in ("spaces:space", "spaces:people", "agenda:agenda"):
        page = client.get(reverse(name, args=[garden.slug]))
        assert "le mercredi de 14 h à 17 h" in page.content.decode(), name
        assert "tel:+33612345678" in page.content.decode(), name

    client.logout()
    assert "mercredi" not in client.get(garden.get_absolute_url()).content.decode()


def test_a_visitor_reads_the_first_name_of_those_who_agreed_to_it(client, garden):
    _named(client, garden, make_participant(garden, name="Nadia Morel"), is_public="on")

    client.logout()
    page = client.get(garden.get_absolute_url()).content.decode()

    assert "<strong>Nadia</strong>" in page
    assert "Morel" not in page


def test_nobody_is_named_without_having_agreed(client, garden):
    response = _named(client, garden, make_participant(garden), agreed="")

    assert response.status_code == 200
    assert not Referent.objects.exists()


def test_one_ends_it_oneself(client, garden):
    nadia = make_participant(garden)
    _named(client, garden, nadia)
    client.force_login(nadia)

    client.post(reverse("spaces:remove-referent", args=[garden.slug, Referent.objects.get().pk]))

    assert not Referent.objects.exists()
