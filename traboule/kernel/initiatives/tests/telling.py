"""The answers of someone who tells everything, and ways to give them."""

import io
import uuid
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from traboule.kernel.initiatives import drafting
from traboule.kernel.initiatives.models import Draft

from .factories import make_commune

STORY = {
    "title": "L’atelier du samedi",
    "summary": "À Vienne, des voisins réparent leurs ordinateurs ensemble.",
    "commune": "Vienne",
    "theme": "create",
    "holder_name": "Les voisins du 14",
    "holder_kind": "group",
    "state": "running",
    "started": "juin 2019",
    "description": "On vient avec sa machine, on repart avec une machine qui marche.",
    "callback_name": "Samia",
    "callback_contact": "06 12 34 56 78",
}


def make_draft(**answers: Any) -> Draft:
    """A draft that tells everything a sheet needs, in Vienne."""
    make_commune("38544")
    draft = drafting.start(form_key=str(uuid.uuid4()))
    return drafting.answer(draft=draft, values={**STORY, "commune_code": "38544", **answers})


def make_sent_draft(**answers: Any) -> Draft:
    """The same, sent to the editors."""
    return drafting.submit(draft=make_draft(**answers))


def begin(client: Any) -> Draft:
    """Press « Commencer »."""
    client.post(reverse("initiatives:contribute"), {"form_key": str(uuid.uuid4())})
    return Draft.objects.latest("pk")


def reply(client: Any, draft: Draft, key: str, **values: Any) -> Any:
    """Answer one question."""
    address = reverse("initiatives:draft-question", args=[draft.code, key])
    response = client.post(address, {"then": "next", **values})
    draft.refresh_from_db()
    return response


def photograph(size: tuple[int, int] = (2400, 1200), *, sideways: bool = False) -> bytes:
    """A JPEG that knows where it was taken."""
    image, out, exif = Image.new("RGB", size, "peru"), io.BytesIO(), Image.Exif()
    exif[0x010F] = "Appareil de Samia"
    if sideways:
        exif[0x0112] = 6
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def upload(content: bytes, name: str = "photo.jpg") -> SimpleUploadedFile:
    """A file as a form sends it."""
    return SimpleUploadedFile(name, content, content_type="image/jpeg")
