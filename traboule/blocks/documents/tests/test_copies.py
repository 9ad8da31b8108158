"""Printed copies: asked for by each door, listed, printed, handed over, forgotten."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from traboule.blocks.documents import upkeep
from traboule.blocks.documents.actions import copies
from traboule.blocks.documents.answers import KEYWORD, copy_by_number
from traboule.blocks.documents.models import PaperCopy, Shelf
from traboule.kernel.journal.models import Entry
from traboule.kernel.people.actions import Refused
from traboule.kernel.spaces.tests.factories import make_coordinator, make_participant, make_space

from .factories import make_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def space():
    return make_space(blocks=("documents",))


@pytest.fixture
def awa(space):
    return make_coordinator(space)


@pytest.fixture
def nadia(space):
    return make_participant(space)


@pytest.fixture
def document(space, awa):
    return make_document(space, by=awa, title="Règlement")


def press(client, name, document, **data):
    address = reverse(f"documents:{name}", args=[document.space.slug, document.number])
    return client.post(address, data)


def test_a_member_asks_for_a_copy_once_and_may_give_it_up(client, document, nadia):
    client.force_login(nadia)
    press(client, "ask-copy", document)
    press(client, "ask-copy", document)
    assert PaperCopy.objects.get().person == nadia
    assert "Vous avez demandé une copie" in client.get(document.get_absolute_url()).content.decode()

    press(client, "give-up-copy", document)
    assert not PaperCopy.objects.exists()


def test_whoever_is_not_a_member_is_told_to_call(client, space, document, awa):
    public = make_document(space, by=awa, shelf=Shelf.PUBLIC)
    client.force_login(make_participant(make_space(sheet={"slug": "ailleurs"})))

    press(client, "ask-copy", public)

    assert not PaperCopy.objects.exists()
    assert "appelez l’équipe" in client.get(public.get_absolute_url()).content.decode()


def test_the_team_notes_who_calls_known_or_by_name_prints_the_list_and_ticks_it(
    client, space, document, awa, nadia
):
    client.force_login(awa)
    address = reverse("documents:copies", args=[space.slug])
    asked = {"document": document.pk, "via": "phone"}
    client.post(address, asked | {"person": nadia.pk})
    client.post(address, asked | {"name": "Monsieur Bruno"})
    refused = client.post(address, asked)

    assert "Écrivez pour qui est la copie." in refused.content.decode()
    entry = Entry.objects.filter(act="documents.asked-for-copy").order_by("pk").first()
    assert (entry.by_key, entry.for_key) == (awa.pk, nadia.pk)
    assert "Règlement : 2 copies" in client.get(address).content.decode()
    pdf = client.get(reverse("documents:copies-pdf", args=[space.slug]))
    assert pdf.content.startswith(b"%PDF")

    press(client, "hand-copies", document, copy=[one.pk for one in PaperCopy.objects.all()])
    assert not PaperCopy.objects.wanted().exists()


def test_a_receipt_goes_to_whom_it_was_asked_for_and_can_be_undone(document, awa, nadia):
    copies.ask(document=document, by=awa, person=nadia)

    copies.undo_asking(Entry.objects.get(act="documents.asked-for-copy"), awa)

    assert not PaperCopy.objects.exists()


def sms(person, text):
    return copy_by_number(person, re.match(KEYWORD, text, re.IGNORECASE), number="+33612345678")


def test_an_sms_asks_for_the_document_of_a_number(document, nadia):
    assert "Règlement" in sms(nadia, "PAPIER 1")
    assert PaperCopy.objects.get().via == "sms"
    with pytest.raises(Refused, match="Aucun document"):
        sms(nadia, "papier n°9")
    with pytest.raises(Refused, match="Appelez"):
        sms(None, "papier 1")


def test_three_months_after_nobody_knows_to_whom_a_copy_went(document, awa, nadia):
    copies.ask(document=document, by=awa, person=nadia)
    copies.hand(document=document, copies=[PaperCopy.objects.get().pk], by=awa)

    upkeep.forget_copies(timezone.now() + datetime.timedelta(days=80))
    assert PaperCopy.objects.get().person == nadia
    upkeep.forget_copies(timezone.now() + datetime.timedelta(days=100))
    assert PaperCopy.objects.get().person is None
