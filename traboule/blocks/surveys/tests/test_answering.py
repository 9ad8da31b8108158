"""Answering on the web: nothing is lost, one's own can be changed and erased, once each."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from traboule.blocks.surveys import suspects, upkeep
from traboule.blocks.surveys.actions import answering, holding
from traboule.blocks.surveys.inviting import invite, make_slips
from traboule.blocks.surveys.models import Door, Response, SmsThread, Survey
from traboule.kernel.journal.models import Entry
from traboule.kernel.notices.models import Notice
from traboule.kernel.people.actions import Refused
from traboule.kernel.spaces.tests.factories import make_facilitator, make_participant, make_space

from .factories import make_survey, respond

pytestmark = pytest.mark.django_db


@pytest.fixture
def space():
    return make_space(blocks=("surveys",))


@pytest.fixture
def karim(space):
    return make_facilitator(space)


@pytest.fixture
def survey(space, karim):
    return make_survey(space, by=karim)


def page(name, survey, *args):
    return reverse(f"surveys:{name}", args=[survey.code, *args])


def shown(response):
    return response.content.decode().replace("\u00a0", " ")


def answered(client, survey):
    """Somebody who says no, two, nothing more; and the code of their receipt."""
    client.post(page("begin", survey))
    client.post(page("question", survey, 1), {"answer": "2"})
    client.post(page("question", survey, 4), {"answer": "2"})
    client.post(page("question", survey, 5), {})
    client.post(page("review", survey))
    return client.get(page("thanks", survey)).context["receipt"]


def test_what_is_answered_is_kept_at_once_and_found_again(client, survey):
    client.post(page("begin", survey))
    client.post(page("question", survey, 1), {"answer": "1"})

    again = client.post(page("begin", survey))

    assert again.headers["Location"] == page("question", survey, 2)
    assert survey.responses.count() == 1


def test_a_question_that_must_be_answered_is_asked_again(client, survey):
    client.post(page("begin", survey))
    response = client.post(page("question", survey, 1), {})

    assert "Choisissez une réponse" in shown(response)


def test_one_goes_back_by_the_way_one_came(client, survey):
    client.post(page("begin", survey))
    client.post(page("question", survey, 1), {"answer": "2"})

    back = client.post(page("question", survey, 4), {"then": "back"})

    assert back.headers["Location"] == page("question", survey, 1)


def test_a_question_beside_the_way_is_not_answered(client, survey):
    client.post(page("begin", survey))
    client.post(page("question", survey, 1), {"answer": "2"})

    assert client.get(page("question", survey, 2)).status_code == 302


def test_the_receipt_finds_the_response_on_another_device_and_changes_it(client, survey):
    receipt = answered(client, survey)
    other = Client()
    other.post(page("resume", survey), {"receipt": receipt.lower().replace("-", " ")})

    other.post(page("question", survey, 4) + "?relire", {"answer": "6"})

    assert survey.responses.get().answers.get(question__number=4).number == 6
    assert "Aucune réponse" in shown(Client().post(page("resume", survey), {"receipt": "ABCDEFGH"}))


def test_a_changed_way_leaves_nothing_of_the_former_one(client, survey):
    client.post(page("begin", survey))
    client.post(page("question", survey, 1), {"answer": "1"})
    client.post(page("question", survey, 2), {"answer": ["1"]})
    client.post(page("question", survey, 1), {"answer": "2"})
    client.post(page("review", survey))

    assert list(survey.responses.get().answers.values_list("question__number", flat=True)) == [1]


def test_whoever_answered_erases_it_even_once_closed(client, survey, karim):
    answered(client, survey)
    holding.move(survey=survey, to="closed", by=karim)

    client.post(page("erase", survey))

    assert survey.responses.count() == 0
    assert Entry.objects.filter(act="surveys.erased-response").get().by_key is None


def test_once_closed_nothing_is_answered_nor_changed(client, survey, karim):
    answered(client, survey)
    holding.move(survey=survey, to="closed", by=karim)

    client.post(page("question", survey, 4), {"answer": "9"})
    client.post(page("begin", survey), {})

    assert survey.responses.get().answers.get(question__number=4).number == 2
    with pytest.raises(Refused):
        answering.begin(survey=survey, door=Door.WEB)


def test_a_device_answers_once(client, survey):
    answered(client, survey)
    client.post(page("begin", survey), {"another": "1"})

    assert survey.responses.count() == 1


def test_where_devices_are_shared_another_answers_and_the_results_say_so(client, space, karim):
    survey = make_survey(space, by=karim, one_a_device=False)
    answered(client, survey)
    client.post(page("begin", survey), {"another": "1"})

    assert list(survey.responses.values_list("is_again", flat=True)) == [False, True]


def test_a_draft_is_seen_by_the_team_only(client, space, karim):
    survey = make_survey(space, by=karim, opened=False)
    assert client.get(page("begin", survey)).status_code == 404
    client.force_login(karim)

    assert client.get(page("begin", survey)).status_code == 200
    client.post(page("begin", survey))
    assert survey.responses.count() == 0


@pytest.mark.parametrize("days", [{"opens_on": 1}, {"closes_on": -1}])
def test_outside_its_days_nobody_begins(client, survey, days):
    given = {name: timezone.localdate() + datetime.timedelta(n) for name, n in days.items()}
    Survey.objects.filter(pk=survey.pk).update(**given)

    client.post(page("begin", survey))

    assert survey.responses.count() == 0


def test_only_prints_of_the_device_and_network_are_kept_and_forgotten_a_month_after(
    client, survey, karim
):
    answered(client, survey)
    kept = survey.responses.get()
    assert len(kept.source) == len(kept.network) == 64
    holding.move(survey=survey, to="closed", by=karim)

    upkeep.forget(timezone.now() + datetime.timedelta(days=31))

    kept.refresh_from_db()
    survey.refresh_from_db()
    assert (kept.source, kept.network, survey.salt) == ("", "", "")


def test_the_print_of_a_network_is_another_the_next_day(survey):
    one = respond(survey, "non", address="10.0.0.1")
    Survey.objects.update(salt_on=timezone.localdate() - datetime.timedelta(days=1))
    next_day = respond(survey, "non", address="10.0.0.1")
    same_day = respond(survey, "non", address="10.0.0.1")

    assert one.network != next_day.network == same_day.network


def test_a_poll_stuffed_from_one_network_is_flagged_and_set_aside_in_public(client, survey, karim):
    stuffed = [
        respond(survey, "oui", "", "", "", f"Nom {rank}", address="10.0.0.1", source=f"d{rank}")
        for rank in range(6)
    ]
    respond(survey, "non", address="10.0.0.2", source="other")

    assert [one for one, _reasons in suspects.of(survey)] == stuffed
    for one in stuffed:
        holding.put_aside(response=one, because="la même personne", by=karim)
    holding.move(survey=survey, to="closed", by=karim)
    results = shown(client.get(page("results", survey)))
    assert "6 réponses mises de côté" in results
    assert "<strong>1 réponse</strong>" in results


def test_a_response_found_right_is_flagged_no_more(survey, karim):
    responses = [respond(survey, "oui", "1", source=f"d{rank}") for rank in range(2)]
    assert len(suspects.of(survey)) == 2

    holding.find_right(response=responses[0], by=karim)

    assert [one for one, _reasons in suspects.of(survey)] == responses[1:]


def test_an_invitation_answers_once_and_forgets_by_which_response(space, karim):
    survey = make_survey(space, by=karim, who="invited")
    slip = make_slips(survey=survey, number=1, by=karim)[0]
    client = Client()
    client.get(slip.get_absolute_url())
    answered(client, survey)

    slip.refresh_from_db()
    late = Client()
    late.get(slip.get_absolute_url())
    late.post(page("begin", survey))

    assert slip.used_on == timezone.localdate()
    assert [one.invitation for one in survey.responses.all()] == [None]


def test_without_an_invitation_nobody_answers_a_survey_of_invited(client, space, karim):
    survey = make_survey(space, by=karim, who="invited")
    client.post(page("begin", survey))

    assert survey.responses.count() == 0


def test_an_invited_person_is_anonymous_unless_they_agree(space, karim):
    survey = make_survey(space, by=karim, who="invited")
    nadia, omar = (make_participant(space, name=name) for name in ("Nadia", "Omar"))
    invite(survey=survey, people=[nadia, omar], by=karim)
    for person, data in ((nadia, {}), (omar, {"known": "on"})):
        browser = Client()
        browser.get(survey.invitations.get(person=person).get_absolute_url())
        browser.post(page("begin", survey))
        browser.post(page("question", survey, 1), {"answer": "2"})
        browser.post(page("review", survey), data)

    assert [one.person for one in survey.responses.order_by("pk")] == [None, omar]


def test_the_invitation_by_sms_begins_the_questions(space, karim):
    survey = make_survey(space, by=karim)
    nadia = make_participant(space, name="Nadia", mobile="+33612345678")
    invite(survey=survey, people=[nadia], by=karim)
    invite(survey=survey, people=[nadia], by=karim)
    notice = Notice.objects.get(kind="surveys.invitation")

    from traboule.blocks.surveys import answers

    words = answers.begin(notice, nadia, by=nadia, via="sms")

    assert words.startswith("1/5 Venez-vous")
    assert SmsThread.objects.get().response.invitation.person == nadia


def test_those_who_were_invited_are_told_what_came_out(space, karim):
    survey = make_survey(space, by=karim)
    nadia = make_participant(space, name="Nadia")
    invite(survey=survey, people=[nadia], by=karim)

    holding.move(survey=survey, to="closed", by=karim)

    assert nadia.notices.filter(kind="surveys.results").count() == 1


def test_a_survey_closes_itself_after_its_last_day(survey):
    Survey.objects.update(closes_on=timezone.localdate() - datetime.timedelta(days=1))

    upkeep.close_ended(timezone.now())

    survey.refresh_from_db()
    assert survey.state == "closed"


def test_an_unfinished_response_counts_nowhere(client, survey):
    client.post(page("begin", survey))
    client.post(page("question", survey, 1), {"answer": "1"})

    assert Response.objects.counted().count() == 0
