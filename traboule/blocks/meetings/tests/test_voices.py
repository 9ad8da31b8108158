"""A voice carried by someone who comes: given, written, received, taken back."""

import datetime

import pytest
from django.utils import timezone

from traboule.blocks.agenda.actions import events, signups
from traboule.blocks.agenda.models import Event, Signup, Via
from traboule.blocks.meetings import answers, messages
from traboule.blocks.meetings.actions import convening
from traboule.blocks.meetings.carriers import carriers_for
from traboule.blocks.meetings.models import Meeting, Proxy
from traboule.kernel.journal.models import Entry
from traboule.kernel.notices.answering import take_answer
from traboule.kernel.notices.answers import keyword
from traboule.kernel.notices.models import Notice
from traboule.kernel.people.actions import Refused
from traboule.kernel.spaces.models import Role
from traboule.kernel.spaces.tests.factories import make_participant

from .factories import again, comes, convened

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(space, karim, nadia, rose):
    """Nadia comes."""
    made = convened(space, by=karim)
    comes(made, nadia)
    return made


def give(meeting, giver, carrier, **how):
    return convening.give_voice(meeting=meeting, giver=giver, carrier=carrier, by=giver, **how)


def test_both_have_a_receipt_and_the_giver_is_excused(meeting, nadia, rose):
    proxy = give(meeting, rose, nadia)

    given = Notice.objects.get(kind="meetings.voice-given")
    carried = Notice.objects.get(kind="meetings.voice-to-carry")
    assert (given.person, carried.person) == (rose, nadia)
    assert meeting.excuses.get().person == rose
    assert Entry.objects.get(act="meetings.gave-voice").details == {"proxy": proxy.pk}


def test_given_by_telephone_the_journal_says_for_whom_and_writes_the_receipt(
    meeting, karim, nadia, rose
):
    convening.reply_for(
        meeting=meeting, person=rose, answer="voice", carrier=nadia, by=karim, via=Via.PHONE
    )

    entry = Entry.objects.get(act="meetings.gave-voice")
    assert (entry.by_key, entry.for_key) == (karim.pk, rose.pk)
    receipt = Notice.objects.get(kind="receipt", data__entry=entry.pk)
    assert "votre voix donnée" in receipt.text
    assert not Notice.objects.filter(kind="meetings.voice-given").exists()
    take_answer(notice=receipt, answer="0", by=rose, via="sms")
    assert Proxy.objects.get().withdrawn_at


def test_nobody_carries_more_voices_than_the_meeting_allows(space, meeting, nadia, rose):
    give(meeting, rose, nadia)
    sam = make_participant(space, name="Sam Roux")

    with pytest.raises(Refused, match="autant de voix que possible"):
        give(meeting, sam, nadia)

    assert carriers_for(meeting, sam) == []
    assert carriers_for(meeting, rose) == [nadia]
    Meeting.objects.filter(pk=meeting.pk).update(voices_each=2)
    assert give(again(meeting), sam, nadia).carrier == nadia


@pytest.mark.parametrize("who", ["herself", "absent", "guest"])
def test_a_voice_goes_to_a_member_who_comes(space, meeting, rose, who):
    carrier = {
        "herself": lambda: rose,
        "absent": lambda: make_participant(space, name="Sam Roux"),
        "guest": lambda: make_participant(space, Role.GUEST, "Visiteur"),
    }[who]()

    with pytest.raises(Refused):
        give(meeting, rose, carrier)

    assert not Proxy.objects.exists()


def test_given_to_another_it_is_taken_back_from_the_first(space, meeting, nadia, rose):
    sam = make_participant(space, name="Sam Roux")
    comes(meeting, sam)
    give(meeting, rose, nadia)

    give(meeting, rose, sam)

    assert Proxy.objects.get(withdrawn_at=None).carrier == sam
    assert Notice.objects.get(kind="meetings.voice-withdrawn", person=nadia)


def test_whoever_comes_after_all_has_their_voice_back(meeting, nadia, rose):
    give(meeting, rose, nadia)

    convening.come(meeting=meeting, person=rose, by=rose)

    assert not Proxy.objects.filter(withdrawn_at=None).exists()
    assert not meeting.excuses.exists()


def test_when_the_carrier_does_not_come_the_giver_is_told(meeting, nadia, rose):
    give(meeting, rose, nadia)

    signups.cancel(signup=Signup.objects.get(person=nadia), by=nadia)

    assert not Proxy.objects.filter(withdrawn_at=None).exists()
    assert Notice.objects.get(kind="meetings.voice-withdrawn").person == rose


def test_signing_up_in_the_agenda_takes_the_voice_and_the_excuse_back(meeting, nadia, rose):
    give(meeting, rose, nadia)

    comes(meeting, rose)

    assert not Proxy.objects.filter(withdrawn_at=None).exists()
    assert not meeting.excuses.exists()


@pytest.mark.parametrize("how", ["moved", "cancelled"])
def test_all_who_were_called_are_told_of_another_hour(meeting, karim, nadia, rose, how):
    event = meeting.event
    if how == "moved":
        later = {name: getattr(event, name) + datetime.timedelta(days=1)
                 for name in ("starts_at", "ends_at")}  # fmt: skip
        events.change_event(event=event, by=karim, **later)
    else:
        events.cancel_event(event=event, by=karim, reason="La salle est prise.")

    told = Notice.objects.filter(kind="meetings.date-changed").order_by("person__name")
    assert [one.person for one in told] == [karim, rose]
    assert Notice.objects.get(kind=f"agenda.{'changed' if how == 'moved' else how}").person == nadia


def test_once_the_meeting_has_begun_nothing_is_given_nor_taken_back(meeting, nadia, rose):
    proxy = give(meeting, rose, nadia)
    now = timezone.now()
    Event.objects.filter(pk=meeting.event_id).update(
        starts_at=now, ends_at=now + datetime.timedelta(hours=1)
    )

    with pytest.raises(Refused, match="trop tard"):
        convening.withdraw_voice(proxy=proxy, by=rose)


# By message


def test_the_convocation_is_answered_with_a_digit(meeting, nadia, rose):
    notice = Notice.objects.get(kind="meetings.convocation", person=rose)

    assert take_answer(notice=notice, answer="1", by=rose, via="sms").startswith("C’est noté")
    assert Signup.objects.going().get(person=rose).via == Via.SMS
    asked = take_answer(notice=notice, answer="3", by=rose, via="sms")
    assert f"VOIX {meeting.event.code}" in asked
    assert meeting.excuses.get().person == rose


def test_a_word_and_a_name_give_a_voice_and_no_takes_it_back(meeting, nadia, rose):
    said = sent(f"Voix {meeting.event.code} nadia benali", rose)

    assert said == (
        "C’est noté : Nadia Benali porte votre voix. Pour la reprendre : "
        f"VOIX {meeting.event.code} NON."
    )
    assert Proxy.objects.get().via == Via.SMS
    sent(f"VOIX {meeting.event.code} NON", rose)
    assert Proxy.objects.get().withdrawn_at


def sent(text, person):
    handler, match = keyword(text)
    assert handler == answers.by_code
    return handler(person, match, number="+33612345602")


def test_a_name_that_nobody_has_is_asked_again(meeting, rose):
    with pytest.raises(Refused) as refused:
        sent(f"VOIX {meeting.event.code} Zoé", rose)

    assert refused.value.messages[0].startswith("Nous ne trouvons pas « Zoé »")


def test_a_number_that_we_do_not_know_gives_no_voice(meeting):
    with pytest.raises(Refused, match="Appelez-nous"):
        sent(f"VOIX {meeting.event.code} Nadia Benali", None)


def test_the_carrier_may_decline_by_message(meeting, nadia, rose):
    give(meeting, rose, nadia)
    notice = Notice.objects.get(kind="meetings.voice-to-carry")
    assert notice.answers == {"0": messages.DECLINE}

    take_answer(notice=notice, answer="0", by=nadia, via="sms")

    assert Proxy.objects.get().withdrawn_at
    assert Notice.objects.get(kind="meetings.voice-withdrawn").person == rose
