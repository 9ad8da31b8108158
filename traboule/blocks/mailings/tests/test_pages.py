"""The pages of those who write, and of those who read."""

import csv
import io

import pytest
from django.urls import reverse

from traboule.blocks.mailings.models import Mailing
from traboule.kernel.people.models import Person

from .factories import TEXT, make_mailing, make_neighbour, make_subscriber, sent

FIELDS = {
    "audience_keys": ["roll"],
    "nature": "news",
    "subject": "La fête du quartier",
    "text": TEXT,
    "is_public": "on",
}


@pytest.fixture
def at(space, karim, client):
    """Open a page of letters as who facilitates: ``at("write")``, ``at("mailing", pk)``."""
    client.force_login(karim)

    def open_page(name, *args, query="", **posted):
        url = reverse(f"mailings:{name}", args=[space.slug, *args]) + query
        return client.post(url, posted) if posted else client.get(url)

    return open_page


def page(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def test_from_writing_to_the_table_of_whom_it_reached(
    space, at, django_capture_on_commit_callbacks
):
    make_neighbour(space, "Ali", email="ali@exemple.fr")
    at("write", **FIELDS)
    mailing = Mailing.objects.get()
    assert mailing.short_text.startswith("La fête du quartier. La fête est samedi")

    at("act", mailing.pk, act="prepare")
    assert "Envoyer à 2 personnes" in page(at("mailing", mailing.pk))
    with django_capture_on_commit_callbacks(execute=True):
        at("act", mailing.pk, act="send")

    mailing.refresh_from_db()
    assert mailing.state == "sent"
    assert "<strong>2</strong> sur 2" in page(at("mailing", mailing.pk))
    assert "1 personne pas encore jointe" in page(at("mailing", mailing.pk))
    lost = page(at("recipients", mailing.pk, query="?pas-jointes=1"))
    assert ("Karim" in lost, "<strong>Ali" in lost) == (True, False)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"subject": ""}, "Donnez un objet"),
        ({"text": ""}, "Écrivez le texte"),
        ({"audience_keys": []}, "Choisissez au moins un groupe"),
        ({"audience_keys": ["roster:none"]}, "roster:none"),
        ({"short_text": "ł" * 300}, "C’est trop long"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(at, given, said):
    text = page(at("write", **{**FIELDS, **given}))

    assert said in text
    assert "apportez une chaise" in text or given == {"text": ""}
    assert not Mailing.objects.exists()


def test_the_sms_is_counted_as_one_types(at):
    assert "1 SMS par personne" in page(at("sms-preview", **FIELDS, short_text="Fête samedi."))
    assert "trois au plus" in page(at("sms-preview", **FIELDS, short_text="ł" * 300))
    assert not Mailing.objects.exists()


def test_an_act_that_cannot_be_is_explained(at, space, karim):
    mailing = make_mailing(space, karim)

    assert "Faites d’abord la liste" in page(
        at("act", mailing.pk, act="send").wsgi_request and at("mailing", mailing.pk)
    )
    assert at("act", mailing.pk, act="burn").status_code == 400


def test_anybody_reads_what_left_and_nobody_a_draft(space, karim, client):
    draft = make_mailing(space, karim, subject="Brouillon")
    gone = sent(make_mailing(space, karim), karim)
    kept = sent(make_mailing(space, karim, subject="Pour nous", is_public=False), karim)

    archive = page(client.get(reverse("mailings:archive", args=[space.slug])))
    assert [gone.subject in archive, draft.subject in archive, kept.subject in archive] == [
        True, False, False,
    ]  # fmt: skip
    assert "apportez une chaise" in page(client.get(gone.archive_url))
    assert client.get(f"/l/{gone.code}/").url == gone.archive_url
    for hidden in (draft, kept):
        assert client.get(hidden.archive_url).status_code == 404
        assert client.get(f"/l/{hidden.code}/").status_code == 404


def test_the_feed_follows_the_archive(space, karim, client):
    gone = sent(make_mailing(space, karim), karim)

    feed = client.get(reverse("mailings:feed", args=[space.slug]))

    assert feed["Content-Type"] == "application/atom+xml"
    assert gone.archive_url in feed.content.decode()


@pytest.mark.parametrize("page", ["poster", "poster?format=a3", "letter-pdf"])
def test_the_same_text_on_paper(space, karim, at, page):
    name, sign, query = page.partition("?")
    mailing = make_mailing(space, karim)

    assert at(name, mailing.pk, query=sign + query).content.startswith(b"%PDF")


def test_the_card_is_a_square_of_1080_dots(space, karim, at):
    made = at("card", make_mailing(space, karim).pk).content

    assert [int.from_bytes(made[n : n + 4], "big") for n in (16, 20)] == [1080, 1080]


def test_the_sheet_of_the_stand_is_printed(at):
    assert at("sheet").content.startswith(b"%PDF")


def test_the_table_can_be_taken_away_and_holds_no_formula(space, karim, at):
    make_neighbour(space, "=cmd()", email="x@exemple.fr")
    mailing = sent(make_mailing(space, karim), karim)

    taken = b"".join(at("recipients-csv", mailing.pk).streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(taken), delimiter=";"))

    assert [row[0] for row in rows] == ["Nom", "Karim", "'=cmd()"]


def test_the_front_page_offers_the_letter_without_an_account(space, client):
    front = page(client.get(space.get_absolute_url()))

    assert reverse("mailings:subscribe", args=[space.slug]) in front


@pytest.mark.parametrize("name", ["mailings", "subscribers"])
def test_a_list_costs_the_same_with_one_row_as_with_three(
    space, karim, at, django_assert_max_num_queries, name
):
    for count in (1, 3):
        for number in range(count):
            make_mailing(space, karim)
            make_subscriber(space, f"Voisine {number}")
        with django_assert_max_num_queries(16):
            at(name)


def test_the_table_of_people_costs_the_same_with_one_row_as_with_three(
    space, karim, at, django_assert_max_num_queries
):
    for number in range(3):
        make_neighbour(space, f"Voisine {number}", email=f"v{number}@exemple.fr")
    mailing = sent(make_mailing(space, karim), karim)

    with django_assert_max_num_queries(14):
        at("recipients", mailing.pk)
    assert Person.objects.count() == 4
