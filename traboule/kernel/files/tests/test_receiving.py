"""Uploads that go on where they were, and forms that lose no file."""

import base64

import pytest
from django import forms
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from traboule.kernel.files import receiving
from traboule.kernel.files.actions import forget_uploads
from traboule.kernel.files.forms import FilesField
from traboule.kernel.files.models import Upload
from traboule.kernel.files.models.upload import KEPT_FOR
from traboule.kernel.files.tests.factories import picture, sent

TYPE = "application/offset+octet-stream"


class PhotoForm(forms.Form):
    title = forms.CharField()
    photo = FilesField(most=2)


def _form(data, *files):
    values = MultiValueDict(data)
    return PhotoForm(values, MultiValueDict({"photo": list(files)}))


def _begin(client, size, name="film.mov"):
    named = base64.b64encode(name.encode()).decode()
    return client.post(
        reverse("files:begin"),
        headers={"Upload-Length": str(size), "Upload-Metadata": f"filename {named}"},
    )


def _piece(client, address, offset, content):
    return client.generic(
        "PATCH", address, content, content_type=TYPE, headers={"Upload-Offset": str(offset)}
    )


def test_an_upload_goes_on_after_a_cut_and_nothing_is_written_twice(client, db):
    address = _begin(client, 10)["Location"]
    _piece(client, address, 0, b"01234")

    again = _piece(client, address, 0, b"01234")  # The answer was lost on the way.
    where = client.head(address)
    end = _piece(client, address, int(where["Upload-Offset"]), b"56789")

    assert (again.status_code, again["Upload-Offset"]) == (409, "5")
    assert (end.status_code, end["Upload-Offset"]) == (204, "10")
    upload = Upload.objects.complete().get()
    assert (upload.name, upload.path.read_bytes()) == ("film.mov", b"0123456789")


def test_more_than_was_announced_is_refused(client, db):
    address = _begin(client, 3)["Location"]

    assert _piece(client, address, 0, b"0123").status_code == 409


def test_a_stranger_sends_no_more_than_is_reasonable(client, db, settings):
    settings.UNKNOWN_UPLOAD_MAX_BYTES = 1_000_000

    response = _begin(client, 2_000_000)

    assert response.status_code == 413
    assert response.content.decode() == "Ce fichier est trop lourd : 1 Mo au plus."


def test_what_nobody_uses_is_forgotten(client, db):
    address = _begin(client, 10)["Location"]
    path = Upload.objects.get().path
    Upload.objects.update(changed_at=Upload.objects.get().changed_at - KEPT_FOR)

    forget_uploads(None)

    assert client.head(address).status_code == 404
    assert not path.exists()


def test_a_mistake_elsewhere_in_the_form_loses_no_photo(db):
    wrong = _form({"title": [""]}, sent(picture()))
    assert not wrong.is_valid()
    kept = Upload.objects.get()
    assert str(kept.key) in str(wrong["photo"])

    right = _form({"title": ["Le banc"], "photo-received": [str(kept.key)]})

    assert right.is_valid()
    assert [one.upload for one in right.cleaned_data["photo"]] == [kept]


@pytest.mark.parametrize("keys", [["nonsense"], ["00000000-0000-0000-0000-000000000000"]])
def test_keys_of_nothing_are_nothing(db, keys):
    form = _form({"title": ["Le banc"], "photo-received": keys})

    assert form.errors == {"photo": ["Choisissez une photo."]}


def test_too_many_and_unreadable_files_are_said_in_words(db):
    many = _form({"title": ["Le banc"]}, *[sent(picture()) for _ in range(3)])
    unreadable = _form({"title": ["Le banc"]}, sent(b"rien", "banc.jpg"))

    assert many.errors == {"photo": ["2 fichiers au plus : retirez-en."]}
    assert unreadable.errors["photo"][0].startswith("Ce fichier n’est pas une image")


def test_an_empty_file_is_said_in_words(db):
    form = _form({"title": ["Le banc"]}, sent(b"", "banc.jpg"))

    assert form.errors == {"photo": ["Ce fichier est vide. Choisissez-en un autre."]}
    assert receiving.in_words(0) == "0 octets"


def test_only_a_field_that_takes_sounds_offers_to_record_one():
    spoken, shown = (
        FilesField(kinds=kinds).widget.render("sent", []) for kinds in (("audio",), ("picture",))
    )

    assert "data-record" in spoken
    assert "files/record.js" in spoken
    assert "record" not in shown
