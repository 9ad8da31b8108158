"""Who opens the files of a space."""

import pytest
from django.urls import reverse

from traboule.kernel.files.models import File
from traboule.kernel.files.tests.factories import make_file
from traboule.kernel.spaces.models import Space
from traboule.kernel.spaces.tests.factories import make_participant, make_space


def _opens(client, file):
    response = client.get(file.url)
    return response.status_code == 200 and bool(response.getvalue())


@pytest.fixture
def file(db):
    return make_file(make_space(access_code="7K4M-2QXD"))


def test_files_open_for_those_who_read_in_the_space_and_for_all_once_public(client, file):
    assert not _opens(client, file)

    client.force_login(make_participant(Space.objects.get()))
    assert _opens(client, file)
    client.force_login(make_participant(make_space(sheet={"slug": "un-autre"})))
    assert not _opens(client, file)

    client.logout()
    File.objects.update(is_public=True)
    assert _opens(client, file)


def test_the_code_of_the_gate_opens_the_pictures_of_the_garden(client, file):
    client.post(reverse("spaces:enter", args=["7K4M-2QXD"]), {"look": "1"})

    assert _opens(client, file)
