import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from traboule.kernel.people import sms
from traboule.kernel.people.channels import ChannelKind, normalise, read_address
from traboule.kernel.people.models import Channel, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def amina():
    return Person.objects.create_person(name="Amina")


def refused(**fields) -> bool:
    """Whether the database itself says no to such a channel."""
    try:
        with transaction.atomic():
            Channel.objects.create(**fields)
    except IntegrityError:
        return True
    return False


def test_a_person_needs_no_email_not_even_a_column_for_one():
    person = Person.objects.create_person(name="Amina", channels=["06 12 34 56 78"])

    assert get_user_model() is Person
    assert "email" not in {field.name for field in Person._meta.get_fields()}
    assert list(person.channels.values_list("kind", "value")) == [("mobile", "+33612345678")]
    assert not person.has_usable_password()


def test_a_person_needs_no_channel_at_all(amina):
    assert amina.channels.count() == 0
    assert Person.objects.get_by_natural_key(amina.public_id) == amina


def test_a_person_can_be_reached_by_post_and_by_a_relay(amina):
    relay = Person.objects.create_person(name="Centre social")

    person = Person.objects.create_person(
        name="Joséphine",
        channels=[
            Channel(kind=ChannelKind.POST, value="3 rue des Tables, 38000 Grenoble"),
            Channel(kind=ChannelKind.RELAY, relay=relay),
            Channel(kind=ChannelKind.RELAY, relay=amina),
        ],
    )

    assert [str(channel) for channel in person.channels.all()] == [
        "3 rue des Tables, 38000 Grenoble",
        "Centre social",
        "Amina",
    ]


def test_a_person_must_have_a_name():
    with pytest.raises(IntegrityError):
        Person.objects.create_person(name="  ")


@pytest.mark.parametrize(
    ("typed", "kind", "value"),
    [
        ("06 12 34 56 78", "mobile", "+33612345678"),
        ("06.12.34.56.78", "mobile", "+33612345678"),
        ("0612345678", "mobile", "+33612345678"),
        ("+33 6 12 34 56 78", "mobile", "+33612345678"),
        ("0033 612345678", "mobile", "+33612345678"),
        ("06-12-34-56-78.", "mobile", "+33612345678"),
        ("0692 12 34 56", "mobile", "+262692123456"),
        ("+213 551 23 45 67", "mobile", "+213551234567"),
        ("04 76 12 34 56", "landline", "+33476123456"),
        (" Marie @Exemple.FR ", "email", "marie@exemple.fr"),
        ("marie@exemple.fr.", "email", "marie@exemple.fr"),
    ],
)
def test_numbers_and_addresses_are_read_as_people_write_them(typed, kind, value):
    assert read_address(typed) == (kind, value)


@pytest.mark.parametrize(
    "typed", ["marie", "06 12", "marie@", "@", "", "06 12 34 56 78 90 12", "0" * 5000, "☎️"]
)
def test_what_is_neither_a_number_nor_an_address_gets_a_message(typed):
    with pytest.raises(ValidationError, match="Exemple"):
        read_address(typed)


def test_a_postal_address_is_only_tidied():
    assert normalise("post", "  3  rue des Tables \n 38000   Grenoble ") == (
        "3 rue des Tables\n38000 Grenoble"
    )


def test_a_verified_mobile_or_email_leads_to_one_person_only(amina):
    bruno, now = Person.objects.create_person(name="Bruno"), timezone.now()
    mobile = {"kind": "mobile", "value": "+33612345678"}
    landline = {"kind": "landline", "value": "+33476123456"}
    Channel.objects.create(person=amina, verified_at=now, **mobile)
    Channel.objects.create(person=amina, verified_at=now, **landline)

    assert refused(person=bruno, verified_at=now, **mobile)
    assert not refused(person=bruno, **mobile)
    assert not refused(person=bruno, verified_at=now, **landline)
    assert Person.objects.reached_at(**mobile) == amina
    assert Person.objects.reached_at(**landline) is None


def test_the_database_refuses_channels_that_lead_nowhere(amina):
    relay = Person.objects.create_person(name="Relais")

    assert refused(person=amina, kind="relay")
    assert refused(person=amina, kind="relay", relay=amina)
    assert refused(person=amina, kind="relay", relay=relay, value="0612345678")
    assert refused(person=amina, kind="mobile", value="+33612345678", relay=relay)
    assert refused(person=amina, kind="mobile", value="0612345678")
    assert refused(person=amina, kind="email", value="Marie@exemple.fr")
    assert refused(person=amina, kind="post", value="")


def test_a_channel_is_listed_once_a_person(amina):
    relay = Person.objects.create_person(name="Relais")
    Channel.objects.create(person=amina, kind="mobile", value="+33612345678")
    Channel.objects.create(person=amina, kind="relay", relay=relay)

    assert refused(person=amina, kind="mobile", value="+33612345678")
    assert refused(person=amina, kind="relay", relay=relay)


def test_a_form_says_in_french_why_a_channel_is_refused(amina):
    channel = Channel(person=amina, kind="relay", relay=amina)

    with pytest.raises(ValidationError, match="Le relais doit être une autre personne"):
        channel.full_clean()


def test_a_channel_sends_what_a_machine_can_send(amina):
    sms.outbox.clear()
    mobile = Channel(person=amina, kind="mobile", value="+33612345678")
    email = Channel(person=amina, kind="email", value="marie@exemple.fr")
    landline = Channel(person=amina, kind="landline", value="+33476123456")

    sent = [channel.send("Demain", "L’atelier ouvre.") for channel in (mobile, email, landline)]

    assert sent == [True, True, False]
    assert sms.outbox == [{"to": "+33612345678", "text": "L'atelier ouvre."}]
    assert [(m.to, m.subject, m.body) for m in mail.outbox] == [
        (["marie@exemple.fr"], "Demain", "L’atelier ouvre.")
    ]


def test_numbers_are_shown_as_people_read_them():
    numbers = ("+33612345678", "+213551234567")

    shown = [Channel(kind="mobile", value=value).shown for value in numbers]

    # No-break spaces: a number stays on one line.
    assert shown == ["06\u00a012\u00a034\u00a056\u00a078", "+213\u00a0551\u00a023\u00a045\u00a067"]
