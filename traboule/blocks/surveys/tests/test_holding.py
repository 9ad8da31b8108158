"""The team writes the survey, opens it, reads what comes."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from traboule.blocks.surveys import recipe, results
from traboule.blocks.surveys.actions import asking, holding
from traboule.blocks.surveys.asked import Asked
from traboule.blocks.surveys.indicators import INDICATORS
from traboule.blocks.surveys.models import Answer, Door
from traboule.kernel.people.actions import Refused
from traboule.kernel.spaces.blocks import Period
from traboule.kernel.spaces.tests.factories import make_facilitator, make_participant, make_space

from .factories import make_ending_survey, make_survey, respond

pytestmark = pytest.mark.django_db


@pytest.fixture
def space():
    return make_space(blocks=("surveys",))


@pytest.fixture
def karim(space):
    return make_facilitator(space)


@pytest.fixture
def desk(karim):
    browser = Client()
    browser.force_login(karim)
    return browser


def held(name, survey, *args):
    return reverse(f"surveys:{name}", args=[survey.space.slug, survey.code, *args])


def shown(response):
    return response.content.decode().replace("\u00a0", " ")


def test_a_survey_is_written_question_by_question_and_opened(desk, space):
    desk.post(
        reverse("surveys:new-survey", args=[space.slug]),
        {"title": "Le marché", "who": "anyone", "shown": "closed", "one_a_device": "on"},
    )
    survey = space.surveys.get()
    question = {"text": "Qu’y achetez-vous ?", "kind": "one"}
    wrong = desk.post(held("add-question", survey), {**question, "choices": "Des fruits"})
    desk.post(held("add-question", survey), {**question, "choices": "Des fruits\nDu pain\n"})
    desk.post(held("add-question", survey), {"text": "Et vous ?", "kind": "short"})
    desk.post(held("ways", survey, survey.questions.get(number=1).pk), {"choice_2": "0"})
    desk.post(held("move", survey), {"to": "open"})

    survey.refresh_from_db()
    assert "de deux à vingt choix" in shown(wrong)
    assert (survey.state, survey.version) == ("open", 1)
    assert Asked(survey).path({}) == [1, 2]
    assert Asked(survey).steps[0].leads == {2: 0}


def test_an_empty_survey_does_not_open(space, karim):
    survey = make_survey(space, by=karim, questions=(), opened=False)

    with pytest.raises(Refused, match="au moins une question"):
        holding.move(survey=survey, to="open", by=karim)


def test_once_open_only_words_are_corrected(space, karim):
    survey = make_survey(space, by=karim)
    question = survey.questions.get(number=2)
    texts = ["Jardiner", "Lire", "Jouer"]

    asking.change_question(
        question=question, choices=[*texts[:2], "S’amuser"], by=karim, text="Qu’y faites-vous ?"
    )

    assert [one.text for one in question.choices.order_by("number")][2] == "S’amuser"
    with pytest.raises(Refused, match="copiez l’enquête"):
        asking.change_question(question=question, choices=texts[:2], by=karim)
    with pytest.raises(Refused, match="Copiez-la"):
        asking.remove_question(question=question, by=karim)


def test_an_open_survey_is_taken_back_until_someone_begins(space, karim):
    survey = make_survey(space, by=karim)
    holding.move(survey=survey, to="draft", by=karim)
    holding.move(survey=survey, to="open", by=karim)
    survey.refresh_from_db()
    respond(survey, "non")

    assert survey.version == 2
    with pytest.raises(Refused, match="commencé à répondre"):
        holding.move(survey=survey, to="draft", by=karim)


def test_a_question_moved_before_the_one_that_led_to_it_loses_that_way(space, karim):
    survey = make_survey(space, by=karim, opened=False)
    for _rank in range(3):
        fourth = survey.questions.get(text="Combien vivez-vous chez vous ?")
        dropped = asking.move_question(question=fourth, up=True, by=karim)

    assert dropped == 1
    assert [one.number for one in survey.questions.order_by("number")] == [1, 2, 3, 4, 5]
    assert Asked(survey).steps[1].leads == {}


def test_a_removed_question_leaves_no_hole(space, karim):
    survey = make_survey(space, by=karim, opened=False)
    asking.remove_question(question=survey.questions.get(number=4), by=karim)

    assert [one.number for one in Asked(survey).questions] == [1, 2, 3, 4]
    assert Asked(survey).steps[0].leads == {}


def test_ways_lead_forward_only(space, karim):
    survey = make_ending_survey(space=space, by=karim)
    holding.move(survey=survey, to="draft", by=karim)

    with pytest.raises(Refused, match="plus loin"):
        asking.set_ways(question=survey.questions.get(number=1), ways={1: 1}, by=karim)


def test_a_copy_has_the_same_questions_and_ways_and_no_answer(space, karim):
    survey = make_survey(space, by=karim)
    respond(survey, "non")

    copy = asking.copy_survey(survey=survey, by=karim)

    assert (copy.state, copy.responses.count()) == ("draft", 0)
    assert Asked(copy).steps == Asked(survey).steps
    assert recipe._table(copy)["questions"] == recipe._table(survey)["questions"]


def test_percentages_wait_for_enough_answers(space, karim):
    survey = make_survey(space, by=karim, shown="always")
    for rank in range(4):
        respond(survey, "oui" if rank else "non", "", "", str(rank))
    few = results.of(survey).questions[0]
    page = shown(Client().get(reverse("surveys:results", args=[survey.code])))
    respond(survey, "oui", "", "", "9")
    enough = results.of(survey).questions

    assert [line.percent for line in few.lines] == [None, None]
    assert "Trop peu de réponses pour les montrer" in page
    assert [(line.count, line.percent) for line in enough[0].lines] == [(4, 80), (1, 20)]
    assert enough[3].middle.replace("\u00a0", " ") == (
        "La moitié répond 2 ou moins, l’autre moitié 2 ou plus. "
        "Une personne sur deux se situe entre 1 et 3."
    )


def test_results_are_for_the_team_until_shown(space, karim, desk):
    survey = make_survey(space, by=karim)
    address = reverse("surveys:results", args=[survey.code])

    assert Client().get(address).status_code == 404
    assert desk.get(address).status_code == 200
    holding.move(survey=survey, to="closed", by=karim)
    assert Client().get(address).status_code == 200


def test_texts_are_read_by_the_team_before_anyone(space, karim, desk):
    survey = make_survey(space, by=karim, shown="always")
    respond(survey, "non", "", "", "", "Un banc")
    respond(survey, "non", "", "", "", "Monsieur Untel")
    good, bad = Answer.objects.exclude(text="").order_by("pk")
    address = reverse("surveys:results", args=[survey.code])
    assert "Un banc" not in shown(Client().get(address))

    desk.post(held("texts", survey), {"answer": good.pk, "show": "1"})
    desk.post(held("texts", survey), {"answer": bad.pk, "hide": "1", "because": ""})
    bad.refresh_from_db()
    assert bad.moderation == "waiting"
    desk.post(held("texts", survey), {"answer": bad.pk, "hide": "1", "because": "nomme quelqu’un"})

    page = shown(Client().get(address))
    assert "Un banc" in page
    assert "Untel" not in page
    assert "1 texte caché" in page


def test_a_question_about_names_says_that_they_prove_nothing(space, karim, desk):
    survey = make_survey(
        space, by=karim, questions=({"kind": "short", "text": "Votre nom et prénom ?"},)
    )

    page = shown(desk.get(reverse("surveys:results", args=[survey.code])))
    assert "ne prouvent pas" in page


def test_the_table_has_a_row_a_response_and_no_formula(space, karim, desk):
    survey = make_survey(space, by=karim)
    respond(survey, "oui", "1 3", "4", "-3", "=1+1", door=Door.SMS)
    aside = respond(survey, "non", "", "", "", " @SOMME(A1)")
    holding.put_aside(response=aside, because="+essai", by=karim)

    table = desk.get(held("csv", survey)).getvalue().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table), delimiter=";"))

    assert rows[0][5:7] == ["1. Venez-vous au jardin ?", "2. Qu’y faites-vous ?"]
    assert rows[1][5:] == ["Oui", "Jardiner | Jouer", "4", "-3", "'=1+1"]
    assert rows[2][4:] == ["'+essai", "Non", "", "", "", "'@SOMME(A1)"]
    assert len(rows) == 3


@pytest.mark.parametrize("name", ["paper-form"])
def test_the_form_prints(desk, space, karim, name):
    survey = make_survey(space, by=karim, who="invited", intro="Pour décider.\n\nEnsemble.")

    assert desk.get(held(name, survey)).content.startswith(b"%PDF")
    codes = desk.post(held("slips", survey), {"number": "13"})
    assert codes.content.startswith(b"%PDF")
    assert survey.invitations.count() == 13


def test_results_print(desk, space, karim):
    survey = make_survey(space, by=karim, reach="180 logements")
    for _rank in range(5):
        respond(survey, "oui", "1 3", "4", "3", "Un banc")
    Answer.objects.update(moderation="shown")

    content = desk.get(reverse("surveys:results-pdf", args=[survey.code])).content
    assert content.startswith(b"%PDF")


def test_what_a_recipe_says_comes_back_the_same(space, karim):
    table = {
        "surveys": [
            {
                "title": "Le jardin",
                "questions": [
                    {"kind": "yes-no", "text": "Y venez-vous ?", "required": True,
                     "ways": [{"choice": 2, "to": 3}]},
                    {"kind": "one", "text": "Quand ?", "choices": ["Matin", "Soir"],
                     "ways": [{"choice": 1, "to": "end"}]},
                    {"kind": "scale", "text": "Vous plaît-il ?", "low": "non", "high": "oui"},
                ],
            }
        ]
    }  # fmt: skip

    recipe.seed(space, recipe.read(table), by=karim)

    assert recipe.read(recipe.export(space)) == recipe.read(table)
    assert space.surveys.get().is_draft


@pytest.mark.parametrize("ways", [[{"choice": 1, "to": 7}], [{"choice": 3, "to": 2}]])
def test_a_recipe_whose_ways_lead_nowhere_is_refused(ways):
    question = {"kind": "yes-no", "text": "Alors ?", "ways": ways}
    with pytest.raises(ValueError, match="surveys"):
        recipe.read({"surveys": [{"title": "Essai", "questions": [question]}]})


def test_indicators_count_what_was_sent_and_not_set_aside(space, karim):
    survey = make_survey(space, by=karim)
    respond(survey, "oui")
    respond(survey, "oui", door=Door.PAPER)
    holding.put_aside(response=respond(survey, "oui"), because="essai", by=karim)
    holding.move(survey=survey, to="closed", by=karim)
    make_survey(space, by=karim)

    measured = {one.key: one.value(space, Period()) for one in INDICATORS}

    assert measured == {
        "surveys.responses": 2,
        "surveys.responses-off-screen": 1,
        "surveys.surveys-closed": 1,
    }


def test_inviting_shows_the_cost_first_then_asks_each_once(desk, space, karim):
    survey = make_survey(space, by=karim)
    make_participant(space, name="Nadia", mobile="+33612345678")

    preview = shown(desk.post(held("send", survey), {"audience": "roll"}))
    desk.post(held("send", survey), {"audience": "roll", "send": "1"})
    after = shown(desk.post(held("send", survey), {"audience": "roll"}))

    assert "Coût" in preview or "ne coûte rien" in preview
    assert "Personne à inviter" in after
    assert survey.invitations.filter(person__name="Nadia").count() == 1


def test_the_space_shows_its_open_surveys_and_asks_those_invited(client, space, karim):
    from traboule.blocks.surveys.inviting import invite

    survey = make_survey(space, by=karim)
    nadia = make_participant(space, name="Nadia")
    invite(survey=survey, people=[nadia], by=karim)
    client.force_login(nadia)

    page = shown(client.get(space.get_absolute_url()))

    assert "Donner mon avis" in page
    assert "Votre avis est demandé" in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_whatever_its_length(
    client, space, karim, number, django_assert_max_num_queries
):
    for _rank in range(number):
        respond(make_survey(space, by=karim), "oui")

    with django_assert_max_num_queries(12):
        client.get(reverse("surveys:surveys", args=[space.slug]))


def test_results_cost_the_same_whatever_the_number_of_answers(client, space, karim):
    survey = make_survey(space, by=karim, shown="always")
    address = reverse("surveys:results", args=[survey.code])
    costs = []
    for number in (1, 5):
        for _rank in range(number):
            respond(survey, "oui", "1 3", "4", "3", "Un banc")
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        costs.append(len(queries))

    assert costs[0] == costs[1] <= 25
