import pytest
from django.urls import reverse

from traboule.kernel.journal.models import Entry
from traboule.kernel.people.actions import Refused
from traboule.kernel.spaces import actions
from traboule.kernel.spaces.models import Participation, Role
from traboule.kernel.spaces.rules import can_give_role, role_in

from .factories import make_coordinator, make_facilitator, make_participant

pytestmark = pytest.mark.django_db


def participation(space, person):
    return Participation.objects.get(space=space, person=person)


def test_roles_are_ordered():
    assert [role.rank for role in Role] == [0, 1, 2, 3]


def test_nobody_gives_more_than_they_have(space):
    givers = {"nadia": make_participant(space), "karim": make_facilitator(space)}
    givers["awa"] = make_coordinator(space)

    given = {
        name: [role.value for role in Role if can_give_role(giver, space, role)]
        for name, giver in givers.items()
    }

    assert given == {
        "nadia": [],
        "karim": ["guest", "member", "facilitator"],
        "awa": ["guest", "member", "facilitator", "coordinator"],
    }


def test_a_role_changes_and_the_journal_knows(client, space, awa, nadia):
    client.force_login(awa)
    address = reverse("spaces:change-role", args=[space.slug, nadia.public_id])

    client.post(address, {"role": "facilitator"})

    assert participation(space, nadia).role == "facilitator"
    assert Entry.objects.get(act="change-role").details == {
        "participant": nadia.pk,
        "before": "member",
        "role": "facilitator",
    }


def test_a_role_beyond_the_list_is_refused(client, space, karim, nadia):
    client.force_login(karim)

    for role in ("coordinator", "guest", "king"):
        address = reverse("spaces:change-role", args=[space.slug, nadia.public_id])
        client.post(address, {"role": role})

    assert participation(space, nadia).role == "member"


def test_who_facilitates_does_not_lower_who_coordinates(space, awa, karim):
    make_coordinator(space, "Deuxième")

    with pytest.raises(Refused, match="plus élevé"):
        actions.change_role(participation=participation(space, awa), role="member", by=karim)
    with pytest.raises(Refused, match="plus élevé"):
        actions.leave(participation=participation(space, awa), by=karim)


def test_the_last_who_coordinates_neither_leaves_nor_is_lowered(space, awa):
    with pytest.raises(Refused, match="dernière personne"):
        actions.leave(participation=participation(space, awa), by=awa)
    with pytest.raises(Refused, match="dernière personne"):
        actions.change_role(participation=participation(space, awa), role="member", by=awa)

    make_coordinator(space, "Deuxième")
    actions.leave(participation=participation(space, awa), by=awa)
    assert participation(space, awa).left_at is not None


def test_one_leaves_by_oneself_without_a_reason(client, space, awa, nadia):
    client.force_login(nadia)
    address = reverse("spaces:leave", args=[space.slug, nadia.public_id])

    assert "Ne plus prendre part ?" in client.get(address).content.decode()
    assert client.post(address, {"leave": "1"}).url == reverse("spaces:list")

    assert role_in(type(nadia).objects.get(pk=nadia.pk), space) is None
    assert Entry.objects.get(act="leave-space").details["reason"] == "choice"


def test_the_team_says_why_someone_leaves(client, space, karim, nadia):
    client.force_login(karim)
    address = reverse("spaces:leave", args=[space.slug, nadia.public_id])

    silent = client.post(address, {"leave": "1"})
    client.post(address, {"leave": "1", "reason": "moved"})

    assert silent.context["form"].errors == {"reason": ["Choisissez une raison."]}
    assert Entry.objects.get(act="leave-space").details["reason"] == "moved"


def test_being_let_in_can_be_undone(space, karim):
    added = actions.add_person(space=space, by=karim, name="Lina")
    entry = Entry.objects.get(act="join-space")

    actions.undo_joining(entry, added.person)
    actions.undo_joining(entry, added.person)

    assert participation(space, added.person).left_at is not None
