"""Who act at the same moment, on PostgreSQL, where two writers truly race."""

import uuid

import pytest
from django.db import connection

from traboule.blocks.documents.actions import copies, shelving
from traboule.blocks.documents.models import Document, PaperCopy, Version
from traboule.kernel.people.tests.test_races import at_once
from traboule.kernel.spaces.tests.factories import make_coordinator, make_space

from .factories import make_document, pdf, prepared

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _needs_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL lets two writers race")


@pytest.fixture(autouse=True)
def _nobody_reads(monkeypatch):
    monkeypatch.setattr("traboule.blocks.documents.reading._words_of", lambda v: ("no-words", {}))


def test_documents_deposited_at_once_have_each_their_number_and_one_form_makes_one():
    space = make_space(blocks=("documents",))
    awa, key = make_coordinator(space), uuid.uuid4()
    papers = [prepared(pdf(str(n))) for n in range(8)]
    fields = {"space": space, "by": awa, "title": "Compte rendu", "summary": "Le budget."}

    at_once(8, lambda n: shelving.add(prepared=papers[n], key=None if n % 2 else key, **fields))

    numbers = Document.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3, 4, 5]


def test_versions_sent_at_once_leave_one_that_is_read_today_and_copies_are_asked_once():
    document = make_document()
    awa = document.versions.get().by
    papers = [prepared(pdf(str(n))) for n in range(4)]

    at_once(
        4, lambda n: shelving.add_version(document=document, prepared=papers[n], by=awa, note="x")
    )
    at_once(4, lambda n: copies.ask(document=document, by=awa, person=awa))

    assert [one.number for one in Version.objects.current()] == [5]
    assert PaperCopy.objects.count() == 1
