"""What runs by itself: reminders leave once, old polls keep their tally and lose their names."""

import datetime

import pytest
from django.utils import timezone

from traboule.blocks.agenda.actions import polls, signups
from traboule.kernel.notices.models import Notice
from traboule.kernel.notices.tasks import quarter_hourly
from traboule.kernel.spaces.tests.factories import make_facilitator

from .factories import in_days, make_event, make_people

pytestmark = pytest.mark.django_db


def reminded():
    kind = Notice.objects.filter(kind="agenda.reminder")
    return list(kind.order_by("pk").values_list("person__name", flat=True))


def test_those_who_come_tomorrow_are_reminded_once():
    tomorrow = make_event(starts_at=timezone.now() + datetime.timedelta(hours=20), capacity=1)
    later = make_event(tomorrow.space, days=5)
    lina, omar, rose = make_people(3)
    for event, person in ((tomorrow, lina), (tomorrow, omar), (later, rose)):
        signups.sign_up(event=event, person=person, by=person)

    for _ in range(2):
        quarter_hourly.call()

    assert reminded() == ["Voisine 1"]


def test_a_date_that_moved_is_reminded_again():
    event = make_event(starts_at=timezone.now() + datetime.timedelta(hours=20))
    (lina,) = make_people(1)
    signups.sign_up(event=event, person=lina, by=lina)
    quarter_hourly.call()
    event.starts_at += datetime.timedelta(hours=3)
    event.ends_at += datetime.timedelta(hours=3)
    event.save()

    quarter_hourly.call()

    assert reminded() == ["Voisine 1", "Voisine 1"]


@pytest.mark.parametrize(("days", "names"), [(-60, ["Lina"]), (-100, [""])])
def test_a_poll_forgets_who_answered_three_months_after_its_last_date(days, names):
    space = make_event().space
    karim = make_facilitator(space)
    dates = [(in_days(days), in_days(days, 20)), (in_days(days - 1), in_days(days - 1, 20))]
    poll = polls.create_poll(space=space, dates=dates, by=karim, title="Fête")
    polls.answer(poll=poll, name="Lina", votes={poll.dates.first().pk: "yes"})

    quarter_hourly.call()

    assert list(poll.answers.values_list("name", flat=True)) == names
    assert [line.yes for line in polls.tally(poll)] == [1, 0]
