"""What is kept of files, and who may open them."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from PIL import Image

from traboule.kernel.files import actions, checking, receiving, sound_and_vision
from traboule.kernel.files.models import Kind, State, Upload
from traboule.kernel.files.tests.factories import SAMPLES, make_file, picture, sent, video, voice
from traboule.kernel.people import consents, rights
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import How, Person, Purpose

SCRIPT = b"<script>alert(1)</script>"


@dataclass(frozen=True)
class Place:
    """What files belong to."""

    key: str = "place:1"


@pytest.fixture
def space(db):
    return Place()


@pytest.fixture
def lina(db):
    return Person.objects.create_person(name="Lina", birth_year=1980)


@pytest.fixture
def karim(db):
    return Person.objects.create_person(name="Karim")


def _opens(client, file):
    response = client.get(file.url)
    return response.status_code == 200 and bool(response.getvalue())


def _bytes(field):
    return Path(field.path).read_bytes()


def test_a_photo_of_a_telephone_is_kept_upright_without_its_place_nor_its_scripts(space):
    exif = Image.Exif()
    exif[0x0112] = 6  # Held upright.
    exif[0x010E] = SCRIPT.decode()
    exif.get_ifd(0x8825)[2] = (45.0, 45.0, 0.0)

    file = make_file(space, content=picture((60, 40), exif=exif, comment=SCRIPT))

    with Image.open(file.content.path) as image:
        assert image.size == (40, 60)
        assert dict(image.getexif()) == {}
    assert SCRIPT not in _bytes(file.content)


def test_the_format_of_some_telephones_is_read(space):
    file = make_file(space, content=(SAMPLES / "jardin.heic").read_bytes())

    with Image.open(file.content.path) as image:
        assert (image.format, image.size) == ("JPEG", (64, 48))
        assert image.getpixel((5, 5))[1] > image.getpixel((60, 40))[1]


def test_a_very_large_photo_is_made_smaller(space):
    file = make_file(space, content=picture((4000, 3000)))

    assert (file.width, file.height) == (1600, 1200)
    with Image.open(file.small.path) as image:
        assert image.size == (480, 360)


@pytest.mark.parametrize(
    ("content", "kinds"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", {Kind.PICTURE}),
        (b"MZ\x90\x00 a program", {Kind.PAPER}),
        (b"#EXTM3U\nfile:///etc/passwd\n", {Kind.VIDEO, Kind.AUDIO}),
        (picture().getvalue()[:400], {Kind.PICTURE}),
    ],
)
def test_what_is_not_what_it_says_is_refused_in_words(db, content, kinds):
    upload = receiving.take(sent(content, "photo.jpg"), most=10**6)

    with pytest.raises(Refused) as refused:
        checking.prepare(upload, kinds=kinds)

    assert refused.value.messages[0]


def test_a_video_is_made_ready_for_every_telephone(
    space, tmp_path, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        file = make_file(space, content=video(tmp_path), kinds={Kind.VIDEO})
    file.refresh_from_db()

    assert (file.state, file.percent, file.kind) == (State.READY, 100, Kind.VIDEO)
    assert all((file.content, file.light, file.small, file.sound))
    assert b"+45.76" not in _bytes(file.content)
    light = sound_and_vision.look(default_storage.path(file.light.name))
    assert (light.height, light.has_sound) == (240, True)
    assert Upload.objects.count() == 0


@pytest.mark.parametrize("ending", ["webm", "m4a", "ogg"])
def test_a_voice_recorded_by_a_browser_is_kept_with_how_long_it_is(
    space, tmp_path, ending, django_capture_on_commit_callbacks
):
    spoken = voice(tmp_path, ending, seconds=3)
    with django_capture_on_commit_callbacks(execute=True):
        file = make_file(space, content=spoken, kinds={Kind.AUDIO})
    file.refresh_from_db()

    assert (file.state, file.kind, file.seconds) == (State.READY, Kind.AUDIO, 3)
    assert sound_and_vision.look(Path(file.content.path)).has_sound


def test_a_player_gets_the_part_it_asks_for(space, client):
    file = make_file(space, public=True)
    whole = _bytes(file.content)

    part = client.get(file.url, headers={"Range": "bytes=2-5"})
    end = client.get(file.url, headers={"Range": "bytes=-3"})
    beyond = client.get(file.url, headers={"Range": f"bytes={len(whole)}-"})

    assert (part.status_code, part.getvalue()) == (206, whole[2:6])
    assert end.getvalue() == whole[-3:]
    assert beyond.status_code == 416


def test_a_picture_waits_for_the_yes_of_everyone_on_it_and_goes_with_a_no(
    space, client, lina, karim
):
    file = make_file(space, public=True)

    actions.name_people(file=file, people=[lina], by=karim)
    assert not _opens(client, file)

    yes = consents.record_answer(
        person=lina, purpose=Purpose.IMAGE, given=True, how=How.SCREEN, said_by=lina, by=lina
    )
    assert _opens(client, file)

    consents.withdraw(consent=yes, by=lina)
    assert not _opens(client, file)


def test_one_click_takes_a_picture_away_everywhere(space, client, lina, karim):
    file = make_file(space, public=True)
    actions.name_people(file=file, people=[lina], by=karim)

    client.force_login(karim)
    assert client.post(reverse("files:withdraw", args=[file.key])).status_code == 404
    client.force_login(lina)
    client.post(reverse("files:withdraw", args=[file.key]))

    client.logout()
    assert not _opens(client, file)
    assert client.get(file.small_url).status_code == 404


def test_pictures_of_someone_erased_are_not_shown_any_more(space, client, lina, karim):
    consents.record_answer(
        person=lina, purpose=Purpose.IMAGE, given=True, how=How.SCREEN, said_by=lina, by=lina
    )
    file = make_file(space, public=True)
    actions.name_people(file=file, people=[lina], by=karim)
    assert _opens(client, file)

    rights.erase(person=lina, by=lina)

    assert not _opens(client, file)


def test_what_a_file_was_leaves_nothing_on_the_disk(space, django_capture_on_commit_callbacks):
    file = make_file(space)
    name = file.content.name

    with django_capture_on_commit_callbacks(execute=True):
        actions.delete(file=file, by=None)

    assert not default_storage.exists(name)


def test_sizes_are_said_as_people_say_them():
    said = [receiving.in_words(size) for size in (12, 1_500, 25_000_000, 2_400_000_000)]

    assert said == ["12 octets", "1,5 ko", "25 Mo", "2,4 Go"]
