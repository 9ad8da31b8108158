import pytest
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from traboule.kernel.journal.models import Entry
from traboule.kernel.people import sms
from traboule.kernel.people.models import Channel, Person

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

    assert count_queries(ME) == with_one <= 8


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
