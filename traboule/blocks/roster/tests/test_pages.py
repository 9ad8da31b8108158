"""What each reads of a composition, and what those who compose do on its pages."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from traboule.blocks.roster.actions import answers
from traboule.blocks.roster.gauges import gauges, states
from traboule.blocks.roster.models import College, Draw, Member, Parity, Quota, Rank, Roster
from traboule.blocks.roster.standing import Standing
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.tests.factories import make_participant

from .factories import coordinator_of, make_council, make_draw, make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def council():
    return make_council(seats=6)


@pytest.fixture
def awa(client, council):
    """The client of who coordinates."""
    client.force_login(coordinator_of(council))
    return client


def url(name, space, *args):
    return reverse(f"roster:{name}", args=[space.slug, *args])


def text_of(answer):
    """The page on one line; spaces that do not break stay what they are."""
    return re.sub("[ \\n]+", " ", answer.content.decode())


def fill(space, women, men, **fields):
    for n in range(women):
        make_member(space, f"Rose {n}", "woman", **fields)
    for n in range(men):
        make_member(space, f"Paul {n}", "man", **fields)


# Reading


def test_a_public_composition_reads_names_functions_and_colleges_and_nothing_more(client, council):
    make_member(council, "Lina Haddad", function="Présidence")
    Roster.objects.update(is_public=True)

    page = text_of(client.get(url("roster", council)))

    assert "Lina Haddad" in page
    assert "Présidence" in page
    assert "par désignation" not in page
    assert client.get(url("public-pdf", council)).content.startswith(b"%PDF")


def test_a_composition_kept_to_the_space_is_closed_to_others(client, council):
    assert client.get(url("roster", council)).status_code == 403
    client.force_login(make_participant(council, name="Omar"))
    assert client.get(url("roster", council)).status_code == 200
    assert client.get(url("public-pdf", council)).status_code == 404


def test_the_page_costs_the_same_for_one_member_as_for_three(awa, council, count_queries):
    make_member(council, "Rose")
    first = count_queries(url("roster", council))
    fill(council, 2, 0)

    assert count_queries(url("roster", council)) == first


def test_parity_reads_as_totals(council):
    fill(council, 3, 2)

    assert [gauge.words for gauge in gauges(Standing(council))] == [
        "3 femmes et 2 hommes sur 6 places"
    ]


def test_a_small_group_shows_no_gender(council):
    fill(council, 3, 1)

    assert gauges(Standing(council))[0].words == "4 personnes sur 6 places"


def test_one_small_college_hides_the_split_of_all_colleges_lest_it_be_computed(council):
    Roster.objects.update(parity=Parity.COLLEGES)
    actors = College.objects.create(space=council, name="Acteurs", seats=2, position=1)
    fill(council, 3, 3)
    make_member(council, "Awa", "woman", college=actors)

    standing = Standing(council)

    assert [gauge.words for gauge in gauges(standing)] == [
        "4 femmes et 3 hommes sur 8 places",
        "6 personnes sur 6 places",
        "1 personne sur 2 places",
    ]
    assert [state.kept for state in states(standing)] == [True, None, None]


def test_a_rule_that_is_not_kept_says_who_is_missing(council):
    Quota.objects.create(space=council, gender="woman", least=4)
    fill(council, 3, 2)

    (state,) = states(Standing(council))

    assert (state.kept, state.lack) == (False, "Il manque 1 personne : femmes")


def test_terms_that_end_soon_are_told_to_those_who_compose(awa, council):
    soon = timezone.localdate() + datetime.timedelta(days=20)
    make_member(council, "Lina", term_ends_on=soon)

    assert "Des mandats se terminent" in text_of(awa.get(url("roster", council)))
    assert "1 mandat se termine bientôt" in text_of(awa.get(council.get_absolute_url()))


def test_a_seat_reads_on_the_persons_page_and_on_their_own(awa, client, council):
    member = make_member(council, "Lina", function="Présidence")

    theirs = text_of(
        awa.get(reverse("spaces:person", args=[council.slug, member.person.public_id]))
    )
    client.force_login(member.person)
    own = text_of(client.get(reverse("people:me")))

    assert "Habitants, titulaire, Présidence" in theirs
    assert "collège Habitants, titulaire" in own


# Composing


def test_a_council_is_composed_from_nothing_on_its_pages(client):
    council = make_council()
    council.colleges.all().delete()
    client.force_login(coordinator_of(council))

    client.post(url("college-new", council), {"name": "Habitants", "seats": "11"})
    client.post(
        url("quota-new", council), {"gender": "woman", "least": "5", "age": "", "priority": ""}
    )
    client.post(
        url("settings", council),
        {"is_public": "yes", "parity": "whole", "functions": "Présidence\n\nTrésorerie"},
    )
    client.post(
        url("add", council),
        {
            "name": "Lina Haddad",
            "gender": "woman",
            "birth_year": "1985",
            "college": council.colleges.get().pk,
            "rank": "titular",
            "function": "Présidence",
            "designation": "elected",
            "starts_on": "2026-01-05",
        },
    )

    member = Member.objects.get()
    assert (member.person.name, member.function, member.designation) == (
        "Lina Haddad", "Présidence", "elected",
    )  # fmt: skip
    assert (member.person.gender, member.person.birth_year) == ("woman", 1985)
    assert Roster.objects.get().functions == ["Présidence", "Trésorerie"]
    assert str(Quota.objects.get()) == "au moins 5 : femmes"


def test_whoever_is_known_already_is_found_again(awa, council):
    omar = make_participant(council, name="Omar Diallo")
    data = {
        "name": "Omar Diallo",
        "college": council.colleges.get().pk,
        "rank": "titular",
        "designation": "appointed",
        "starts_on": "2026-01-05",
    }

    asked = awa.post(url("add", council), data)
    awa.post(url("add", council), {**data, "same": omar.pk})

    assert "Oui, c’est Omar Diallo" in text_of(asked)
    assert Member.objects.get().person == omar


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"least": "3"}, "Dites de qui il s’agit"),
        ({"gender": "woman"}, "Écrivez un nombre"),
        ({"gender": "woman", "least": "5", "most": "2"}, "ne peut pas dépasser"),
    ],
)
def test_a_quota_that_says_too_little_is_explained(awa, council, data, said):
    assert said in text_of(awa.post(url("quota-new", council), data))
    assert not Quota.objects.exists()


def test_one_button_fills_a_vacant_seat(awa, council):
    substitute = make_member(council, "Nadia", rank=Rank.SUBSTITUTE)

    assert "Lui donner la place" in text_of(awa.get(url("roster", council)))
    awa.post(url("promote", council, substitute.pk))

    substitute.refresh_from_db()
    assert substitute.is_titular


def test_a_member_gives_back_their_own_seat(client, council):
    member = make_member(council)
    client.force_login(member.person)

    client.post(url("end", council, member.pk))

    member.refresh_from_db()
    assert member.ended_because == "resigned"


def test_a_member_cannot_end_the_seat_of_another(client, council):
    member = make_member(council)
    client.force_login(make_member(council, "Omar").person)

    assert client.post(url("end", council, member.pk)).status_code == 403


def test_the_list_prints_and_exports_without_gender(awa, council):
    make_member(council, "=Lina", "woman", function="Présidence")

    table = awa.get(url("list-csv", council)).getvalue().decode()

    assert awa.get(url("list-pdf", council)).content.startswith(b"%PDF")
    assert "'=Lina;Habitants;titulaire;Présidence" in table
    assert "emme" not in table


# Draws


def test_a_draw_goes_from_pasted_lines_to_answers(awa, council):
    college = council.colleges.get()
    awa.post(url("draw-new", council), {"title": "Tirage", f"places_{college.pk}": "2"})
    draw = Draw.objects.get()
    lines = "Lina Haddad ; 06 12 34 56 78 ; Habitants ; F ; 1985\nOmar;;;H\nRose;;;;\n"

    read = awa.post(url("candidates-paste", council, draw.pk), {"lines": lines})
    awa.post(url("candidates-paste", council, draw.pk), {"lines": lines, "add": "1"})
    awa.post(url("draw-freeze", council, draw.pk), {"seed_source": "le Loto de samedi"})
    awa.post(url("draw-lots", council, draw.pk), {"seed": "4 12 23"})
    costs = awa.get(url("draw-ask", council, draw.pk))
    awa.post(url("draw-ask", council, draw.pk))
    one, two = draw.candidates.asked().order_by("rank")
    awa.post(url("answer", council, draw.pk, one.pk), {"answer": "yes"})
    awa.post(url("answer", council, draw.pk, two.pk), {"answer": "no"})

    assert "3 lignes lues." in text_of(read)
    assert "Prévenir 2 personnes" in text_of(costs)
    assert Member.objects.get().person == one.person
    assert draw.candidates.asked().get().outcome == "reserve"
    lina = Person.objects.get(name="Lina Haddad")
    assert (lina.gender, lina.birth_year) == ("woman", 1985)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (" ; 0612345678", "Il manque le nom"),
        ("Lina ; bonjour", "numéro"),
        ("Lina ;; Ailleurs", "Collège à préciser : Habitants."),
        ("Lina ;;; X", "Genre à écrire"),
        ("Lina ;;;; 85", "quatre chiffres"),
        ("Lina\nLina", "Déjà à la ligne 1"),
    ],
)
def test_a_pasted_line_that_is_not_understood_says_why_and_adds_nobody(awa, council, line, said):
    draw = make_draw(council, women=0, men=0)

    page = awa.post(url("candidates-paste", council, draw.pk), {"lines": line, "add": "1"})

    assert said in text_of(page)
    assert not draw.candidates.exists()


def test_a_group_of_the_space_and_one_more_person_become_candidates(awa, council):
    draw, college = make_draw(council, women=0, men=0), council.colleges.get()
    make_participant(council, name="Omar")

    awa.post(url("candidates", council, draw.pk), {"audience": "roll", "college": college.pk})
    awa.post(url("candidate-new", council, draw.pk), {"name": "Zoé", "college": college.pk})

    names = draw.candidates.order_by("number").values_list("number", "person__name")
    assert list(names) == [(1, "Awa"), (2, "Omar"), (3, "Zoé")]


def test_whoever_is_in_the_list_reads_their_number_and_answers(client, council):
    draw = make_draw(council, state=Draw.State.APPLIED)
    candidate = draw.candidates.asked().first()
    client.force_login(candidate.person)

    page = text_of(client.get(draw.get_absolute_url()))
    me = text_of(client.get(reverse("people:me")))
    client.post(url("answer", council, draw.pk, candidate.pk), {"answer": "yes"})

    assert f"Votre numéro : <strong>{candidate.number}</strong>" in page
    assert "Oui, j’accepte" in me
    assert Member.objects.get().person == candidate.person


def test_nobody_answers_in_the_place_of_another(client, council):
    draw = make_draw(council, state=Draw.State.APPLIED)
    one, two = draw.candidates.asked()[:2]
    client.force_login(one.person)

    answer = client.post(url("answer", council, draw.pk, two.pk), {"answer": "yes"})

    assert answer.status_code == 403


def test_a_draw_in_preparation_is_for_those_who_compose(client, council):
    draw = make_draw(council)
    client.force_login(make_participant(council, name="Omar"))

    assert client.get(draw.get_absolute_url()).status_code == 404


def test_members_read_the_names_of_those_who_said_yes(client, council):
    draw = make_draw(council, state=Draw.State.APPLIED)
    one, two = draw.candidates.asked().order_by("rank")[:2]
    answers.accept(candidate=one, by=one.person)
    client.force_login(make_participant(council, name="Omar"))

    page = text_of(client.get(draw.get_absolute_url()))

    assert f"{one.person.name}<br>" in page
    assert f"{two.person.name}<br>" not in page


def test_every_page_of_a_draw_costs_the_same_for_few_and_for_many(awa, council, count_queries):
    few = make_draw(make_council(seats=2), women=2, men=2, state=Draw.State.APPLIED)
    many = make_draw(make_council(seats=2), women=9, men=9, state=Draw.State.APPLIED)

    def costs(draw):
        awa.force_login(coordinator_of(draw.space))
        names = ("draw", "candidates")
        return [count_queries(url(name, draw.space, draw.pk), awa) for name in names]

    assert costs(few) == costs(many)
