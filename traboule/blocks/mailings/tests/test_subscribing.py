"""Asking for the letter by four doors, and having enough of it by as many."""

import datetime
import re

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from traboule.blocks.mailings.actions import subscribing
from traboule.blocks.mailings.models import Letter, Subscription
from traboule.blocks.mailings.upkeep import forget_unconfirmed
from traboule.kernel.initiatives.tests.factories import make_person
from traboule.kernel.notices.bouncing import complained
from traboule.kernel.notices.models import Bounce, Notice
from traboule.kernel.notices.receiving import receive
from traboule.kernel.people import sms
from traboule.kernel.people.models import Channel, Person

from .factories import make_mailing, make_neighbour, make_subscriber, sent


@pytest.fixture
def ask(space, client):
    """Fill in the form as somebody would: ``ask("rose@exemple.fr")``."""

    def post(address, **given):
        url = reverse("mailings:subscribe", args=[space.slug])
        return client.post(url, {"name": "Rose", "address": address, **given})

    return post


@pytest.fixture
def text_in(db):
    """An SMS that comes in: ``text_in("LETTRE OUI")``; our reply."""
    numbers = iter(range(100))

    def send(text, number="+33612345601"):
        return receive(
            gateway_id=f"in-{next(numbers)}", from_value=number, text=text,
            received_at=timezone.now(),
        ).reply  # fmt: skip

    return send


def link_in(message) -> str:
    return re.search(r"https?://[^/]+(/lettres/\S+)", message.body)[1]


def test_online_it_holds_once_the_e_mail_was_answered(space, ask, client):
    ask("Rose@Exemple.fr")
    asked = Subscription.objects.get()
    assert (asked.state, mail.outbox[0].to) == ("asked", ["rose@exemple.fr"])
    path = link_in(mail.outbox[0])

    client.get(path)
    asked.refresh_from_db()
    assert asked.state == "asked"
    client.post(path)

    asked.refresh_from_db()
    assert asked.state == "confirmed"
    assert asked.person.channels.get().is_verified


def test_by_mobile_it_holds_once_the_sms_was_answered(space, ask, text_in):
    ask("06 12 34 56 01")
    assert [message["to"] for message in sms.outbox] == ["+33612345601"]

    assert "vous recevrez" in text_in("Lettre oui")

    assert Subscription.objects.get().state == "confirmed"
    assert Person.objects.reached_at("mobile", "+33612345601") is not None


def test_whoever_answers_from_another_number_confirms_nothing(space, ask, text_in):
    ask("06 12 34 56 01")

    text_in("LETTRE OUI", number="+33612345699")

    assert Subscription.objects.get().state == "asked"


def test_the_form_never_says_who_is_known(space, ask):
    make_subscriber(space, "Nadia", email="nadia@exemple.fr")

    known, new = (
        re.sub(r'value="[^"]*"', "", ask(address).content.decode())  # Tokens against forgery.
        for address in ("nadia@exemple.fr", "rose@exemple.fr")
    )

    assert known == new
    assert [message.to for message in mail.outbox] == [["rose@exemple.fr"]]


def test_asked_twice_it_is_one_message_and_one_person(space, ask):
    ask("rose@exemple.fr")
    ask("rose@exemple.fr")

    assert len(mail.outbox) == 1
    assert Channel.objects.filter(value="rose@exemple.fr").count() == 1


def test_a_form_that_is_played_with_is_closed_until_tomorrow(space, ask, monkeypatch):
    monkeypatch.setattr(subscribing, "MOST_ASKED_A_DAY", 2)
    for number in range(3):
        page = ask(f"v{number}@exemple.fr").content.decode()

    assert "Trop de demandes aujourd’hui" in page
    assert 'value="v2@exemple.fr"' in page
    assert len(mail.outbox) == 2


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("rose@", "semble incomplète"),
        ("04 76 00 00 00", "Pour un téléphone fixe"),
        ("", "Écrivez une adresse e-mail ou un numéro de mobile"),
    ],
)
def test_what_cannot_be_confirmed_is_said_and_stays_typed(space, ask, address, said):
    page = ask(address, name="Rose T.").content.decode()

    assert said in page
    assert 'value="Rose T."' in page


def test_what_nobody_confirms_is_forgotten_in_seven_days(space, ask):
    ask("rose@exemple.fr")
    people = Person.objects.count()

    forget_unconfirmed(timezone.now() + datetime.timedelta(days=6))
    assert Subscription.objects.count() == 1
    forget_unconfirmed(timezone.now() + datetime.timedelta(days=8))

    assert not Subscription.objects.exists()
    assert Person.objects.count() == people - 1


def test_someone_who_takes_part_is_not_forgotten_with_their_request(space, ask):
    ali = make_neighbour(space, "Ali", email="ali@exemple.fr")
    ask("ali@exemple.fr")

    forget_unconfirmed(timezone.now() + datetime.timedelta(days=8))

    assert Person.objects.filter(pk=ali.pk).exists()


def test_a_code_sent_by_sms_is_enough(space, text_in):
    letter = Letter.kept(space)

    assert "prénom" in text_in(f"LETTRE {letter.code}")
    assert "vous recevrez" in text_in(f"lettre {letter.code.lower()} Nadia")

    one = Subscription.objects.get()
    assert (one.state, one.how, one.person.name) == ("confirmed", "sms", "Nadia")


def test_the_sheet_of_the_stand_keeps_good_lines_and_gives_back_the_others(space, karim, client):
    client.force_login(karim)
    lines = (
        "Lina ; 06 12 34 56 01\nRose ; rose@exemple.fr\nAli ; 3 rue du Lac, 38000 Grenoble\n"
        "Zoé ; 0612\n; 06 12 34 56 03\nNour"
    )

    page = client.post(
        reverse("mailings:type-sheet", args=[space.slug]), {"how": "paper", "lines": lines}
    ).content.decode()

    assert sorted(one.person.name for one in Subscription.objects.standing()) == [
        "Ali", "Lina", "Rose",
    ]  # fmt: skip
    assert {(one.how, one.by) for one in Subscription.objects.all()} == {("paper", karim)}
    left = re.search(r"<textarea[^>]*>\s*(.*?)</textarea>", page, re.DOTALL)[1]
    assert left.splitlines() == ["Zoé ; 0612", "; 06 12 34 56 03", "Nour"]


def test_the_first_message_after_the_stand_says_how_to_stop_and_no_undoes_it(space, karim):
    person = subscribing.person_on_sheet(
        space=space, name="Lina", kind="mobile", value="+33612345601"
    )
    subscribing.subscribe(space=space, person=person, how="paper", by=karim)

    receipt = Notice.objects.get(person=person)
    assert "STOP" in receipt.text
    assert receipt.answers == {"0": "notices.undo"}


def test_typed_twice_the_same_sheet_makes_nobody_twice(space, karim, client):
    client.force_login(karim)
    lines = "Lina ; 06 12 34 56 01\nAli ; 3 rue du Lac, 38000 Grenoble"
    for _time in range(2):
        client.post(
            reverse("mailings:type-sheet", args=[space.slug]), {"how": "paper", "lines": lines}
        )

    assert Subscription.objects.count() == 2
    assert Person.objects.filter(name__in=["Lina", "Ali"]).count() == 2


def test_a_number_of_somebody_else_is_not_taken(space, karim, client):
    make_neighbour(space, "Nadia", mobile="+33612345601")
    client.force_login(karim)

    page = client.post(
        reverse("mailings:type-sheet", args=[space.slug]),
        {"how": "paper", "lines": "Gérard ; 06 12 34 56 01"},
    ).content.decode()

    assert "quelqu’un d’un autre nom" in page
    assert not Subscription.objects.exists()


def test_stop_by_sms_ends_every_letter(space, text_in):
    lina = make_subscriber(space, "Lina", mobile="+33612345601")

    text_in("STOP")

    assert Subscription.objects.get(person=lina).state == "ended"


def test_a_complaint_ends_the_letter_and_asking_again_forgives_it(space, karim):
    rose = make_subscriber(space, "Rose", email="rose@exemple.fr")
    mailing = make_mailing(space, karim, audience_keys=["mailings:subscribers"])
    notice = sent(mailing, karim).recipients.get().notice
    Bounce.objects.create(channel=rose.channels.get(), nature="complaint")

    complained.send(Notice, notice=notice)
    assert Subscription.objects.get().state == "ended"

    subscribing.subscribe(space=space, person=rose, how="phone", by=karim)
    assert Subscription.objects.get().state == "confirmed"
    assert not Bounce.objects.exists()


def test_on_ones_own_page_one_stops_and_starts_again(space, client):
    rose = make_subscriber(space, "Rose", email="rose@exemple.fr")
    Letter.objects.create(space=space, name="Le Petit Vélo")
    client.force_login(rose)
    url = reverse("mailings:mine", args=[Subscription.objects.get().pk])
    assert "Le Petit Vélo" in client.get(reverse("people:me")).content.decode()

    client.post(url)
    assert Subscription.objects.get().state == "ended"
    client.post(url, {"again": "1"})
    assert Subscription.objects.get().state == "confirmed"


def test_by_telephone_the_team_stops_it_for_someone_of_the_space_alone(space, karim, client):
    ali, stranger = make_neighbour(space, "Ali"), make_person("Zoé")
    client.force_login(karim)

    def stop(person):
        url = reverse("mailings:subscribe-for", args=[space.slug, person.public_id])
        return client.post(url, {"stop": "1"}).status_code

    assert (stop(ali), stop(stranger)) == (302, 403)
    assert Subscription.objects.get().person == ali
