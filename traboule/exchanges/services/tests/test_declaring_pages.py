"""What households, workers and the team see of declarations and papers."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.scenarios.printed import words_of
from traboule.kernel.people.models import Channel
from traboule.kernel.spaces.tests.factories import make_facilitator, make_participant

from ..actions import declarations
from ..models import Declaration, DeclarationState, Household
from ..urssaf import standin
from .factories import make_services_space
from .slips import make_ended, make_month, make_signed

pytestmark = pytest.mark.django_db


def to_copy(space=None, **values):
    return declarations.prepare(payslip=make_month(make_signed(space, **values)), by=None)


def url(name, one, *more):
    return reverse(f"services:{name}", args=[one.initiative.slug, *more])


def space_of(declaration):
    return declaration.payslip.contract.household.space


def test_a_household_copies_every_field_and_says_that_it_is_declared(client):
    one = to_copy()
    client.force_login(one.payslip.contract.household.person)

    page = client.get(one.get_absolute_url()).content.decode()
    client.post(url("declaration-copied", space_of(one), one.pk), {"on": timezone.localdate()})

    one.refresh_from_db()
    for shown in ("Z1234567890123", "204053804212372", "13,00\N{NO-BREAK SPACE}€", "Jardin"):
        assert shown in page
    assert one.state == DeclarationState.DONE


def test_the_fields_are_kept_as_a_table_and_as_json(client):
    one = to_copy()
    client.force_login(one.payslip.contract.household.person)

    as_table = client.get(url("declaration-file", space_of(one), one.pk, "csv"))
    as_json = client.get(url("declaration-file", space_of(one), one.pk, "json")).json()

    assert "Salaire net en tout".lower() in as_table.getvalue().decode()
    assert as_json["net_total"] == float(one.payslip.net)
    assert as_json["worker_born_on"] == "2004-05-02"


def test_a_neighbour_reads_nothing_of_it(client):
    one = to_copy()
    client.force_login(make_participant(space_of(one)))

    for name, more in (("declaration", [one.pk]), ("declaration-file", [one.pk, "csv"]),
                       ("mandate", [one.payslip.contract.household_id])):  # fmt: skip
        assert client.get(url(name, space_of(one), *more)).status_code == 404


def test_the_desk_says_what_to_do_and_costs_the_same_with_three(
    client, django_assert_num_queries, django_assert_max_num_queries
):
    space = make_services_space()
    one = to_copy(space)
    client.force_login(make_facilitator(space))
    with django_assert_max_num_queries(25) as counted:
        page = client.get(url("declarations", space)).content.decode()
    assert "À recopier sur le site de l’Urssaf" in page
    to_copy(space, employer="Odette Roux", name="Luc Favre")
    to_copy(space, employer="Hugo Blanc", name="Zoé Petit")

    with django_assert_num_queries(len(counted)):
        client.get(url("declarations", space))

    assert one.state == DeclarationState.TO_SEND


def test_the_team_sends_again_what_was_refused_and_it_is_shown_once(client):
    one = to_copy()
    Declaration.objects.filter(pk=one.pk).update(
        state=DeclarationState.REFUSED, problem="Vérifiez les heures."
    )
    client.force_login(make_facilitator(space_of(one)))
    assert "Vérifiez les heures." in client.get(url("declarations", space_of(one))).content.decode()

    client.post(url("declaration-act", space_of(one), one.pk, "encore"))

    page = client.get(url("declarations", space_of(one))).content.decode()
    assert "Vérifiez les heures." not in page
    assert Declaration.objects.count() == 2


def test_a_mandate_is_given_on_a_page_or_on_paper_and_taken_back(client):
    contract = make_signed()
    household, space = contract.household, contract.household.space
    client.force_login(household.person)
    page = url("mandate", space, household.pk)

    wrong = client.post(page, {"number": "12", "on": timezone.localdate(), "agreed": "on"})
    client.post(page, {"number": "z 1234567890123", "on": timezone.localdate(), "agreed": "on"})
    household.refresh_from_db()
    given = household.cesu_mandate_on
    printed = client.get(url("mandate-pdf", space, household.pk)).content
    client.post(url("mandate-end", space, household.pk))
    household.refresh_from_db()

    assert "Écrivez Z puis treize chiffres." in wrong.content.decode()
    assert given == timezone.localdate()
    assert household.cesu_mandate_on is None
    assert "Mandat pour déclarer au Cesu" in words_of(printed)


ENROL = {
    "civility": "1", "birth_name": "Vial", "used_name": "", "first_names": "Armand Louis",
    "born_on": "1951-03-04", "born_country": "99100", "born_department": "38",
    "born_commune": "vienne", "born_code": "", "mobile": "0612345678",
    "email": "armand@example.org",
    "street_number": "3", "street_letter": "", "street_kind": "R", "street": "des Lilas",
    "more": "", "place": "", "postal_code": "38100", "holder": "Armand Vial",
    "iban": "FR76 3000 1007 9412 3456 7890 185", "bic": "BDFEFRPP",
}  # fmt: skip


def test_the_credit_at_once_is_asked_and_what_was_typed_is_not_kept(client, settings):
    household = make_signed().household
    client.force_login(household.person)
    page = url("advance", household.space, household.pk)
    with standin.running() as urssaf:
        settings.URSSAF_URL, settings.URSSAF_SAP_NUMBER = urssaf.url, "SAP123456789"
        settings.URSSAF_ADVANCE_ID, settings.URSSAF_ADVANCE_SECRET = "asso", "secret"
        wrong = client.post(page, ENROL | {"iban": "FR76 12", "born_commune": "Oran"})
        client.post(page, ENROL)
        household.refresh_from_db()
        urssaf.answer_enrolment(household.advance_id)
        client.post(url("advance-look", household.space, household.pk))
        shown = client.get(page).content.decode()
        urssaf.mode = "down"
        Household.objects.update(advance_id="", advance_state="")
        kept = client.post(page, ENROL).content.decode()

    assert "Recopiez le RIB" in wrong.content.decode()
    assert "Nous ne trouvons pas cette commune" in wrong.content.decode()
    assert household.born_on == datetime.date(1951, 3, 4)
    assert "L’avance immédiate est active." in shown
    assert "L’Urssaf ne répond pas" in kept
    assert "Armand Louis" in kept, "nothing typed is lost"


def test_both_print_the_papers_of_the_end_and_not_before_it(client):
    contract = make_signed()
    make_month(contract)
    space = contract.household.space
    client.force_login(contract.worker.person)
    early = client.get(url("contract-papers", space, contract.code)).status_code
    make_ended(contract)

    page = client.get(url("contract-papers", space, contract.code))
    paper = client.get(url("contract-paper", space, contract.code, "solde"))

    assert (early, page.status_code) == (404, 200)
    assert "solde de tout compte" in words_of(paper.content)


def test_those_who_read_on_paper_get_their_statement_by_post(client):
    space = make_services_space()
    on_paper, on_line = make_signed(space), make_signed(space, employer="Odette", name="Luc")
    for contract in (on_paper, on_line):
        make_month(contract)
    Channel.objects.create(
        person=on_paper.household.person, kind="post", value="3 rue des Lilas\n38100 Grenoble"
    )
    client.force_login(make_facilitator(space))

    page = client.get(url("statements", space)).content.decode()
    letters = words_of(client.get(url("statements-to-post", space, 2026)).content)

    assert "Armand Vial" in page
    assert "38100 Grenoble" in letters
    assert "Odette" not in letters


def test_nobody_reads_what_another_earned(client):
    contract = make_signed()
    client.force_login(contract.household.person)
    page = url("worker-statement", contract.worker.space, contract.worker_id, 2026)

    assert client.get(page).status_code == 404
