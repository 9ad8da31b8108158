"""The words of files: read apart, searched whatever the accents, shown around what was found."""

import pytest
from django.urls import reverse
from django.utils import timezone

from traboule.blocks.documents import extracting, upkeep
from traboule.blocks.documents.actions import shelving
from traboule.blocks.documents.models import Reading, Shelf
from traboule.blocks.documents.reading import read
from traboule.blocks.documents.searching import search
from traboule.kernel.spaces.tests.factories import make_coordinator, make_space

from .factories import docx, make_document, pdf, prepared, zipped

A_SLIDE = (
    '<p:sld xmlns:p="urn:p" xmlns:a="urn:a"><a:p><a:r><a:t>Jardin {}</a:t></a:r></a:p></p:sld>'
)
A_TEXT = (
    '<office:document-content xmlns:office="urn:o" xmlns:text="urn:t"><office:body>'
    "<text:h>Statuts</text:h><text:p>Article <text:span>premier</text:span></text:p>"
    "</office:body></office:document-content>"
)
STRINGS = '<sst xmlns="urn:s"><si><t>Bêches</t></si><si><t>Râteaux</t></si></sst>'
BOMB = '<!DOCTYPE a [<!ENTITY b "xxxxxxxx"><!ENTITY c "&b;&b;&b;">]><a><p>&c;</p></a>'


def written(tmp_path, content, ending):
    path = tmp_path / f"document.{ending}"
    path.write_bytes(content)
    return str(path)


@pytest.mark.parametrize(
    ("ending", "content", "text"),
    [
        ("pdf", pdf("Budget voté"), "Budget voté"),
        ("docx", docx("Premier", "Second"), "Premier\nSecond"),
        ("odt", zipped(content_dot_xml=A_TEXT), "Statuts\nArticle premier"),
        ("xlsx", zipped(xl__sharedStrings_dot_xml=STRINGS), "Bêches\nRâteaux"),
        (
            "pptx",
            zipped(
                ppt__slides__slide10_dot_xml=A_SLIDE.format("dix"),
                ppt__slides__slide2_dot_xml=A_SLIDE.format("deux"),
            ),
            "Jardin deux\nJardin dix",
        ),
    ],
)
def test_the_words_of_each_kind_of_file_are_read_in_order(tmp_path, ending, content, text):
    assert extracting.words_of(written(tmp_path, content, ending), ending).text == text


@pytest.mark.parametrize("content", [zipped(content_dot_xml=BOMB), b"PK rien", b""])
def test_files_made_to_do_harm_are_not_read(tmp_path, content):
    with pytest.raises(extracting.Unreadable):
        extracting.words_of(written(tmp_path, content, "odt"), "odt")


def test_a_part_that_unfolds_beyond_measure_is_not_opened(tmp_path, monkeypatch):
    monkeypatch.setattr(extracting, "LARGEST_PART", 100)
    with pytest.raises(extracting.Unreadable, match="too large"):
        extracting.words_of(written(tmp_path, docx("x" * 1000), "docx"), "docx")


def test_a_long_text_is_read_up_to_its_limit(tmp_path, monkeypatch):
    monkeypatch.setattr(extracting, "LONGEST_TEXT", 10)
    words = extracting.words_of(
        written(tmp_path, docx("Bonjour", "la", "compagnie"), "docx"), "docx"
    )
    assert words.text == "Bonjour\nla"


@pytest.fixture
def space(db):
    return make_space(blocks=("documents",))


@pytest.fixture
def awa(space):
    return make_coordinator(space)


@pytest.fixture
def shelve(space, awa, django_capture_on_commit_callbacks):
    """Put a document on a shelf, and have it read."""

    def put(**fields):
        with django_capture_on_commit_callbacks(execute=True):
            return make_document(space, by=awa, **fields)

    return put


def state(document):
    return Reading.objects.get(version__document=document).state


def test_a_new_document_is_read_in_the_background_with_its_pages(shelve):
    document = shelve(content=pdf("Le composteur du jardin", pages=3))

    reading = Reading.objects.get(version__document=document)
    assert (reading.state, document.versions.get().pages) == ("read", 3)
    assert "composteur" in reading.text


def test_pages_without_text_and_files_that_resist_say_so_on_the_page(client, awa, shelve):
    scanned = shelve(content=pdf(""))
    broken = shelve(content=b"%PDF-1.4 rien de lisible")
    client.force_login(awa)

    assert (state(scanned), state(broken)) == ("no-words", "failed")
    assert "page numérisée" in client.get(scanned.get_absolute_url()).content.decode()
    assert "n’a pas pu lire" in client.get(broken.get_absolute_url()).content.decode()


def test_a_reader_that_takes_too_long_is_stopped(space, awa, monkeypatch):
    document = make_document(space, by=awa)
    monkeypatch.setattr("traboule.blocks.documents.reading.MOST_SECONDS", 0.001)

    read.call(document.versions.get().pk)

    assert state(document) == "failed"


def test_what_a_stopped_machine_left_is_read_later(space, awa, django_capture_on_commit_callbacks):
    document = make_document(space, by=awa)
    now = timezone.now()

    upkeep.read_what_is_left(now)
    assert state(document) == "waiting"
    with django_capture_on_commit_callbacks(execute=True):
        upkeep.read_what_is_left(now + 2 * upkeep.READ_WITHIN)
    assert state(document) == "read"


def found(space, text, *, members=True):
    return [str(one.document) for one in search(space, text, members=members)]


def test_words_are_found_in_titles_summaries_and_files_whatever_accents_and_plurals(space, shelve):
    tools = pdf("Chacun range les outils du chantier")
    shelve(title="Règlement intérieur", summary="Comment on se respecte.", content=tools)
    shelve(title="Compte rendu", summary="Le budget est adopté.", content=docx("Rien d’autre"))

    assert found(space, "reglements") == ["Règlement intérieur"]
    assert found(space, "outil chantiers") == ["Règlement intérieur"]
    assert found(space, "BUDGETS") == ["Compte rendu"]
    assert found(space, "reglement budget") == []
    assert found(space, "le de la") == []


def test_a_visitor_finds_nothing_of_the_members_shelf_nor_what_was_replaced(
    space, awa, shelve, django_capture_on_commit_callbacks
):
    document = shelve(content=pdf("Tracteur"))
    shelve(title="Affiche", shelf=Shelf.PUBLIC, content=pdf("Tracteur"))

    assert found(space, "tracteur", members=False) == ["Affiche"]
    with django_capture_on_commit_callbacks(execute=True):
        shelving.add_version(document=document, prepared=prepared(pdf("Vélo")), by=awa, note="x")
    assert found(space, "tracteur") == ["Affiche"]


def test_the_passage_found_is_shown_with_its_words_marked_and_made_safe(client, space, awa, shelve):
    before = "Introduction. " * 30
    shelve(content=docx(f"{before}On taille les &lt;b&gt;rosiers&lt;/b&gt; en mars. {before}"))
    client.force_login(awa)

    page = client.get(reverse("documents:shelves", args=[space.slug]), {"q": "rosier"})

    assert "&lt;b&gt;<mark>rosiers</mark>&lt;/b&gt; en mars." in page.content.decode()
    assert "… Introduction." in page.content.decode()
