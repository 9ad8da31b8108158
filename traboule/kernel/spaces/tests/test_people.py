import pytest
from django.urls import reverse

from traboule.kernel.initiatives.tests.factories import make_person
from traboule.kernel.journal.models import Entry
from traboule.kernel.people.guardians import add_child
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Participation
from traboule.kernel.spaces.rules import can_help, can_open_door_of

from .factories import make_participant, make_space

pytestmark = pytest.mark.django_db


@pytest.fixture
def add(client, space, karim):
    """Type a person as the facilitator does."""
    client.force_login(karim)
    address = reverse("spaces:add-person", args=[space.slug])
    return lambda **typed: client.post(address, {"role": "member", **typed})


def the(name):
    return Person.objects.get(name=name)


def test_a_name_is_enough_to_be_added(add, space, karim):
    response = add(name="Madame Perrin")

    person = the("Madame Perrin")
    assert response.url == reverse("spaces:person", args=[space.slug, person.public_id])
    assert person.channels.count() == 0
    entry = Entry.objects.get(act="join-space")
    assert (entry.by_key, entry.for_key, entry.subject_label) == (karim.pk, person.pk, str(space))


def test_every_way_to_reach_her_can_be_noted(add, nadia):
    add(
        name="Madame Perrin",
        phone="04 72 12 34 56",
        email="Perrin@Exemple.fr",
        post="12 rue des Tilleuls\n69200 Vénissieux",
        relay=str(nadia.pk),
    )

    channels = the("Madame Perrin").channels.order_by("pk")
    assert [(one.kind, one.value) for one in channels] == [
        ("landline", "+33472123456"),
        ("email", "perrin@exemple.fr"),
        ("post", "12 rue des Tilleuls\n69200 Vénissieux"),
        ("relay", ""),
    ]
    assert not any(one.is_verified for one in channels)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "Lina", "phone": "06"}, "phone"),
        ({"name": "Lina", "email": "lina"}, "email"),
        ({"name": "Lina", "role": "coordinator"}, "role"),
        ({"name": "Lina", "role": "guest"}, "role"),
    ],
)
def test_what_is_wrong_is_said_and_nobody_is_added(add, typed, field):
    response = add(**typed)

    assert list(response.context["form"].errors) == [field]
    assert not Person.objects.filter(name="Lina").exists()


@pytest.mark.parametrize("typed", [{"name": "Nadja", "phone": "0612345678"}, {"name": "nadia"}])
def test_someone_who_may_be_here_already_is_asked_about_first(add, space, nadia, typed):
    question = add(**typed)
    assert [one.name for one in question.context["form"].lookalikes] == ["Nadia Benali"]
    assert Person.objects.filter(name=typed["name"]).count() == 0

    add(**typed, same=str(nadia.pk))
    assert space.roll().filter(person=nadia).count() == 1

    add(**typed, same="new")
    assert Person.objects.filter(name=typed["name"]).count() == 1


def test_a_number_typed_at_random_tells_nobodys_name(add):
    elsewhere = make_space()
    make_participant(elsewhere, name="Samia", mobile="+33611223344")

    response = add(name="Lina", phone="06 11 22 33 44")

    assert response.status_code == 302
    assert the("Lina").channels.get().value == "+33611223344"


def test_someone_who_left_comes_back(client, add, space, nadia):
    space.participations.filter(person=nadia).update(left_at="2026-01-01T10:00Z")

    add(name="Nadia Benali", same=str(nadia.pk))

    assert [one.left_at for one in space.participations.filter(person=nadia)] == [None]


def test_a_participant_is_seen_with_her_channels_by_those_who_facilitate(
    client, space, karim, nadia
):
    address = reverse("spaces:person", args=[space.slug, nadia.public_id])
    seen = {}
    for who in (karim, nadia, make_participant(space, name="Lina")):
        client.force_login(who)
        response = client.get(address)
        number = "06\u00a012\u00a034\u00a056\u00a078"
        seen[who.name] = response.status_code == 200 and number in response.content.decode()

    assert seen == {"Karim Haddad": True, "Nadia Benali": True, "Lina": False}


def test_the_roll_is_by_role_in_the_spaces_words(client, space, awa, karim, nadia):
    type(space).objects.update(role_names={"facilitator": "Jardinier-conseil"})
    client.force_login(nadia)

    groups = client.get(reverse("spaces:people", args=[space.slug])).context["groups"]

    assert [(name, [shown for _one, shown in people]) for name, people in groups] == [
        ("Coordination", ["Awa Diallo"]),
        ("Jardinier-conseil", ["Karim Haddad"]),
        ("Membre", ["Nadia Benali"]),
    ]


def test_the_roll_costs_the_same_with_one_and_with_three(client, space, karim, count_queries):
    client.force_login(karim)
    address = reverse("spaces:people", args=[space.slug])
    with_one = count_queries(address)
    for name in ("Lina", "Samia"):
        make_participant(space, name=name)

    assert count_queries(address) == with_one <= 8


def test_those_who_facilitate_may_help_those_who_take_part(space, karim, nadia):
    stranger = make_person("Bruno")

    assert can_help(karim, nadia)
    assert not can_help(nadia, karim)
    assert not can_help(karim, stranger)


def test_a_card_of_someone_with_more_power_is_not_theirs_to_give(space, awa, karim, nadia):
    may = {
        (by.name.split()[0], other.name.split()[0]): can_open_door_of(by, other)
        for by in (awa, karim, nadia)
        for other in (awa, karim, nadia)
        if by != other
    }

    assert may == {
        ("Awa", "Karim"): True,
        ("Awa", "Nadia"): True,
        ("Karim", "Awa"): False,
        ("Karim", "Nadia"): True,
        ("Nadia", "Awa"): False,
        ("Nadia", "Karim"): False,
    }
    make_coordinator_of_another(nadia)
    assert not can_open_door_of(awa, nadia)


def make_coordinator_of_another(person):
    make_space().participations.create(person=person, role="coordinator")


def test_helping_begins_on_the_persons_page(client, space, karim, nadia):
    client.force_login(karim)

    doors = client.get(nadia.participations.get().get_absolute_url()).context["doors"]

    assert [door.label for door in doors] == [
        "Sa carte",
        "Ses accords",
        "Quelqu’un agit pour elle : le mandat",
    ]


def test_who_facilitates_merges_two_people_of_the_space_and_may_part_them(client, space, karim):
    stranger = make_person("Katrine Moulin", mobile="+33612345699")
    katrine = make_participant(space, name="Katrine Moulin")
    catherine = make_participant(space, name="Catherine Moulin")
    Person.objects.update(birth_year=1960)
    client.force_login(karim)

    listed = client.get(reverse("people:duplicates"))
    pairs = [(pair.a, pair.b) for pair in listed.context["proposals"]]
    assert pairs == [(katrine, catherine)]
    client.post(reverse("people:duplicate", args=[katrine.pk, catherine.pk]), {"keep": katrine.pk})
    page = client.get(reverse("people:duplicates"))
    (merge,) = page.context["merges"]
    client.post(reverse("people:undo-merge", args=[merge.pk]))

    assert list(Person.objects.filter(is_active=False)) == []
    assert stranger.is_active


def test_a_childs_page_says_whom_to_call(client, space, karim, nadia):
    child = add_child(name="Noé", birth_year=2018, by=nadia, relation="mother")
    Participation.objects.create(space=space, person=child)
    client.force_login(karim)

    page = client.get(reverse("spaces:person", args=[space.slug, child.public_id]))

    (mother,) = page.context["guardians"]
    assert [phone.value for phone in mother.guardian.phones] == ["+33612345678"]
    assert [door.label for door in page.context["doors"]] == ["Sa carte", "Ses accords"]


def test_people_are_listed_as_in_a_directory(client, space, karim):
    for name in ("Zoé", "élise", "Amina"):
        make_participant(space, name=name)
    client.force_login(karim)

    groups = client.get(reverse("spaces:people", args=[space.slug])).context["groups"]

    assert [[name for _one, name in people] for _role, people in groups] == [
        ["Karim Haddad"],
        ["Amina", "élise", "Zoé"],
    ]


def test_a_long_roll_goes_on_by_key_the_team_first_nobody_twice(client, space, awa, monkeypatch):
    monkeypatch.setattr("traboule.kernel.spaces.views.people.PAGE_SIZE", 2)
    for name in ("Zoé", "Amina", "Lina"):
        make_participant(space, name=name)
    client.force_login(awa)

    pages, more = [], reverse("spaces:people", args=[space.slug])
    while more:
        context = client.get(more).context
        pages.append([name for _role, people in context["groups"] for _one, name in people])
        more = context["next"] and f"{reverse('spaces:people', args=[space.slug])}{context['next']}"

    assert pages[0][0] == "Awa Diallo"
    names = [name for page in pages for name in page]
    assert sorted(names) == sorted({"Awa Diallo", "Zoé", "Amina", "Lina"})


def test_the_card_of_someone_leads_back_to_them(client, space, karim, nadia):
    client.force_login(karim)

    page = client.get(reverse("people:person-card", args=[nadia.public_id])).content.decode()

    assert reverse("spaces:person", args=[space.slug, nadia.public_id]) in page
