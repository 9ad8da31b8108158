"""Telling many the same: what each is told, and what it costs to write."""

import pytest
from django.core import mail
from django.forms.models import model_to_dict

from traboule.kernel.notices import dressing
from traboule.kernel.notices.actions import tell, tell_many
from traboule.kernel.notices.delivering import deliver_notices
from traboule.kernel.notices.models import Notice
from traboule.kernel.people.models import Guardianship

WORDS = {"kind": "test", "subject": "Lettre", "text": "Bonjour à toutes et tous."}


@pytest.fixture
def neighbours(person):
    """One of each kind: by SMS, by e-mail, by post, a child with two guardians, nobody's."""
    rose = person("Rose", email="rose@exemple.fr")
    nadia = person("Nadia", mobile="+33612345601", language="en")
    child = person("Lina")
    for guardian in (rose, nadia):
        Guardianship.objects.create(
            child=child, guardian=guardian, created_by=guardian, relation="other"
        )
    return [rose, nadia, child, person("Ali", post="1 rue du Lac\n38000 Grenoble"), person("Léo")]


def row(notice: Notice) -> dict:
    own = {"id", "key", "twin_of", "created_at"}
    return {k: v for k, v in model_to_dict(notice).items() if k not in own} | {
        "twin": notice.twin_of_id is not None
    }


@pytest.mark.parametrize("how", [{"urgent": True}, {"at_once": True}, {}], ids=str)
def test_many_are_told_exactly_as_each_would_be(neighbours, how):
    for number, one in enumerate(neighbours):
        tell(person=one, key=f"one:{number}", **WORDS, **how)
    alone = [row(notice) for notice in Notice.objects.order_by("person", "recipient")]
    Notice.objects.all().delete()

    told = tell_many(persons=neighbours, key=lambda one: f"many:{one.pk}", **WORDS, **how)

    assert [row(notice) for notice in Notice.objects.order_by("person", "recipient")] == alone
    assert {pk: notice.person_id for pk, notice in told.items()} == {
        one.pk: one.pk for one in neighbours
    }


def test_told_again_by_the_same_key_nobody_hears_it_twice(neighbours):
    once = tell_many(persons=neighbours[:2], key=lambda one: f"many:{one.pk}", **WORDS)
    twice = tell_many(persons=neighbours, key=lambda one: f"many:{one.pk}", **WORDS)

    assert Notice.objects.filter(twin_of=None).count() == len(neighbours)
    assert once.items() <= twice.items()


def test_writing_to_many_asks_no_more_of_the_database(person, django_assert_max_num_queries):
    several = [person(f"Voisine {n}", email=f"v{n}@exemple.fr") for n in range(12)]

    with django_assert_max_num_queries(16):
        tell_many(persons=several[:3], key=lambda one: f"a:{one.pk}", at_once=True, **WORDS)
    with django_assert_max_num_queries(16):
        tell_many(persons=several, key=lambda one: f"b:{one.pk}", at_once=True, **WORDS)


def test_one_that_cannot_be_carried_stops_no_other(person, monkeypatch):
    first, second = (person(f"V{n}", email=f"v{n}@exemple.fr") for n in range(2))
    told = tell_many(persons=[first, second], key=lambda one: f"b:{one.pk}", at_once=True, **WORDS)

    def breaks(notice):
        if notice.person == first:
            raise RuntimeError("an app is broken")
        return dressing.Dress()

    monkeypatch.setitem(dressing._dressers, "test", breaks)

    deliver_notices.func([told[first.pk].pk, told[second.pk].pk])

    assert [message.to for message in mail.outbox] == [["v1@exemple.fr"]]
