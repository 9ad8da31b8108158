"""One question about dates, four doors, one tally."""

import datetime
import re

import pytest
from django.urls import reverse

from traboule.blocks.agenda import answers
from traboule.blocks.agenda.actions import polls
from traboule.blocks.agenda.models import PollAnswer
from traboule.kernel.initiatives.tests.factories import make_person
from traboule.kernel.people.actions import Refused
from traboule.kernel.spaces.tests.factories import make_facilitator, make_participant, make_space

from .factories import in_days

pytestmark = pytest.mark.django_db
TWO_HOURS = datetime.timedelta(hours=2)


@pytest.fixture
def space():
    return make_space(blocks=("agenda",))


@pytest.fixture
def facilitator(space):
    return make_facilitator(space)


@pytest.fixture
def poll(space, facilitator):
    dates = [(in_days(n), in_days(n) + TWO_HOURS) for n in (7, 8, 9)]
    return polls.create_poll(space=space, dates=dates, by=facilitator, title="Réunion de rentrée")


def counted(poll):
    return [(line.yes, line.maybe, line.no, line.is_best) for line in polls.tally(poll)]


def web_answer(client, poll, name, *values):
    dates = poll.dates.order_by("starts_at")
    data = {f"date_{date.pk}": value for date, value in zip(dates, values, strict=False)}
    return client.post(reverse("agenda:poll", args=[poll.code]), {"name": name, **data})


def test_web_sms_phone_and_paper_arrive_in_one_tally(client, poll, facilitator):
    web_answer(client, poll, "Lina", "yes", "maybe", "no")
    by_sms = re.match(answers.DATES_KEYWORD, f"dates {poll.code.lower()} 1 2?")
    answers.dates_by_code(make_person("Omar"), by_sms, number="+33612345678")
    client.force_login(facilitator)
    dates = {f"date_{date.pk}": "no" for date in poll.dates.order_by("starts_at")}
    type_in = reverse("agenda:poll-type", args=[poll.code])
    client.post(type_in, {"name": "Rose", "via": "phone", **dates})
    client.post(type_in, {"name": "Ali", "via": "paper", **dates})

    assert counted(poll) == [(2, 0, 2, True), (0, 2, 2, False), (0, 0, 4, False)]
    assert set(poll.answers.values_list("via", flat=True)) == {"web", "sms", "phone", "paper"}


def test_a_browser_changes_its_answer_and_no_other(client, poll):
    web_answer(client, poll, "Lina", "yes", "yes", "yes")
    polls.answer(poll=poll, name="Omar", votes={})

    web_answer(client, poll, "Lina", "no", "no", "yes")

    assert PollAnswer.objects.count() == 2
    assert counted(poll) == [(0, 0, 2, False), (0, 0, 2, False), (1, 0, 1, True)]


def test_a_date_left_without_answer_is_asked_again_and_the_rest_is_kept(client, poll):
    response = web_answer(client, poll, "Lina", "yes")

    assert PollAnswer.objects.count() == 0
    assert b'value="Lina"' in response.content
    assert response.content.count(b"Dites oui, si besoin ou non") >= 2


@pytest.mark.parametrize("text", ["4", "un", "1 9"])
def test_numbers_that_are_no_date_are_told_what_to_send(poll, text):
    with pytest.raises(Refused, match="de 1 à 3"):
        polls.read_digits(poll, text)


def test_the_chosen_date_becomes_the_event_once_and_those_who_answered_are_invited(
    client, poll, space, facilitator
):
    omar = make_participant(space, name="Omar", mobile="+33612345678")
    date = poll.dates.order_by("starts_at").last()
    polls.answer(poll=poll, name="Omar", votes={date.pk: "yes"}, person=omar)
    client.force_login(facilitator)

    for _ in range(2):
        client.post(reverse("agenda:poll-choose", args=[poll.code, date.pk]))

    (event,) = space.events.all()
    assert (event.title, event.starts_at) == (poll.title, date.starts_at)
    assert omar.notices.filter(kind="agenda.invitation").count() == 1
    with pytest.raises(Refused):
        polls.answer(poll=poll, name="Trop tard", votes={})


def test_dates_are_proposed_line_by_line_and_more_lines_keep_what_was_typed(
    client, space, facilitator
):
    client.force_login(facilitator)
    first_day = f"{in_days(30):%d/%m/%Y}"
    typed = {
        "title": "Bureau",
        "kind": "meeting",
        "dates-TOTAL_FORMS": "4",
        "dates-INITIAL_FORMS": "0",
        "dates-0-day": first_day,
        "dates-0-start": "18 h",
        "dates-1-day": f"{in_days(32):%d/%m/%Y}",
        "dates-1-start": "18:30",
        "dates-1-end": "20:00",
    }
    address = reverse("agenda:poll-new", args=[space.slug])

    more = client.post(address, {**typed, "more": "1"})
    made = client.post(address, typed)

    assert more.content.count(b'name="dates-7-day"') == 1
    assert f'value="{first_day}"' in more.content.decode()
    assert made.status_code == 302
    assert space.date_polls.get().dates.count() == 2


def test_one_date_is_no_question(space, facilitator):
    with pytest.raises(Refused):
        polls.create_poll(
            space=space, dates=[(in_days(1), in_days(2))], by=facilitator, title="Bureau"
        )
