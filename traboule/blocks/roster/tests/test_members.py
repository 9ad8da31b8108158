"""Sitting, leaving, and who takes the seat."""

import pytest
from django.utils import timezone

from traboule.blocks.roster.actions import members, settings
from traboule.blocks.roster.models import Because, Member, Parity, Rank
from traboule.blocks.roster.standing import Standing
from traboule.kernel.journal.models import Entry
from traboule.kernel.notices.models import Notice
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.rights import erase
from traboule.kernel.spaces import actions as spaces
from traboule.kernel.spaces import audiences
from traboule.kernel.spaces.models import Participation

from .factories import coordinator_of, make_council, make_member, make_resident

pytestmark = pytest.mark.django_db


@pytest.fixture
def council():
    return make_council(seats=2)


def appoint(space, person, **fields):
    return members.appoint(
        space=space,
        person=person,
        college=space.colleges.first(),
        by=coordinator_of(space),
        **fields,
    )


def test_whoever_is_appointed_takes_part_in_the_space_and_is_told(council):
    lina = make_resident("Lina", mobile="+33612345678")

    appoint(council, lina, function="Présidence")

    assert Participation.objects.current().filter(space=council, person=lina).exists()
    assert Notice.objects.get(person=lina).kind == "receipt"


def test_a_full_college_takes_substitutes_only(council):
    for name in ("Lina", "Omar"):
        appoint(council, make_resident(name))

    with pytest.raises(Refused, match="complet"):
        appoint(council, make_resident("Rose"))
    appoint(council, make_resident("Rose"), rank=Rank.SUBSTITUTE)

    assert Member.objects.current().count() == 3


def test_nobody_sits_twice(council):
    lina = make_resident("Lina")
    appoint(council, lina)

    with pytest.raises(Refused, match="déjà partie"):
        appoint(council, lina, rank=Rank.SUBSTITUTE)


def test_a_closed_space_keeps_its_members_as_they_are(council):
    spaces.close(space=council, by=coordinator_of(council))

    with pytest.raises(Refused, match="fermé"):
        appoint(council, make_resident("Lina"))


def test_a_departure_leaves_the_seat_vacant_and_the_history_whole(council):
    member = make_member(council)

    members.end(member=member, because=Because.RESIGNED, by=member.person)

    member.refresh_from_db()
    assert (member.ended_on, member.ended_because) == (timezone.localdate(), "resigned")
    assert Standing(council).vacant(member.college) == 2
    assert Entry.objects.filter(act="roster.ended").count() == 1


def test_a_vacancy_proposes_the_first_substitute_who_keeps_parity():
    council = make_council(seats=3, parity=Parity.WHOLE)
    make_member(council, "Omar", "man")
    make_member(council, "Karim", "man")
    make_member(council, "Paul", "man", rank=Rank.SUBSTITUTE)
    nadia = make_member(council, "Nadia", "woman", rank=Rank.SUBSTITUTE)

    assert Standing(council).proposal(council.colleges.first()).member == nadia


def test_when_no_substitute_keeps_parity_the_first_is_proposed_and_it_is_said():
    council = make_council(seats=3, parity=Parity.WHOLE)
    make_member(council, "Omar", "man")
    make_member(council, "Karim", "man")
    paul = make_member(council, "Paul", "man", rank=Rank.SUBSTITUTE)

    proposal = Standing(council).proposal(council.colleges.first())

    assert (proposal.member, proposal.keeps_rules) == (paul, False)


def test_a_promoted_substitute_holds_the_seat_and_is_told(council):
    member = make_member(council, rank=Rank.SUBSTITUTE)

    members.promote(member=member, by=coordinator_of(council))

    member.refresh_from_db()
    assert member.is_titular
    assert Notice.objects.get(person=member.person).kind == "roster.promoted"
    with pytest.raises(Refused, match="titulaire"):
        members.promote(member=member, by=coordinator_of(council))


def test_nobody_is_promoted_to_a_seat_that_is_held(council):
    for name in ("Lina", "Omar"):
        make_member(council, name)
    substitute = make_member(council, "Rose", rank=Rank.SUBSTITUTE)

    with pytest.raises(Refused, match="complet"):
        members.promote(member=substitute, by=coordinator_of(council))


def test_a_college_keeps_the_seats_that_are_held_and_the_people_it_had(council):
    by, college = coordinator_of(council), council.colleges.first()
    for name in ("Lina", "Omar"):
        make_member(council, name)

    with pytest.raises(Refused, match="places sont occupées"):
        settings.change_college(college=college, name="Habitants", seats=1, by=by)
    with pytest.raises(Refused, match="l’histoire"):
        settings.remove_college(college=college, by=by)


def test_whoever_is_erased_sits_no_more(council):
    member = make_member(council)

    erase(person=member.person, by=member.person)

    member.refresh_from_db()
    assert member.ended_because == "other"
    assert Standing(council).members == []


def test_a_space_can_speak_to_its_titulars_its_bureau_and_each_college(council):
    lina = make_member(council, "Lina", function="Présidence").person
    omar = make_member(council, "Omar", rank=Rank.SUBSTITUTE).person
    gone = make_member(council, "Rose")
    members.end(member=gone, because=Because.MOVED, by=coordinator_of(council))

    def named(key):
        people = audiences.named(council, f"roster:{key}").people()
        return list(people.order_by("name"))

    assert named("all") == [lina, omar]
    assert named("titular") == [lina]
    assert named("bureau") == [lina]
    assert named(f"college-{council.colleges.first().pk}") == [lina, omar]
