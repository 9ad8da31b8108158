"""What a space takes along: its shelves in an archive, a recipe of them, and their figures."""

import datetime
import io
import zipfile

import pytest
from django.core.exceptions import ValidationError as DjangoError
from django.urls import reverse
from django.utils import timezone
from pydantic import ValidationError

from traboule.blocks.documents import indicators, recipe
from traboule.blocks.documents.actions import copies, shelving
from traboule.blocks.documents.models import PaperCopy, Shelf
from traboule.kernel.files import actions as files
from traboule.kernel.spaces import first_steps
from traboule.kernel.spaces.blocks import Period
from traboule.kernel.spaces.tests.factories import make_coordinator, make_participant, make_space

from .factories import make_document, pdf, prepared

pytestmark = pytest.mark.django_db
EXPECTED = {"expected": [{"title": "Statuts", "shelf": "public"}, {"title": "Règlement"}]}


@pytest.fixture
def space():
    return make_space(blocks=("documents",))


@pytest.fixture
def awa(space):
    return make_coordinator(space)


def archive(client, space, shelf):
    return client.get(reverse("documents:archive", args=[space.slug, shelf]))


def test_a_shelf_leaves_whole_with_all_versions_and_what_each_document_is(client, space, awa):
    document = make_document(space, by=awa, title="Règlement intérieur")
    shelving.add_version(document=document, prepared=prepared(pdf("Deux")), by=awa, note="Date")
    hidden = make_document(space, by=awa, title="Retiré", content=pdf("Trois"))
    files.withdraw(file=hidden.current.file, by=awa)
    client.force_login(make_participant(space))

    whole = zipfile.ZipFile(io.BytesIO(archive(client, space, "members").getvalue()))

    assert whole.testzip() is None
    assert whole.namelist() == [
        "sommaire.txt", "001-reglement-interieur/version-1.pdf",
        "001-reglement-interieur/version-2.pdf",
    ]  # fmt: skip
    assert "Le budget est voté." in whole.read("sommaire.txt").decode()
    assert whole.read("001-reglement-interieur/version-2.pdf") == pdf("Deux")


def test_a_visitor_leaves_with_the_public_shelf_only(client, space, awa):
    make_document(space, by=awa, shelf=Shelf.PUBLIC)

    assert archive(client, space, "public").getvalue().startswith(b"PK")
    assert archive(client, space, "members").status_code == 403
    assert archive(client, space, "autre").status_code == 404


def test_a_recipe_lists_what_is_expected_and_reads_it_back(space, awa):
    data = recipe.read(EXPECTED)
    recipe.seed(space, data, by=awa)
    make_document(space, by=awa, expected=space.expected_documents.first())

    assert recipe.export(space) == EXPECTED
    assert recipe.read(recipe.export(space)) == data
    said = recipe.announce(data, start=datetime.date(2026, 1, 5))
    assert said[0] == "Document attendu : Statuts (pour tout le monde)"
    assert recipe.export(make_space()) == {}


@pytest.mark.parametrize(
    "table",
    [
        {"expected": [{"title": "Statuts"}, {"title": "Statuts"}]},
        {"expected": [{"title": ""}]},
        {"expected": [{"title": "Statuts", "shelf": "cave"}]},
        {"documents": []},
    ],
)
def test_a_recipe_that_says_something_else_is_refused(table):
    with pytest.raises((ValidationError, DjangoError)):
        recipe.read(table)


def test_figures_count_public_documents_versions_and_copies_handed_over(space, awa):
    public = make_document(space, by=awa, shelf=Shelf.PUBLIC)
    make_document(space, by=awa)
    away = make_document(space, by=awa, shelf=Shelf.PUBLIC)
    shelving.put_away(document=away, by=awa)
    shelving.add_version(document=public, prepared=prepared(pdf("Deux")), by=awa, note="Date")
    copies.ask(document=public, by=awa, name="Rose")
    copies.ask(document=public, by=awa, name="Bruno")
    copies.hand(document=public, copies=[PaperCopy.objects.first().pk], by=awa)
    tomorrow = timezone.localdate() + datetime.timedelta(days=2)

    values = {one.key: one.value for one in indicators.INDICATORS}
    now = {key: value(space, Period()) for key, value in values.items()}
    later = {key: value(space, Period(start=tomorrow)) for key, value in values.items()}

    assert now == {"documents.public": 1, "documents.versions": 4, "documents.copies": 1}
    assert set(later.values()) == {0}


def test_the_first_document_is_a_first_step_of_spaces_that_have_shelves(space, awa):
    def steps(one):
        return {str(step.label): step.done for step in first_steps.of(one)}

    assert steps(space)["Déposer un premier document"] is False
    assert "Déposer un premier document" not in steps(make_space())
    make_document(space, by=awa)
    del space.__dict__["open_blocks"]
    assert steps(space)["Déposer un premier document"] is True


def test_the_front_page_of_the_space_shows_the_latest_documents_that_one_may_read(
    client, space, awa
):
    make_document(space, by=awa, title="Entre nous")
    make_document(space, by=awa, title="Pour tous", shelf=Shelf.PUBLIC)

    page = client.get(space.get_absolute_url()).content.decode()

    assert "Pour tous" in page
    assert "Entre nous" not in page
