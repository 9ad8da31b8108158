"""A landlord's file of homes: read line by line, tried, then put in the stock."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from traboule.exchanges.housing.actions import importing
from traboule.exchanges.housing.models import Dwelling, Feature, Listing, Stage, State, StockImport
from traboule.exchanges.housing.stock_columns import model_rows
from traboule.exchanges.housing.stock_file import StockFile, UnreadableError
from traboule.kernel.people.actions import Refused

from .factories import (
    HEADS,
    home_line,
    make_dwelling,
    make_exchange_space,
    make_landlord,
    make_listing,
    make_officer,
    make_sent,
    make_swap,
    stock_csv,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def landlord(db):
    return make_landlord(make_exchange_space())


def lines_of(content):
    return list(StockFile(io.BytesIO(content)).lines())


def put_in(sent, **values):
    """Import what was read, as the worker does."""
    importing.import_stock(sent=sent, by=sent.by, **{"only_right": True} | values)
    importing.import_file.func(sent.pk)
    sent.refresh_from_db()
    return sent


def test_a_line_is_read_as_people_write_it(landlord):
    heads = f"{HEADS};Étage;Ascenseur;Équipements;Libre à partir du"
    line = home_line("A-1", rent="1 012,50 €", area="63,6 m²") + ";RDC;X;balcon, cave;1/12/2026"

    (read,) = lines_of(stock_csv(line, heads=heads))

    assert read.mistakes == []
    assert str(read.values["rent"]) == "1012.50"
    assert (read.values["rooms"], read.values["area"], read.values["floor"]) == (3, 64, 0)
    assert read.values["features"] == Feature.BALCONY | Feature.CELLAR
    assert read.values["lift"] is True
    assert read.values["vacant_from"].isoformat() == "2026-12-01"


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (home_line(""), "Référence"),
        (home_line("A-1", area="grand"), "Surface"),
        (home_line("A-1", rent="-3"), "Loyer"),
        (home_line("A-1", type="T12"), "Type"),
        (home_line("A-1", town="Nulle-Part"), "Commune"),
        (home_line("A-1", code="7"), "Code postal"),
        (home_line("A-1", address='12 rue "Haute'), ""),
        (home_line("A-1") + ";de trop", ""),
        ("x" * 30_000, ""),
    ],
)
def test_what_is_wrong_is_said_for_its_line_and_its_column_alone(landlord, line, column):
    before, wrong, after = lines_of(stock_csv(home_line("A-0"), line, home_line("A-9")))

    # « Pièces » is what we call the column that this file calls « Type ».
    heads = [{"Pièces": "Type"}.get(head, head) for head, _ in wrong.mistakes]
    assert (wrong.number, heads) == (3, [column])
    assert (before.mistakes, after.mistakes, after.number) == ([], [], 4)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04...", "classeur"),
        (b"nom;ville\nLina;Annecy", "Il manque des colonnes"),
        (f"{HEADS};Loyer\n".encode("cp1252"), "deux fois"),
    ],
)
def test_a_file_that_is_no_list_of_homes_says_what_to_do(content, words):
    with pytest.raises(UnreadableError, match=words):
        StockFile(io.BytesIO(content))


def test_the_model_is_read_without_a_mistake(landlord):
    heads, example = (";".join(f'"{cell}"' for cell in row) for row in model_rows())
    example = example.replace("74000", "38200").replace("Annecy", "Vienne")

    assert [line.mistakes for line in lines_of(f"{heads}\n{example}".encode())] == [[]]


def test_trying_a_file_touches_no_home_and_counts_what_would_become_of_each(landlord):
    known = make_dwelling(landlord, reference="A-1", rent=300)
    make_dwelling(landlord, reference="GONE")

    sent = make_sent(landlord, home_line("A-1"), home_line("A-2"), home_line("A-2"), is_whole=True)

    counts = {key: sent.report[key] for key in ("new", "known", "wrong", "leaving")}
    assert counts == {"new": 1, "known": 1, "wrong": 1, "leaving": 1}
    assert "A-2" in sent.wrong.read().decode()
    known.refresh_from_db()
    assert (known.rent, landlord.dwellings.count()) == (300, 2)


def test_wrong_lines_stop_the_file_unless_one_asks_for_the_right_ones(landlord):
    sent = make_sent(landlord)

    with pytest.raises(Refused, match="Cochez la case"):
        importing.import_stock(sent=sent, only_right=False, by=sent.by)
    put_in(sent)

    assert sent.stage == Stage.DONE
    assert [home.reference for home in landlord.dwellings.all()] == ["A-1"]


def test_a_home_known_by_its_reference_keeps_what_the_file_does_not_say(landlord):
    home = make_dwelling(landlord, reference="A-1", features=Feature.GARDEN, rent=300)
    listing = make_listing(home)

    for _again in range(2):
        put_in(make_sent(landlord, home_line("A-1")))

    home.refresh_from_db()
    assert (str(home.rent), home.features) == ("412.50", Feature.GARDEN)
    assert listing.dwelling == Dwelling.objects.get()


def test_a_whole_file_lets_go_of_absent_homes_but_not_of_those_in_an_exchange(landlord):
    free, listed, promised, other = (make_dwelling(landlord) for _ in range(4))
    listing = make_listing(listed)
    swap = make_swap(make_listing(promised), make_listing(other))

    sent = put_in(make_sent(landlord, home_line("A-1"), is_whole=True))

    assert (sent.report["left"], sent.report["kept"]) == (2, 2)
    for home, is_there in ((free, False), (listed, False), (promised, True), (other, True)):
        home.refresh_from_db()
        assert (home.removed_at is None) is is_there
    assert promised.is_leaving
    assert swap.code in promised.why_not
    assert Listing.objects.get(pk=listing.pk).state == State.ENDED


def test_a_file_asked_for_twice_is_imported_once_and_never_beside_another(landlord):
    sent, other = make_sent(landlord), make_sent(landlord)
    importing.import_stock(sent=sent, only_right=True, by=sent.by)

    again = importing.import_stock(sent=sent, only_right=True, by=sent.by)

    assert again.stage == Stage.IMPORTING
    with pytest.raises(Refused, match="en cours d’import"):
        importing.import_stock(sent=other, only_right=True, by=sent.by)


def test_an_officer_sends_a_file_sees_what_is_wrong_and_takes_the_rest(
    client, landlord, django_capture_on_commit_callbacks
):
    client.force_login(make_officer(landlord))
    slug = landlord.space.slug
    file = SimpleUploadedFile("parc.csv", stock_csv(home_line("A-1"), home_line("A-2", area="x")))

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("housing:stock-import", args=[slug, landlord.pk]), {"file": file})
    sent = StockImport.objects.get()
    page = client.get(sent.get_absolute_url())
    assert "Ligne 3" in page.text
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("housing:stock-apply", args=[slug, sent.key]), {"only_right": "on"})

    assert "1 logement est à jour." in client.get(sent.get_absolute_url()).text
    stock = client.get(reverse("housing:stock", args=[slug, landlord.pk]))
    assert [home.reference for home in stock.context["dwellings"]] == ["A-1"]
