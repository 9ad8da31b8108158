"""Calling the roll: what the screen says, what is told, and that it counts once."""

import datetime
import json
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from traboule.blocks.agenda.actions import signups
from traboule.blocks.agenda.models import Presence
from traboule.blocks.agenda.roll import roll_of
from traboule.kernel.people import cards, consents, guardians
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Role
from traboule.kernel.spaces.tests.factories import (
    make_facilitator,
    make_participant,
    make_space,
)

from .factories import in_days, make_event, past_event, present

pytestmark = pytest.mark.django_db
WHOLE = Presence.Part.WHOLE


@pytest.fixture
def space():
    return make_space(blocks=("agenda",))


@pytest.fixture
def karim(space, client):
    person = make_facilitator(space)
    client.force_login(person)
    return person


@pytest.fixture
def event(space):
    return past_event(space)


@pytest.fixture
def lina(space, event):
    """Signed up before it began."""
    person = make_participant(space, name="Lina")
    event.signups.create(
        person=person, state="going", asked_at=event.starts_at - datetime.timedelta(days=2)
    )
    return person


def url(name, event):
    return reverse(f"agenda:{name}", args=[event.space.slug, event.pk])


def line(**said):
    return {
        "key": str(uuid.uuid4()),
        "at": timezone.now().isoformat(),
        "state": "present",
        "part": "whole",
        **said,
    }


def send(client, event, *lines):
    body = json.dumps({"lines": lines})
    return client.post(url("roll-lines", event), body, content_type="application/json")


def noted(event):
    """What counts, by name."""
    return {
        line.person.name if line.person else "": (line.state, line.source)
        for line in Presence.objects.current().filter(event=event).order_by("number")
    }


def test_one_parent_s_no_shows_on_the_roll_with_whom_to_call(space, event, karim):
    mother, father = Person.objects.create_person(name="Rose", channels=["06 12 34 56 01"]), None
    father = Person.objects.create_person(name="Omar")
    child = guardians.add_child(name="Noé", birth_year=timezone.now().year - 9, by=mother)
    guardians.add_guardian(child=child, guardian=father, relation="father", by=mother)
    event.signups.create(person=child, state="going", asked_at=event.starts_at)
    for parent, given in ((mother, True), (father, False)):
        consents.record_answer(
            person=child, purpose="image", given=given, how="paper", said_by=parent, by=karim
        )

    (row,) = roll_of(event, WHOLE).rows

    assert [str(mark.label) for mark in row.marks] == [
        "Pas de photo",
        "Ne repart pas sans adulte",
    ]
    assert [(call.name, call.shown_number) for call in row.calls] == [
        (
            "Rose",
            "06\N{NO-BREAK SPACE}12\N{NO-BREAK SPACE}34\N{NO-BREAK SPACE}56\N{NO-BREAK SPACE}01",
        )
    ]


def test_a_telephone_tells_what_it_noted_and_each_line_counts_once(client, event, karim, lina):
    told = [line(person=str(lina.public_id)), line(name="Rose"), line(count=3)]

    first = send(client, event, *told).json()
    second = send(client, event, *told).json()

    keys = [one["key"] for one in told]
    assert (first, second) == ({"taken": keys, "refused": {}},) * 2
    assert noted(event) == {
        "Lina": ("present", "roll-call"),
        "Rose": ("present", "roll-call"),
        "": ("present", "roll-call"),
    }
    assert Person.objects.filter(name="Rose").count() == 1
    assert Presence.objects.count() == 3


def test_someone_unexpected_whom_the_space_knows_is_not_made_again(client, space, event, karim):
    make_participant(space, name="Zoé Ndiaye")

    send(client, event, line(name="  zoe  ndiaye "))

    assert noted(event) == {"Zoé Ndiaye": ("present", "roll-call")}


def test_what_is_wrong_is_said_line_by_line_and_stops_no_other(client, event, karim, lina):
    stranger = Person.objects.create_person(name="Inconnue")
    good, unknown, odd = (
        line(person=str(lina.public_id)),
        line(person=str(stranger.public_id)),
        line(state="asleep"),
    )

    answer = send(client, event, good, unknown, odd).json()

    assert answer["taken"] == [good["key"]]
    assert set(answer["refused"]) == {unknown["key"], odd["key"]}
    assert noted(event) == {"Lina": ("present", "roll-call")}


@pytest.mark.parametrize("body", ["", "[]", '{"lines": 3}', '{"lines": [1]}', "\x00", "[" * 9000])
def test_what_is_no_roll_is_refused_in_words(client, event, karim, body):
    response = client.post(url("roll-lines", event), body, content_type="application/json")

    assert response.status_code == 400
    assert response.json() == {"error": "Ce message n’est pas une liste de présences."}


def test_only_those_who_hold_the_session_call_the_roll(client, space, event):
    client.force_login(make_participant(space, Role.MEMBER))

    assert client.get(url("roll", event)).status_code == 403
    assert send(client, event, line(name="Rose")).status_code == 403


def test_without_javascript_only_what_changed_is_noted_and_sent_twice_counts_once(
    client, event, karim, lina
):
    page = client.get(url("roll", event))
    (row,) = page.context["roll"].rows
    data = {"sent": page.context["sent"], f"state:{row.key}": "late", "unnamed": "2"}

    for _ in range(2):
        client.post(url("roll", event), data)

    assert noted(event) == {"Lina": ("late", "roll-call"), "": ("present", "roll-call")}
    assert Presence.objects.count() == 2


def test_a_card_is_known_by_its_number_and_by_its_qr_code(client, event, karim):
    nadia = Person.objects.create_person(name="Nadia")
    new = cards.issue(person=nadia, by=karim)

    answers = [
        send(client, event, line(card=text)).json()
        for text in (new.card.shown_number.lower(), f"https://x.example/carte/{new.token}/", "NON")
    ]

    assert [len(one["taken"]) for one in answers] == [1, 1, 0]
    assert noted(event) == {"Nadia": ("present", "card")}


def test_a_card_scanned_with_the_camera_offers_the_sessions_of_the_day(client, event, karim):
    nadia = Person.objects.create_person(name="Nadia")
    new = cards.issue(person=nadia, by=karim)
    page = client.get(reverse("people:card-open", args=[new.token]))

    client.post(url("note-card", event), {"card": new.token})
    client.post(url("note-card", event), {"card": new.token})

    assert "Nadia est là" in page.content.decode()
    assert noted(event) == {"Nadia": ("present", "card")}
    assert Presence.objects.count() == 1


def test_a_card_shown_at_the_door_is_for_the_appointment_of_its_holder(client, space, karim):
    event = past_event(space, slot_minutes=60)
    slots = [
        make_event(
            space, parent=event, capacity=1, starts_at=event.starts_at + datetime.timedelta(hours=n)
        )
        for n in range(2)
    ]
    nadia = make_participant(space, name="Nadia")
    slots[1].signups.create(person=nadia, state="going", asked_at=event.starts_at)
    new = cards.issue(person=nadia, by=karim)

    send(client, event, line(card=new.card.number))

    assert [noted(slot) for slot in slots] == [{}, {"Nadia": ("present", "card")}]


def test_each_half_of_a_day_is_noted_apart_and_who_comes_late_stays_less(client, space, karim):
    nine = in_days(-1, hour=9)
    day = make_event(space, starts_at=nine)
    day.ends_at = nine + datetime.timedelta(hours=8)
    day.save()
    nadia = make_participant(space, name="Nadia")
    late = (nine + datetime.timedelta(minutes=30)).isoformat()

    send(
        client,
        day,
        line(person=str(nadia.public_id), part="morning", state="late", at=late),
        line(person=str(nadia.public_id), part="afternoon"),
    )

    lines = Presence.objects.current().order_by("number")
    assert [(one.part, one.minutes) for one in lines] == [("morning", 210), ("afternoon", 240)]


def test_the_roll_is_not_called_before_its_day(client, space, karim):
    event = make_event(space, days=3)

    answer = send(client, event, line(name="Rose")).json()

    assert list(answer["refused"].values()) == ["L’appel se fait le jour de la séance."]
    assert Person.objects.filter(name="Rose").count() == 0


def test_a_signed_sheet_is_typed_back_and_says_who_did_not_sign(client, space, event, karim, lina):
    omar = make_participant(space, name="Omar")
    event.signups.create(person=omar, state="going", asked_at=event.starts_at)
    page = client.get(url("sheet-type", event))
    boxes = {str(line[0].row.person): line[0].name for line in page.context["form"].lines}
    sent = page.context["form"]["sent"].value()
    shown = [line[0].row.key for line in page.context["form"].lines]
    data = {"sent": sent, "row": shown, boxes["Lina"]: "on", "added": "Rose\n\n", "unnamed": 1}

    for _ in range(2):
        response = client.post(url("sheet-type", event), data)

    assert response.headers["Location"] == url("ledger", event)
    assert noted(event) == {
        "Lina": ("present", "sheet"),
        "Omar": ("absent", "sheet"),
        "Rose": ("present", "sheet"),
        "": ("present", "sheet"),
    }
    assert Person.objects.filter(name="Rose").count() == 1


def test_the_code_of_the_room_says_that_one_is_there(client, event, lina):
    from traboule.blocks.agenda import room_code

    client.force_login(lina)
    event.ends_at = timezone.now() + datetime.timedelta(minutes=10)
    event.save()
    here = reverse("agenda:here", args=[event.code])
    right = room_code.code_of(event)
    wrong = f"{(int(right) + 1) % 10_000:04d}"

    refused = client.post(here, {"who": [lina.pk], "code": wrong})
    taken = client.post(here, {"who": [lina.pk], "code": right})

    assert "Ce n’est pas le code de la salle" in refused.content.decode()
    assert taken.headers["Location"] == event.get_absolute_url()
    assert noted(event) == {"Lina": ("present", "code")}


def test_the_code_of_the_room_opens_nothing_the_next_day(client, event, lina):
    from traboule.blocks.agenda import room_code

    client.force_login(lina)
    event.starts_at -= datetime.timedelta(days=1)
    event.ends_at -= datetime.timedelta(days=1)
    event.save()

    client.post(
        reverse("agenda:here", args=[event.code]),
        {"who": [lina.pk], "code": room_code.code_of(event)},
    )

    assert noted(event) == {}


def test_the_ledger_tells_the_hours_is_signed_and_leaves_as_a_table(client, event, karim, lina):
    lina.name = "=Lina"
    lina.save()
    present(event, lina)

    client.post(url("countersign", event))

    page = client.get(url("ledger", event)).content.decode()
    table = client.get(url("ledger-csv", event)).getvalue().decode()
    assert "2 h en tout" in page
    assert "Signé par Karim" in page
    assert table.splitlines()[1].startswith("'=Lina;toute la séance;Présence;120;1;appel;")


def test_the_roll_costs_the_same_with_one_row_and_with_three(
    client, space, event, karim, count_queries
):
    def expect(name):
        child = guardians.add_child(name=name, birth_year=2016, by=karim)
        event.signups.create(person=child, state="going", asked_at=event.starts_at)
        present(event, child)

    expect("Noé")
    with_one = count_queries(url("roll", event), client)
    expect("Zoé")
    expect("Léa")

    assert count_queries(url("roll", event), client) == with_one <= 16


def test_the_sheet_to_sign_prints_a_column_for_each_half_of_the_day(client, space, karim):
    from io import BytesIO

    from pypdf import PdfReader

    nine = in_days(2, hour=9)
    day = make_event(space, starts_at=nine)
    day.ends_at = nine + datetime.timedelta(hours=8)
    day.save()
    nadia = make_participant(space, name="Nadia Benali")
    signups.sign_up(event=day, person=nadia, by=nadia)

    response = client.get(url("attendance-sheet", day))

    words = PdfReader(BytesIO(response.content)).pages[0].extract_text()
    assert [word in words for word in ("Matin", "Après-midi", "Nadia Benali", "MAISON")] == [
        True, True, True, False,
    ]  # fmt: skip


def test_the_worker_that_keeps_the_roll_forgets_it_where_one_leaves(client):
    script = client.get(reverse("agenda:offline-worker"))

    assert script.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert reverse("people:sign-out") in script.content.decode()
