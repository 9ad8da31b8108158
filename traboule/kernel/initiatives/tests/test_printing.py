"""What we print, read back with another program than the one that wrote it."""

import io
import re
from itertools import pairwise

import pytest
from django.urls import reverse
from django.utils import translation
from pypdf import PdfReader

from traboule.kernel.initiatives.loader import read_folder
from traboule.kernel.initiatives.models import Initiative, Job
from traboule.kernel.initiatives.printing import data, documents, jobs, markup
from traboule.kernel.initiatives.printing.cartography import (
    Frame,
    Town,
    frame_around,
    spread,
    together,
    town_names,
)
from traboule.kernel.initiatives.search.filters import Filters
from traboule.ui.printing.typeset import FONTS, ROOT

from .factories import make_initiative

CSS = FONTS.parent / "static" / "ui" / "traboule.css"
A4, A3_LANDSCAPE = (595, 842), (1191, 842)
HOSTILE = '#import "x": * $ x^2 $ *gras _a_ `b` <c> @d \\u{41} // /* [e] #{panic()} "guillemets" ~'


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def size_of(reader: PdfReader) -> tuple[int, int]:
    box = reader.pages[0].mediabox
    return round(box.width), round(box.height)


def words_of(reader: PdfReader) -> str:
    return plain(" ".join(page.extract_text() for page in reader.pages))


def plain(text: str) -> str:
    return " ".join(text.replace("\u200b", "").replace("\u2060", "").split())


def roles_of(reader: PdfReader) -> list[str]:
    """The tags of the document, in reading order."""
    roles: list[str] = []

    def walk(node) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif hasattr(node, "get") and "/S" in node:
            roles.append(str(node["/S"]))
            if "/K" in node:
                walk(node["/K"])

    walk(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])
    return roles


def alternatives_of(reader: PdfReader) -> list[str]:
    found: list[str] = []

    def walk(node) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif hasattr(node, "get") and "/S" in node:
            if node["/S"] == "/Figure":
                found.append(str(node["/Alt"]))
            walk(node.get("/K", []))

    walk(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])
    return found


def assert_accessible(reader: PdfReader, *, language: str = "fr") -> None:
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert root["/Lang"] == language
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()


def booklet(initiatives) -> PdfReader:
    return read(documents.booklet_pdf(initiatives, filters=Filters(), told=lambda done: None))


@pytest.fixture
def compendium(db, settings):
    """The compendium's own sheets, in the communes that tests have."""
    places = iter(["38544", "38185", "69123", "74010"] * 20)
    made = []
    for sheet in read_folder(settings.COMPENDIUM):
        fields = sheet.model_dump(mode="json", exclude={"place", "inspired_by"})
        made.append(make_initiative(**fields, place={"commune": next(places)}))
    return made


# The sheet


@pytest.mark.django_db
def test_a_sheet_is_an_accessible_a4_document_with_a_title():
    initiative = make_initiative(title="Atelier du samedi")

    reader = read(documents.sheet_pdf(initiative))

    assert_accessible(reader)
    assert size_of(reader) == A4
    assert reader.metadata.title == "Atelier du samedi"
    assert len(reader.pages) == 1


@pytest.mark.django_db
def test_a_sheet_says_everything_that_is_known(settings):
    settings.HELP_PHONE = "01 02 03 04 05"
    initiative = make_initiative(
        results=[
            {"label": "Vélos réparés", "figure": 3600, "qualifier": "more-than", "unit": "vélos"}
        ],
        partners=[{"name": "La ressourcerie", "role": "Donne des pièces"}],
        milestones=[{"date": "2016-10", "label": "Ouverture"}],
        cost="Trois cents euros par an.",
        steps="1. Trouver un local.\n2. Ouvrir.",
        contact={"name": "Le local", "phone": "04 00 00 00 00"},
        source={"title": "Le cahier du quartier", "date": "2016"},
        confirmed="2016-12",
    )

    words = words_of(read(documents.sheet_pdf(initiative)))

    for expected in (
        initiative.title, initiative.summary, "Vienne (Isère)", "En cours", "plus de", "3 600",
        "La ressourcerie", "Donne des pièces", "octobre 2016", "Ouverture",
        "Trois cents euros par an.", "Trouver un local.", "04 00 00 00 00",
        "Le cahier du quartier", "Dernière confirmation : décembre 2016", "01 02 03 04 05",
        data.shown_address(data.address_of(initiative)),
    ):  # fmt: skip
        assert plain(expected) in words


@pytest.mark.django_db
def test_every_picture_of_a_sheet_is_told_in_words():
    initiative = make_initiative()

    alternatives = alternatives_of(read(documents.sheet_pdf(initiative)))

    assert len(alternatives) == 2
    assert alternatives[0].startswith("Carte\u00a0: ")
    assert data.shown_address(data.address_of(initiative)) in alternatives[1]


@pytest.mark.django_db
def test_the_titles_of_a_sheet_make_a_tree():
    initiative = make_initiative(tools="### Un détail\n\nDu texte.", steps="1. Commencer.")

    roles = [role for role in roles_of(read(documents.sheet_pdf(initiative))) if role[1] == "H"]

    assert roles[0] == "/H1"
    assert roles.count("/H1") == 1
    assert all(int(b[2:]) - int(a[2:]) <= 1 for a, b in pairwise(roles))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text",
    [
        HOSTILE,
        "mot " * 5000,
        "x" * 20_000,
        "Bravo 🎉👩🏽‍🔧 à tous \ue000 !",
        "مرحبا بكم في الورشة",
        "漢字とかな",
        "> " * 200 + "fond",
        "- " * 200 + "fond",
        "9999999999. loin\n\n[piège](javascript:alert(1)) [vide]() ![x](y)",
        "\x01\u202eenvers\u2066",
    ],
    ids=lambda text: repr(text[:12]),
)
def test_no_text_breaks_a_sheet(text):
    initiative = make_initiative(title="Titre #x $y$ *z*")
    Initiative.objects.filter(pk=initiative.pk).update(
        texts={"description": text, "steps": text}, cost=text[:600], place_name=text[:200]
    )
    initiative.refresh_from_db()

    assert_accessible(read(documents.sheet_pdf(initiative)))


@pytest.mark.django_db
def test_typesetting_code_in_a_text_is_printed_as_it_was_typed():
    initiative = make_initiative(cost=HOSTILE, title="Titre #x $y$ *z*")

    words = words_of(read(documents.sheet_pdf(initiative)))

    assert HOSTILE.replace(" ", "") in words.replace(" ", "")
    assert "Titre #x $y$ *z*" in words


@pytest.mark.django_db
def test_a_sheet_speaks_the_reader_s_language():
    with translation.override("en"):
        reader = read(documents.sheet_pdf(make_initiative()))

    assert_accessible(reader, language="en")


@pytest.mark.django_db
def test_every_sheet_of_the_compendium_fits_two_pages(compendium):
    pages = [len(read(documents.sheet_pdf(initiative)).pages) for initiative in compendium]

    assert max(pages) <= 2


# The booklet and the wall map


def test_the_booklet_names_every_sheet_in_order_with_its_right_page(compendium):
    reader = booklet(compendium)
    pages = [plain(page.extract_text()) for page in reader.pages]
    contents = pages[1]
    ordered = documents.in_reading_order(compendium)

    assert_accessible(reader)
    assert size_of(reader) == A4
    assert len(ordered) == 18
    at = 0
    for initiative in ordered:
        line = re.compile(re.escape(plain(initiative.title)) + r"[ .]+(\d+)").search(contents, at)
        assert line, initiative.title
        at = line.end()
        page = pages[int(line[1]) - 1]
        assert plain(initiative.title) in page
        assert plain(initiative.summary) in page


def test_the_booklet_has_its_themes_a_map_an_index_and_a_way_to_contribute(compendium):
    reader = booklet(compendium)
    words = words_of(reader)

    assert reader.metadata.title.startswith("Des initiatives numériques")
    assert [o.title for o in reader.outline if not isinstance(o, list)] == [
        "Apprendre et se former",
        "S’informer et s’organiser",
        "Créer ensemble",
        "Échanger et se loger",
        "La carte",
        "Index",
    ]
    for expected in ("18 initiatives", "Licence Ouverte 2.0", "/contribuer", "Grenoble (38)"):
        assert expected in words
    assert any(alt.startswith("Carte de 18 initiatives") for alt in alternatives_of(reader))


def test_the_index_gives_the_page_of_each_sheet(compendium):
    pages = [plain(page.extract_text()) for page in booklet(compendium).pages]
    index = next(text for text in reversed(pages) if "Qui les porte" in text)

    entry = re.search(r"USH 74 … ([\d, ]+)", index)

    assert entry
    assert "Échangeons nos logements" in pages[int(entry[1].strip()) - 1]


def test_the_wall_map_is_one_a3_sheet_that_names_each_number(compendium):
    pdf = documents.wall_map_pdf(compendium, filters=Filters(), told=lambda done: None)
    reader = read(pdf)
    words = words_of(reader)

    assert_accessible(reader)
    assert size_of(reader) == A3_LANDSCAPE
    assert len(reader.pages) == 1
    assert all(plain(initiative.title) in words for initiative in compendium)


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 60])
def test_the_wall_map_stays_one_sheet_with_few_doors_or_many(count):
    made = [
        make_initiative(title=f"Fabrique numéro {n} du quartier", place={"commune": "69123"})
        for n in range(count)
    ]

    reader = read(documents.wall_map_pdf(made, filters=Filters(), told=lambda done: None))

    assert len(reader.pages) == 1
    assert words_of(reader).count("Fabrique") == count


# The map


def test_a_degree_is_as_long_as_on_earth():
    frame = Frame(latitude=60, longitude=5, scale=100, width=200, height=100)

    assert frame.place(60, 5) == (100, 50)
    assert frame.place(60.1, 5) == (100, 40)
    assert frame.place(60, 5.1) == (105, 50)
    assert frame.box.south == pytest.approx(59.5)
    assert frame.box.east == pytest.approx(7)


def test_a_frame_holds_its_points_within_the_margin():
    points = [(45.0, 3.5), (46.2, 6.1), (45.5, 4.0)]

    frame = frame_around(points, width=180, height=120, margin=10)

    for x, y in (frame.place(*point) for point in points):
        assert 9.9 <= x <= 170.1
        assert 9.9 <= y <= 110.1


def test_pins_of_one_town_part_and_stay_near():
    wanted = [(50.0, 50.0)] * 7 + [(52.0, 50.0)]

    places = spread(wanted, gap=8, width=100, height=100, fixed=[(50, 46)], reach=5)

    assert places == spread(wanted, gap=8, width=100, height=100, fixed=[(50, 46)], reach=5)
    for i, (x, y) in enumerate(places):
        assert 4 <= x <= 96
        assert 4 <= y <= 96
        assert abs(x - 50) + abs(y - 50) < 40
        for a, b in places[i + 1 :]:
            assert ((x - a) ** 2 + (y - b) ** 2) ** 0.5 > 7


def test_an_island_an_ocean_away_does_not_shrink_the_map():
    assert together([(45.7, 4.8), (45.2, 5.7), (-20.9, 55.5)]) == [True, True, False]


def test_names_of_towns_never_cover_each_other():
    frame = Frame(latitude=45, longitude=5, scale=80, width=100, height=100)
    towns = [Town(f"Bourg-la-Ville-{n}", 45 + n / 100, 5, 9000 - n) for n in range(40)]

    names = town_names(frame, towns, taken=[], reach=0, size=3)

    assert names[0].text == "Bourg-la-Ville-0"
    for i, name in enumerate(names):
        for other in names[i + 1 :]:
            apart = name.end < other.start or other.end < name.start
            assert apart or abs(name.y - other.y) >= 3


# The look and the words


def test_paper_has_the_colours_of_the_screen():
    css = CSS.read_text(encoding="utf-8").split("@media (prefers-color-scheme: dark)")[0]
    theme = (ROOT / "ui/printing/theme.typ").read_text(encoding="utf-8")
    tokens = dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{6});", css))
    printed = dict(re.findall(r'^\s+([a-z-]+): rgb\("(#[0-9a-f]{6})"\)', theme, re.MULTILINE))

    assert len(printed) > 12
    assert printed == {name: tokens[name] for name in printed}


def test_markdown_becomes_plain_values():
    assert markup.blocks("Un **mot**.\n\n- [ici](https://a.fr)\n- [là](javascript:x)") == [
        {
            "t": "p",
            "c": [
                {"t": "text", "s": "Un "},
                {"t": "strong", "c": [{"t": "text", "s": "mot"}]},
                {"t": "text", "s": "."},
            ],
        },
        {
            "t": "ul",
            "c": [
                [{"t": "p", "c": [{"t": "a", "href": "https://a.fr", "c": [
                    {"t": "text", "s": "ici"}]}]}],
                [{"t": "p", "c": [{"t": "text", "s": "[là](javascript:x)"}]}],
            ],
        },
    ]  # fmt: skip


# Asking for it


@pytest.mark.django_db
def test_a_sheet_is_served_at_once_and_kept_until_it_changes(client):
    initiative = make_initiative()
    address = reverse("initiatives:sheet-pdf", args=[initiative.slug])

    first = client.get(address)
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    initiative.save()
    changed = client.get(address, headers={"if-none-match": first["ETag"]})

    assert first["Content-Type"] == "application/pdf"
    assert first.content.startswith(b"%PDF")
    assert (first.status_code, again.status_code, changed.status_code) == (200, 304, 200)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["initiatives:sheet-pdf", "initiatives:sheet-qr"])
def test_a_sheet_that_is_not_published_is_not_printed(client, name):
    initiative = make_initiative()
    Initiative.objects.filter(pk=initiative.pk).update(published_at=None)

    assert client.get(reverse(name, args=[initiative.slug])).status_code == 404


@pytest.mark.django_db
def test_the_code_to_photograph_is_a_drawing(client):
    answer = client.get(reverse("initiatives:sheet-qr", args=[make_initiative().slug]))

    assert answer["Content-Type"] == "image/svg+xml"
    assert b"<svg" in answer.content


@pytest.mark.django_db
def test_the_print_page_shows_and_keeps_the_filters_of_the_list(client):
    make_initiative(theme="learn")

    page = client.get(reverse("initiatives:print"), {"theme": "learn", "q": "vélo"})

    content = page.content.decode()
    assert "Apprendre et se former" in content
    assert "«\u00a0vélo\u00a0»" in content
    assert 'action="/imprimer/?q=v%C3%A9lo&amp;theme=learn"' in content
    assert page.context["count"] == 1


@pytest.mark.parametrize("kind", ["booklet", "wall-map"])
@pytest.mark.django_db
def test_whoever_asks_gets_a_file_of_the_sheets_chosen(
    client, django_capture_on_commit_callbacks, kind
):
    make_initiative(title="Robots au collège", theme="learn")
    make_initiative(title="Le jardin d’en bas", theme="organise")

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("initiatives:print") + "?theme=learn", {"what": kind})

    job = Job.objects.get()
    with job.output.open() as file:
        words = words_of(read(file.read()))
    assert answer["Location"] == job.get_absolute_url()
    assert (job.status, job.done, job.total) == (Job.Status.DONE, 1, 1)
    assert "Robots au collège" in words
    assert "Le jardin d’en bas" not in words


@pytest.mark.django_db
def test_a_form_posted_twice_prints_once(client):
    make_initiative()

    answers = [client.post(reverse("initiatives:print"), {"what": "booklet"}) for _time in "ab"]

    assert answers[0]["Location"] == answers[1]["Location"]
    assert Job.objects.count() == 1


@pytest.mark.django_db
def test_printing_again_changes_nothing(client, django_capture_on_commit_callbacks):
    make_initiative()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("initiatives:print"), {"what": "booklet"})
    before = Job.objects.values().get()

    jobs.print_job.func(before["id"])

    assert Job.objects.values().get() == before


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "fields", "message"),
    [
        ("", {}, "Choisissez ce que vous voulez imprimer."),
        ("", {"what": "affiche"}, "Choisissez l’un des deux."),
        ("?theme=learn", {"what": "booklet"}, "Aucune fiche ne correspond à ces filtres."),
        ("?q=" + "é" * 200, {"what": "booklet"}, "Votre recherche est trop longue"),
    ],
)
def test_a_print_that_cannot_be_says_what_to_do(client, query, fields, message):
    make_initiative(theme="create")

    page = client.post(reverse("initiatives:print") + query, fields)

    assert page.status_code == 422
    assert message in page.content.decode()
    assert not Job.objects.exists()


@pytest.mark.django_db
def test_too_many_sheets_ask_to_choose(client, monkeypatch):
    monkeypatch.setitem(jobs.MOST_SHEETS, Job.Kind.BOOKLET, 1)
    make_initiative()
    make_initiative()

    page = client.post(reverse("initiatives:print"), {"what": "booklet"})

    assert "Cela ferait 2 fiches, et nous en imprimons 1 au plus." in page.content.decode()
