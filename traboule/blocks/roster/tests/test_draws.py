"""A draw: the list, its fingerprint, the seed, the answers, and who is called next."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from traboule.blocks.roster.actions import answers, draws, members
from traboule.blocks.roster.leaving import KEPT, forget_candidates
from traboule.blocks.roster.models import (
    AgeBand,
    College,
    Draw,
    DrawCandidate,
    Member,
    Parity,
    Quota,
    Rank,
)
from traboule.blocks.roster.standing import Standing
from traboule.engines.sortition import fingerprint
from traboule.kernel.notices.answering import take_answer
from traboule.kernel.notices.models import Notice
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Gender
from traboule.kernel.people.rights import erase

from .factories import SEED, coordinator_of, make_council, make_draw, make_member, make_resident

pytestmark = pytest.mark.django_db
State = Draw.State


def chosen(draw):
    return draw.candidates.filter(outcome="chosen").order_by("rank")


def notice_of(candidate):
    return Notice.objects.get(kind="roster.drawn", person=candidate.person)


def test_twenty_one_members_are_drawn_with_parity_by_gender_and_college():
    council = make_council(seats=11, parity=Parity.COLLEGES)
    residents, by = council.colleges.get(), coordinator_of(council)
    actors = College.objects.create(space=council, name="Acteurs locaux", seats=10, position=1)
    draw = draws.prepare(
        space=council, title="Tirage", by=by,
        places={str(residents.pk): 11, str(actors.pk): 10},
    )  # fmt: skip
    people = [
        (make_resident(f"{gender} {n}", gender), college)
        for college, women, men in ((residents, 40, 12), (actors, 6, 15))
        for gender, count in ((Gender.WOMAN, women), (Gender.MAN, men))
        for n in range(count)
    ]
    draws.add_candidates(draw=draw, people=people, by=by)

    draw = draws.freeze(draw=draw, seed_source="le Loto de samedi", by=by)
    draws.draw_lots(draw=draw, seed=SEED, by=by)

    def drawn(college, gender):
        return chosen(draw).filter(college=college, person__gender=gender).count()

    assert drawn(actors, "woman") == drawn(actors, "man") == 5
    assert sorted([drawn(residents, "woman"), drawn(residents, "man")]) == [5, 6]


def test_anyone_redoes_the_draw_from_its_file_and_its_seed(tmp_path, client):
    draw = make_draw(make_council(parity=Parity.WHOLE), state=State.DRAWN)
    file = tmp_path / "tirage.csv"
    answer = client.get(f"{draw.get_absolute_url()}liste.csv")
    file.write_bytes(answer.content)
    said = io.StringIO()

    call_command("sortition", str(file), "--seed", SEED, stdout=said)

    numbers = " ".join(str(one.number) for one in chosen(draw))
    assert said.getvalue().splitlines()[:2] == [
        f"Empreinte de la liste : {draw.fingerprint}",
        f"Tirés, dans l’ordre : {numbers}",
    ]
    assert fingerprint(answer.content.decode()) == draw.fingerprint


def test_a_list_that_was_spoilt_is_told_at_its_line(tmp_path):
    file = tmp_path / "tirage.csv"
    file.write_text("places;2\nn’importe quoi\n")

    with pytest.raises(CommandError, match="ligne 2"):
        call_command("sortition", str(file), "--seed", "x")


def test_what_is_published_names_nobody_and_tells_no_gender(client):
    draw = make_draw(make_council(parity=Parity.WHOLE), state=State.APPLIED)

    page = client.get(draw.get_absolute_url()).content.decode()
    file = client.get(f"{draw.get_absolute_url()}liste.csv").content.decode()

    assert "Voisin" not in page + file
    assert file.splitlines()[:5] == [
        "places;4", "reserve;", "quota;4;4;A B;", "quota;-1;1;A;B", "numero;profil",
    ]  # fmt: skip


def test_a_frozen_list_takes_nobody_and_loses_nobody():
    draw = make_draw(make_council(), state=State.FROZEN)
    by = coordinator_of(draw.space)

    with pytest.raises(Refused, match="figée"):
        draws.add_candidates(
            draw=draw, people=[(make_resident("Rose"), draw.space.colleges.get())], by=by
        )
    with pytest.raises(Refused, match="figée"):
        draws.remove_candidate(candidate=draw.candidates.first(), by=by)


def test_the_database_refuses_a_seed_before_its_list_is_frozen():
    draw = make_draw(make_council())

    with pytest.raises(IntegrityError), transaction.atomic():
        Draw.objects.filter(pk=draw.pk).update(seed="choisie")


def test_a_draw_is_done_once():
    draw = make_draw(make_council(), state=State.DRAWN)

    with pytest.raises(Refused, match="déjà avancé"):
        draws.draw_lots(draw=draw, seed="une autre", by=coordinator_of(draw.space))


def test_a_list_that_cannot_keep_the_rules_is_not_frozen_and_says_who_is_missing():
    council = make_council(parity=Parity.WHOLE)
    Quota.objects.create(space=council, age=AgeBand.YOUNG, least=1)
    draw = make_draw(council, women=1, men=6)

    assert draws.what_lacks(draw) == [
        "Il manque 1 personne : femmes",
        "Il manque 1 personne : 18 à 25 ans",
    ]
    with pytest.raises(Refused, match="ne peuvent pas être tenues"):
        draws.freeze(draw=draw, seed_source="le Loto", by=coordinator_of(council))


def test_those_who_sit_already_count_towards_the_rules():
    council = make_council(seats=4, parity=Parity.WHOLE)
    for name in ("Omar", "Karim"):
        make_member(council, name, "man")
    places = {str(council.colleges.get().pk): 2}

    draw = make_draw(council, women=3, men=20, places=places, state=State.DRAWN)

    assert list(chosen(draw).values_list("person__gender", flat=True)) == ["woman", "woman"]


def test_a_yes_by_sms_makes_the_seat():
    draw = make_draw(make_council(), state=State.APPLIED)
    candidate = chosen(draw).first()

    said = take_answer(notice=notice_of(candidate), answer="1", by=candidate.person, via="sms")

    member = Member.objects.get(person=candidate.person)
    assert (member.rank, member.designation) == (Rank.TITULAR, "drawn")
    assert said == "Merci, c’est noté : une place est à vous dans le collège Habitants."


def test_a_no_calls_the_next_of_the_reserve_who_keeps_parity():
    draw = make_draw(make_council(parity=Parity.WHOLE), state=State.APPLIED)
    candidate = chosen(draw).first()
    same = {"person__gender": candidate.person.gender}
    expected = draw.candidates.filter(outcome="reserve", **same).order_by("rank").first()

    take_answer(notice=notice_of(candidate), answer="2", by=candidate.person, via="sms")

    expected.refresh_from_db()
    assert expected.answer == DrawCandidate.Answer.ASKED
    assert notice_of(expected).answers == {"1": "roster.accept", "2": "roster.decline"}
    assert draw.candidates.asked().count() == 4


def test_an_answer_noted_for_someone_leaves_them_a_receipt_that_undoes_it():
    draw = make_draw(make_council(), state=State.APPLIED)
    candidate, by = chosen(draw).first(), coordinator_of(draw.space)
    answers.accept(candidate=candidate, by=by)
    receipt = Notice.objects.get(kind="receipt", person=candidate.person)

    take_answer(notice=receipt, answer="0", by=candidate.person, via="web")

    candidate.refresh_from_db()
    assert candidate.answer == DrawCandidate.Answer.DECLINED
    assert not Member.objects.current().filter(person=candidate.person).exists()


def test_a_yes_that_comes_when_all_seats_are_held_makes_a_substitute():
    council = make_council(seats=1)
    draw = make_draw(council, state=State.APPLIED)
    candidate = chosen(draw).get()
    make_member(council, "Rose")

    member = answers.accept(candidate=candidate, by=candidate.person)

    assert member.rank == Rank.SUBSTITUTE


def test_a_seat_is_kept_for_who_has_not_answered():
    council = make_council(seats=1)
    make_draw(council, state=State.APPLIED)
    substitute = make_member(council, "Rose", rank=Rank.SUBSTITUTE)

    with pytest.raises(Refused, match="gardées"):
        members.promote(member=substitute, by=coordinator_of(council))


def test_those_who_sit_are_no_candidates():
    council = make_council()
    lina = make_member(council).person
    draw = make_draw(council, women=0, men=0)

    added = draws.add_candidates(
        draw=draw, people=[(lina, council.colleges.get())], by=coordinator_of(council)
    )

    assert added == 0


def test_nobody_answers_before_being_called():
    draw = make_draw(make_council(), state=State.DRAWN)

    with pytest.raises(Refused, match="pas encore été appelée"):
        answers.accept(candidate=chosen(draw).first(), by=coordinator_of(draw.space))


def test_a_seat_left_later_calls_the_reserve_in_one_act():
    council = make_council(seats=1)
    draw = make_draw(council, state=State.APPLIED)
    member = answers.accept(candidate=chosen(draw).get(), by=coordinator_of(council))
    members.end(member=member, because="moved", by=coordinator_of(council))

    called = answers.call_next(college=member.college, by=coordinator_of(council))

    assert called == draw.candidates.filter(outcome="reserve").order_by("rank").first()
    with pytest.raises(Refused, match="personne à appeler"):
        answers.call_next(college=member.college, by=coordinator_of(council))


def test_whoever_is_erased_while_asked_leaves_the_seat_to_the_next():
    draw = make_draw(make_council(seats=1), state=State.APPLIED)
    candidate = chosen(draw).get()

    erase(person=candidate.person, by=candidate.person)

    candidate.refresh_from_db()
    assert (candidate.answer, candidate.features) == ("declined", {})
    assert draw.candidates.asked().count() == 1


def test_a_year_later_the_names_of_those_not_called_are_forgotten():
    draw = make_draw(make_council(seats=1), state=State.APPLIED)
    Draw.objects.update(created_at=timezone.now() - KEPT * 2)

    forget_candidates(timezone.now())

    assert draw.candidates.exclude(person=None).get() == chosen(draw).get()


def test_a_cancelled_draw_goes_no_further():
    draw = make_draw(make_council(), state=State.FROZEN)
    draws.cancel(draw=draw, by=coordinator_of(draw.space))

    with pytest.raises(Refused, match="déjà avancé"):
        draws.draw_lots(draw=draw, seed=SEED, by=coordinator_of(draw.space))


def test_substitutes_come_before_the_reserve():
    council = make_council(seats=1)
    draw = make_draw(council, state=State.APPLIED)
    substitute = make_member(council, "Rose", rank=Rank.SUBSTITUTE)

    answers.decline(candidate=chosen(draw).get(), by=coordinator_of(council))

    assert Standing(council).proposal(council.colleges.get()).member == substitute
    assert not draw.candidates.asked().exists()
