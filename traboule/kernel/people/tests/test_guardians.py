import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from traboule.kernel.journal.models import Entry
from traboule.kernel.people import acting, consents, guardians, rules
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Channel, Guardianship, MandateScope, Person

pytestmark = pytest.mark.django_db
FAMILY, ADD = reverse_lazy("people:family"), reverse_lazy("people:add-child")
YEAR = timezone.localdate().year


def reached_at(name: str, number: str, **fields) -> Person:
    channel = Channel(kind="mobile", value=number, verified_at=timezone.now())
    return Person.objects.create_person(name=name, channels=[channel], **fields)


@pytest.fixture
def karim():
    return reached_at("Karim", "+33612345671")


@pytest.fixture
def sofia():
    return reached_at("Sofia", "+33612345672")


@pytest.fixture
def lina(karim):
    return guardians.add_child(name="Lina", birth_year=YEAR - 9, by=karim, relation="father")


@pytest.fixture
def invitation(lina, karim):
    return guardians.invite_guardian(
        child=lina, name="Maman", address="06 12 34 56 72", relation="mother", by=karim
    )


def test_a_parent_acts_for_a_child_who_needs_no_channel(karim, sofia, lina):
    assert lina.channels.count() == 0
    assert rules.can_act_for(karim, lina, MandateScope.SIGN_UP)
    assert not rules.can_act_for(sofia, lina, MandateScope.SIGN_UP)
    assert list(acting.people_i_act_for(karim, MandateScope.CONSENT)) == [lina]
    assert [(e.act, e.by_key, e.for_key) for e in Entry.objects.about(lina)] == [
        ("add-child", karim.pk, None)
    ]


def test_a_facilitator_adds_a_child_for_a_parent_on_the_phone(karim, sofia):
    child = guardians.add_child(name="Noé", birth_year=YEAR - 7, by=sofia, guardian=karim)

    assert [mine.child for mine in guardians.children_of(karim)] == [child]
    assert list(guardians.children_of(sofia)) == []
    assert Entry.objects.get(act="add-child").for_key == karim.pk


@pytest.mark.parametrize(("age", "still"), [(17, True), (18, True), (19, False)])
def test_nobody_answers_for_an_adult(karim, lina, age, still):
    lina.birth_year = YEAR - age
    lina.save(update_fields=["birth_year"])

    assert rules.is_guardian(karim, lina) == still
    assert consents.deciders_of(lina) == ({karim.pk} if still else {lina.pk})


def test_a_child_is_neither_an_adult_nor_a_parent(karim, lina):
    with pytest.raises(Refused, match="année de naissance"):
        guardians.add_child(name="Zoé", birth_year=YEAR - 30, by=karim)
    with pytest.raises(Refused, match="majeur"):
        guardians.add_child(name="Zoé", birth_year=YEAR - 1, by=lina)
    with pytest.raises(Refused, match="lui-même"):
        guardians.add_guardian(child=lina, guardian=lina, relation="other", by=karim)
    with pytest.raises(Refused, match="déjà"):
        guardians.add_guardian(child=lina, guardian=karim, relation="father", by=karim)


@pytest.mark.parametrize("wrong", ["self", "relation"])
def test_the_database_refuses_guardians_that_make_no_sense(karim, lina, wrong):
    fields = {"self": {"guardian": lina}, "relation": {"relation": "king"}}[wrong]

    with pytest.raises(IntegrityError), transaction.atomic():
        Guardianship.objects.filter(child=lina).update(**fields)


def test_the_other_parent_finds_the_child_by_their_number(invitation, karim, sofia, lina):
    consents.record_answer(
        person=lina,
        purpose="image",
        given=False,
        how="paper",
        said_by=invitation.guardian,
        by=karim,
    )
    assert not rules.can_act_for(sofia, lina, MandateScope.CONSENT)
    assert list(guardians.invitations_to(karim)) == []
    assert list(guardians.invitations_to(sofia)) == [invitation]

    guardians.accept(guardianship=invitation, by=sofia)

    assert rules.can_act_for(sofia, lina, MandateScope.CONSENT)
    assert list(guardians.invitations_to(sofia)) == []
    assert consents.deciders_of(lina) == {karim.pk, sofia.pk}
    assert consents.state_of(lina, "image") == "refused"


def test_a_number_given_by_mistake_is_declined(client, invitation, sofia, lina):
    client.force_login(sofia)

    client.post(reverse("people:accept-guardianship", args=[invitation.pk]), {"decline": "1"})

    assert not rules.is_guardian(sofia, lina)
    assert list(guardians.invitations_to(sofia)) == []
    assert lina.guardianships.current().count() == 1


def test_a_number_known_here_or_not_is_invited_alike(karim, sofia, lina, invitation):
    known, unknown = (
        invitation.guardian,
        guardians.invite_guardian(
            child=lina, name="Papi", address="06 12 34 56 73", relation="other", by=karim
        ).guardian,
    )

    assert (known.name, unknown.name) == ("Maman", "Papi")
    assert [channel.is_verified for channel in known.channels.all()] == [False]
    with pytest.raises(Refused, match="déjà d’un parent"):
        guardians.invite_guardian(
            child=lina, name="Maman", address="0612345672", relation="mother", by=karim
        )


def test_a_parent_cannot_put_the_other_out(karim, sofia, lina, invitation):
    assert rules.can_end_guardianship(karim, invitation)

    guardians.accept(guardianship=invitation, by=sofia)
    Person.objects.filter(pk=sofia.pk).update(last_login=timezone.now())
    invitation = Guardianship.objects.get(pk=invitation.pk)

    assert not rules.can_end_guardianship(karim, invitation)
    assert rules.can_end_guardianship(sofia, invitation)


def test_a_child_keeps_at_least_one_guardian(karim, sofia, lina):
    other = guardians.add_guardian(child=lina, guardian=sofia, relation="mother", by=karim)
    mine = lina.guardianships.get(guardian=karim)
    guardians.end(guardianship=other, by=sofia)

    with pytest.raises(Refused, match="au moins un parent"):
        guardians.end(guardianship=mine, by=karim)

    assert rules.is_guardian(karim, lina)


def test_a_child_is_added_one_question_a_screen(client, karim):
    client.force_login(karim)

    empty = client.post(ADD, {"name": " "})
    year = client.post(ADD, {"name": "Lina"})
    relation = client.post(ADD, {"name": "Lina", "birth_year": YEAR - 9})
    answers = {"name": "Lina", "birth_year": YEAR - 9, "relation": "father"}
    done = client.post(ADD, answers)

    assert [r.context["form"].asked.name for r in (empty, year, relation)] == [
        "name",
        "birth_year",
        "relation",
    ]
    assert empty.context["form"].errors["name"] == ["Écrivez son prénom."]
    assert not year.context["form"].errors
    assert done.url == FAMILY
    assert [(g.child.name, g.child.birth_year, g.relation) for g in karim.wardships.all()] == [
        ("Lina", YEAR - 9, "father")
    ]


def test_each_parent_sees_the_family_by_their_own_door(client, karim, sofia, lina):
    client.force_login(karim)
    client.post(
        reverse("people:add-guardian", args=[lina.public_id]),
        {"name": "Maman", "address": "06 12 34 56 72", "relation": "mother"},
    )
    client.force_login(sofia)
    before = client.get(FAMILY).content.decode()
    accept = reverse("people:accept-guardianship", args=[Guardianship.objects.latest("pk").pk])
    client.post(accept)
    after = client.get(FAMILY)

    assert "Est-ce votre enfant" in before
    assert [row["child"] for row in after.context["children"]] == [lina]
    assert "Est-ce votre enfant" not in after.content.decode()


def test_a_stranger_touches_no_family(client, karim, lina, invitation):
    client.force_login(Person.objects.create_person(name="Curieux"))
    addresses = [
        reverse("people:add-guardian", args=[lina.public_id]),
        reverse("people:end-guardianship", args=[invitation.pk]),
        reverse("people:accept-guardianship", args=[invitation.pk]),
        reverse("people:consent", args=[lina.public_id, "image"]),
    ]

    assert [client.post(address).status_code for address in addresses] == [403, 403, 404, 403]


def test_the_family_page_costs_the_same_with_one_child_as_with_three(
    client, karim, lina, count_queries
):
    client.force_login(karim)
    with_one = count_queries(FAMILY)
    for name in ("Noé", "Zoé"):
        guardians.add_child(name=name, birth_year=YEAR - 6, by=karim)

    assert count_queries(FAMILY) == with_one <= 9


def test_who_accompanies_a_child_names_the_first_parent_and_no_adults_guardian(
    client, sofia, monkeypatch
):
    alone = Person.objects.create_person(name="Noé", birth_year=YEAR - 9)
    adult = Person.objects.create_person(name="Léon")
    monkeypatch.setattr(rules, "_helpers", {"spaces": lambda by, person: by == sofia})
    client.force_login(sofia)
    told = {"name": "Karim", "address": "06 12 34 56 71", "relation": "father"}
    address = reverse("people:add-guardian", args=[alone.public_id])

    first = client.post(address, told)
    second = client.post(address, told | {"address": "06 12 34 56 79"})
    of_an_adult = client.get(reverse("people:add-guardian", args=[adult.public_id]))

    assert first.url == reverse("people:record-consents", args=[alone.public_id])
    assert (second.status_code, of_an_adult.status_code) == (403, 403)
    assert [str(one.guardian) for one in alone.guardianships.current()] == ["Karim"]
