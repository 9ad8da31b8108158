import json

import pytest
from django.urls import reverse
from django.utils import timezone

from traboule.kernel.journal.models import Entry
from traboule.kernel.people.models import Channel, Passkey, Person

pytestmark = pytest.mark.django_db
ENTER = "/connexion/cle/"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def amina():
    channel = Channel(kind="mobile", value="+33612345678", verified_at=timezone.now())
    return Person.objects.create_person(name="Amina", channels=[channel])


@pytest.fixture
def passkey(amina):
    """A key of hers, which no device holds."""
    return Passkey.objects.create(person=amina, name="Bureau", credential_id="AAAA", public_key=b"")


@pytest.fixture
def plug():
    """Give a browser a device that holds keys: ``plug(page)``; ask it: ``ask("command")``."""

    def plug_in(page, **options):
        session = page.context.new_cdp_session(page)
        session.send("WebAuthn.enable")
        added = session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE | options})
        return lambda command, **values: session.send(f"WebAuthn.{command}", added | values)

    return plug_in


@pytest.fixture
def site(live_server, settings, amina, client):
    """A live site under the name to which browsers tie keys, and Amina's way in."""
    settings.SITE_URL = live_server.url
    assert live_server.url.startswith("http://localhost:")
    client.force_login(amina)
    return live_server.url


def enter_as(client, page, site):
    """Carry the session of the test's client over to a browser."""
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}
    page.context.add_cookies([cookie])


def add_a_key(page, site, name="Mon téléphone"):
    page.goto(f"{site}/moi/cles/ajouter/")
    page.get_by_label("Un nom pour cette clé").fill(name)
    page.get_by_role("button", name="Ajouter une clé").click()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_key_is_added_opens_the_door_and_is_removed(phone, client, site, plug, assert_accessible):
    plug(phone)
    enter_as(client, phone, site)
    add_a_key(phone, site)
    phone.get_by_text("Votre clé est prête").wait_for()
    assert_accessible(phone)
    phone.get_by_role("button", name="Me déconnecter").click()
    phone.goto(f"{site}/connexion/?next=/moi/cles/")
    assert_accessible(phone)
    phone.get_by_role("link", name="Entrer avec une clé d’accès").click()
    phone.get_by_role("button", name="Utiliser ma clé").click()
    phone.get_by_text("Bonjour Amina.").wait_for()

    key = Passkey.objects.get()
    assert phone.url == f"{site}/moi/cles/"
    assert (key.name, key.sign_count > 0) == ("Mon téléphone", True)
    assert key.last_used_at is not None
    acts = [(entry.act, entry.details.get("channel")) for entry in Entry.objects.by(key.person)]
    assert acts == [("sign-in", "passkey"), ("add-passkey", None)]

    phone.get_by_role("link", name="Retirer Mon téléphone").click()
    phone.get_by_role("button", name="Retirer").click()
    phone.get_by_role("link", name="Ajouter une clé d’accès").wait_for()
    assert Passkey.objects.count() == 0


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_device_that_counts_backwards_is_a_copy_and_stays_out(phone, client, site, amina, plug):
    plug(phone)
    enter_as(client, phone, site)
    add_a_key(phone, site)
    phone.get_by_text("Votre clé est prête").wait_for()
    Passkey.objects.update(sign_count=1_000)
    phone.context.clear_cookies()
    phone.goto(f"{site}{ENTER}")
    phone.get_by_role("button", name="Utiliser ma clé").click()

    phone.get_by_text("Cette clé n’a pas ouvert.").wait_for()
    assert amina.passkeys.get().last_used_at is None


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_removed_key_a_lazy_owner_and_another_site_open_nothing(
    phone, client, site, plug, settings
):
    ask = plug(phone)
    enter_as(client, phone, site)
    add_a_key(phone, site)
    phone.get_by_text("Votre clé est prête").wait_for()
    phone.context.clear_cookies()
    phone.goto(f"{site}{ENTER}")
    use = phone.get_by_role("button", name="Utiliser ma clé")

    ask("setUserVerified", isUserVerified=False)
    use.click()
    phone.get_by_text("Rien n’a été fait.").wait_for()
    ask("setUserVerified", isUserVerified=True)
    settings.SITE_URL = site.replace("http:", "https:")
    use.click()
    phone.get_by_text("Cette clé n’a pas ouvert.").wait_for()
    settings.SITE_URL = site
    Passkey.objects.all().delete()
    use.click()
    phone.get_by_text("Cette clé n’est pas connue ici.").wait_for()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_one_device_has_one_key_here(phone, client, site, amina, plug):
    plug(phone)
    enter_as(client, phone, site)
    add_a_key(phone, site)
    phone.get_by_text("Votre clé est prête").wait_for()
    add_a_key(phone, site, name="La même")

    phone.get_by_text("Cet appareil a déjà une clé").wait_for()
    assert amina.passkeys.count() == 1


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_an_answer_replayed_opens_nothing(phone, client, site, amina, plug):
    plug(phone)
    enter_as(client, phone, site)
    add_a_key(phone, site)
    phone.get_by_text("Votre clé est prête").wait_for()
    phone.context.clear_cookies()
    phone.goto(f"{site}{ENTER}")
    with phone.expect_request(lambda request: request.method == "POST") as sent:
        phone.get_by_role("button", name="Utiliser ma clé").click()
    phone.get_by_text("Bonjour Amina.").wait_for()
    phone.context.clear_cookies()
    phone.goto(f"{site}{ENTER}")
    answer = sent.value.post_data_json["answer"]

    phone.evaluate(
        "answer => { const form = document.querySelector('form[data-passkey]');"
        " form.elements.answer.value = answer; form.submit(); }",
        answer,
    )

    phone.get_by_text("Cette clé n’a pas ouvert.").wait_for()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_without_javascript_the_page_leads_back_to_the_code(open_page, live_server):
    page = open_page(java_script_enabled=False)
    page.goto(f"{live_server.url}{ENTER}")

    assert page.get_by_text("Les clés d’accès ne marchent pas ici").is_visible()
    assert not page.get_by_role("button", name="Utiliser ma clé").is_visible()
    page.get_by_role("link", name="Entrer avec un code").click()
    assert page.get_by_role("heading", name="Se connecter").is_visible()


def test_the_device_must_know_its_holder_and_find_its_key_alone(client, amina, passkey):
    client.force_login(amina)
    options = client.get(reverse("people:add-passkey")).context["options"]

    selection = options["authenticatorSelection"]
    assert (selection["residentKey"], selection["userVerification"]) == ("required", "required")
    assert options["rp"]["id"] == "127.0.0.1"
    assert [key["id"] for key in options["excludeCredentials"]] == ["AAAA"]


def test_each_page_draws_its_own_challenge(client):
    drawn = {client.get(ENTER).context["options"]["challenge"] for _ in range(3)}

    assert len(drawn) == 3


@pytest.mark.parametrize(
    "answer", ["", "rien", "[]", "{}", json.dumps({"id": "AAAA"}), json.dumps({"id": ["AAAA"]}),
               json.dumps({"id": "AAAA", "response": {"userHandle": "AAAA"}})]
)  # fmt: skip
@pytest.mark.usefixtures("passkey")
def test_an_answer_that_no_browser_gives_is_refused(client, answer):
    client.get(ENTER)

    page = client.post(ENTER, {"answer": answer, "next": "/moi/"})

    assert page.context["form"].non_field_errors()
    assert "_auth_user_id" not in client.session


def test_an_answer_without_a_challenge_is_refused(client, passkey):
    page = client.post(ENTER, {"answer": "{}"})

    assert page.context["form"].non_field_errors() == ["Trop de temps a passé. Recommencez."]


def test_a_use_is_counted_once(passkey):
    twin = Passkey.objects.get()

    assert [passkey.count_use(5), twin.count_use(5), twin.count_use(4)] == [True, False, False]
    assert twin.count_use(6)


def test_a_device_that_does_not_count_is_accepted(passkey):
    assert [passkey.count_use(0), passkey.count_use(0)] == [True, True]


def test_nobody_removes_another_s_key(client, passkey):
    client.force_login(Person.objects.create_person(name="Nadia"))

    client.post(reverse("people:remove-passkey", args=[passkey.pk]))

    assert Passkey.objects.count() == 1


def test_the_last_way_in_is_not_removed(client, amina, passkey):
    amina.channels.all().delete()
    client.force_login(amina)

    client.post(reverse("people:remove-passkey", args=[passkey.pk]))

    assert Passkey.objects.count() == 1
