import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command

from traboule.kernel.journal.models import Entry
from traboule.kernel.people import actions
from traboule.kernel.people.models import Channel, Editorship, Person
from traboule.kernel.people.rules import is_editor

pytestmark = pytest.mark.django_db


def test_an_editor_of_a_department_edits_that_one_only():
    amina = Person.objects.create_person(name="Amina")
    actions.name_editor(person=amina, department_code="38")

    rights = [is_editor(amina, code) for code in (None, "38", "69")]

    assert rights == [True, True, False]


def test_an_editor_of_the_territory_edits_everywhere():
    amina = Person.objects.create_person(name="Amina")
    actions.name_editor(person=amina)

    assert [is_editor(amina, code) for code in (None, "38", "69")] == [True, True, True]


def test_nobody_else_edits():
    amina = Person.objects.create_person(name="Amina")
    closed = Person.objects.create_person(name="Bruno", is_active=False)
    actions.name_editor(person=closed)

    assert [is_editor(person) for person in (amina, closed, AnonymousUser())] == [False] * 3


def test_asking_who_edits_costs_one_query_at_most(django_assert_num_queries):
    amina = Person.objects.create_person(name="Amina")

    with django_assert_num_queries(1):
        assert [amina.is_editor, is_editor(amina), is_editor(amina, "38")] == [False] * 3
    with django_assert_num_queries(0):
        assert not is_editor(AnonymousUser())


def test_naming_an_editor_twice_is_one_charge_and_one_entry():
    amina = Person.objects.create_person(name="Amina")

    actions.name_editor(person=amina, department_code="38")
    actions.name_editor(person=amina, department_code="38")

    assert Editorship.objects.count() == 1
    assert [entry.act for entry in Entry.objects.about(amina)] == ["name-editor"]


def test_the_command_makes_an_editor_who_can_sign_in(capsys):
    call_command("add_editor", "Amina", phone="06 12 34 56 78", department="2a", admin=True)

    amina = Person.objects.reached_at("mobile", "+33612345678")
    assert (amina.name, amina.is_staff, amina.is_superuser) == ("Amina", True, True)
    assert amina.editor_of == {"2A"}
    assert capsys.readouterr().out.startswith("Amina peut se connecter")


def test_the_command_finds_a_person_who_is_already_here():
    call_command("add_editor", "Amina", email="Amina@exemple.fr")
    call_command("add_editor", "Amina B.", email="amina@exemple.fr", department="38")

    assert [person.name for person in Person.objects.all()] == ["Amina"]
    assert Channel.objects.count() == 1
    assert Person.objects.get().editor_of == {"", "38"}


@pytest.mark.parametrize("phone", ["04 76 12 34 56", "06 12"])
def test_the_command_refuses_a_number_that_receives_no_code(phone):
    with pytest.raises(CommandError):
        call_command("add_editor", "Amina", phone=phone)
    assert Person.objects.count() == 0
