"""Who is seen on pictures decides whether they show; places before and after; the box."""

import io
import zipfile

import pytest
from django.urls import reverse
from PIL import Image

from traboule.blocks.publishing.actions import parts, review, writing
from traboule.blocks.publishing.models import Publication, State
from traboule.kernel.files.models import File
from traboule.kernel.files.tests.factories import SAMPLES, picture, sent, video
from traboule.kernel.people import consents
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import How, Purpose
from traboule.kernel.spaces.tests.factories import make_facilitator, make_participant

from .factories import (
    files_of,
    make_pair,
    make_publication,
    make_published,
    making_space,
    prepared,
    state_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def space():
    return making_space(access_code="7K4M-2QXD")


@pytest.fixture
def karim(space):
    return make_facilitator(space)


@pytest.fixture
def lina(space):
    return make_participant(space, name="Lina")


def _url(name, publication, *more):
    args = [publication.space.slug, publication.slug, *more]
    return reverse(f"publishing:{name}", args=args)


def _opens(client, file):
    response = client.get(file.url)
    return response.status_code == 200 and bool(response.getvalue())


def test_nothing_is_published_before_one_said_who_is_seen(space, karim):
    draft = make_publication(space)
    writing.add_files(draft, [prepared()], by=karim)

    with pytest.raises(Refused, match="qui l’on voit"):
        review.publish(publication=draft, by=karim)
    assert state_of(draft) == State.DRAFT

    piece = draft.files.get()
    parts.say_who(piece=piece, people=[], nobody_seen=True, by=karim)
    review.publish(publication=draft, by=karim)


def test_a_picture_shows_while_the_person_agrees_and_the_cover_falls_back(
    client, space, karim, lina
):
    publication = make_published(space, kind="album", pictures=2)
    first, second = files_of(publication)
    piece = publication.files.get(file=first)

    parts.say_who(piece=piece, people=[lina], by=karim)
    page = client.get(publication.get_absolute_url()).content.decode()
    assert first.url not in page
    assert second.url in page
    publication = Publication.objects.for_page().get(pk=publication.pk)
    assert publication.cover == first
    assert publication.picture == second

    client.force_login(karim)
    assert "attend un accord" in client.get(publication.get_absolute_url()).content.decode()

    _agree(lina, space)
    client.logout()
    assert first.url in client.get(publication.get_absolute_url()).content.decode()


def _agree(person, space):
    consents.record_answer(
        person=person,
        purpose=Purpose.IMAGE,
        given=True,
        how=How.SCREEN,
        said_by=person,
        by=person,
        scope=space.key,
    )


def test_one_click_takes_it_away_everywhere(client, space, karim, lina):
    publication = make_published(space, kind="album", pictures=1)
    [file] = files_of(publication)
    parts.say_who(piece=publication.files.get(), people=[lina], by=karim)
    _agree(lina, space)
    assert _opens(client, file)

    client.force_login(lina)
    client.post(reverse("files:withdraw", args=[file.key]))

    client.logout()
    assert not _opens(client, file)
    for page in (publication.get_absolute_url(), reverse("publishing:list", args=[space.slug])):
        assert str(file.key) not in client.get(page).content.decode()
    rss = client.get(reverse("publishing:rss", args=[space.slug])).content.decode()
    assert str(file.key) not in rss
    assert client.get(_url("card", publication)).status_code == 200


def test_who_is_seen_is_asked_on_a_page_and_says_no_contradiction(client, space, karim, lina):
    publication = make_publication(space, pictures=1)
    piece = publication.files.get()
    client.force_login(karim)
    page = client.post(
        _url("who", publication, piece.pk), {"people": [lina.pk], "nobody_seen": "on"}
    )
    assert "Soit l’on voit quelqu’un" in page.content.decode()

    client.post(_url("who", publication, piece.pk), {"people": [lina.pk]})
    page = client.get(_url("pictures", publication)).content.decode()
    assert "Lina" in page
    assert "Pas demandé" in page
    assert "Attend un accord" in page


def test_a_facilitator_withdraws_and_shows_again(client, space, karim):
    publication = make_published(space, pictures=1)
    piece = publication.files.get()
    client.force_login(karim)

    client.post(_url("decide-file", publication, piece.pk), {"withdraw": "1"})
    assert not File.objects.get().is_shown
    client.post(_url("decide-file", publication, piece.pk), {"again": "1"})
    assert File.objects.get().is_shown
    client.post(_url("decide-file", publication, piece.pk), {"remove": "1"})
    assert not File.objects.exists()


def test_a_picture_of_a_phone_arrives_upright_without_place(client, space):
    client.force_login(make_participant(space))
    heic = (SAMPLES / "jardin.heic").read_bytes()
    exif = Image.Exif()
    exif[0x010E] = "<script>alert(1)</script>"
    exif.get_ifd(0x8825)[1] = "N"
    jpeg = picture((90, 60), exif=exif)

    client.post(
        reverse("publishing:write", args=[space.slug, "news"]),
        {
            "title": "Photos",
            "files": [sent(heic, "jardin.heic"), sent(jpeg)],
            "seen": "no",
        },
    )

    kept = files_of(Publication.objects.get())
    assert len(kept) == 2
    for file in kept:
        with file.content.open() as stored:
            content = stored.read()
        assert b"script" not in content
        assert not Image.open(io.BytesIO(content)).getexif()


def test_captions_order_and_cover_are_given(client, space, karim):
    publication = make_publication(space, kind="album", pictures=2)
    one, two = publication.files.for_page()
    lines = {
        f"{name}-{piece.pk}": value
        for piece, place in ((one, 2), (two, 1))
        for name, value in {"position": place, "caption": "L’arbre", "alt": "Un arbre",
                            "credit": "Rose"}.items()
    }  # fmt: skip
    client.force_login(karim)

    client.post(_url("pictures", publication), {**lines, "cover": two.pk})

    publication = Publication.objects.for_page().get(pk=publication.pk)
    assert [piece.pk for piece in publication.files.for_page()] == [two.pk, one.pk]
    assert publication.cover == two.file
    assert publication.files.for_page()[0].file.credit == "Rose"


# Before and after


def test_before_alone_is_kept_and_any_member_adds_the_after(client, space, lina):
    publication = make_publication(space, kind="before-after")
    pair = make_pair(publication)
    review.publish(publication=publication, by=publication.by)
    assert "L’après viendra." in client.get(publication.get_absolute_url()).content.decode()

    client.force_login(lina)
    page = client.get(_url("after", publication, pair.pk)).content.decode()
    assert pair.before.url in page
    client.post(_url("after", publication, pair.pk), {"after": sent(picture()), "seen": "no"})

    pair.refresh_from_db()
    assert pair.after.is_public
    client.logout()
    page = client.get(publication.get_absolute_url()).content.decode()
    assert 'type="range"' in page
    assert pair.after.url in page


def test_an_after_is_not_put_twice_but_can_be_redone(client, space, karim):
    publication = make_publication(space, kind="before-after")
    pair = make_pair(publication, with_after=True)

    with pytest.raises(Refused, match="déjà mis"):
        parts.add_after(pair=pair, after=prepared(), by=karim)

    client.force_login(karim)
    client.post(_url("decide-pair", publication, pair.pk), {"after": "1"})
    pair.refresh_from_db()
    assert pair.after is None
    client.post(_url("decide-pair", publication, pair.pk), {"pair": "1"})
    assert not File.objects.exists()


def test_an_after_with_someone_on_it_waits_until_one_said_who(client, space, karim, lina):
    publication = make_publication(space, kind="before-after")
    pair = make_pair(publication)
    review.publish(publication=publication, by=publication.by)
    parts.add_after(pair=pair, after=prepared(), by=lina)

    page = client.get(publication.get_absolute_url()).content.decode()
    assert "L’après viendra." in page
    pair.refresh_from_db()
    assert not _opens(client, pair.after)
    client.force_login(karim)
    page = client.get(publication.get_absolute_url()).content.decode()
    assert "personne n’a encore dit qui l’on voit" in page
    assert "Prendre la photo d’après" not in page

    piece = publication.files.get(file=pair.after)
    client.post(_url("who", publication, piece.pk), {"nobody_seen": "on"})
    client.logout()
    assert pair.after.url in client.get(publication.get_absolute_url()).content.decode()
    assert _opens(client, pair.after)


def test_a_pair_is_made_on_a_page(client, space, lina):
    publication = make_publication(space, by=lina, kind="before-after")
    client.force_login(lina)

    refused = client.post(_url("pair-new", publication), {"place": "", "before": sent(picture())})
    assert "Donnez un nom à cet endroit." in refused.content.decode()
    client.post(
        _url("pair-new", publication),
        {"place": "Le pied de l’immeuble B", "before": sent(picture()), "seen": "no"},
    )

    assert publication.pairs.get().place == "Le pied de l’immeuble B"


# Tutorials


def test_steps_are_typed_in_lines_and_an_empty_line_goes(client, space, karim):
    publication = make_publication(space, kind="tutorial")
    client.force_login(karim)
    url = _url("steps", publication)
    client.post(url, {"words-0": "Creuser", "icon-0": "hammer", "words-1": "Planter",
                      "picture-1": sent(picture()), "seen": "no"})  # fmt: skip
    assert list(publication.steps.values_list("words", "icon")) == [
        ("Creuser", "hammer"),
        ("Planter", ""),
    ]
    assert publication.steps.get(words="Planter").picture

    client.post(url, {"words-0": "", "words-1": "Planter droit"})
    assert list(publication.steps.values_list("words", flat=True)) == ["Planter droit"]
    assert publication.steps.get().picture


def test_a_tutorial_is_carried_away_whole(
    client, space, tmp_path, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        publication = make_publication(space, kind="tutorial")
        film = prepared(video(tmp_path), kinds=("video",), name="film.mov")
        writing.add_files(publication, [film], by=publication.by, nobody_seen=True)
        parts.set_steps(
            publication=publication,
            gestures=[parts.Gesture(words="Arroser le soir", icon="sprout")],
            nobody_seen=True,
            by=publication.by,
        )
    review.publish(publication=publication, by=publication.by)

    pack = client.get(_url("pack", publication))

    with zipfile.ZipFile(io.BytesIO(pack.content)) as whole:
        assert set(whole.namelist()) == {"gestes.pdf", "texte.pdf", "video-1.mp4"}
        assert b"location" not in whole.read("video-1.mp4")


@pytest.mark.parametrize("name", ["article-pdf", "gestures-pdf", "pairs-pdf"])
def test_each_paper_is_drawn(client, space, name):
    publication = make_publication(space, kind="before-after", pictures=1, byline="Rose")
    make_pair(publication, with_after=True)
    make_pair(publication, place="La cour")
    review.publish(publication=publication, by=publication.by)

    assert client.get(_url(name, publication)).content.startswith(b"%PDF")


def test_the_square_picture_is_1080_by_1080_with_or_without_a_photo(client, space):
    for pictures in (0, 1):
        publication = make_published(space, pictures=pictures, title="Une fête " * 12)
        card = Image.open(io.BytesIO(client.get(_url("card", publication)).content))
        assert (card.format, card.size) == ("JPEG", (1080, 1080))


# The box


def test_with_the_code_and_no_account_one_sends_pictures_that_the_team_looks_at(
    client, space, karim
):
    album = make_published(space, kind="album", is_box=True)
    url = _url("box", album)
    what = {"files": sent(picture()), "seen": "no", "credit": "Inès", "agrees": "on"}
    assert "J’ai le code de l’affiche" in client.get(url).content.decode()
    client.post(url, what)
    assert not File.objects.exists()

    client.post(reverse("spaces:enter", args=["7K4M-2QXD"]), {"look": "1"})
    assert (
        "Votre photo est arrivée"
        in client.post(url, what | {"files": sent(picture())}).content.decode()
    )
    file = File.objects.get()
    assert file.credit == "Inès"
    client.logout()
    assert file.url not in client.get(album.get_absolute_url()).content.decode()
    assert not _opens(client, file)

    client.force_login(karim)
    client.post(_url("decide-file", album, album.files.get().pk), {"accept": "1"})
    client.logout()
    assert file.url in client.get(album.get_absolute_url()).content.decode()
    assert _opens(client, file)


def test_a_picture_of_the_box_with_someone_on_it_waits_for_who(space, karim):
    album = make_published(space, kind="album", is_box=True)
    parts.send_to_box(
        publication=album, prepared=[prepared()], by=None, credit="", nobody_seen=False
    )
    piece = album.files.get()

    with pytest.raises(Refused, match="qui l’on voit"):
        parts.accept(piece=piece, by=karim)

    piece.refresh_from_db()
    assert not piece.is_accepted


def test_an_album_that_is_no_box_takes_nothing(client, space):
    album = make_published(space, kind="album")

    assert client.get(_url("box", album)).status_code == 404
    with pytest.raises(Refused):
        parts.send_to_box(
            publication=album, prepared=[prepared()], by=None, credit="", nobody_seen=True
        )
