"""One survey by web, SMS, paper and interview: one tally."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from traboule.blocks.surveys import answers, results
from traboule.blocks.surveys.models import Response
from traboule.kernel.notices import answers as of_notices
from traboule.kernel.notices.models import Inbound
from traboule.kernel.notices.receiving import receive
from traboule.kernel.spaces.tests.factories import make_facilitator, make_space

from .factories import make_survey

pytestmark = pytest.mark.django_db
NUMBER = "+33612345678"


@pytest.fixture
def space():
    return make_space(blocks=("surveys",))


@pytest.fixture
def karim(space):
    return make_facilitator(space)


@pytest.fixture
def survey(space, karim):
    return make_survey(space, by=karim)


@pytest.fixture
def desk(karim):
    browser = Client()
    browser.force_login(karim)
    return browser


def held(name, survey, *args):
    return reverse(f"surveys:{name}", args=[survey.space.slug, survey.code, *args])


def public(name, survey, *args):
    return reverse(f"surveys:{name}", args=[survey.code, *args])


def on_screen(browser, survey, *given):
    """Answer the questions that come one after the other, then send."""
    for one in given:
        page = browser.get(browser.at)
        data = {"answer": one} if one else {}
        browser.at = browser.post(browser.at, data).headers["Location"]
        assert page.status_code == 200
    assert browser.at == public("review", survey)
    return browser.post(browser.at)


def begin(browser, address, **data):
    browser.at = browser.post(address, data).headers["Location"]
    return browser


def sms(text, number=NUMBER, *, rank=[0]):  # noqa: B006 (counts the messages)
    from django.utils import timezone

    rank[0] += 1
    got = receive(
        gateway_id=f"m{rank[0]}", from_value=number, text=text, received_at=timezone.now()
    )
    return got.reply.replace("\u00a0", " ")


def tally(survey):
    return [
        (one.asked, one.answered, [line.count for line in one.lines])
        for one in results.of(survey).questions
    ]


def test_web_sms_paper_and_interview_arrive_in_one_tally(survey, desk):
    web = begin(Client(), public("begin", survey))
    on_screen(web, survey, "1", ["1", "3"], "4", "3", "Un banc")

    assert sms(f"enq {survey.code.lower()}").startswith("1/5 Venez-vous au jardin ?")
    for text in ("oui", "1 et 3", "4", "3"):
        sms(text)
    assert "C’est envoyé" in sms("Un banc")

    desk.post(held("pile", survey), {"batch": "1", "version": "1"})
    boxes = ("1", "1 3", "4", "3", "Un banc")
    sheet = {f"question_{number}": box for number, box in enumerate(boxes, 1)}
    desk.post(held("sheet", survey), {"sheet": "1", **sheet})

    begin(desk, held("interview", survey), door="interview", consent="on")
    on_screen(desk, survey, "1", ["1", "3"], "4", "3", "Un banc")

    assert tally(survey) == [
        (4, 4, [4, 0]),
        (4, 4, [4, 0, 4]),
        (4, 4, [0, 0, 0, 4, 0]),
        (4, 4, []),
        (4, 4, []),
    ]
    found = results.of(survey)
    assert [(key, number) for key, _label, number in found.doors] == [
        ("web", 1), ("sms", 1), ("paper", 1), ("interview", 1),
    ]  # fmt: skip
    assert set(Response.objects.values_list("person", flat=True)) == {None}


def test_who_says_no_jumps_and_the_questions_beside_the_way_were_not_asked(survey):
    web = begin(Client(), public("begin", survey))
    on_screen(web, survey, "2", "", "")

    assert [(one.asked, one.silent) for one in results.of(survey).questions] == [
        (1, 0), (0, 0), (0, 0), (1, 1), (1, 1),
    ]  # fmt: skip


def test_an_sms_that_is_no_choice_is_told_what_to_send_and_the_question_stays(survey):
    sms(f"ENQ {survey.code}")

    assert sms("7") == "Écrivez le chiffre de votre choix, de 1 à 2."
    assert sms("2").startswith("4/5")


def test_a_sentence_that_answers_nothing_waits_for_a_human(survey):
    sms(f"ENQ {survey.code}")
    sms("est-ce que je peux passer vous voir au local demain matin")

    assert not Inbound.objects.order_by("pk").last().understood
    assert sms("oui").startswith("2/5")


def test_pass_goes_on_where_one_may(survey):
    sms(f"ENQ {survey.code}")
    assert "Il faut répondre" in sms("passer")
    sms("1")

    assert sms("Passer.").startswith("3/5")


def test_a_number_answers_once_and_begins_again_where_it_stopped(survey):
    sms(f"ENQ {survey.code}")
    sms("non")
    assert sms(f"ENQ {survey.code}").startswith("4/5")
    sms("3")
    sms("Rien")

    assert "déjà répondu" in sms(f"ENQ {survey.code}")
    assert survey.responses.count() == 1


def test_a_digit_after_the_code_answers_the_first_question_at_once(survey):
    assert sms(f"ENQ {survey.code} 2").startswith("4/5")


def test_an_unknown_code_says_so(db):
    assert "ne connaissons pas ce code" in sms("ENQ 22222")


def test_a_survey_of_the_space_is_not_for_strangers(space, karim):
    survey = make_survey(space, by=karim, who="space")

    assert "réservée" in sms(f"ENQ {survey.code}")
    assert Client().post(public("begin", survey)).status_code == 200
    assert survey.responses.count() == 0


def test_a_sheet_is_typed_once_and_a_pile_begun_before_says_so(survey, desk):
    desk.post(held("pile", survey), {"batch": "3", "version": "1"})
    desk.post(held("sheet", survey), {"sheet": "1", "question_1": "2"})
    twice = desk.post(held("sheet", survey), {"sheet": "1", "question_1": "2"})
    again = desk.post(held("pile", survey), {"batch": "3", "version": "1"})
    going_on = desk.post(held("pile", survey), {"batch": "3", "version": "1", "go_on": "1"})

    assert "déjà saisie" in twice.content.decode()
    assert "déjà commencée" in again.content.decode()
    assert going_on.status_code == 302
    assert survey.responses.count() == 1


def test_a_wrong_box_says_what_it_takes_and_the_sheet_keeps_what_was_typed(survey, desk):
    desk.post(held("pile", survey), {"batch": "1", "version": "1"})
    page = desk.post(
        held("sheet", survey), {"sheet": "4", "question_1": "8", "question_5": "Un banc"}
    ).content.decode()

    assert "de 1 à 2" in page
    assert "Un banc" in page
    assert survey.responses.count() == 0


def test_sheets_of_another_version_are_not_typed(survey, desk):
    page = desk.post(held("pile", survey), {"batch": "1", "version": "7"}).content.decode()

    assert "version 1" in page.replace("\u00a0", " ")


def test_an_interview_needs_the_sentences_read(survey, desk):
    page = desk.post(held("interview", survey), {"door": "phone"})

    assert page.status_code == 200
    assert survey.responses.count() == 0


def test_late_sheets_are_typed_once_the_survey_is_closed(survey, desk):
    desk.post(held("move", survey), {"to": "closed"})
    desk.post(held("pile", survey), {"batch": "1", "version": "1"})
    desk.post(held("sheet", survey), {"sheet": "1", "question_1": "2"})

    assert survey.responses.counted().count() == 1


def test_what_goes_on_is_left_to_a_notice_that_asked_since(survey):
    assert of_notices.continued(None, "1", number=NUMBER) is None
    assert answers.go_on(AnonymousUser(), "1", number=NUMBER) is None
