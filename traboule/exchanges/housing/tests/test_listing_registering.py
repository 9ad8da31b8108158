"""Registering without an e-mail address: the home is found, questions come one by one."""

import pytest
from django.urls import reverse

from traboule.exchanges.housing.actions import checking
from traboule.exchanges.housing.actions.listing_home import MOST_TRIES
from traboule.exchanges.housing.models import Check, Listing, State, Via
from traboule.kernel.initiatives.tests.factories import make_commune
from traboule.kernel.people.channels import ChannelKind
from traboule.kernel.people.models import Person
from traboule.kernel.places.models import PostalCode
from traboule.kernel.spaces.models import Participation
from traboule.kernel.spaces.tests.factories import make_facilitator

from .factories import (
    make_dwelling,
    make_exchange_space,
    make_landlord,
    make_listing,
    make_officer,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def landlord(db):
    return make_landlord(make_exchange_space())


@pytest.fixture
def dwelling(landlord):
    return make_dwelling(landlord, address="12 bis rue des Aravis", lease="B0042", rooms=3)


@pytest.fixture
def nadia(client):
    person = Person.objects.create_person(name="Nadia", channels=["06 12 34 56 78"])
    client.force_login(person)
    return person


def page(name, landlord, *args):
    return reverse(f"housing:{name}", args=[landlord.space.slug, *args])


def told(where, **changes):
    commune = where.space.initiative.commune
    usual = {"commune": commune.name, "address": "12 bis, Rue des ARAVIS", "lease": "b0042"}
    return usual | changes


def found(client, landlord, **changes):
    return client.post(page("register-home", landlord, landlord.pk), told(landlord, **changes))


def test_the_address_and_the_lease_find_the_home(client, landlord, dwelling, nadia):
    response = found(client, landlord)

    listing = Listing.objects.get()
    assert response["Location"] == page("step", landlord, listing.code, "logement")
    assert (listing.dwelling, listing.tenant, listing.state) == (dwelling, nadia, State.DRAFT)
    assert Participation.objects.current().filter(space=landlord.space, person=nadia).exists()


@pytest.fixture
def shared(landlord):
    """A postal code of two communes: the one where homes are, and a larger one."""
    here, larger = landlord.space.initiative.commune, make_commune("74010")
    for commune in (here, larger):
        PostalCode.objects.create(code="38121", commune=commune)
    return {"here": here, "larger": larger}


def test_a_postal_code_of_several_communes_offers_them(client, landlord, dwelling, nadia, shared):
    page = found(client, landlord, commune="38121").content.decode()
    assert not Listing.objects.exists()
    assert 'value="38121"' in page
    for commune in shared.values():
        assert f'name="commune_code" value="{commune.code}"' in page
        assert str(commune) in page

    found(client, landlord, commune="38121", commune_code=shared["here"].code)

    assert Listing.objects.get().dwelling == dwelling


def test_a_commune_chosen_before_gives_way_to_what_is_written_since(
    client, landlord, dwelling, nadia, shared
):
    found(client, landlord, commune=shared["here"].name, commune_code=shared["larger"].code)

    assert Listing.objects.get().dwelling == dwelling


def test_a_commune_that_is_none_of_those_offered_is_not_taken(
    client, landlord, dwelling, nadia, shared
):
    make_commune("38544")
    elsewhere = found(client, landlord, commune="38121", commune_code="75056")

    assert "Choisissez la commune" in elsewhere.content.decode()
    assert not Listing.objects.exists()


def test_where_to_live_takes_the_one_chosen_too(client, dwelling, nadia, shared):
    listing = make_listing(dwelling, tenant=nadia, state="draft")
    address = page("step", dwelling.landlord, listing.code, "communes")
    sent = {"commune": "38121", "minutes": "0", "then": "add"}

    assert "commune_code" in client.post(address, sent).content.decode()
    client.post(address, sent | {"commune_code": shared["larger"].code})

    assert shared["larger"] in {one.commune for one in listing.wish.places.all()}


@pytest.mark.parametrize(
    "wrong",
    [{"lease": "B0043"}, {"address": "13 rue des Aravis"}, {"address": "12 rue des Glaïeuls"}],
)
def test_which_of_both_is_wrong_is_never_told(client, landlord, dwelling, nadia, wrong):
    response = found(client, landlord, **wrong)

    assert "les deux doivent être justes" in response.content.decode()
    assert not Listing.objects.exists()


def test_after_five_wrong_tries_the_right_one_waits(client, landlord, dwelling, nadia):
    for _ in range(MOST_TRIES):
        found(client, landlord, lease="faux")

    response = found(client, landlord)

    assert "Attendez une heure" in response.content.decode()
    assert not Listing.objects.exists()


def test_a_home_has_one_listing(client, landlord, dwelling, nadia):
    make_listing(dwelling)

    response = found(client, landlord)

    assert "a déjà une annonce en cours" in response.content.decode()
    assert Listing.objects.count() == 1


def test_what_was_begun_goes_on_from_another_phone(client, landlord, dwelling, nadia):
    found(client, landlord)
    listing = Listing.objects.get()
    client.post(page("step", landlord, listing.code, "loyer"), {"max_rent": "480"})

    client.logout()
    client.force_login(nadia)

    assert client.get(page("mine", landlord))["Location"] == page("own", landlord, listing.code)
    assert "480 € au plus" in client.get(page("own", landlord, listing.code)).content.decode()


def test_from_the_first_question_to_the_landlords_yes(client, landlord, dwelling, nadia):
    found(client, landlord)
    listing = Listing.objects.get()
    town = landlord.space.initiative.commune
    for step, given in {
        "logement": {},
        "foyer": {"household_size": "4", "children": "2"},
        "revenus": {"resources": "1"},
        "raison": {"reason": "bigger"},
        "communes": {"commune": town.name, "minutes": "0"},
        "pieces": {"rooms_min": "4", "rooms_max": "5"},
        "loyer": {"max_rent": "700"},
        "surface": {"area_min": "0"},
        "acces": {"need": "step_free"},
        "indispensable": {"must": ["1", "8"]},
        "bonus": {},
        "photos": {"room": "living"},
        "texte": {"text": "Clair, près du parc."},
        "accord": {"wants_several": "on"},
    }.items():
        response = client.post(page("step", landlord, listing.code, step), given)
        assert response.status_code == 302, (step, response.context["form"].errors)

    client.post(page("send", landlord, listing.code))

    listing.refresh_from_db()
    assert listing.state == State.CHECKING
    assert listing.wish.must == 9
    assert list(listing.wish.places.values_list("commune", flat=True)) == [town.pk]
    checking.confirm(check=Check.objects.get(), by=make_officer(landlord))
    listing.refresh_from_db()
    assert listing.is_shown
    assert listing.renew_by


def test_nothing_leaves_while_an_answer_is_missing(client, landlord, dwelling, nadia):
    found(client, landlord)
    listing = Listing.objects.get()

    response = client.post(page("send", landlord, listing.code), follow=True)

    assert "pourquoi vous voulez changer, où vous voulez habiter" in response.content.decode()
    assert not Check.objects.exists()


def test_the_number_of_homes_follows_what_is_on_screen_and_keeps_nothing(
    client, landlord, dwelling, nadia
):
    found(client, landlord)
    listing = Listing.objects.get()
    listing.wish.places.create(commune=dwelling.commune)
    for rooms in (3, 4, 4):
        make_listing(make_dwelling(landlord, rooms=rooms))

    response = client.post(
        page("step", landlord, listing.code, "pieces"),
        {"rooms_min": "4", "rooms_max": "4"},
        headers={"HX-Request": "true"},
    )

    assert response.context["count"].homes == 2
    listing.wish.refresh_from_db()
    assert listing.wish.rooms_max == 9


def test_a_telephone_number_in_a_public_text_is_refused_and_stays_typed(
    client, landlord, dwelling, nadia
):
    found(client, landlord)
    listing = Listing.objects.get()

    response = client.post(
        page("step", landlord, listing.code, "texte"), {"text": "Appelez le 06 12 34 56 78"}
    )

    assert "numéro de téléphone" in response.content.decode()
    assert "06 12 34 56 78" in response.content.decode()
    listing.refresh_from_db()
    assert listing.text == ""


def test_nobody_else_opens_a_household_s_page(client, landlord, dwelling, nadia):
    other = make_listing(dwelling)

    assert client.get(page("own", landlord, other.code)).status_code == 404


def test_a_paper_form_of_someone_with_a_landline_becomes_a_listing(client, landlord, dwelling):
    client.force_login(make_facilitator(landlord.space))

    response = client.post(
        page("type-in", landlord),
        told(
            landlord, via="paper", name="Odette Perrin", phone="04 50 12 34 56",
            landlord=landlord.pk, household_size="1", children="0", resources="1",
            reason="smaller", places=dwelling.commune.name, rooms_min="1", rooms_max="2",
            max_rent="400", area_min="0", need="step_free", wants_several="on", by_letter="on",
        ),
    )  # fmt: skip

    listing = Listing.objects.get()
    assert response["Location"] == page("own", landlord, listing.code)
    assert (listing.via, listing.wish.rooms_max) == (Via.PAPER, 2)
    kinds = dict(listing.tenant.channels.values_list("kind", "is_preferred"))
    assert kinds == {ChannelKind.LANDLINE: False, ChannelKind.POST: True}


def test_a_line_of_the_paper_form_that_means_several_communes_names_them(
    client, landlord, dwelling, shared
):
    client.force_login(make_facilitator(landlord.space))

    sent = told(landlord, commune="38121", places="38121\nNulle-Part")
    text = client.post(page("type-in", landlord), sent).content.decode()

    assert "38121\u00a0: laquelle\u00a0?" in text
    assert "Nous ne connaissons pas\u00a0: Nulle-Part." in text
    assert "commune_code" in text


def test_the_paper_form_prints_on_one_sheet(client, landlord):
    response = client.get(page("paper-form", landlord))

    assert response["Content-Type"] == "application/pdf"
    assert response.content.count(b"/Type/Page\n") + response.content.count(b"/Type /Page\n") <= 2
