import pytest
from django.urls import reverse

from traboule.kernel.journal.models import Entry
from traboule.kernel.people.models import Channel, Membership, Organisation, Person

pytestmark = pytest.mark.django_db
SIRET = "73282932000074"


@pytest.fixture
def awa(client):
    person = Person.objects.create_person(name="Awa")
    client.force_login(person)
    return person


@pytest.fixture
def voisins(awa):
    group = Organisation.objects.create(name="Les Voisins")
    group.memberships.create(person=awa, role="coordinator")
    return group


def roles(group: Organisation) -> dict[str, str]:
    return dict(group.memberships.values_list("person__name", "role"))


def known(name: str, mobile: str) -> Person:
    channel = Channel.read(mobile)
    channel.verified_at = "2026-01-01T00:00Z"
    return Person.objects.create_person(name=name, channels=[channel])


def test_whoever_makes_an_organisation_coordinates_it(client, awa):
    response = client.post(
        reverse("people:organisation-new"),
        {"name": "Les Voisins", "kind": "association", "siret": "732 829 320 00074"},
    )

    group = Organisation.objects.get()
    assert response.url == reverse("people:organisation", args=[group.pk])
    assert (group.siret, roles(group)) == (SIRET, {"Awa": "coordinator"})
    assert [entry.act for entry in Entry.objects.about(group)] == ["create-organisation"]


@pytest.mark.parametrize(
    ("siret", "why"), [("73282932000075", "n’existe pas"), ("123", "quatorze chiffres")]
)
def test_a_wrong_siret_is_refused_and_nothing_is_lost(client, awa, siret, why):
    page = client.post(
        reverse("people:organisation-new"), {"name": "Les Voisins", "siret": siret}
    ).content.decode()

    assert why in page
    assert 'value="Les Voisins"' in page
    assert Organisation.objects.count() == 0


def test_the_siret_of_another_organisation_is_refused(client, awa):
    Organisation.objects.create(name="Les Voisins", siret=SIRET)

    response = client.post(reverse("people:organisation-new"), {"name": "D’autres", "siret": SIRET})

    assert "porte déjà ce SIRET" in response.content.decode()


def test_members_are_added_by_a_number_known_here_or_as_someone_new(client, voisins):
    bruno = known("Bruno Petit", "06 12 34 56 78")
    address = reverse("people:organisation-add", args=[voisins.pk])

    client.post(address, {"name": "bruno", "address": "0612345678", "role": "member"})
    client.post(address, {"name": "Lina", "address": "06 12 34 56 79", "role": "facilitator"})
    client.post(address, {"name": "Omar", "role": "member"})

    assert roles(voisins) == {
        "Awa": "coordinator",
        "Bruno Petit": "member",
        "Lina": "facilitator",
        "Omar": "member",
    }
    assert bruno.memberships.count() == 1
    assert Channel.objects.get(person__name="Lina").is_verified is False


@pytest.mark.parametrize(
    ("name", "address", "why"),
    [
        ("Karim", "06 12 34 56 78", "quelqu’un d’un autre nom"),
        ("Awa", "awa@exemple.fr", "en fait déjà partie"),
        ("Karim", "bonjour", "ni un numéro"),
    ],
)
def test_a_member_who_cannot_be_added_is_explained(client, voisins, name, address, why):
    known("Bruno", "06 12 34 56 78")
    awa = voisins.members.get()
    awa.channels.create(kind="email", value="awa@exemple.fr", verified_at="2026-01-01T00:00Z")

    response = client.post(
        reverse("people:organisation-add", args=[voisins.pk]),
        {"name": name, "address": address, "role": "member"},
    )

    assert why in response.content.decode()
    assert roles(voisins) == {"Awa": "coordinator"}


def test_the_last_one_who_coordinates_neither_leaves_nor_steps_back(client, awa, voisins):
    mine = voisins.memberships.get()
    leave = reverse("people:organisation-leave", args=[mine.pk])
    role = reverse("people:organisation-role", args=[mine.pk])

    left = client.post(leave, {"csrf": ""}).content.decode()
    stepped_back = client.post(role, {"role": "member"}).content.decode()
    assert (left.count("nommez-en une autre"), stepped_back.count("nommez-en une autre")) == (1, 1)

    bruno = Person.objects.create_person(name="Bruno")
    other = voisins.memberships.create(person=bruno)
    client.post(reverse("people:organisation-role", args=[other.pk]), {"role": "coordinator"})
    client.post(leave)

    assert roles(voisins) == {"Bruno": "coordinator"}


def test_only_members_see_who_the_members_are_and_only_coordinators_change_them(client, voisins):
    bruno = Person.objects.create_person(name="Bruno")
    client.force_login(bruno)
    page = reverse("people:organisation", args=[voisins.pk])

    assert "Awa" not in client.get(page).content.decode()
    membership = Membership.objects.create(person=bruno, organisation=voisins)
    assert "Awa" in client.get(page).content.decode()
    for name in ("edit", "add", "remove"):
        assert (
            client.get(reverse(f"people:organisation-{name}", args=[voisins.pk])).status_code == 403
        )
    assert (
        client.post(
            reverse("people:organisation-role", args=[membership.pk]), {"role": "coordinator"}
        ).status_code
        == 403
    )
    assert (
        client.post(reverse("people:organisation-leave", args=[membership.pk])).status_code == 302
    )
    assert roles(voisins) == {"Awa": "coordinator"}


def test_an_organisation_that_carries_nothing_is_removed(client, voisins):
    client.post(reverse("people:organisation-remove", args=[voisins.pk]))

    assert Organisation.objects.count() == 0


def test_a_page_costs_the_same_with_one_member_and_with_three(client, voisins, count_queries):
    page = reverse("people:organisation", args=[voisins.pk])
    with_one = count_queries(page)
    for name in ("Bruno", "Lina"):
        voisins.memberships.create(person=Person.objects.create_person(name=name))

    assert count_queries(page) == with_one <= 9
