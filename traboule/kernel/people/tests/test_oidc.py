import html
import os
import re
import subprocess
import sys
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from django.core.cache import cache
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from joserfc.jwk import RSAKey

from traboule.kernel.journal.models import Entry
from traboule.kernel.people.models import Channel, ExternalIdentity, Person

pytestmark = pytest.mark.django_db
ENTER = reverse_lazy("people:oidc-enter")
CLIENTS = (
    "plain", "signed", "verified", "asks", "forged", "other-person", "other-issuer",
    "other-audience", "other-nonce", "expired", "low-level",
)  # fmt: skip


@pytest.fixture(scope="session")
def issuer(tmp_path_factory):
    """A real provider, running beside us; its address."""
    command = [sys.executable, "-m", "traboule.kernel.people.tests.oidc_provider"]
    data = {"OIDC_PROVIDER_DATA": str(tmp_path_factory.mktemp("provider"))}
    with subprocess.Popen(
        command, env=os.environ | data, stdout=subprocess.PIPE, text=True
    ) as provider:
        port = provider.stdout.readline().strip()
        yield f"http://127.0.0.1:{port}/o"
        provider.terminate()


@pytest.fixture
def providers(settings, issuer):
    """Our settings, in which each of its clients is a provider."""
    settings.SITE_URL = "http://localhost"
    settings.OIDC_PROVIDERS = {
        client: {
            "name": "ProConnect",
            "issuer": issuer,
            "client_id": client,
            "client_secret": "secret",
            "scopes": "openid profile email",
            "acr_values": "eidas1 eidas2",
            "logout": True,
        }
        for client in CLIENTS
    }
    return settings.OIDC_PROVIDERS


@pytest.fixture
def leave(client, providers):
    """Press the button of a provider; the address to which it leads."""

    def press(key: str, **fields) -> str:
        return client.post(reverse("people:oidc-start", args=[key]), fields).context["address"]

    return press


@pytest.fixture
def come_back(client, leave):
    """Go to a provider and come back; ``follow`` to the page where one lands."""

    def travel(key: str, **fields):
        answer = httpx.get(leave(key, **fields)).headers["Location"]
        return client.get(_path(answer), follow=True)

    return travel


@pytest.fixture
def amina():
    channel = Channel(kind="mobile", value="+33612345678", verified_at=timezone.now())
    return Person.objects.create_person(name="Amina", channels=[channel])


@pytest.fixture
def camille():
    """Someone who came with the provider before."""
    person = Person.objects.create_person(name="Camille")
    ExternalIdentity.objects.create(person=person, provider="plain", subject="1")
    return person


def _path(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def who(client) -> str | None:
    return client.session.get("_auth_user_id")


def reason(response) -> str:
    """What the page that refuses says."""
    assert response.status_code == 400
    return response.context["reason"]


UNEXPECTED = "ProConnect n’a pas pu nous dire qui vous êtes."


def test_we_ask_with_all_that_france_connect_wants(leave):
    asked = parse_qs(urlsplit(leave("plain")).query)

    assert asked.keys() == {
        "response_type", "client_id", "redirect_uri", "scope", "state", "nonce",
        "code_challenge", "code_challenge_method", "acr_values",
    }  # fmt: skip
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["acr_values"] == ["eidas1 eidas2"]
    assert asked["redirect_uri"] == ["http://localhost/connexion/pro/plain/retour/"]


@pytest.mark.parametrize("key", ["plain", "signed"])
def test_a_newcomer_joins_with_the_name_that_the_provider_gives(client, come_back, key):
    page = come_back(key, next="/moi/")
    assert page.context["form"]["name"].value() == "Camille Durand"
    response = client.post(ENTER, {"name": "Camille"})

    person = Person.objects.get()
    assert response.url == "/moi/"
    assert (person.name, who(client)) == ("Camille", str(person.pk))
    assert [str(identity.provider) for identity in person.identities.all()] == [key]
    assert person.channels.count() == 0
    acts = [(entry.act, entry.details.get("channel")) for entry in Entry.objects.by(person)]
    assert acts == [("sign-in", "oidc"), ("link-identity", None), ("join", "oidc")]


def test_someone_known_is_asked_if_it_is_them_and_enters(client, come_back, camille):
    page = come_back("plain", next="https://ailleurs.example/")
    assert page.context["person"] == camille
    assert who(client) is None
    response = client.post(ENTER, {"remember": "on"})

    assert response.url == "/"
    assert who(client) == str(camille.pk)
    assert not client.session.get_expire_at_browser_close()
    assert "people.oidc.proof" not in client.session


def test_someone_whose_access_is_closed_stays_out(client, come_back, camille):
    Person.objects.update(is_active=False)
    come_back("plain")

    client.post(ENTER)

    assert who(client) is None


def test_an_address_that_the_provider_checked_and_we_checked_is_the_same_person(client, come_back):
    channel = Channel(kind="email", value="camille.durand@exemple.fr", verified_at=timezone.now())
    person = Person.objects.create_person(name="Camille", channels=[channel])
    come_back("verified")

    client.post(ENTER, {"remember": ""})

    assert who(client) == str(person.pk)
    assert person.identities.get().provider == "verified"


@pytest.mark.parametrize(("key", "verified_at"), [("plain", timezone.now()), ("verified", None)])
def test_an_address_that_either_did_not_check_proves_nothing(client, come_back, key, verified_at):
    channel = Channel(kind="email", value="camille.durand@exemple.fr", verified_at=verified_at)
    Person.objects.create_person(name="Camille", channels=[channel])

    page = come_back(key)

    assert page.templates[0].name == "people/oidc_welcome.html"
    assert ExternalIdentity.objects.count() == 0


def test_a_newcomer_keeps_the_address_that_the_provider_checked(client, come_back):
    come_back("verified")
    client.post(ENTER, {"name": "Camille"})

    assert Person.objects.reached_at("email", "camille.durand@exemple.fr").name == "Camille"


@pytest.mark.usefixtures("amina")
def test_who_comes_here_already_proves_it_with_a_code_and_the_two_are_one(
    client, come_back, ask, give, last_code
):
    come_back("plain", next="/moi/")
    ask("06 12 34 56 78", next=str(ENTER))
    assert give(last_code()).url == ENTER
    assert client.get(ENTER).templates[0].name == "people/oidc_link.html"
    response = client.post(ENTER)

    assert response.url == "/moi/"
    assert Person.objects.get().identities.get().subject == "1"


def test_an_account_is_linked_from_one_s_own_page_and_removed_there(client, come_back, amina):
    client.force_login(amina)
    come_back("plain", next=reverse("people:keys"))
    client.post(ENTER)
    identity = amina.identities.get()
    assert "ProConnect" in client.get(reverse("people:keys")).content.decode()

    client.post(reverse("people:remove-identity", args=[identity.pk]))

    assert amina.identities.count() == 0
    acts = [entry.act for entry in Entry.objects.by(amina)]
    assert acts == ["remove-key", "link-identity"]


def test_an_account_opens_one_page_only(client, come_back, camille, amina):
    client.force_login(amina)
    come_back("plain")

    assert reason(client.post(ENTER)) == "Ce compte est déjà relié à une autre personne ici."
    assert ExternalIdentity.objects.get().person == camille


def test_the_last_way_in_is_not_removed(client, camille):
    client.force_login(camille)
    address = reverse("people:remove-identity", args=[camille.identities.get().pk])

    assert "dernier moyen" in client.get(address).content.decode()
    client.post(address)

    assert camille.identities.count() == 1


def test_signing_out_closes_the_provider_s_session_too(client, come_back, camille):
    come_back("plain")
    client.post(ENTER)
    page = client.post(reverse("people:sign-out"))

    with httpx.Client() as browser:
        answer = browser.get(page.context["address"])
    assert who(client) is None
    assert page["Clear-Site-Data"] == '"storage"'
    assert answer.headers["Location"].split("?")[0] == "http://localhost/deconnexion/"


def test_who_is_someone_else_leaves_nothing_behind_on_a_shared_computer(client, come_back, camille):
    come_back("plain")
    page = client.post(ENTER, {"leave": "1"})

    assert page.templates[0].name == "people/oidc_farewell.html"
    assert client.get(ENTER).url == reverse("people:sign-in")


def test_who_links_nothing_stays_in(client, come_back, amina):
    client.force_login(amina)
    come_back("plain", next="/moi/cles/")

    assert client.post(ENTER, {"leave": "1"}).url == "/moi/cles/"
    assert amina.identities.count() == 0


def test_signing_out_stays_here_if_the_settings_say_so(client, come_back, providers, camille):
    providers["plain"]["logout"] = False
    come_back("plain")
    client.post(ENTER)

    assert client.post(reverse("people:sign-out")).url == reverse("people:sign-out")


def test_who_refuses_at_the_provider_s_is_told_that_nothing_was_sent(client, leave):
    with httpx.Client() as browser:
        page = browser.get(leave("asks"))
        fields = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page.text)
        fields = {name: html.unescape(value) for name, value in fields}
        answer = browser.post(page.url, data=fields)

    page = client.get(_path(answer.headers["Location"]))

    assert reason(page) == "Vous n’avez pas donné votre accord : rien ne nous a été transmis."


@pytest.mark.parametrize(
    "key",
    ["other-issuer", "other-audience", "other-nonce", "expired", "low-level", "other-person",
     "forged"],
)  # fmt: skip
def test_an_answer_that_does_not_hold_lets_nobody_in(client, come_back, key):
    assert reason(come_back(key)) == UNEXPECTED
    assert client.get(ENTER).url == reverse("people:sign-in")


def test_an_answer_serves_once_and_for_its_own_demand_only(client, leave):
    answer = _path(httpx.get(leave("plain")).headers["Location"])
    forged = re.sub(r"state=\w+", "state=another", answer)

    assert reason(client.get(forged)) == "Cette réponse ne répond pas à votre demande."
    assert reason(client.get(answer)).startswith("Trop de temps a passé")


def test_an_answer_for_another_provider_is_refused(client, leave):
    answer = _path(httpx.get(leave("plain")).headers["Location"])

    page = client.get(answer.replace("/plain/", "/signed/"))

    assert reason(page) == "Cette réponse ne répond pas à votre demande."


def test_a_code_that_was_spent_is_refused(client, leave):
    answer = _path(httpx.get(leave("plain")).headers["Location"])
    errand = client.session["people.oidc.errand"]
    client.get(answer)
    session = client.session
    session["people.oidc.errand"] = errand
    session.save()

    assert reason(client.get(answer)) == UNEXPECTED


def test_a_demand_is_forgotten_after_an_hour(client, leave):
    answer = _path(httpx.get(leave("plain", next="/moi/")).headers["Location"])
    session = client.session
    session["people.oidc.errand"]["begun"] -= 2 * 60 * 60
    session.save()

    assert reason(client.get(answer)).startswith("Trop de temps a passé")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"issuer": "http://127.0.0.1:9/o"}, "ProConnect ne répond pas en ce moment."),
        ({"issuer": "nulle-part"}, "ProConnect ne répond pas en ce moment."),
        ({"issuer_end": "/"}, UNEXPECTED),
    ],
)
def test_a_provider_that_does_not_answer_rightly_is_said_in_plain_words(
    client, providers, change, said
):
    issuer = change.get("issuer") or providers["plain"]["issuer"] + change["issuer_end"]
    providers["plain"]["issuer"] = issuer

    page = client.post(reverse("people:oidc-start", args=["plain"]), {"next": "/moi/"})

    assert reason(page) == said
    assert "/connexion/?next=/moi/" in page.content.decode()


def test_the_secret_travels_in_the_form_where_the_provider_wants_it_so(come_back, issuer):
    address = f"{issuer}/.well-known/openid-configuration"
    metadata = httpx.get(address).json()
    metadata["token_endpoint_auth_methods_supported"] = ["client_secret_post"]
    cache.set(f"people.oidc:{address}", metadata)

    assert come_back("plain").templates[0].name == "people/oidc_welcome.html"


def test_keys_that_the_provider_changed_are_fetched_again(come_back, issuer):
    old = RSAKey.generate_key(2048, private=False).as_dict()
    cache.set(f"people.oidc:{issuer}/.well-known/jwks.json", {"keys": [old | {"kid": "old"}]})

    assert come_back("signed").templates[0].name == "people/oidc_welcome.html"


def test_a_wrong_secret_is_said_in_plain_words(client, come_back, providers):
    providers["plain"]["client_secret"] = "wrong"

    assert reason(come_back("plain")) == UNEXPECTED


def test_a_provider_that_is_not_here_is_said_in_plain_words(client):
    page = client.post(reverse("people:oidc-start", args=["inconnu"]))

    assert reason(page) == "Cette façon d’entrer n’existe pas ici."


def test_the_sign_in_page_names_each_provider(client, providers):
    page = client.get(reverse("people:sign-in")).content.decode()

    assert page.count("Se connecter avec ProConnect") == len(providers)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_browser_goes_there_and_back_and_out(
    phone, live_server, providers, settings, assert_accessible
):
    settings.SITE_URL = live_server.url
    settings.OIDC_PROVIDERS = {"plain": providers["plain"]}
    phone.goto(f"{live_server.url}/connexion/?next=/moi/")
    assert_accessible(phone)
    phone.get_by_role("button", name="Se connecter avec ProConnect").click()
    phone.get_by_label("Comment vous appelez-vous").wait_for()
    assert_accessible(phone)
    phone.get_by_role("button", name="Entrer").click()
    phone.get_by_role("heading", name="Camille Durand").wait_for()
    assert phone.url == f"{live_server.url}/moi/"

    phone.get_by_role("button", name="Me déconnecter").click()
    phone.get_by_role("heading", name="Vous êtes hors connexion", exact=True).wait_for()

    assert phone.url.split("?")[0] == f"{live_server.url}/deconnexion/"
    assert [person.name for person in Person.objects.all()] == ["Camille Durand"]
