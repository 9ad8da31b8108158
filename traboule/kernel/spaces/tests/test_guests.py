import io

import pytest
from django.urls import reverse, reverse_lazy
from pypdf import PdfReader

from traboule.kernel.initiatives.tests.factories import make_person
from traboule.kernel.people.actions import add_channel
from traboule.kernel.people.models import Person
from traboule.kernel.spaces import access
from traboule.kernel.spaces.models import Participation, Role

from .factories import make_coordinator, make_space

pytestmark = pytest.mark.django_db
CODE = reverse_lazy("spaces:code")


@pytest.fixture
def code(space, awa):
    return access.rotate(space=space, by=awa)


def door(code):
    return reverse("spaces:enter", args=[code])


def guests(space):
    return [one.person.name for one in space.roll().filter(role="guest")]


def test_a_code_is_read_however_it_is_typed(client, space, code):
    assert client.get(CODE).status_code == 200

    for typed in (code, code.lower(), code.replace("-", " "), f" {code.replace('-', '')}."):
        assert client.post(CODE, {"code": typed}).url == door(code)


def test_a_first_name_opens_reading_and_no_more(client, space, awa, karim, code):
    assert space.initiative.title in client.get(door(code)).content.decode()

    response = client.post(door(code), {"first_name": " Lina "})

    assert response.url == space.get_absolute_url()
    guest = Person.objects.get(name="Lina")
    assert (guest.is_guest, guest.channels.count()) == (True, 0)
    assert client.session.get_expire_at_browser_close()
    people = client.get(reverse("spaces:people", args=[space.slug])).content.decode()
    assert "Karim" in people
    assert "Haddad" not in people
    assert client.get(reverse("spaces:add-person", args=[space.slug])).status_code == 403


def test_an_empty_first_name_is_asked_again(client, space, code):
    response = client.post(door(code), {"first_name": "  "})

    assert response.context["form"].errors == {"first_name": ["Écrivez votre prénom."]}
    assert guests(space) == []


def test_one_may_only_look(client, space, awa, code):
    access_page = reverse("spaces:news", args=[space.slug])

    assert client.post(door(code), {"look": "1"}).url == space.get_absolute_url()
    assert client.get(space.get_absolute_url()).context["reads"]
    assert guests(space) == []
    assert client.get(access_page).status_code == 302

    access.rotate(space=space, by=awa)
    assert not client.get(space.get_absolute_url()).context["reads"]


def test_the_same_browser_comes_back_as_the_same_guest(client, space, code):
    client.post(door(code), {"first_name": "Lina"})

    client.post(door(code), {"enter": "1"})

    assert guests(space) == ["Lina"]


def test_guests_of_the_same_name_are_told_apart(space, awa, code):
    names = [access.enter(space=space, first_name=name).name for name in ("Lina", "lina", "Lina")]

    assert names == ["Lina", "lina (2)", "Lina (3)"]


def test_an_old_code_opens_nothing_and_says_so(client, space, awa, code):
    access.rotate(space=space, by=awa)

    typed = client.post(CODE, {"code": code})
    photographed = client.get(door(code))

    assert "il a été changé" in typed.context["form"].errors["code"][0]
    assert photographed.status_code == 404
    assert "il a été changé" in photographed.content.decode()


def test_without_a_code_an_empty_one_opens_nothing(client, space):
    assert space.access_code == ""
    assert access.space_of("") is None
    assert access.space_of("-") is None


def test_a_person_with_the_code_is_a_member(client, space, code):
    bruno = make_person("Bruno")
    client.force_login(bruno)

    assert "Entrer comme Bruno" in client.get(door(code)).content.decode()
    client.post(door(code), {"enter": "1"})

    assert Participation.objects.get(person=bruno).role == "member"


def test_a_code_lowers_nobody(client, space, karim, code):
    access.let_in(space=space, person=karim)

    assert Participation.objects.get(person=karim).role == "facilitator"


def test_a_guest_who_proves_a_number_becomes_a_member(space, code):
    guest = access.enter(space=space, first_name="Lina")

    add_channel(person=guest, kind="mobile", value="+33612345699", by=guest)

    assert Participation.objects.get(person=guest).role == "member"


def test_only_the_coordination_changes_the_code(client, space, karim, awa):
    address = reverse("spaces:access", args=[space.slug])
    client.force_login(karim)
    client.post(address, {"rotate": "1"})
    space.refresh_from_db()
    before = space.access_code
    client.force_login(awa)
    client.post(address, {"rotate": "1"})
    space.refresh_from_db()

    assert before == ""
    assert len(space.access_code) == 9
    assert set(space.access_code) & set("IO01") == set()


def test_the_poster_is_one_page_with_the_code(client, space, karim, code):
    client.force_login(karim)
    response = client.get(reverse("spaces:access-poster", args=[space.slug]))

    pages = PdfReader(io.BytesIO(response.content)).pages
    assert len(pages) == 1
    assert code in pages[0].extract_text()


def test_a_guest_of_two_places_is_one_guest(client, space, code, awa):
    other = make_space()
    second = access.rotate(space=other, by=make_coordinator(other))
    client.post(door(code), {"first_name": "Lina"})
    client.post(door(second), {"enter": "1"})

    lina = Person.objects.get(name="Lina")
    roles = lina.participations.order_by("pk").values_list("space", "role")
    assert list(roles) == [(space.pk, "guest"), (other.pk, "guest")]


def test_members_read_whole_names_and_guests_first_names(space, nadia):
    member = nadia.participations.get()
    guest = access.enter(space=space, first_name="Lina Rose").participations.get()

    read = [
        [one.name_for(role) for role in (None, Role.GUEST, Role.MEMBER)] for one in (member, guest)
    ]

    assert read == [["Nadia", "Nadia", "Nadia Benali"], ["Lina Rose"] * 3]
