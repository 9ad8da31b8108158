"""A list in a spreadsheet becomes contacts: read forgivingly, merged, imported once."""

import pytest
from django.urls import reverse

from traboule.blocks.outreach.actions import contacts, importing
from traboule.blocks.outreach.finding import Index
from traboule.blocks.outreach.importing import HEADS, read, rows_of_model
from traboule.blocks.outreach.models import Contact, ContactImport, Need, Stage
from traboule.kernel.initiatives.tests.factories import make_commune
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.tests.factories import make_facilitator
from traboule.ui.downloads import BOM, lines

from .factories import csv_file, make_contact, make_neighbourhood, outreach_space

pytestmark = pytest.mark.django_db
LIST = (
    "Prénom;Nom;Tél.;E-mail;Adresse;Code postal;Ville;Quartier;Étape;Besoins;Civilité",
    "Lina;Haddad;06 12 34 56 78;LINA@exemple.fr;12 bis, rue des Bauges;38200;Vienne;Marlioz;"
    "idée;site internet;Mme",
    "Omar;;04 74 00 00 01;;;;;;;;M.",
    "Rose;;0611;;;;;;;;",
    ";;0612345690;;;;;;;;",
)


@pytest.fixture
def space():
    make_commune()
    space = outreach_space()
    Stage.objects.create(space=space, label="Idée")
    Need.objects.create(space=space, label="Site internet")
    return space


@pytest.fixture
def karim(space):
    return make_facilitator(space)


@pytest.fixture
def bring(space, karim):
    """Send a list and have it imported."""

    def go(*lines, encoding="utf-8", **more):
        file = csv_file(*lines, encoding=encoding)
        checked = importing.check_file(space=space, file=file, source_note="La CMA", by=karim)
        return importing.import_checked(checked=checked, by=karim, **more)

    return go


def names(space):
    found = Contact.objects.live().filter(space=space)
    return sorted(found.values_list("person__name", flat=True))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_list_of_a_spreadsheet_becomes_contacts(space, bring, encoding):
    marlioz = make_neighbourhood()
    done = bring(*LIST, encoding=encoding)

    lina = Contact.objects.get(person__name="Lina Haddad")
    assert names(space) == ["Lina Haddad", "Omar"]
    assert (lina.number, lina.street) == ("12 bis", "rue des Bauges")
    assert (lina.commune_id, lina.stage.label) == ("38544", "Idée")
    assert [need.label for need in lina.needs.all()] == ["Site internet"]
    assert (lina.person.neighbourhood, lina.person.gender) == (marlioz, "woman")
    assert sorted(lina.person.channels.values_list("value", flat=True)) == [
        "+33612345678", "12 bis rue des Bauges\n38200 Vienne", "lina@exemple.fr",
    ]  # fmt: skip
    assert (lina.source, lina.source_note) == ("import", "La CMA")
    assert done.content == ""
    assert [(one["line"], one["field"]) for one in done.report["mistakes"]] == [
        (4, "téléphone"), (5, "nom"),
    ]  # fmt: skip


def test_the_same_list_again_doubles_nobody(space, bring):
    bring(*LIST)
    bring(*LIST)

    assert names(space) == ["Lina Haddad", "Omar"]
    assert Person.objects.filter(name="Omar").count() == 1


def test_an_import_asked_twice_is_done_once(space, karim):
    checked = importing.check_file(
        space=space, file=csv_file(*LIST), source_note="La CMA", by=karim
    )
    for _ in range(2):
        importing.import_checked(checked=checked, by=karim)

    assert len(names(space)) == 2


def test_whoever_is_known_is_completed_and_loses_nothing(space, karim, bring):
    known = make_contact(space, "Lina", by=karim, phone="+33612345678", activity="Traiteur")
    bring("Nom;Mobile;Activité;Entreprise", "lina haddad;0612345678;Couture;Chez Lina")

    known.refresh_from_db()
    assert (known.activity, known.organisation) == ("Traiteur", "Chez Lina")
    assert names(space) == ["Lina"]


def test_two_lines_of_one_file_about_one_person_are_one(space, bring):
    bring("Nom;Mobile;E-mail", "Lina;0612345678;", "Lina Haddad;0612345678;lina@exemple.fr")

    assert names(space) == ["Lina"]
    assert Contact.objects.get().person.channels.count() == 2


def test_the_same_name_at_the_same_door_is_one_person(space, karim, bring):
    make_contact(space, "Omar Sy", by=karim, number="3", street="Rue des Écoles")
    bring("Nom;Adresse;E-mail", "omar sy;3 rue des ecoles;omar@exemple.fr")

    assert names(space) == ["Omar Sy"]


def test_a_shared_number_is_two_people_and_is_said(space, karim):
    make_contact(space, "Omar", by=karim, phone="+33612345678")
    (line,) = read("Nom,Mobile\nRose,0612345678", Index(space)).lines

    assert line.fate == "new"
    assert line.remarks == ["Même numéro ou même adresse que Omar : vérifiez."]


def test_no_list_brings_back_whoever_said_no(space, karim, bring):
    lina = make_contact(space, by=karim, phone="+33612345678", street="Rue des Bauges")
    contacts.opt_out(contact=lina, by=karim)
    Contact.objects.all().delete()

    done = bring(
        "Nom;Mobile;Adresse", "Lina H;0612345678;", "Lina Haddad;;rue des Bauges", "Omar;;"
    )

    assert names(space) == ["Omar"]
    assert done.report["skipped"] == 2


def test_each_new_contact_gets_a_first_thing_to_do(space, karim, bring):
    from django.utils import timezone

    bring(*LIST, first_on=timezone.localdate(), owner=karim)

    assert sorted(
        (one.kind, one.owner.name) for contact in space.contacts.all()
        for one in contact.actions.to_do()
    ) == [("call", "Karim"), ("call", "Karim")]  # fmt: skip


def test_the_model_that_we_give_is_read(space):
    reading = read("".join(lines(rows_of_model())).removeprefix(BOM), Index(space))

    assert reading.unknown == []
    assert len(HEADS) == 15
    assert [line.mistakes for line in reading.lines] == [[]]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"Telephone\n0612345678", "colonne"),
        (b"Nom\n", "pas de contact"),
        (b"PK\x03\x04" + b"x" * 50, "classeur"),
        (b"", "vide"),
    ],
)
def test_what_is_no_list_is_said(client, space, karim, content, words):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client.force_login(karim)
    address = reverse("outreach:import", args=[space.slug])
    file = SimpleUploadedFile("liste.csv", content)
    page = client.post(address, {"file": file, "source_note": "La CMA"})

    assert words in " ".join(page.context["form"].errors["file"])
    assert not ContactImport.objects.exists()


def test_three_hundred_contacts_pass_by_the_pages(client, space, karim):
    lines = [f"Personne {chr(65 + n % 26)}{n};06{n:08d};{n} rue Neuve" for n in range(300)]
    client.force_login(karim)
    address = reverse("outreach:import", args=[space.slug])
    file = csv_file("Nom;Mobile;Adresse", *lines)
    page = client.post(address, {"file": file, "source_note": "La CMA"}, follow=True)

    assert page.context["counts"]["new"] == 300
    client.post(page.redirect_chain[-1][0], {"owner": karim.pk, "first_on": ""})

    assert Contact.objects.filter(space=space).count() == 300
