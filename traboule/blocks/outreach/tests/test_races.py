"""Two advisers at the same moment, on PostgreSQL, where two writers truly race."""

import pytest
from django.db import connection
from django.utils import timezone

from traboule.blocks.outreach.actions import contacts, exchanges, importing
from traboule.blocks.outreach.models import Contact, Exchange, NextAction
from traboule.kernel.people.tests.test_races import at_once
from traboule.kernel.spaces.tests.factories import make_facilitator

from .factories import csv_file, make_contact, outreach_space

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
LIST = ("Nom;Mobile", *(f"Personne {chr(65 + n)};06123456{n:02d}" for n in range(8)))


@pytest.fixture(autouse=True)
def _needs_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL lets two writers race")


def test_of_six_who_note_the_same_call_one_does_and_the_others_are_told():
    space = outreach_space()
    team = [make_facilitator(space, f"Karim {n}") for n in range(6)]
    lina = make_contact(space, by=team[0], phone="+33612345678")
    todo = contacts.plan_next(contact=lina, kind="call", due_on=timezone.localdate(), by=team[0])

    def act(n):
        return exchanges.note_exchange(
            contact=lina, kind="call", outcome="no-answer", action=todo.pk, by=team[n]
        )

    answers = at_once(6, act)

    assert answers.count("refused") == 5
    assert Exchange.objects.count() == 1
    assert NextAction.objects.to_do().count() == 1


def test_of_four_who_take_the_same_contact_one_has_it():
    space = outreach_space()
    team = [make_facilitator(space, f"Karim {n}") for n in range(4)]
    lina = make_contact(space, by=team[0])
    todo = contacts.plan_next(contact=lina, kind="call", due_on=timezone.localdate(), by=team[0])
    NextAction.objects.update(owner=None)

    answers = at_once(4, lambda n: contacts.take(action=todo, seen_owner=None, by=team[n]))

    assert answers.count("refused") == 3


def test_one_list_imported_twice_at_once_makes_each_contact_once():
    space = outreach_space()
    karim = make_facilitator(space)
    checked = importing.check_file(
        space=space, file=csv_file(*LIST), source_note="La CMA", by=karim
    )

    at_once(3, lambda _n: importing.import_checked(checked=checked, by=karim))

    assert Contact.objects.count() == 8


def test_the_same_list_sent_by_two_advisers_at_once_makes_each_contact_once():
    space = outreach_space()
    team = [make_facilitator(space, f"Karim {n}") for n in range(3)]
    lists = [
        importing.check_file(space=space, file=csv_file(*LIST), source_note="La CMA", by=one)
        for one in team
    ]

    at_once(3, lambda n: importing.import_checked(checked=lists[n], by=team[n]))

    assert Contact.objects.count() == 8
