"""One text to many: who gets it, once each, stopped half-way and resumed."""

import pytest
from django.core import mail
from django.utils import timezone

from traboule.blocks.mailings import tasks
from traboule.blocks.mailings.actions import listing, sending, subscribing, writing
from traboule.blocks.mailings.delivery import forecast, tallies
from traboule.blocks.mailings.models import Recipient
from traboule.kernel.notices.delivering import deliver
from traboule.kernel.notices.models import NewsStop, Notice, Purse
from traboule.kernel.people import sms
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.consents import record_answer
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.actions import close

from .factories import make_mailing, make_neighbour, make_subscriber, sent


def told(mailing) -> list[str]:
    """The names of those who were written to."""
    rows = mailing.recipients.filter(state="told").order_by("person__name")
    return [one.person.name for one in rows]


def carry_all() -> None:
    """Deliver all that waits, at noon."""
    noon = timezone.localtime().replace(hour=12) + timezone.timedelta(days=1)
    for pk in Notice.objects.due(now=noon).values_list("pk", flat=True):
        deliver(pk, now=noon)


@pytest.fixture
def small_parts(monkeypatch):
    """Three people at a time."""
    monkeypatch.setattr(sending, "CHUNK", 3)
    monkeypatch.setattr(listing, "CHUNK", 3)


def test_each_is_told_as_they_can_be_reached(space, karim):
    make_neighbour(space, "Ali", email="ali@exemple.fr")
    make_neighbour(space, "Lina", mobile="+33612345601")
    make_neighbour(space, "Rose", post="1 rue du Lac\n38000 Grenoble")
    mailing = sent(make_mailing(space, karim), karim)

    carry_all()

    assert told(mailing) == ["Ali", "Karim", "Lina", "Rose"]
    assert [message.to for message in mail.outbox] == [["ali@exemple.fr"]]
    assert [message["to"] for message in sms.outbox] == ["+33612345601"]
    assert Notice.objects.to_post().get().recipient.name == "Rose"
    assert mailing.state == "sent"


def test_who_is_in_two_groups_gets_one(space, karim):
    ali = make_neighbour(space, "Ali", email="ali@exemple.fr")
    subscribing.subscribe(space=space, person=ali, how="phone", by=karim)

    mailing = sent(
        make_mailing(space, karim, audience_keys=["roll", "team", "mailings:subscribers"]), karim
    )

    assert told(mailing) == ["Ali", "Karim"]


def test_news_spare_who_said_stop_or_no_and_statutory_texts_do_not(space, karim):
    ali, rose = make_neighbour(space, "Ali"), make_neighbour(space, "Rose")
    subscribing.end(space=space, person=ali, by=ali)
    record_answer(person=rose, purpose="contact", given=False, how="screen", said_by=rose, by=rose)

    assert told(sent(make_mailing(space, karim), karim)) == ["Karim"]
    statutory = make_mailing(space, karim, nature="statutory")
    assert told(sent(statutory, karim)) == ["Ali", "Karim", "Rose"]


def test_who_asked_for_the_letter_receives_it_whatever_they_said_of_other_activities(space, karim):
    rose = make_subscriber(space, "Rose")
    record_answer(person=rose, purpose="contact", given=False, how="screen", said_by=rose, by=rose)

    mailing = make_mailing(space, karim, audience_keys=["mailings:subscribers"])

    assert told(sent(mailing, karim)) == ["Rose"]


def test_who_stops_after_the_list_was_made_is_left_out(space, karim):
    ali = make_neighbour(space, "Ali")
    mailing = make_mailing(space, karim)
    listing.prepare(mailing=mailing, by=karim)
    subscribing.end(space=space, person=ali, by=ali)
    sending.send(mailing=mailing, by=karim)
    while sending.send_some(mailing.pk):
        pass

    assert told(mailing) == ["Karim"]
    assert mailing.recipients.get(person=ali).state == "left-out"


def test_after_stop_news_never_become_a_call(space, karim):
    lina = make_neighbour(space, "Lina", mobile="+33612345601")
    NewsStop.objects.create(channel=lina.channels.get())

    sent(make_mailing(space, karim), karim)
    sent(make_mailing(space, karim, nature="statutory"), karim)
    carry_all()

    news, statutory = Notice.objects.filter(person=lina).order_by("pk")
    assert (news.state, statutory.state) == ("web", "to-call")
    assert sms.outbox == []


@pytest.mark.parametrize("where", ["tell_many", "bulk_update"])
def test_whoever_dies_in_the_middle_has_written_to_nobody_twice(
    space, karim, small_parts, monkeypatch, where
):
    for number in range(8):
        make_neighbour(space, f"Voisine {number}", email=f"v{number}@exemple.fr")
    mailing = make_mailing(space, karim)
    listing.prepare(mailing=mailing, by=karim)
    while listing.list_some(mailing.pk):
        pass
    sending.send(mailing=mailing, by=karim)
    sending.send_some(mailing.pk)

    def dies(*args, **kwargs):
        raise RuntimeError("the worker is killed")

    with monkeypatch.context() as patch:
        if where == "tell_many":
            told_then = sending.tell_many
            patch.setattr(sending, "tell_many", lambda **what: (told_then(**what), dies()))
        else:
            patch.setattr(type(Recipient.objects.all()), "bulk_update", dies)
        with pytest.raises(RuntimeError):
            sending.send_some(mailing.pk)
    assert Notice.objects.count() == 3
    while sending.send_some(mailing.pk):
        pass

    people = list(Notice.objects.order_by("person").values_list("person", flat=True))
    assert people == sorted(set(people))
    assert len(people) == 9


def test_stopped_half_way_nothing_more_leaves_and_resumed_the_rest_does(space, karim, small_parts):
    for number in range(6):
        make_neighbour(space, f"Voisine {number}", email=f"v{number}@exemple.fr")
    mailing = make_mailing(space, karim)
    listing.prepare(mailing=mailing, by=karim)
    while listing.list_some(mailing.pk):
        pass
    sending.send(mailing=mailing, by=karim)
    sending.send_some(mailing.pk)

    sending.stop(mailing=mailing, by=karim)
    assert not sending.send_some(mailing.pk)
    carry_all()
    assert mail.outbox == []

    sending.resume(mailing=mailing, by=karim)
    while sending.send_some(mailing.pk):
        pass
    carry_all()
    assert sorted(message.to[0] for message in mail.outbox) == [
        f"v{number}@exemple.fr" for number in range(6)
    ]


def test_a_mailing_whose_worker_died_goes_on_by_itself(
    space, karim, small_parts, django_capture_on_commit_callbacks
):
    for number in range(5):
        make_neighbour(space, f"Voisine {number}", email=f"v{number}@exemple.fr")
    mailing = make_mailing(space, karim)
    listing.prepare(mailing=mailing, by=karim)
    later = timezone.now() + tasks.ASLEEP * 2

    with django_capture_on_commit_callbacks(execute=True):
        tasks.wake(later)
    mailing.refresh_from_db()
    assert (mailing.state, mailing.recipients.count()) == ("ready", 6)
    sending.send(mailing=mailing, by=karim)
    with django_capture_on_commit_callbacks(execute=True):
        tasks.wake(later)

    mailing.refresh_from_db()
    assert mailing.state == "sent"
    assert len(mail.outbox) == 5


def test_the_forecast_says_who_is_reached_how_and_what_it_costs(space, karim, settings):
    settings.SMS_PRICE_CENTS = 6
    space.purse = Purse.objects.create(key=space.key, label="Bourse", monthly_cap_cents=7)
    space.save()
    make_neighbour(space, "Lina", mobile="+33612345601")
    make_neighbour(space, "Nour", mobile="+33612345602")
    make_neighbour(space, "Ali", email="ali@exemple.fr")
    mailing = make_mailing(space, karim, short_text="Fête samedi 14 h.")
    listing.prepare(mailing=mailing, by=karim)

    said = forecast(mailing)

    assert (said.sms, said.over_purse, said.emails, said.unreachable) == (1, 1, 1, 1)
    assert said.cents == 6


def test_the_table_counts_each_way_and_whom_it_did_not_reach(space, karim):
    make_neighbour(space, "Ali", email="ali@exemple.fr")
    make_neighbour(space, "Rose", landline="+33476000000")
    mailing = sent(make_mailing(space, karim), karim)
    carry_all()

    by_way = {str(one.label): (one.reached, one.under_way, one.lost) for one in tallies(mailing)}

    assert by_way == {
        "Adresse e-mail": (1, 0, 0),
        "Téléphone fixe": (0, 1, 0),
        "À lire sur le site": (0, 0, 1),
    }
    assert [one.person.name for one in mailing.recipients.not_reached()] == ["Karim", "Rose"]


@pytest.mark.parametrize("state", ["ready", "sending", "stopped", "sent"])
def test_what_is_listed_or_gone_does_not_change(space, karim, state):
    mailing = make_mailing(space, karim)
    now = timezone.now()
    mailing.change(state=state, listed_at=now, started_at=now if state != "ready" else None)

    with pytest.raises(Refused):
        writing.change(mailing=mailing, by=karim, subject="Autre", text="Autre")
    with pytest.raises(Refused):
        writing.throw_away(mailing=mailing, by=karim)
    with pytest.raises(Refused):
        listing.prepare(mailing=mailing, by=karim)


def test_without_a_group_or_without_anybody_nothing_leaves(space, karim):
    nobody = make_mailing(space, karim, audience_keys=[])
    gone = make_mailing(space, karim, audience_keys=["roster:bureau"])
    empty = make_mailing(space, karim, audience_keys=["mailings:subscribers"])

    with pytest.raises(Refused, match="à qui"):
        listing.prepare(mailing=nobody, by=karim)
    with pytest.raises(Refused, match="n’existe plus"):
        listing.prepare(mailing=gone, by=karim)
    listing.prepare(mailing=empty, by=karim)
    with pytest.raises(Refused, match="vide"):
        sending.send(mailing=empty, by=karim)


def test_back_to_draft_forgets_the_list(space, karim):
    mailing = make_mailing(space, karim)
    listing.prepare(mailing=mailing, by=karim)

    listing.back_to_draft(mailing=mailing, by=karim)

    mailing.refresh_from_db()
    assert (mailing.state, mailing.recipients.count()) == ("draft", 0)


def test_a_closed_space_writes_to_nobody(space, karim):
    mailing = make_mailing(space, karim)
    close(space=space, by=karim)

    with pytest.raises(Refused, match="fermé"):
        listing.prepare(mailing=mailing, by=karim)


def test_a_part_costs_the_same_for_three_as_for_twelve(space, karim, django_assert_max_num_queries):
    for number in range(15):
        make_neighbour(space, f"Voisine {number}", email=f"v{number}@exemple.fr")
    mailing = make_mailing(space, karim)
    with django_assert_max_num_queries(36):
        listing.prepare(mailing=mailing, by=karim)
    sending.send(mailing=mailing, by=karim)

    with django_assert_max_num_queries(32):
        sending.send_some(mailing.pk)

    assert Person.objects.filter(notices__isnull=False).count() == 16
