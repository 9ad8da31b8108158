import datetime
import json

import pytest
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connection, models
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from traboule.kernel.journal.models import Entry
from traboule.kernel.people import duplicates, rights
from traboule.kernel.people.actions import Refused, add_channel, ask_code, use_code
from traboule.kernel.people.contacts import answer_relay, ask_relay, note_channel
from traboule.kernel.people.models import Channel, Membership, Organisation, Person, SignInCode

pytestmark = pytest.mark.django_db
RIGHTS, ERASE = reverse_lazy("people:rights"), reverse_lazy("people:rights-erase")
VALUES = ("Zoubida", "33612345678", "zoubida@exemple.fr", "33476123456", "rue des Tilleuls")


@pytest.fixture
def zoubida(last_code):
    """Someone who gave all that one may give, by the ways that one gives it."""
    person = Person.objects.create_person(
        name="Zoubida", language="en", birth_year=1987, gender="woman", large_type=True
    )
    for kind, value in (("mobile", "+33612345678"), ("email", "zoubida@exemple.fr")):
        ask_code(kind=kind, value=value, language="fr")
        add_channel(person=person, kind=kind, value=value, by=person)
    note_channel(person=person, kind="landline", value="+33476123456", by=person)
    note_channel(person=person, kind="post", value="4 rue des Tilleuls\n38200 Vienne", by=person)
    person.memberships.create(organisation=Organisation.objects.create(name="Les Voisins"))
    return person


def found_in_database(values) -> set[tuple[str, str]]:
    """In which tables one of these texts still stands."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            content = repr(cursor.fetchall())
            found |= {(table, value) for value in values if value in content}
    return found


def rights_models():
    return [model for model in apps.get_models() if getattr(model, "personal_data", None)]


@pytest.mark.parametrize("model", rights_models(), ids=lambda model: model._meta.label)
def test_a_model_says_whom_its_personal_data_is_about(model):
    declared = model.personal_data
    to_people = [
        name
        for name in declared.fields
        if isinstance(field := model._meta.get_field(name), models.ForeignKey)
        and field.related_model is Person
    ]

    assert declared.person or not to_people, f"{model._meta.label} names people, says not whom"
    if declared.person:
        list(rights._held(model, declared, [0]))  # The look-ups exist.
    assert declared.kept_because or declared.erasure != "keep", "kept, and no reason is given"
    for name in declared.scrubbed:
        model._meta.get_field(name)


def test_the_export_says_everything_in_words_and_for_machines(client, zoubida):
    client.force_login(zoubida)

    export = json.loads(client.get(reverse("people:rights-json")).content)

    held = {section["key"]: section["rows"] for section in export["sections"]}
    assert [row["value"] for row in held["people.channel"]] == [
        "+33612345678",
        "zoubida@exemple.fr",
        "+33476123456",
        "4 rue des Tilleuls\n38200 Vienne",
    ]
    assert held["people.person"][0]["birth_year"] == 1987
    assert [row["act"] for row in held["journal.entry"]] == ["ajout d’un moyen de contact"] * 4
    page = client.get(RIGHTS).content.decode()
    assert "Moyens de contact" in page
    assert "zoubida@exemple.fr" in page


def test_the_export_can_be_read_on_paper(client, zoubida):
    client.force_login(zoubida)

    response = client.get(reverse("people:rights-pdf"))

    assert response.headers["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")


def test_after_erasure_nothing_of_the_person_is_left_but_what_totals_need(client, zoubida):
    client.force_login(zoubida)
    nadia = Person.objects.create_person(name="Nadia")
    ask_relay(person=nadia, name="Zoubida", address="06 12 34 56 78", by=nadia)
    LogEntry.objects.create(
        user=nadia,
        content_type=ContentType.objects.get_for_model(Person),
        object_id=zoubida.pk,
        object_repr="Zoubida",
        action_flag=CHANGE,
    )
    before = zoubida.public_id
    assert {value for _table, value in found_in_database(VALUES)} == set(VALUES)

    assert client.post(ERASE, {"sure": "on"}).url == reverse("people:sign-out")

    zoubida.refresh_from_db()
    assert found_in_database(VALUES) == set()
    assert (zoubida.name, zoubida.birth_year, zoubida.gender, zoubida.language) == (
        "Personne effacée",
        1980,
        "woman",
        "fr",
    )
    assert (zoubida.is_active, zoubida.large_type, zoubida.erased_at.date()) == (
        False,
        False,
        timezone.now().date(),
    )
    assert zoubida.public_id != before
    assert Entry.objects.filter(act="erase").get().subject_label == str(zoubida.public_id)
    assert client.get(RIGHTS).status_code == 302
    assert (Channel.objects.count(), SignInCode.objects.count(), Membership.objects.count()) == (
        0,
        0,
        0,
    )


def test_sessions_of_the_erased_end_and_others_go_on(client, zoubida):
    client.force_login(zoubida)
    theirs = client.session.session_key
    client.logout()
    client.force_login(zoubida)
    other = Person.objects.create_person(name="Nadia")
    rights.erase(person=zoubida, by=zoubida)
    client.force_login(other)

    assert [Session.objects.filter(pk=theirs).exists(), Session.objects.count()] == [False, 1]


def test_who_was_merged_into_the_person_is_erased_with_her(zoubida):
    double = Person.objects.create_person(name="Zoubida", channels=["06 12 34 56 78"])
    duplicates.merge(kept=zoubida, absorbed=double, by=zoubida)

    rights.erase(person=zoubida, by=zoubida)

    assert found_in_database(VALUES) == set()
    assert Person.objects.filter(erased_at__isnull=False).count() == 2


def test_erasing_waits_while_others_count_on_the_person(client, zoubida):
    zoubida.memberships.update(role="coordinator")
    nadia = Person.objects.create_person(name="Nadia")
    relay = ask_relay(person=nadia, name="zoubida", address="zoubida@exemple.fr", by=nadia)
    answer_relay(channel=relay, accepts=True, by=zoubida)
    client.force_login(zoubida)

    page = client.get(ERASE).content.decode()
    client.post(ERASE, {"sure": "on"})

    assert "seule personne à la coordination de «\u00a0Les Voisins\u00a0»" in page
    assert "relais de Nadia" in page
    with pytest.raises(Refused):
        rights.erase(person=zoubida, by=zoubida)
    zoubida.refresh_from_db()
    assert zoubida.erased_at is None


def test_nobody_is_erased_by_a_slip_of_the_finger(client, zoubida):
    client.force_login(zoubida)

    response = client.post(ERASE, {})

    assert response.context["form"].errors == {"sure": ["Cochez la case si vous êtes d’accord."]}
    zoubida.refresh_from_db()
    assert zoubida.erased_at is None


def test_a_number_given_up_by_erasure_serves_someone_new(zoubida, last_code):
    rights.erase(person=zoubida, by=zoubida)

    ask_code(kind="mobile", value="+33612345678", language="fr")
    use_code(kind="mobile", value="+33612345678", digits=last_code())

    assert Person.objects.reached_at("mobile", "+33612345678") is None


def test_words_for_values():
    assert [rights.shown(value) for value in (None, "", True, datetime.date(1999, 12, 31), 3)] == [
        "–",
        "–",
        "oui",
        "31 décembre 1999",
        "3",
    ]


def test_the_register_says_what_erasure_does_to_each(client):
    page = client.get(reverse("privacy")).content.decode()

    assert page.count("Si la personne demande l’effacement") == len(rights_models())
