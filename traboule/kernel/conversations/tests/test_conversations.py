"""People write to each other without showing a number."""

import datetime
import re

import pytest
from django.utils import timezone

from traboule.kernel.conversations import actions, upkeep
from traboule.kernel.conversations.answers import KEYWORD, by_sms
from traboule.kernel.conversations.models import Blocking, Conversation, Message
from traboule.kernel.moderation.kinds import kind_of
from traboule.kernel.notices.models import Notice
from traboule.kernel.people.actions import Refused
from traboule.kernel.spaces.tests.factories import make_participant, make_space

from .factories import make_conversation, voice

pytestmark = pytest.mark.django_db
NUMBER = "+33698765432"


@pytest.fixture
def space():
    return make_space()


@pytest.fixture
def nadia(space):
    return make_participant(space, name="Nadia", mobile=NUMBER)


@pytest.fixture
def paul(space):
    return make_participant(space, name="Paul")


@pytest.fixture
def talk(space, nadia, paul):
    return make_conversation(space, nadia, paul)


def write(talk, person, text="Bonjour, votre séjour est-il au sud ?"):
    return actions.write(party=voice(talk, person), text=text, by=person)


def sms(person, text):
    return by_sms(person, re.match(KEYWORD, text, re.IGNORECASE), number=NUMBER)


def test_what_one_writes_is_told_to_the_other_alone(talk, nadia, paul):
    write(talk, paul)

    told = Notice.objects.get(kind="conversations.message")
    assert told.person == nadia
    assert "votre séjour est-il au sud" in told.text


def test_an_sms_that_begins_with_rep_goes_to_whoever_wrote_last(talk, nadia, paul):
    write(talk, paul)

    assert "Paul" in sms(nadia, "REP Oui, plein sud")
    assert talk.messages.last().text == "Oui, plein sud"


def test_an_sms_of_someone_to_whom_nobody_wrote_is_refused(talk, nadia):
    with pytest.raises(Refused):
        sms(nadia, "REP bonjour")


@pytest.mark.parametrize(
    "text", ["", "Appelez le 06 12 34 56 78", "Je donne 500 € pour votre place"]
)
def test_what_has_no_place_there_is_refused_and_written_nowhere(talk, nadia, text):
    with pytest.raises(Refused):
        write(talk, nadia, text)

    assert not Message.objects.exists()


def test_whoever_is_blocked_writes_no_more_and_neither_does_the_other(talk, nadia, paul):
    actions.block(person=nadia, other=paul, by=nadia)
    actions.block(person=nadia, other=paul, by=nadia)

    for person in (nadia, paul):
        with pytest.raises(Refused):
            write(talk, person)
    actions.unblock(blocking=Blocking.objects.get(), by=nadia)
    assert write(talk, paul).text


def test_whoever_gets_no_answer_waits_for_one(talk, nadia, paul):
    for _ in range(actions.MOST_UNANSWERED):
        write(talk, paul)
    with pytest.raises(Refused):
        write(talk, paul)

    write(talk, nadia)
    assert write(talk, paul)


def test_a_closed_conversation_is_read_again_but_not_written_in(client, talk, nadia, paul):
    write(talk, paul)
    actions.close(conversation=talk, because="Sans nouvelles depuis dix jours.")
    client.force_login(nadia)

    with pytest.raises(Refused):
        write(talk, nadia)
    page = client.get(talk.get_absolute_url()).content.decode()
    assert "votre séjour est-il au sud" in page
    assert "Sans nouvelles depuis dix jours." in page


def test_nobody_else_reads_it(client, space, talk):
    client.force_login(make_participant(space, name="Zoé"))

    assert client.get(talk.get_absolute_url()).status_code == 404


def test_a_private_message_keeps_what_was_typed_and_says_what_to_do(client, talk, nadia):
    client.force_login(nadia)

    page = client.post(talk.get_absolute_url(), {"text": "Mon 06 12 34 56 78"}).content.decode()

    assert "un numéro de téléphone" in page
    assert "Mon 06 12 34 56 78" in page


def test_a_hidden_message_is_read_by_nobody(client, talk, nadia, paul):
    message = write(talk, paul)
    kind_of(message).hide(message)
    client.force_login(nadia)

    assert "séjour" not in client.get(talk.get_absolute_url()).content.decode()


def test_what_is_new_is_said_until_it_is_read(client, talk, nadia, paul):
    write(talk, paul)
    client.force_login(nadia)
    assert Conversation.objects.with_news_for(nadia).get().has_news

    client.post(talk.get_absolute_url() + "lu/")

    assert not Conversation.objects.with_news_for(nadia).get().has_news
    assert not Conversation.objects.with_news_for(paul).get().has_news


def test_the_list_costs_the_same_with_one_as_with_three(
    client, space, nadia, paul, django_assert_max_num_queries
):
    client.force_login(nadia)
    for _ in range(3):
        write(make_conversation(space, nadia, paul), paul)

    with django_assert_max_num_queries(9):
        page = client.get("/conversations/")
    assert page.content.decode().count("badge") == 3


def test_a_year_later_it_is_gone(talk, nadia):
    write(talk, nadia)
    upkeep.forget(timezone.now() + datetime.timedelta(days=360))
    assert Message.objects.exists()

    upkeep.forget(timezone.now() + datetime.timedelta(days=366))

    assert not Message.objects.exists()
