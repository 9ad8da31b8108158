import datetime

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from traboule.kernel.initiatives import confirming
from traboule.kernel.initiatives.models import Confirmation, Draft, Initiative
from traboule.kernel.people import sms

from .factories import make_editor, make_initiative, make_person

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 24)
EMAIL = {"email": "atelier@exemple.fr"}


@pytest.fixture(autouse=True)
def _empty_outbox():
    sms.outbox.clear()


def make_old(**fields) -> Initiative:
    """A running sheet that was confirmed two years ago and can be asked by e-mail."""
    return make_initiative(**{"confirmed": "2024-11", "contact": EMAIL, **fields})


def make_question(days_ago: int = 0, **fields) -> Confirmation:
    """The question, put some days ago."""
    confirmation = confirming.ask(initiative=make_old(**fields))
    asked_at = timezone.now() - datetime.timedelta(days=days_ago)
    Confirmation.objects.filter(pk=confirmation.pk).update(asked_at=asked_at)
    confirmation.refresh_from_db()
    return confirmation


@pytest.mark.parametrize(
    ("fields", "asked"),
    [
        ({"confirmed": "2025-11-23"}, True),
        ({"confirmed": "2025-11-25"}, False),
        ({"confirmed": "2025-10"}, True),
        ({"confirmed": "2025-11"}, False),
        ({"confirmed": "2025"}, False),
        ({"confirmed": "2024"}, True),
        ({"confirmed": None}, False),
        ({"state": "ended"}, False),
        ({"state": "idea"}, True),
        ({"contact": {}}, False),
        ({"contact": {"phone": "06 12 34 56 78"}}, True),
    ],
)
def test_only_living_sheets_with_a_contact_and_a_year_of_age_are_asked(fields, asked):
    make_old(**fields)

    assert confirming.ask_all(today=TODAY) == int(asked)


def test_a_sheet_never_confirmed_is_asked_a_year_after_it_was_published():
    initiative = make_old(confirmed=None)
    Initiative.objects.filter(pk=initiative.pk).update(
        published_at=datetime.datetime(2025, 11, 20, tzinfo=datetime.UTC)
    )

    assert confirming.ask_all(today=TODAY) == 1


def test_asking_twice_sends_one_message(django_capture_on_commit_callbacks):
    make_old(title="Atelier vélo")

    with django_capture_on_commit_callbacks(execute=True):
        first, second = (confirming.ask_all(today=TODAY) for _ in range(2))

    question = Confirmation.objects.get()
    assert (first, second) == (1, 0)
    assert [message.subject for message in mail.outbox] == [
        "« Atelier vélo » : est-ce toujours vrai ?"
    ]
    assert question.get_absolute_url() in mail.outbox[0].body


def test_a_mobile_is_asked_by_text_message(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        make_question(contact={"phone": "06 12 34 56 78"})

    assert [message["to"] for message in sms.outbox] == ["+33612345678"]


def test_reading_the_question_answers_nothing(client):
    question = make_question()

    page = client.get(question.get_absolute_url())

    question.refresh_from_db()
    assert (page.status_code, question.answer) == (200, "")


def test_still_true_dates_the_sheet_from_today(client):
    question = make_question()

    page = client.post(question.get_absolute_url(), {"answer": "still-true"}, follow=True)

    question.initiative.refresh_from_db()
    assert question.initiative.confirmed == str(timezone.localdate())
    assert "Merci" in page.content.decode()


def test_what_changed_opens_one_correction_with_whom_to_call(client):
    question = make_question(contact={"name": "Accueil", **EMAIL})

    answers = [client.post(question.get_absolute_url(), {"answer": "changed"}) for _ in range(2)]

    draft = Draft.objects.get()
    assert [answer.url for answer in answers] == [draft.get_absolute_url()] * 2
    assert draft.initiative == question.initiative
    assert draft.answers["callback_contact"] == "atelier@exemple.fr"
    assert client.get(draft.get_absolute_url()).status_code == 200


def test_what_ended_is_asked_what_it_taught(client):
    question = make_question()

    answer = client.post(question.get_absolute_url(), {"answer": "ended"})

    draft = Draft.objects.get()
    assert answer.url == reverse("initiatives:draft-question", args=[draft.code, "lecons"])
    assert draft.answers["state"] == "ended"
    assert "Qu’avez-vous appris" in client.get(answer.url).content.decode()


def test_a_second_answer_does_not_replace_the_first(client):
    question = make_question()
    client.post(question.get_absolute_url(), {"answer": "still-true"})

    client.post(question.get_absolute_url(), {"answer": "ended"})

    question.refresh_from_db()
    assert (question.answer, Draft.objects.count()) == ("still-true", 0)


@pytest.mark.parametrize("answer", ["", "peut-être", "\0"])
def test_an_answer_that_is_none_is_asked_again(client, answer):
    question = make_question()

    page = client.post(question.get_absolute_url(), {"answer": answer})

    question.refresh_from_db()
    assert (page.status_code, question.answer) == (200, "")


def test_an_unknown_link_is_not_found(client):
    assert client.get(reverse("initiatives:still-true", args=["rien"])).status_code == 404


def test_those_who_do_not_answer_and_landlines_are_to_call(client):
    silent = make_question(days_ago=15)
    make_question(days_ago=3)
    landline = make_question(contact={"phone": "04 74 85 00 00"})
    client.force_login(make_editor(department_code="38"))

    calls = client.get(reverse("initiatives:call-list")).context["calls"]

    assert [call.confirmation for call in calls] == [silent, landline]


def test_a_call_in_vain_is_remembered_and_goes_last(client):
    first, second = make_question(days_ago=20), make_question(days_ago=15)
    client.force_login(make_editor())

    client.post(reverse("initiatives:call-outcome", args=[first.pk]), {"answer": "no-answer"})

    calls = client.get(reverse("initiatives:call-list")).context["calls"]
    assert [(call.confirmation, call.tries) for call in calls] == [(second, 0), (first, 1)]


def test_a_call_that_says_still_true_settles_the_question(client):
    question = make_question(days_ago=20)
    client.force_login(make_editor())

    client.post(reverse("initiatives:call-outcome", args=[question.pk]), {"answer": "still-true"})

    assert client.get(reverse("initiatives:call-list")).context["calls"] == []


def test_the_call_list_costs_the_same_with_one_call_as_with_three(client, count_queries):
    address = reverse("initiatives:call-list")
    client.force_login(make_editor())
    make_question(days_ago=20)
    one = count_queries(address)
    for _ in range(2):
        make_question(days_ago=20)

    assert count_queries(address) == one


def test_only_editors_of_the_department_answer_for_a_sheet(client):
    question = make_question(days_ago=20)
    address = reverse("initiatives:call-outcome", args=[question.pk])
    statuses = []

    for person in (make_person(), make_editor(department_code="69"), make_editor()):
        client.force_login(person)
        statuses.append(client.post(address, {"answer": "no-answer"}).status_code)

    assert statuses == [403, 403, 302]


@pytest.mark.parametrize("said", ["changed", "ended"])
def test_who_has_answered_is_not_asked_again_the_next_day(said):
    confirming.answer(confirmation=make_question(), answer=said)

    assert confirming.ask_all(today=timezone.localdate()) == 0
