import io
import struct
import zlib
from pathlib import Path

import pytest
from django.urls import reverse
from PIL import Image

from traboule.kernel.initiatives.models import Draft

from .telling import begin, photograph, reply, upload

pytestmark = pytest.mark.django_db


def picture_of(draft: Draft) -> Image.Image:
    with draft.picture.open("rb") as file:
        return Image.open(io.BytesIO(file.read()))


def errors(response) -> dict[str, list[str]]:
    return dict(response.context["form"].errors)


def test_a_picture_is_made_upright_small_and_mute(client):
    draft = begin(client)

    onward = reply(
        client, draft, "image", picture_file=upload(photograph(sideways=True)),
        picture_alt="Une salle", picture_agreed="on",
    )  # fmt: skip
    kept = picture_of(draft)
    shown = client.get(reverse("initiatives:draft-picture", args=[draft.code]))

    assert onward.status_code == 302
    assert (kept.format, kept.size, dict(kept.getexif())) == ("JPEG", (800, 1600), {})
    assert b"Samia" not in b"".join(shown.streaming_content)


def test_a_picture_without_words_is_kept_while_they_are_asked(client):
    draft = begin(client)

    page = reply(client, draft, "image", picture_file=upload(photograph()))
    onward = reply(client, draft, "image", picture_alt="Une salle", picture_agreed="on")

    assert list(errors(page)) == ["picture_alt", "picture_agreed"]
    assert draft.picture
    assert onward.status_code == 302


def test_a_picture_can_be_taken_away(client, django_capture_on_commit_callbacks):
    draft = begin(client)
    reply(client, draft, "image", picture_file=upload(photograph()))
    file = draft.picture.path

    with django_capture_on_commit_callbacks(execute=True):
        reply(client, draft, "image", picture_remove="on")

    assert not draft.picture
    assert not Path(file).exists()


def bomb() -> bytes:
    """A PNG of a few hundred bytes that says it is 30 000 pixels wide and high."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + checksum

    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 900)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (SVG, "n’est pas une image"),
        (b"\0" * 2000, "n’est pas une image"),
        (b"", "vide"),
        (bomb(), "trop de points"),
        (photograph()[:3000], "abîmée"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 100, "HEIC"),
        (b"\xff\xd8" + b"\0" * 60 * 2**20, "60 Mo"),
    ],
    ids=["svg", "noise", "empty", "bomb", "broken", "heic", "60 MB"],
)
def test_what_is_no_picture_is_explained_and_words_are_kept(client, content, said):
    draft = begin(client)

    page = reply(client, draft, "image", picture_file=upload(content), picture_alt="Une salle")

    assert said in errors(page)["picture_file"][0]
    assert (draft.answers["picture_alt"], bool(draft.picture)) == ("Une salle", False)


def test_a_drawing_with_holes_stays_see_through(client):
    draft, out = begin(client), io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(out, "PNG")

    reply(client, draft, "image", picture_file=upload(out.getvalue(), "dessin.png"))

    kept = picture_of(draft)
    assert (kept.format, kept.mode) == ("WEBP", "RGBA")


def test_nobody_else_sees_the_picture_of_a_draft(client):
    draft = begin(client)
    reply(client, draft, "image", picture_file=upload(photograph()))
    client.session.flush()
    client.cookies.clear()

    page = client.get(reverse("initiatives:draft-picture", args=[draft.code]))

    assert page.url.startswith(reverse("initiatives:draft-resume"))
