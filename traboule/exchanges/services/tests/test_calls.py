import datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from traboule.kernel.files.models import File
from traboule.kernel.files.tests.factories import make_file
from traboule.kernel.moderation.kinds import kind_of
from traboule.kernel.notices.followup import queue
from traboule.kernel.notices.models import Notice
from traboule.kernel.notices.receiving import receive
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.tests.factories import make_facilitator

from ..actions import calls, offers, requests, workers
from ..models import CallBack, Household, OfferState, Request, State, Via
from ..upkeep import asking as upkeep
from .factories import make_household, make_request, make_services_space, make_worker

pytestmark = pytest.mark.django_db


@pytest.fixture
def space():
    return make_services_space()


def page(name, space, *more):
    return reverse(f"services:{name}", args=[space.slug, *more])


SAID = {
    "via": "phone", "name": "Armand Vial", "phone": "04 76 12 34 56", "kind": "gardening",
    "words": "La haie du fond.", "rhythm": "once", "on": "", "when_words": "le matin",
    "minutes": "120", "budget": "13", "address": "12 allée des Frênes", "postal_code": "38100",
}  # fmt: skip


def test_an_old_man_phones_it_is_read_back_put_online_and_he_chooses_on_the_telephone(
    client, space
):
    operator = make_facilitator(space)
    client.force_login(operator)
    town = str(space.initiative.commune)

    client.post(page("call", space), SAID | {"commune": town})
    asked = Request.objects.get()
    heard = client.get(page("read-back", space, asked.code)).content.decode()
    unsaid = client.post(page("read-back", space, asked.code))
    client.post(page("read-back", space, asked.code), {"agreement": "spoken"})
    worker = make_worker(space)
    sent = offers.offer(asked=asked, worker=worker, net_hourly=Decimal(13), by=worker.person)
    person = asked.household.person
    told = client.get(page("caller", space, person.public_id)).content.decode()
    client.post(page("choose", space, sent.pk))

    asked.refresh_from_db()
    sent.refresh_from_db()
    assert "Je relis" in heard
    assert "Relisez à voix haute" in unsaid.content.decode()
    assert (asked.via, asked.state, sent.state) == (Via.PHONE, State.AGREED, OfferState.CHOSEN)
    assert "Inès" in told
    assert Notice.objects.get(person=person, kind="services.confirmed").channel_kind == "landline"
    assert Notice.objects.filter(person=person, kind="receipt").count() == 2
    assert person.channels.get(kind="post").value.endswith("38100 Vienne")


def test_a_caller_is_found_by_number_or_by_words_of_their_name(client, space):
    person = make_household(space, "Armand Vial").person
    elsewhere = Person.objects.create_person(name="Armand Autre")
    calls.note_channel(person=person, kind="landline", value="0476123456", by=person)

    assert calls.find_callers(space, "04 76 12 34 56") == [person]
    assert calls.find_callers(space, "vial") == [person]
    assert elsewhere not in calls.find_callers(space, "Armand")


def test_the_word_service_by_sms_makes_a_call_to_make_once_known_or_not(client, space):
    operator = make_facilitator(space)
    for number, text in (("1", "SERVICE jardin"), ("2", "coup de main"), ("3", "Service")):
        sms = "+33612345678" if number != "3" else "+33612345699"
        said = receive(gateway_id=number, from_value=sms, text=text, received_at=timezone.now())

    assert "nous vous rappelons" in said.reply
    assert CallBack.objects.waiting().count() == 2
    assert [item.title for item in queue(operator)] == ["jardin", "Un coup de main"]
    client.force_login(operator)
    client.post(page("called", space, CallBack.objects.first().pk))
    assert len(queue(operator)) == 1


def test_errands_alone_are_refused_and_beside_another_service_they_go(space):
    household = make_household(space)
    with pytest.raises(requests.Refused, match="autre service"):
        make_request(household, kind="errands")
    assert Household.objects.count() == 1

    with_cleaning = make_request(household, kind="errands", also="cleaning")
    make_request(household)
    after = make_request(household, kind="errands")

    assert (with_cleaning.state, after.state) == (State.OPEN, State.OPEN)


def test_only_those_who_do_it_within_their_distance_learn_of_a_request_nearest_first(space):
    far = make_worker(space, "Loin")
    far.latitude, far.longitude = 45.9, 5.7
    far.save()
    make_worker(space, "Autre métier", kinds=["lessons"])
    near = make_worker(space, "Près")

    make_request(make_household(space))

    told = Notice.objects.filter(kind="services.asked").values_list("person__name", flat=True)
    assert list(told) == [near.person.name]


@pytest.fixture
def sent(space):
    asked, worker = make_request(make_household(space), on=None), make_worker(space)
    return offers.offer(asked=asked, worker=worker, net_hourly=Decimal(13), by=worker.person)


def after(days):
    return timezone.now() + datetime.timedelta(days=days, minutes=1)


def test_silence_is_reminded_once_after_five_days_and_closed_kindly_after_ten(sent):
    upkeep.remind_silent(after(4))
    before = Notice.objects.filter(kind="services.reminded").count()
    upkeep.remind_silent(after(6))
    upkeep.remind_silent(after(7))
    upkeep.close_silent(after(9))
    sent.refresh_from_db()
    waiting = sent.state
    upkeep.close_silent(after(10))
    upkeep.close_silent(after(11))

    sent.refresh_from_db()
    assert (before, waiting, sent.state) == (0, OfferState.SENT, OfferState.CLOSED)
    assert Notice.objects.filter(kind="services.reminded").count() == 2
    assert Notice.objects.filter(kind="services.silent").count() == 2
    assert sent.request.is_open


def test_two_by_sms_declines_an_offer_and_nothing_is_chosen_by_a_digit(sent):
    notice = Notice.objects.get(kind="services.offered")

    from traboule.kernel.notices.answers import answer_of

    assert notice.answers == {"2": "services.decline"}
    person = notice.person
    answer_of("services.decline").handler(notice, person, by=person, via="sms")
    sent.refresh_from_db()
    assert sent.state == OfferState.DECLINED


def test_a_week_before_they_leave_the_list_workers_say_by_a_digit_that_they_still_look(space):
    from traboule.kernel.notices.answers import answer_of

    worker = make_worker(space)
    upkeep.ask_if_still_looking(after(50))
    assert not Notice.objects.filter(kind="services.still-looking").exists()
    upkeep.ask_if_still_looking(after(54))
    upkeep.ask_if_still_looking(after(55))

    notice = Notice.objects.get(kind="services.still-looking")
    until = worker.fresh_until
    worker.fresh_until = timezone.localdate()
    worker.save()
    answer_of(notice.answers["1"]).handler(notice, notice.person, by=notice.person, via="sms")
    worker.refresh_from_db()
    assert worker.fresh_until == until
    answer_of(notice.answers["2"]).handler(notice, notice.person, by=notice.person, via="sms")
    worker.refresh_from_db()
    assert not worker.is_available


def test_papers_are_seen_and_noted_never_kept(client, space):
    today = timezone.localdate()
    worker = make_worker(space, born_on=today - datetime.timedelta(days=17 * 366))
    client.force_login(make_facilitator(space))

    client.post(page("worker", space, worker.pk), {"identity": "on", "guardian": "on"})

    worker.refresh_from_db()
    assert (worker.identity_seen_on, worker.guardian_agreed_on) == (today, today)
    assert worker.visited_on is None
    asked = make_request(make_household(space))
    assert offers.offer(asked=asked, worker=worker, net_hourly=Decimal(13), by=worker.person)


def test_a_right_to_work_that_is_over_stops_answers_until_seen_again(space):
    worker, asked = make_worker(space), make_request(make_household(space))
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    workers.saw_papers(worker=worker, may_work_until=yesterday, by=make_facilitator(space))

    with pytest.raises(requests.Refused, match="à revoir"):
        offers.offer(asked=asked, worker=worker, net_hourly=Decimal(13), by=worker.person)


def test_a_hidden_request_and_hidden_words_are_read_by_no_neighbour(client, sent):
    asked, worker = sent.request, sent.worker
    worker.words = "Des mots de trop."
    worker.save()
    for thing in (asked, worker):
        kind_of(thing).hide(thing)

    client.force_login(make_worker(asked.space, "Luc").person)
    assert client.get(asked.get_absolute_url()).status_code == 404
    client.force_login(asked.household.person)
    assert "Des mots de trop" not in client.get(asked.get_absolute_url()).content.decode()


def test_what_was_begun_and_never_put_online_goes_after_a_month_with_its_photos(space):
    household = make_household(space)
    begun = requests.begin(household=household, kind="company", by=household.person)
    begun.photos.add(make_file(space))
    kept = make_request(household)

    upkeep.forget(after(29))
    assert Request.objects.count() == 2
    upkeep.forget(after(31))

    assert list(Request.objects.all()) == [kept]
    assert not File.objects.exists()
