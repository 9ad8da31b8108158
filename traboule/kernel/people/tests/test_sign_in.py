import datetime

import pytest
from django.core import mail
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from traboule.kernel.journal.models import Entry
from traboule.kernel.people import actions, sms
from traboule.kernel.people.models import Channel, Person, SignInCode

pytestmark = pytest.mark.django_db
PHONE = "06 12 34 56 78"
CODE, NAME = reverse_lazy("people:sign-in-code"), reverse_lazy("people:sign-in-name")


@pytest.fixture
def amina():
    channel = Channel(kind="mobile", value="+33612345678", verified_at=timezone.now())
    return Person.objects.create_person(name="Amina", channels=[channel])


def wrong(code: str) -> str:
    """Six digits that are not the code."""
    return f"{(int(code) + 1) % 1_000_000:06d}"


def who(client) -> str | None:
    """The key of the person signed in, as the session keeps it."""
    return client.session.get("_auth_user_id")


def error_of(response) -> str:
    """The one message under the field of the page."""
    (messages,) = response.context["form"].errors.values()
    return messages[0]


def test_someone_with_only_a_phone_joins_with_no_email_anywhere(client, ask, give, last_code):
    assert ask(PHONE).url == CODE
    assert give(last_code()).url == NAME
    response = client.post(NAME, {"name": "Joséphine"})

    person = Person.objects.get()
    assert response.url == "/"
    assert who(client) == str(person.pk)
    assert person.name == "Joséphine"
    assert [channel.is_verified for channel in person.channels.all()] == [True]
    assert mail.outbox == []
    assert [entry.act for entry in Entry.objects.by(person)] == ["sign-in", "join"]


def test_a_known_person_enters_with_the_code_alone(client, ask, give, last_code, amina):
    ask("+33 6.12.34.56.78")

    response = give(last_code())

    assert response.url == "/"
    assert who(client) == str(amina.pk)
    assert [message.message for message in response.wsgi_request._messages] == ["Bonjour Amina."]


def test_a_code_comes_by_email_to_an_email_address(client, ask, give, last_code):
    ask(" Marie@Exemple.fr")
    give(last_code())
    client.post(NAME, {"name": "Marie"})

    assert mail.outbox[0].to == ["marie@exemple.fr"]
    assert sms.outbox == []
    assert Person.objects.reached_at("email", "marie@exemple.fr").name == "Marie"


def test_the_message_and_the_screens_speak_the_person_s_language(client, ask, give, last_code):
    channel = Channel(kind="email", value="john@example.org", verified_at=timezone.now())
    Person.objects.create_person(name="John", language="en", channels=[channel])
    ask("john@example.org")

    response = give(last_code())

    assert response.cookies["django_language"].value == "en"


def test_spaces_in_the_code_are_forgiven(client, ask, give, last_code, amina):
    ask(PHONE)
    code = last_code()

    give(f" {code[:3]} {code[3:]}. ")

    assert who(client) == str(amina.pk)


def test_a_wrong_code_is_refused_and_the_right_one_still_works(client, ask, give, last_code, amina):
    ask(PHONE)
    code = last_code()

    assert "pas le bon code" in error_of(give(wrong(code)))
    assert who(client) is None
    give(code)
    assert who(client) == str(amina.pk)


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "1" * 5000])
def test_what_is_no_code_costs_no_attempt(ask, give, typed):
    ask(PHONE)

    assert give(typed).status_code == 200

    assert SignInCode.objects.get().attempts == 0


def test_after_five_wrong_attempts_the_right_code_is_refused_too(
    client, ask, give, last_code, amina
):
    ask(PHONE)
    code = last_code()
    for _ in range(5):
        give(wrong(code))

    assert "ne sert plus" in error_of(give(code))
    assert who(client) is None
    assert SignInCode.objects.get().attempts == 5


def test_an_expired_code_is_refused(client, ask, give, last_code, amina):
    ask(PHONE)
    SignInCode.objects.update(expires_at=timezone.now())

    assert "ne sert plus" in error_of(give(last_code()))
    assert who(client) is None


def test_a_code_serves_once(client, ask, give, last_code, amina):
    ask(PHONE)
    code = last_code()
    give(code)
    client.post(reverse("people:sign-out"))
    SignInCode.objects.update(created_at=timezone.now() - datetime.timedelta(minutes=2))
    ask(PHONE)

    give(code if code != last_code() else wrong(code))

    assert who(client) is None


def test_two_who_hold_the_same_code_use_it_once():
    code, digits = SignInCode.objects.issue("mobile", "+33612345678")
    twin = SignInCode.objects.get(pk=code.pk)

    assert [code.try_digits(digits), twin.try_digits(digits)] == [True, False]


def test_a_code_is_good_only_for_the_number_it_was_sent_to():
    _, digits = SignInCode.objects.issue("mobile", "+33612345678")

    with pytest.raises(actions.Refused):
        actions.use_code(kind="mobile", value="+33698765432", digits=digits)


def test_the_code_itself_is_not_kept(ask, last_code):
    ask(PHONE)

    kept = SignInCode.objects.values().get()

    assert last_code() not in [str(value) for key, value in kept.items() if key != "code_hash"]
    assert len(kept["code_hash"]) == 64


def test_known_and_unknown_get_the_same_answers(client, ask, give, amina):
    known, unknown = ask(PHONE), ask("06 98 76 54 32")
    pages = []
    for number in (PHONE, "06 98 76 54 32"):
        ask(number)
        page = client.get(CODE).content.decode()
        pages.append(page.replace(number.replace(" ", "\u00a0"), "…").split("<form")[1:])

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert [len(page) for page in pages] == [len(pages[0])] * 2
    assert len(sms.outbox) == 2


def test_asking_twice_in_a_minute_sends_one_message(client, ask):
    ask(PHONE)

    assert ask(PHONE).url == CODE
    response = client.post(reverse("people:resend-code"), follow=True)

    assert len(sms.outbox) == 1
    assert "moins d’une minute" in response.content.decode()


def test_another_code_can_be_sent_after_a_minute_and_both_work(client, ask, give, last_code, amina):
    ask(PHONE)
    first = last_code()
    SignInCode.objects.update(created_at=timezone.now() - datetime.timedelta(minutes=2))
    client.post(reverse("people:resend-code"))

    give(first)

    assert len(sms.outbox) == 2
    assert who(client) == str(amina.pk)


def test_a_number_gets_five_codes_an_hour_and_no_more(ask):
    for minutes in range(50, 0, -10):
        ask(PHONE)
        earlier = timezone.now() - datetime.timedelta(minutes=minutes)
        SignInCode.objects.filter(pk=SignInCode.objects.latest("pk").pk).update(created_at=earlier)

    assert "Trop de codes" in error_of(ask(PHONE))
    assert len(sms.outbox) == 5
    assert ask("06 98 76 54 32").url == CODE


def test_an_address_that_asks_too_much_is_slowed_down(ask):
    answers = [ask("rien").status_code for _ in range(22)]

    assert answers[0] == 200
    assert answers[-1] == 429


def test_codes_are_forgotten_after_a_day(ask):
    SignInCode.objects.issue("mobile", "+33698765432")
    SignInCode.objects.update(created_at=timezone.now() - datetime.timedelta(days=2))

    ask(PHONE)

    assert [code.value for code in SignInCode.objects.all()] == ["+33612345678"]


def test_a_landline_is_told_that_it_receives_no_sms(ask):
    assert "téléphone fixe" in error_of(ask("04 76 12 34 56"))
    assert SignInCode.objects.count() == 0


def test_a_message_that_cannot_leave_is_said_and_does_not_count(ask, settings):
    settings.SMS_BACKEND = "traboule.kernel.people.sms.HttpBackend"
    settings.SMS_GATEWAY_URL = "http://127.0.0.1:9/"

    assert "n’a pas pu partir" in error_of(ask(PHONE))
    assert SignInCode.objects.count() == 0


@pytest.mark.parametrize(
    ("target", "reached"),
    [
        ("/moi/", "/moi/"),
        ("/initiatives/?q=pc", "/initiatives/?q=pc"),
        ("https://ailleurs.example/", "/"),
        ("//ailleurs.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
@pytest.mark.usefixtures("amina")
def test_one_goes_on_where_one_was_going_if_it_is_here(ask, give, last_code, target, reached):
    ask(PHONE, next=target)

    assert give(last_code()).url == reached


def test_the_session_ends_with_the_browser_unless_asked(client, ask, give, last_code, amina):
    ask(PHONE)
    give(last_code())

    assert client.session.get_expire_at_browser_close()


@pytest.mark.usefixtures("amina")
def test_a_device_of_one_s_own_is_remembered(client, ask, give, last_code):
    ask(PHONE)
    give(last_code(), remember="on")

    assert not client.session.get_expire_at_browser_close()
    assert client.session.get_expiry_age() == 30 * 24 * 60 * 60


def test_posting_the_code_or_the_name_twice_does_no_harm(client, ask, give, last_code):
    ask(PHONE)
    code = last_code()

    assert [give(code).url, client.post(NAME, {"name": "A"}).url] == [NAME, "/"]
    assert client.post(NAME, {"name": "A"}, follow=True).redirect_chain[-1][0] == "/"
    assert give(code).url == reverse("people:sign-in")
    assert Person.objects.count() == 1


def test_two_who_join_with_the_same_proof_are_one_person():
    proof = {"kind": "mobile", "value": "+33612345678", "language": "fr"}

    first = actions.join(name="Amina", **proof)
    second = actions.join(name="Amina", **proof)

    assert first == second
    assert Person.objects.count() == 1


def test_the_name_page_is_closed_to_whoever_proved_nothing(client, ask):
    ask(PHONE)

    assert client.get(NAME).url == reverse("people:sign-in")
    assert client.post(NAME, {"name": "Intrus"}).url == reverse("people:sign-in")
    assert Person.objects.count() == 0


def test_a_proof_left_on_a_shared_computer_is_soon_worth_nothing(client, ask, give, last_code):
    ask(PHONE)
    give(last_code())
    session = client.session
    session["people.sign-in"]["begun"] -= 2 * 60 * 60
    session.save()

    assert client.post(NAME, {"name": "Intrus"}).url == reverse("people:sign-in")


def test_a_closed_access_stays_closed(client, ask, give, last_code, amina):
    Person.objects.update(is_active=False)
    ask(PHONE)

    assert give(last_code()).url == reverse("people:sign-in")
    assert who(client) is None


def test_signing_out_says_so(client, amina):
    client.force_login(amina)

    assert "Me déconnecter" in client.get(reverse("people:sign-out")).content.decode()
    response = client.post(reverse("people:sign-out"))

    assert who(client) is None
    assert response["Clear-Site-Data"] == '"storage"'
    assert "Vous êtes hors connexion" in client.get(response.url).content.decode()


def test_the_code_field_lets_the_telephone_fill_it_in(client, ask):
    ask(PHONE)

    page = client.get(CODE).content.decode()

    assert 'autocomplete="one-time-code"' in page
    assert 'inputmode="numeric"' in page
    assert PHONE.replace(" ", "\u00a0") in page
