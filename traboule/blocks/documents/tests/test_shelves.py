"""Two shelves: who puts documents there, who reads them, and what becomes of their files."""

import pytest
from django.urls import reverse

from traboule.blocks.documents.actions import shelving
from traboule.blocks.documents.models import Document, Expected, Shelf
from traboule.kernel.files.tests.factories import sent
from traboule.kernel.people.actions import Refused
from traboule.kernel.spaces import access
from traboule.kernel.spaces.tests.factories import (
    make_coordinator,
    make_facilitator,
    make_participant,
    make_space,
)

from .factories import docx, make_document, pdf, prepared

pytestmark = pytest.mark.django_db


@pytest.fixture
def space():
    return make_space(blocks=("documents",))


@pytest.fixture
def awa(space):
    return make_coordinator(space)


@pytest.fixture
def karim(space):
    return make_facilitator(space)


def shelves(client, space, **query):
    return client.get(reverse("documents:shelves", args=[space.slug]), query)


def titles(response):
    found = response.context["shelves"]
    return {one["key"]: [str(document) for document in one["documents"]] for one in found}


def opens(client, file):
    response = client.get(file.url)
    return response.status_code == 200 and bool(response.getvalue())


def test_anyone_reads_the_public_shelf_members_read_both_and_a_gate_code_is_not_enough(
    client, space, awa
):
    make_document(space, by=awa, title="Statuts", shelf=Shelf.PUBLIC)
    make_document(space, by=awa, title="Procès-verbal")
    code = access.rotate(space=space, by=awa)

    visitor = titles(shelves(client, space))
    client.post(reverse("spaces:enter", args=[code]), {"look": "1"})
    with_code = titles(shelves(client, space))
    client.force_login(make_participant(space))
    member = titles(shelves(client, space))

    assert visitor == with_code == {"public": ["Statuts"]}
    assert member == {"public": ["Statuts"], "members": ["Procès-verbal"]}


def test_a_visitor_is_asked_to_sign_in_for_a_document_of_members(client, space, awa):
    kept, public = make_document(space, by=awa), make_document(space, by=awa, shelf=Shelf.PUBLIC)

    assert client.get(kept.get_absolute_url()).status_code == 302
    assert client.get(public.get_absolute_url()).status_code == 200
    client.force_login(make_participant(make_space(sheet={"slug": "ailleurs"})))
    assert client.get(kept.get_absolute_url()).status_code == 403


def test_only_coordination_shows_a_document_to_everyone_and_every_version_opens_then(
    client, space, awa, karim
):
    document = make_document(space, by=karim)
    shelving.add_version(
        document=document, prepared=prepared(pdf("Autre")), by=karim, note="Corrigé"
    )
    files = [version.file for version in document.versions.all()]
    with pytest.raises(Refused, match="coordination"):
        shelving.move(document=document, shelf=Shelf.PUBLIC, by=karim)
    assert [opens(client, file) for file in files] == [False, False]

    shelving.move(document=document, shelf=Shelf.PUBLIC, by=awa)
    assert [opens(client, file) for file in files] == [True, True]

    shelving.move(document=document, shelf=Shelf.MEMBERS, by=karim)
    assert [opens(client, file) for file in files] == [False, False]


def test_what_is_put_away_is_read_by_the_team_only_and_comes_back_where_it_was(
    client, space, awa, karim
):
    document = make_document(space, by=awa, shelf=Shelf.PUBLIC)
    shelving.put_away(document=document, by=karim)

    assert titles(shelves(client, space)) == {"public": []}
    assert not opens(client, document.current.file)
    client.force_login(karim)
    assert client.get(document.get_absolute_url()).status_code == 200
    with pytest.raises(Refused):
        shelving.bring_back(document=document, by=karim)

    shelving.bring_back(document=document, by=awa)
    client.logout()
    assert opens(client, document.current.file)


def test_numbers_follow_each_other_in_a_space_and_the_same_form_twice_makes_one(space, awa):
    first = make_document(space, by=awa)
    twice = [make_document(space, by=awa, key=first.key) for _ in range(2)]
    second = make_document(space, by=awa)

    assert twice == [first, first]
    assert (first.number, second.number) == (1, 2)
    assert make_document(make_space(blocks=("documents",))).number == 1


def test_the_former_versions_stay_under_their_number_and_the_same_file_is_no_new_one(space, karim):
    document = make_document(space, by=karim, content=pdf("Un"))

    shelving.add_version(document=document, prepared=prepared(pdf("Deux")), by=karim, note="Date")
    shelving.add_version(document=document, prepared=prepared(pdf("Deux")), by=karim, note="Date")

    versions = list(document.versions.order_by("number"))
    assert [(one.number, one.is_current) for one in versions] == [(1, False), (2, True)]
    assert "version 2" in versions[1].file.name


def test_a_form_refuses_six_lines_keeps_what_was_typed_and_says_so(client, space, karim):
    client.force_login(karim)
    page = client.get(reverse("documents:add", args=[space.slug]))
    assert "shelf" not in page.context["form"].fields
    typed = {
        "title": "Règlement", "summary": "\n".join("abcdef"), "key": "7" * 32,
        "file": sent(docx("Article 1"), "pv.docx"),
    }  # fmt: skip

    response = client.post(reverse("documents:add", args=[space.slug]), typed)

    page = response.content.decode()
    assert "gardez-en cinq" in page
    assert "Règlement" in page
    assert "pv.docx" in page
    assert not Document.objects.exists()


def test_an_expected_document_is_ticked_once_it_is_deposited(client, space, awa):
    expected = Expected.objects.create(space=space, title="Règlement", shelf=Shelf.PUBLIC)
    client.force_login(awa)
    assert "À déposer" in shelves(client, space).content.decode()
    address = f"{reverse('documents:add', args=[space.slug])}?attendu={expected.pk}"
    typed = {
        "title": "Règlement", "summary": "Comment on se respecte.", "key": "7" * 32,
        "shelf": "public", "file": sent(docx("Article 1"), "pv.docx"),
    }  # fmt: skip

    assert client.post(address, typed).status_code == 302

    expected.refresh_from_db()
    assert expected.document.title == "Règlement"
    assert expected.document.is_public
    assert shelves(client, space).context["expected"] == []


def test_a_closed_space_takes_no_more_documents(space, awa):
    space.closed_at = space.created_at
    with pytest.raises(Refused):
        make_document(space, by=awa)


def test_a_shelf_costs_the_same_with_one_document_as_with_three(
    client, space, awa, django_assert_max_num_queries
):
    client.force_login(make_participant(space))
    counts = []
    for more in (1, 2):
        for _ in range(more):
            make_document(space, by=awa)
        with django_assert_max_num_queries(14) as seen:
            shelves(client, space)
        counts.append(len(seen))

    assert counts[0] == counts[1]


def test_a_long_shelf_goes_on_by_key(client, space, awa, monkeypatch):
    monkeypatch.setattr("traboule.blocks.documents.views.shelves.PAGE_SIZE", 2)
    for _ in range(3):
        make_document(space, by=awa, shelf=Shelf.PUBLIC)

    first = shelves(client, space, etagere="public").context["shelf"]
    second = client.get(first["next"]).context["shelf"]

    assert [one.number for one in first["documents"]] == [3, 2]
    assert [one.number for one in second["documents"]] == [1]
