"""A facilitator has someone on the telephone: who, which date, read back, done."""

import re
import uuid

import pytest
from django.urls import reverse

from traboule.blocks.agenda.actions import signups
from traboule.blocks.agenda.models import Enrolment, Event, Signup, Via
from traboule.blocks.agenda.wording import when
from traboule.kernel.initiatives.tests.factories import make_person
from traboule.kernel.journal.models import Entry
from traboule.kernel.notices.models import RECEIPT, Notice
from traboule.kernel.people import guardians
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.tests.factories import make_facilitator, make_participant, make_space

from .factories import in_days, make_event, make_series

pytestmark = pytest.mark.django_db
NUMBER = "06 12 34 56 78"


@pytest.fixture
def space():
    return make_space(blocks=("agenda",))


@pytest.fixture
def karim(space):
    return make_facilitator(space)


@pytest.fixture
def event(space):
    return make_event(space, capacity=2)


@pytest.fixture
def nadia(space):
    return make_participant(space, name="Nadia Benali", mobile="+33612345678")


@pytest.fixture
def desk(client, karim):
    """The browser of the one who takes the call."""
    client.force_login(karim)
    return client


def page(name, space, *args):
    return reverse(f"agenda:{name}", args=[space.slug, *args])


def found(desk, space, **query):
    """The names proposed for what was typed."""
    response = desk.get(page("phone", space), query)
    return [known.person.name for known in response.context["found"]]


def test_a_known_caller_is_found_signed_up_and_gets_a_receipt(desk, space, event, nadia, karim):
    assert found(desk, space, q="Nadya Benali") == ["Nadia Benali"]

    address = page("phone-read-back", space, nadia.public_id, event.pk)
    response = desk.post(address, {"extra": "1", "note": "vient en fauteuil"}, follow=True)

    signup = Signup.objects.get()
    assert (signup.state, signup.extra, signup.via, signup.by) == ("going", 1, Via.PHONE, karim)
    (told,) = (str(one) for one in response.context["messages"])
    assert told == (
        f"Nadia Benali\u00a0: C’est noté\u00a0: Créer son site, {when(event)}. À bientôt\u00a0!"
    )
    entry = Entry.objects.get(act="agenda.signed-up")
    assert (entry.by_key, entry.for_key) == (karim.pk, nadia.pk)
    assert Notice.objects.filter(person=nadia, kind=RECEIPT).count() == 1


def test_a_number_tells_whose_it_is_to_nobody_but_those_who_know_them(desk, space, karim):
    elsewhere = make_space(blocks=("agenda",))
    make_participant(elsewhere, name="Rose", mobile="+33612345678")

    assert found(desk, space, q=NUMBER) == []

    elsewhere.participations.create(person=karim, role="facilitator")
    assert found(desk, space, q=NUMBER) == ["Rose"]


def test_someone_the_space_does_not_know_has_no_page_here(desk, space, event):
    stranger = make_person("Rose")

    for address in (
        page("phone-event", space, stranger.public_id),
        page("phone-read-back", space, stranger.public_id, event.pk),
        page("phone-event", space, uuid.uuid4()),
    ):
        assert desk.get(address).status_code == 404


def test_someone_new_needs_a_name_and_the_date_chosen_first_is_kept(desk, space, event):
    start = f"{page('phone', space)}?date={event.pk}"
    response = desk.get(start, {"date": event.pk, "q": "Zoé"})
    (new,) = re.findall(r'href="([^"]+nouvelle/[^"]+)"', response.content.decode())

    response = desk.post(new.replace("&amp;", "&"), {"name": "Zoé", "phone": "0474000000"})

    zoe = Person.objects.get(name="Zoé")
    assert response.url == page("phone-read-back", space, zoe.public_id, event.pk)
    assert zoe.participations.get().space == space


def test_a_wrong_number_is_said_and_nothing_typed_is_lost(desk, space):
    response = desk.post(page("phone-new", space), {"name": "Zoé", "phone": "0611"})

    content = response.content.decode()
    assert "Ce n’est ni un numéro de téléphone ni une adresse e-mail." in content
    assert 'value="Zoé"' in content
    assert 'value="0611"' in content
    assert not Person.objects.filter(name="Zoé").exists()


def test_a_name_like_another_is_asked_about_before_anyone_is_made(desk, space, nadia):
    new = page("phone-new", space)

    asked = desk.post(new, {"name": "Nadia"})
    same = desk.post(new, {"name": "Nadia", "same": str(nadia.pk)})

    assert "same" in asked.context["form"].fields
    assert same.url == page("phone-event", space, nadia.public_id)
    assert space.participations.count() == 2


def test_nobody_unreachable_is_booked_without_its_being_seen(desk, space, event):
    rose = make_participant(space, name="Rose")
    address = page("phone-read-back", space, rose.public_id, event.pk)

    assert "Aucun moyen de la prévenir" in desk.get(address).content.decode()
    wrong = desk.post(address, {"extra": "0", "number": "0611"})
    assert 'value="0611"' in wrong.content.decode()
    assert Signup.objects.count() == 0

    desk.post(address, {"extra": "0", "number": "04 74 12 34 56"})

    assert Signup.objects.get().person == rose
    assert [channel.value for channel in rose.channels.all()] == ["+33474123456"]


def test_a_full_date_is_read_out_as_a_waiting_list(desk, space, nadia):
    event = make_event(space, capacity=1)
    signups.sign_up(event=event, person=make_person("Rose"), by=nadia)
    address = page("phone-read-back", space, nadia.public_id, event.pk)

    assert desk.get(address).context["place_in_line"] == 1
    desk.post(address, {"extra": "0"})

    assert Signup.objects.get(person=nadia).state == "waiting"


def test_what_the_caller_had_said_is_not_lost_when_they_call_again(desk, space, event, nadia):
    signups.sign_up(event=event, person=nadia, by=nadia, extra=1, note="en fauteuil")

    form = desk.get(page("phone-read-back", space, nadia.public_id, event.pk)).context["form"]

    assert (form["extra"].value(), form["note"].value()) == (1, "en fauteuil")


def test_free_hours_stand_under_their_date_and_one_is_booked(desk, space, nadia):
    day = make_event(space, days=7, title="Aide", slot_minutes=30)
    _taken, three = (
        make_event(space, starts_at=in_days(7, hour), parent=day, title="Aide", capacity=1,
                   seats_taken=taken)
        for hour, taken in ((14, 1), (15, 0))
    )  # fmt: skip
    choose = page("phone-event", space, nadia.public_id)

    assert desk.get(choose).context["events"] == [(day, [three])]
    whole_day = page("phone-read-back", space, nadia.public_id, day.pk)
    assert desk.get(whole_day).url == choose

    desk.post(page("phone-read-back", space, nadia.public_id, three.pk), {"note": ""})

    assert Signup.objects.get().event == three
    assert desk.get(choose).context["events"] == []


def test_a_mother_calls_for_her_son(desk, space, event, nadia):
    noe = guardians.add_child(name="Noé", birth_year=2018, by=nadia)

    choose = desk.get(page("phone-event", space, nadia.public_id))
    assert choose.context["for_whom"] == [nadia, noe]
    desk.post(page("phone-read-back", space, noe.public_id, event.pk), {"extra": "0"})

    assert Signup.objects.get().person == noe


def test_every_session_of_a_series_is_taken_in_one_call(desk, space, nadia):
    series = make_series(space)
    choose = page("phone-event", space, nadia.public_id)
    assert desk.get(choose).context["series"] == [series]

    desk.post(page("phone-series", space, nadia.public_id, series.pk))

    assert Enrolment.objects.get().state == "going"
    assert nadia.signups.count() == 3
    assert desk.get(choose).context["series"] == []


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"state": Event.State.CANCELLED}, "Elle est annulée."),
        ({"state": Event.State.DRAFT}, "Elle n’est pas encore confirmée."),
        ({"days": -2}, "Elle est passée."),
        ({"takes_signups": False}, "L’entrée est libre : il suffit de venir."),
    ],
)
def test_a_date_that_takes_nobody_says_why(desk, space, nadia, fields, words):
    event = make_event(space, **fields)
    address = page("phone-read-back", space, nadia.public_id, event.pk)

    assert words in desk.get(address).content.decode().replace("\u00a0", " ")
    assert desk.post(address, {"extra": "0"}).status_code == 200
    assert Signup.objects.count() == 0


@pytest.mark.parametrize("typed", ["\0", "é" * 5000, "'\"", "%s", "نادية", "+", "06", "&date=x"])
def test_nothing_typed_breaks_the_search(desk, space, nadia, typed):
    assert desk.get(page("phone", space), {"q": typed}).status_code == 200
    assert desk.get(page("phone-new", space), {"q": typed}).status_code == 200


@pytest.mark.parametrize("date", ["", "0", "-1", "٣", "9" * 30, "x", "\0"])
def test_a_date_that_is_no_date_is_left_out(desk, space, date):
    response = desk.get(page("phone", space), {"date": date, "q": "Zoé"})

    assert (response.status_code, response.context["chosen"]) == (200, None)


@pytest.mark.parametrize(
    "typed", [{"extra": "-1"}, {"extra": "10"}, {"extra": "²"}, {"note": "x" * 201}, {"note": "\0"}]
)
def test_what_cannot_be_is_said_and_signs_nobody_up(desk, space, event, nadia, typed):
    address = page("phone-read-back", space, nadia.public_id, event.pk)

    response = desk.post(address, typed)

    assert response.context["form"].errors
    assert Signup.objects.count() == 0


def test_a_search_costs_the_same_for_one_as_for_three(
    desk, space, nadia, django_assert_max_num_queries
):
    with django_assert_max_num_queries(20):
        found(desk, space, q="Nadia")
    for number in range(3):
        make_participant(space, name=f"Nadia {number}", mobile=f"+3361234567{number}")
    with django_assert_max_num_queries(20):
        assert len(found(desk, space, q="Nadia")) == 4


@pytest.mark.parametrize("name", ["phone", "phone-new", "phone-event", "phone-read-back"])
def test_members_sign_nobody_up(client, space, event, nadia, name):
    client.force_login(nadia)
    args = {"phone-event": [nadia.public_id], "phone-read-back": [nadia.public_id, event.pk]}

    assert client.get(page(name, space, *args.get(name, []))).status_code == 403
