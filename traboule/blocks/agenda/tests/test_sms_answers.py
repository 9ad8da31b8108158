"""What people send by SMS, through the signed door of the gateway."""

import datetime
import json
import time

import pytest
from django.urls import reverse

from traboule.blocks.agenda import messages
from traboule.blocks.agenda.actions import polls
from traboule.blocks.agenda.models import Signup, Via
from traboule.kernel.notices.delivering import deliver
from traboule.kernel.notices.models import Inbound, Notice
from traboule.kernel.notices.signatures import SIGNATURE_HEADER, TIME_HEADER, signature
from traboule.kernel.people import sms
from traboule.kernel.people.channels import ChannelKind
from traboule.kernel.people.models import Channel, Person
from traboule.kernel.spaces.tests.factories import make_facilitator, make_participant, make_space

from .factories import in_days, make_event

pytestmark = pytest.mark.django_db
SECRET = "un-secret"
STRANGER = "+33698765432"
TWO_HOURS = datetime.timedelta(hours=2)


@pytest.fixture
def space():
    return make_space(blocks=("agenda",))


@pytest.fixture
def event(space):
    return make_event(space, code="4F7KQ", capacity=1)


@pytest.fixture
def poll(space):
    dates = [(in_days(n), in_days(n) + TWO_HOURS) for n in (7, 8, 9)]
    made = polls.create_poll(
        space=space, dates=dates, by=make_facilitator(space), title="Réunion", code="7K2MX"
    )
    return made


@pytest.fixture
def nadia(space):
    made = make_participant(space, name="Nadia Benali")
    proven = made.joined_at
    Channel.objects.create(
        person=made, kind=ChannelKind.MOBILE, value="+33612345601", verified_at=proven
    )
    return made


@pytest.fixture
def text(client, settings, django_capture_on_commit_callbacks):
    """Send an SMS as the gateway hands it over; what we reply."""
    settings.SMS_WEBHOOK_SECRET = SECRET

    def send(words, *, sender=STRANGER):
        sms.outbox.clear()
        told = {"id": f"in-{Inbound.objects.count()}", "from": sender, "text": words}
        body, now = json.dumps(told).encode(), str(int(time.time()))
        signed = {
            TIME_HEADER: now,
            SIGNATURE_HEADER: signature(body, timestamp=now, secret=SECRET),
        }
        with django_capture_on_commit_callbacks(execute=True):
            response = client.post(
                reverse("notices:inbound"), body, content_type="application/json", headers=signed
            )
        assert response.status_code == 202
        return " ".join(
            message["text"] for message in sms.outbox if message["to"] == sender
        ).replace("\u00a0", " ")

    return send


def counted(poll):
    return [(line.yes, line.maybe, line.no) for line in polls.tally(poll)]


def waiting_for_a_human():
    return list(Inbound.objects.unclear().values_list("text", flat=True))


def test_numbers_of_dates_land_in_the_tally_and_are_read_back(text, poll):
    assert text("DATES 7K2MX 1 3? Nadia") == (
        'Merci Nadia, c\'est noté pour "Réunion" : 1 oui, 3 si besoin.'
    )

    assert counted(poll) == [(1, 0, 0), (0, 0, 1), (0, 1, 0)]
    given = poll.answers.get()
    assert (given.name, given.via) == ("Nadia", Via.SMS)


@pytest.mark.parametrize(
    ("words", "tally"),
    [
        ("dates 7k2mx 1,3 ? nadia", [(1, 0, 0), (0, 0, 1), (0, 1, 0)]),
        ("Dates : 7K2MX - 1 et 2, Nadia merci !", [(1, 0, 0), (1, 0, 0), (0, 0, 1)]),
        ("DATES 7K2MX (2?) Nadia", [(0, 0, 1), (0, 1, 0), (0, 0, 1)]),
        ("DATES 7K2MX 0 Nadia", [(0, 0, 1), (0, 0, 1), (0, 0, 1)]),
    ],
)
def test_people_write_as_they_like(text, poll, words, tally):
    text(words)

    assert counted(poll) == tally
    assert poll.answers.get().name == "Nadia"


@pytest.mark.parametrize("words", ["4 Nadia", "0 1 Nadia", "Nadia", "", "-1", "1-3 Nadia", "13"])
def test_numbers_that_are_no_date_are_answered_with_what_to_send(text, poll, words):
    assert "DATES 7K2MX 1 3." in text(f"DATES 7K2MX {words}")
    assert poll.answers.count() == 0


def test_another_sms_from_the_same_number_changes_the_answer(text, poll):
    text("DATES 7K2MX 1 Nadia")
    text("DATES 7K2MX 2")

    assert counted(poll) == [(0, 0, 1), (1, 0, 0), (0, 0, 1)]


def test_whoever_answered_by_sms_is_told_the_chosen_date(text, poll):
    text("DATES 7K2MX 1 Nadia")

    polls.choose(poll=poll, date=poll.dates.order_by("starts_at").first(), by=poll.by)

    (told,) = Notice.objects.filter(kind="agenda.invitation")
    assert (told.person.name, told.channel_value) == ("Nadia", STRANGER)


def test_a_closed_poll_takes_no_sms(text, poll):
    polls.close(poll=poll, by=poll.by)

    assert text("DATES 7K2MX 1 Nadia").startswith("Les réponses sont closes.")
    assert not Person.objects.filter(name="Nadia").exists()


def test_the_code_of_a_date_and_a_name_make_a_person_and_a_seat(text, event):
    assert text("ATELIER 4F7KQ Nadia").startswith("C'est noté : Créer son site")

    signup = Signup.objects.get(event=event)
    assert (signup.person.name, signup.state, signup.via) == ("Nadia", "going", Via.SMS)
    assert Person.objects.reached_at(ChannelKind.MOBILE, STRANGER) == signup.person


def test_a_stranger_without_a_name_is_asked_for_it(text, event):
    assert text("ATELIER 4F7KQ merci").startswith("Comment vous appelez-vous ?")
    assert Signup.objects.count() == 0


def test_the_next_one_is_told_their_place_in_line(text, event, nadia):
    text("ATELIER 4F7KQ Rose")

    reply = text("Atelier 4F7KQ", sender="+33612345601")

    assert reply == "C'est complet : vous êtes numéro 1 sur la liste d'attente."


def test_a_day_of_appointments_answers_with_its_free_hours(text, space):
    day = make_event(space, code="8RDVS", slot_minutes=30)
    for hour, code, taken in ((14, "8RDV2", 0), (15, "8RDV3", 1), (16, "8RDV4", 0)):
        make_event(space, starts_at=in_days(7, hour), parent=day, code=code, capacity=1,
                   seats_taken=taken)  # fmt: skip

    assert text("ATELIER 8RDVS Nadia").endswith("8RDV2 : 14 h ; 8RDV4 : 16 h")

    text("ATELIER 8RDV4 Nadia")
    assert Signup.objects.get().event.code == "8RDV4"


def test_a_date_for_members_only_opens_to_members_only(text, space, nadia):
    event = make_event(space, code="4F7KQ", is_public=False)

    assert text("ATELIER 4F7KQ Rose").startswith("Nous ne connaissons pas ce code.")
    text("ATELIER 4F7KQ", sender="+33612345601")

    assert [one.person for one in event.signups.all()] == [nadia]


@pytest.mark.parametrize(
    ("words", "answer"), [("1", "going"), ("oui", "going"), ("2", None), ("Non merci", None)]
)
def test_a_digit_or_a_word_answers_an_invitation(text, event, nadia, words, answer):
    messages.invitation(event, nadia, by=nadia)
    noon = (in_days(1)).replace(hour=12)
    deliver(Notice.objects.get(kind="agenda.invitation").pk, now=noon)

    reply = text(words, sender="+33612345601")

    held = Signup.objects.filter(event=event, person=nadia).first()
    assert (held and held.state) == answer
    assert reply.startswith("C'est noté")


@pytest.mark.parametrize(
    "words",
    [
        "ATELIER 4F7KQ je ne viens plus",
        "ATELIER 4F7KQ c’est où ?",
        "atelier 4f7kq complet ?",
        "ATELIER 4F7KQ 2 personnes",
        "DATES 7K2MX 1 mais pas le soir",
        "DATES 7K2MX 1 oui 2 non",
        "Bonjour, l’atelier 4F7KQ a lieu ?",
    ],
)
def test_what_is_unclear_is_read_by_a_human_and_does_nothing(text, event, poll, nadia, words):
    text(words, sender="+33612345601")

    assert waiting_for_a_human() == [words]
    assert (Signup.objects.count(), poll.answers.count()) == (0, 0)


@pytest.mark.parametrize("words", ["ATELIER ZZZZZ Nadia", "DATES ZZZZZ 1 Nadia"])
def test_a_code_that_is_no_code_is_said_to_be_so(text, event, poll, words):
    assert text(words).startswith("Nous ne connaissons pas ce code.")


@pytest.mark.parametrize(
    "words", ["", "\0", "\ud800", "DATES", "DATES 7K2MX " + "9" * 1900, "ATELIER \0 é" * 90]
)
def test_nothing_that_is_sent_breaks_the_door(text, event, poll, words):
    text(words)

    assert (Signup.objects.count(), poll.answers.count()) == (0, 0)
