import datetime

import pytest
from django.apps import apps
from django.core import serializers
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from traboule.kernel.journal.models import Entry
from traboule.kernel.people import duplicates
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import (
    Channel,
    Editorship,
    Membership,
    Merge,
    Organisation,
    Person,
)

pytestmark = pytest.mark.django_db
LIST = "people:duplicates"


def person(name: str, *addresses: str, proven: bool = False, **fields) -> Person:
    channels = [Channel.read(address) for address in addresses]
    for channel in channels:
        channel.verified_at = timezone.now() if proven else None
    return Person.objects.create_person(name=name, channels=channels, **fields)


def pairs() -> list[tuple[str, str]]:
    return [(p.a.name, p.b.name) for p in duplicates.proposals(Person.objects.all())]


def all_rows() -> dict[str, list]:
    """Every row of every table, but the journal and the merges, which remember."""
    return {
        model._meta.label: serializers.serialize(
            "python", model._base_manager.order_by("pk"), use_natural_foreign_keys=False
        )
        for model in apps.get_models(include_auto_created=True)
        if model not in {Entry, Merge}
    }


@pytest.fixture
def samira():
    return Person.objects.create_superuser(name="Samira")


def test_the_same_mobile_and_a_close_name_with_the_same_age_are_proposed_surest_first():
    person("Amina Benali", "06 12 34 56 78", proven=True)
    person("Amina", "06 12 34 56 78")
    person("Catherine Moulin", birth_year=1984)
    person("Katrine Moulin", birth_year=1984)
    person("Catherine Moulin", birth_year=1951)
    person("Bruno", birth_year=1984)

    assert pairs() == [("Amina Benali", "Amina"), ("Catherine Moulin", "Katrine Moulin")]


def test_a_family_that_shares_its_telephone_at_home_is_not_one_person():
    person("Amina Benali", "04 76 12 34 56")
    person("Youssef Benali", "04 76 12 34 56")

    assert pairs() == []


def test_those_told_apart_are_not_proposed_again(samira):
    a, b = person("Amina", "06 12 34 56 78"), person("Amina", "06 12 34 56 78")

    duplicates.tell_apart(a=b, b=a, by=samira)

    assert pairs() == []


def test_a_merge_moves_everything_and_closes_the_other_row(samira):
    kept = person("Amina", "06 12 34 56 78", is_guest=True)
    absorbed = person("Amina B.", "a@exemple.fr", proven=True, birth_year=1984)
    group = Organisation.objects.create(name="Les Voisins")
    Membership.objects.create(person=absorbed, organisation=group)

    merge = duplicates.merge(kept=kept, absorbed=absorbed, by=samira)

    assert [channel.shown for channel in kept.channels.all()] == [
        "06\u00a012\u00a034\u00a056\u00a078",
        "a@exemple.fr",
    ]
    assert list(kept.organisations.all()) == [group]
    assert (kept.birth_year, kept.is_guest, absorbed.is_active) == (1984, False, False)
    assert merge.conflicts == []
    assert [entry.act for entry in Entry.objects.about(kept)] == ["merge"]


def test_what_both_have_stays_once_and_the_proof_of_either_counts(samira):
    kept = person("Amina", "06 12 34 56 78")
    absorbed = person("Amina", "06 12 34 56 78", proven=True)
    Channel.objects.update(is_preferred=True)

    merge = duplicates.merge(kept=kept, absorbed=absorbed, by=samira)

    mobile = Channel.objects.get()
    assert (mobile.person, mobile.is_verified, mobile.is_preferred) == (kept, True, True)
    assert [row["model"] for row in merge.conflicts] == ["people.channel"]


def test_someone_merged_already_or_with_herself_is_refused(samira):
    a, b = person("Amina"), person("Amina")

    with pytest.raises(Refused):
        duplicates.merge(kept=a, absorbed=a, by=samira)
    duplicates.merge(kept=a, absorbed=b, by=samira)
    with pytest.raises(Refused):
        duplicates.merge(kept=a, absorbed=b, by=samira)


FACTS = st.fixed_dictionaries(
    {
        "mobile": st.sampled_from(["", "told", "proven"]),
        "preferred": st.booleans(),
        "group": st.sampled_from(["", "member", "coordinator"]),
        "editor": st.booleans(),
        "birth_year": st.sampled_from([None, 1984]),
        "is_guest": st.booleans(),
        "relay": st.booleans(),
        "staff_group": st.booleans(),
    }
)


def make(facts, other_mobile: str, relay_for: Person, group: Organisation) -> Person:
    """Someone of whom these facts hold."""
    made = Person.objects.create_person(
        name="Amina", birth_year=facts["birth_year"], is_guest=facts["is_guest"]
    )
    if facts["mobile"]:
        taken = Channel.objects.verified().filter(value="+33612345678").exists()
        proven = facts["mobile"] == "proven" and not taken
        made.channels.create(
            kind="mobile",
            value="+33612345678",
            verified_at=timezone.now() if proven else None,
            is_preferred=facts["preferred"],
        )
    made.channels.create(kind="mobile", value=other_mobile)
    if facts["group"]:
        made.memberships.create(organisation=group, role=facts["group"])
    if facts["editor"]:
        Editorship.objects.create(person=made, department_code="38")
    if facts["relay"]:
        relay_for.channels.create(kind="relay", relay=made)
    return made


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(a=FACTS, b=FACTS, each_other=st.booleans())
def test_undoing_a_merge_leaves_every_row_as_before(a, b, each_other, samira):
    Person.objects.exclude(pk=samira.pk).filter(relayed_channels=None).delete()
    Channel.objects.all().delete()
    Organisation.objects.all().delete()
    group = Organisation.objects.create(name="Les Voisins")
    nadia = Person.objects.create_person(name="Nadia")
    kept = make(a, "+33612340001", nadia, group)
    absorbed = make(b, "+33612340002", nadia, group)
    if each_other:
        absorbed.channels.create(kind="relay", relay=kept)
    before = all_rows()

    merge = duplicates.merge(kept=kept, absorbed=absorbed, by=samira)
    merged = all_rows()
    duplicates.undo_merge(merge=merge, by=samira)

    assert all_rows() == before != merged
    assert not Channel.objects.filter(person=kept, value="+33612340002").exists()


def test_after_thirty_days_a_merge_stays_and_forgets_the_rows(samira):
    merge = duplicates.merge(kept=person("Amina"), absorbed=person("Amina"), by=samira)
    Merge.objects.update(at=timezone.now() - datetime.timedelta(days=31))

    with pytest.raises(Refused, match="trop tard"):
        duplicates.undo_merge(merge=merge, by=samira)
    duplicates.merge(kept=person("Bruno"), absorbed=person("Bruno"), by=samira)

    merge.refresh_from_db()
    assert (merge.changes, merge.undone_at) == ([], None)


def test_merges_of_the_same_person_are_undone_last_one_first(samira):
    a, b, c = person("Amina"), person("Amina"), person("Amina")
    first = duplicates.merge(kept=a, absorbed=b, by=samira)
    second = duplicates.merge(kept=c, absorbed=a, by=samira)

    with pytest.raises(Refused, match="séparez-les avant"):
        duplicates.undo_merge(merge=first, by=samira)
    duplicates.undo_merge(merge=second, by=samira)
    duplicates.undo_merge(merge=first, by=samira)

    assert Person.objects.filter(is_active=False).count() == 0


def test_an_editor_of_the_territory_merges_then_parts_two_people(client):
    awa = person("Awa")
    Editorship.objects.create(person=awa)
    a, b = person("Amina B.", "06 12 34 56 78"), person("Amina", "06 12 34 56 78")
    client.force_login(awa)

    page = client.get(reverse(LIST)).content.decode()
    pair = reverse("people:duplicate", args=[a.pk, b.pk])
    assert pair in page
    assert "des noms proches, le même mobile" in page
    assert client.get(pair).status_code == 200
    client.post(pair, {"keep": b.pk})
    merge = Merge.objects.get()
    assert (merge.kept, merge.absorbed) == (b, a)

    undo = reverse("people:undo-merge", args=[merge.pk])
    assert undo in client.get(reverse(LIST)).content.decode()
    client.post(undo)

    assert Person.objects.filter(is_active=False).count() == 0
    assert "Rien à regarder" in client.get(reverse(LIST)).content.decode()


def test_whoever_runs_the_installation_is_merged_by_her_like_only(client, samira):
    awa, amina = person("Awa"), person("Amina")
    Editorship.objects.create(person=awa)
    client.force_login(awa)

    response = client.post(
        reverse("people:duplicate", args=[amina.pk, samira.pk]), {"keep": amina.pk}
    )

    assert (response.status_code, Merge.objects.count()) == (403, 0)


def test_the_list_costs_the_same_with_one_pair_and_with_three(client, samira, count_queries):
    client.force_login(samira)
    for number in range(2):
        person("Amina", "06 12 34 56 78", birth_year=1980 + number)
    with_one = count_queries(reverse(LIST))
    for number in range(4):
        person("Bruno", f"b{number // 2}@exemple.fr")

    assert count_queries(reverse(LIST)) == with_one
