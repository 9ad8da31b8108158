"""Partners: named by who coordinates, read on the sheet, in the space and by search."""

import pytest
from django.urls import reverse

from traboule.kernel.initiatives.exchange.sheets import sheet_of
from traboule.kernel.people.models import Organisation
from traboule.kernel.spaces import actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def partners(space, awa, client):
    """The address of the page, opened as who coordinates."""
    client.force_login(awa)
    return reverse("spaces:partners", args=[space.slug])


def named(space):
    return [(str(one), one.role) for one in space.initiative.partnerships.all()]


def test_a_partner_is_named_corrected_and_taken_off(client, space, partners):
    told = {"name": "Régie du Soleil", "role": "prête la salle"}
    client.post(partners, told)
    client.post(partners, told | {"role": "prête la salle et des outils"})
    after_two = named(space)
    sheet = client.get(space.initiative.get_absolute_url()).content.decode()
    front = client.get(space.get_absolute_url()).content.decode()
    one = space.initiative.partnerships.get()
    client.post(reverse("spaces:remove-partner", args=[space.slug, one.pk]))

    assert after_two == [("Régie du Soleil", "prête la salle et des outils")]
    for page in (sheet, front):
        assert "prête la salle et des outils" in page
    assert named(space) == []
    assert "Régie du Soleil" not in client.get(space.initiative.get_absolute_url()).content.decode()


def test_a_sheet_is_found_by_its_partners_and_exported_with_them(client, space, partners):
    client.post(partners, {"name": "Zinzolin", "role": ""})

    found = client.get(reverse("initiatives:explore"), {"q": "zinzolin"}).content.decode()

    assert space.initiative.title in found
    assert [partner.name for partner in sheet_of(space.initiative).partners] == ["Zinzolin"]


def test_an_organisation_shows_what_it_carries_and_joins(client, space, partners, awa):
    client.post(partners, {"name": "Régie du Soleil", "role": ""})
    address = space.initiative.get_absolute_url()

    for organisation, title in (
        (space.initiative.holder, "Ses initiatives"),
        (Organisation.objects.get(name="Régie du Soleil"), "Partenaire de"),
    ):
        page = client.get(reverse("people:organisation", args=[organisation.pk])).content.decode()
        assert (title in page, address in page) == (True, True)


def test_a_closed_space_keeps_its_partners(client, space, partners, awa):
    actions.close(space=space, by=awa)

    client.post(partners, {"name": "Régie du Soleil", "role": ""})

    assert named(space) == []
