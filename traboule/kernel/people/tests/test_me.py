import pytest
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from traboule.kernel.journal.models import Entry
from traboule.kernel.people import sms
from traboule.kernel.people.models import Channel, Organisation, Person

pytestmark = pytest.mark.django_db
ME, ADD = reverse_lazy("people:me"), reverse_lazy("people:add-channel")
CONFIRM = reverse_lazy("people:confirm-channel")


@pytest.fixture
def amina(client):
    channel = Channel(kind="mobile", value="+33612345678", verified_at=timezone.now())
    person = Person.objects.create_person(name="Amina", channels=[channel])
    client.force_login(person)
    return person


def values(person: Person) -> list[str]:
    return [channel.value for channel in person.channels.all()]


def test_a_visitor_is_asked_to_sign_in_first(client):
    assert client.get(ME).url == f"{reverse('people:sign-in')}?next={ME}"


def test_the_page_shows_name_language_and_channels(client, amina):
    page = client.get(ME).content.decode()

    assert "<h1>Amina</h1>" in page
    assert "06\u00a012\u00a034\u00a056\u00a078" in page
    assert "ne sont jamais publiés" in page


def test_name_and_language_can_be_changed(client, amina):
    response = client.post(ME, {"name": "Amina B.", "language": "en"})

    amina.refresh_from_db()
    assert (amina.name, amina.language) == ("Amina B.", "en")
    assert response.cookies["django_language"].value == "en"


def test_a_name_cannot_be_emptied(client, amina):
    response = client.post(ME, {"name": " ", "language": "fr"})

    assert response.context["form"].errors == {"name": ["Écrivez au moins un prénom."]}
    amina.refresh_from_db()
    assert amina.name == "Amina"


def test_a_channel_is_added_once_its_code_came_back(client, amina, last_code):
    assert client.post(ADD, {"address": "06 98 76 54 32"}).url == CONFIRM
    assert values(amina) == ["+33612345678"]

    code = last_code()
    assert client.post(CONFIRM, {"digits": code}).url == ME
    assert client.post(CONFIRM, {"digits": code}).url == ME

    assert values(amina) == ["+33612345678", "+33698765432"]
    assert [entry.act for entry in Entry.objects.by(amina)] == ["add-channel"]
    assert Entry.objects.get().details == {"channel": "mobile"}


def test_a_wrong_code_adds_nothing(client, amina, last_code):
    client.post(ADD, {"address": "06 98 76 54 32"})

    wrong = f"{(int(last_code()) + 1) % 1_000_000:06d}"
    response = client.post(CONFIRM, {"digits": wrong})

    assert "pas le bon code" in response.context["form"].errors["digits"][0]
    assert values(amina) == ["+33612345678"]


def test_another_code_is_not_sent_within_a_minute(client, amina):
    client.post(ADD, {"address": "06 98 76 54 32"})

    response = client.post(CONFIRM, {"resend": "1"}, follow=True)

    assert "moins d’une minute" in response.content.decode()
    assert len(sms.outbox) == 1


def test_an_unverified_channel_becomes_verified_when_its_code_comes_back(client, amina, last_code):
    Channel.objects.create(person=amina, kind="mobile", value="+33698765432")
    client.post(ADD, {"address": "06 98 76 54 32"})

    client.post(CONFIRM, {"digits": last_code()})

    assert [channel.is_verified for channel in amina.channels.all()] == [True, True]


def test_a_number_that_serves_someone_else_is_refused(client, amina, last_code):
    taken = Channel(kind="mobile", value="+33698765432", verified_at=timezone.now())
    Person.objects.create_person(name="Bruno", channels=[taken])
    client.post(ADD, {"address": "06 98 76 54 32"})

    response = client.post(CONFIRM, {"digits": last_code()})

    assert "sert déjà à une autre personne" in response.context["form"].errors["digits"][0]
    assert values(amina) == ["+33612345678"]


def test_a_channel_is_removed_after_a_question_and_twice_is_no_matter(client, amina):
    extra = Channel.objects.create(
        person=amina, kind="email", value="a@exemple.fr", verified_at=timezone.now()
    )
    address = reverse("people:remove-channel", args=[extra.pk])

    assert "Retirer" in client.get(address).content.decode()
    assert [client.post(address).url, client.post(address).url] == [ME, ME]

    assert values(amina) == ["+33612345678"]
    assert [entry.act for entry in Entry.objects.about(amina)] == ["remove-channel"]


def test_the_last_channel_that_lets_one_in_stays(client, amina):
    Channel.objects.create(
        person=amina, kind="landline", value="+33476123456", verified_at=timezone.now()
    )
    mobile = amina.channels.get(kind="mobile")
    address = reverse("people:remove-channel", args=[mobile.pk])

    question = client.get(address).content.decode()
    answer = client.post(address, follow=True).content.decode()

    assert "C’est le dernier moyen" in question
    assert "C’est le dernier moyen" in answer
    assert amina.channels.count() == 2


def test_nobody_removes_the_channel_of_someone_else(client, amina):
    other = Channel(kind="mobile", value="+33698765432")
    bruno = Person.objects.create_person(name="Bruno", channels=[other])

    client.post(reverse("people:remove-channel", args=[other.pk]))

    assert bruno.channels.count() == 1


def test_a_page_costs_the_same_with_one_channel_and_with_three(client, amina, count_queries):
    with_one = count_queries(ME)
    for value in ("a@exemple.fr", "b@exemple.fr"):
        Channel.objects.create(person=amina, kind="email", value=value)

    assert count_queries(ME) == with_one <= 20


def test_the_back_office_opens_by_the_same_door(client, amina):
    client.logout()

    response = client.get(reverse("admin:index"), follow=True)

    assert response.redirect_chain[-1][0].startswith(reverse("people:sign-in"))


def test_the_back_office_names_an_editor_in_the_journal(client, amina):
    Person.objects.update(is_staff=True, is_superuser=True)

    response = client.post(
        reverse("admin:people_editorship_add"),
        {"person": amina.pk, "department_code": "38", "since": "2026-01-01"},
    )

    assert response.status_code == 302
    assert Entry.objects.get().details == {"department": "38"}
    for page in ("person", f"person/{amina.pk}/change", "organisation/add", "editorship"):
        assert client.get(f"{reverse('admin:index')}people/{page}/").status_code == 200


def test_wishes_have_effect_on_every_page(client, amina):
    before = client.get("/").content.decode()
    client.post(reverse("people:wishes"), {"large_type": "on", "read_aloud": "on"})

    after = client.get("/").content.decode()
    assert (" data-large>" in before, " data-large>" in after) == (False, True)
    assert ("data-listen-player" in before, "data-listen-player" in after) == (False, True)
    amina.refresh_from_db()
    assert (amina.large_type, amina.read_aloud, amina.quiet_nights) == (True, True, False)


def test_facts_for_totals_are_told_and_taken_back(client, amina):
    address = reverse("people:totals")

    client.post(address, {"birth_year": "1984", "gender": "woman"})
    amina.refresh_from_db()
    assert (amina.birth_year, amina.gender) == (1984, "woman")

    client.post(address, {})
    amina.refresh_from_db()
    assert (amina.birth_year, amina.gender) == (None, "")
    assert "pas encore venue" in client.post(address, {"birth_year": "3000"}).content.decode()


def test_a_landline_and_a_letter_box_are_noted_without_a_code(client, amina):
    client.post(reverse("people:add-landline"), {"value": "04 76 12 34 56"})
    client.post(reverse("people:add-post"), {"value": " 4  rue des Tilleuls\r\n38200 Vienne "})

    assert values(amina)[1:] == ["+33476123456", "4 rue des Tilleuls\n38200 Vienne"]
    refused = client.post(reverse("people:add-landline"), {"value": "06 12 34 56 78"})
    assert "pas un téléphone fixe" in refused.content.decode()


def test_one_channel_is_used_before_the_others(client, amina):
    mobile = amina.channels.get()
    other = amina.channels.create(kind="email", value="a@exemple.fr", is_preferred=True)

    client.post(reverse("people:prefer-channel", args=[mobile.pk]))

    assert list(amina.channels.filter(is_preferred=True)) == [mobile]

    client.post(reverse("people:prefer-channel", args=[other.pk]))

    assert list(amina.channels.filter(is_preferred=True)) == [mobile], "the other is not proven"


def test_a_relay_is_asked_by_name_and_number_and_counts_once_they_accept(client, amina):
    proven = Channel(kind="mobile", value="+33698765432", verified_at=timezone.now())
    bruno = Person.objects.create_person(name="Bruno", channels=[proven])
    ask = reverse("people:add-relay")

    unknown = client.post(ask, {"name": "Karim", "address": "06 98 76 54 32"})
    herself = client.post(ask, {"name": "Amina", "address": "06 12 34 56 78"})
    assert "ne connaissons personne" in unknown.content.decode()
    assert "une autre personne que vous" in herself.content.decode()

    client.post(ask, {"name": "bruno", "address": "06 98 76 54 32"})
    relay = amina.channels.get(kind="relay")
    assert "pas encore accepté" in client.get(ME).content.decode()
    assert client.post(reverse("people:answer-relay", args=[relay.pk])).status_code == 404

    client.force_login(bruno)
    assert "vous demande d’être son relais" in client.get(ME).content.decode()
    client.post(reverse("people:answer-relay", args=[relay.pk]), {"accept": "1"})
    assert amina.channels.get(kind="relay").is_verified
    client.post(reverse("people:answer-relay", args=[relay.pk]), {"decline": "1"})

    assert not amina.channels.filter(kind="relay").exists()
    acts = [entry.act for entry in Entry.objects.about(amina)]
    assert acts == ["decline-relay", "accept-relay", "ask-relay"]


@pytest.fixture
def guest(client):
    person = Person.objects.create_person(name="Lina", is_guest=True)
    client.force_login(person)
    return person


def test_a_guest_with_a_number_is_a_guest_no_more(client, guest, last_code):
    assert "un prénom seulement" in client.get(ME).content.decode()
    client.post(ADD, {"address": "06 98 76 54 32"})
    client.post(CONFIRM, {"digits": last_code()})

    guest.refresh_from_db()
    assert (guest.is_guest, values(guest)) == (False, ["+33698765432"])


def test_a_guest_known_here_already_becomes_that_person_and_loses_nothing(client, guest, last_code):
    proven = Channel(kind="mobile", value="+33698765432", verified_at=timezone.now())
    lina = Person.objects.create_person(name="Lina Petit", channels=[proven])
    group = Organisation.objects.create(name="Les Voisins")
    group.memberships.create(person=guest)
    client.post(ADD, {"address": "06 98 76 54 32"})
    same = reverse("people:same-person")
    assert client.get(same).url == ME

    assert client.post(CONFIRM, {"digits": last_code()}).url == same
    assert "Lina Petit" in client.get(same).content.decode()
    page = client.post(same, {"same": "1"}, follow=True)

    assert page.context["user"] == lina
    assert list(lina.organisations.all()) == [group]
    guest.refresh_from_db()
    assert guest.is_active is False


def test_a_guest_who_is_someone_else_gives_another_number(client, guest, last_code):
    proven = Channel(kind="mobile", value="+33698765432", verified_at=timezone.now())
    Person.objects.create_person(name="Bruno", channels=[proven])
    client.post(ADD, {"address": "06 98 76 54 32"})
    client.post(CONFIRM, {"digits": last_code()})

    assert client.post(reverse("people:same-person"), {"other": "1"}).url == ADD

    guest.refresh_from_db()
    assert (guest.is_guest, guest.is_active) == (True, True)
