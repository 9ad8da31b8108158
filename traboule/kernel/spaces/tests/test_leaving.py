"""Leaving with everything."""

import io
import zipfile

from django.urls import reverse

from traboule.kernel.files.tests.factories import make_file
from traboule.kernel.journal.models import Entry
from traboule.kernel.spaces.models import News, Page
from traboule.kernel.spaces.tests.factories import make_coordinator, make_participant, make_space


def _taken(client, space):
    response = client.post(reverse("spaces:take-away", args=[space.slug]))
    return zipfile.ZipFile(io.BytesIO(response.getvalue()))


def test_everything_leaves_and_only_what_is_of_this_space(client, db):
    space, other = make_space(blocks=("agenda",)), make_space(blocks=("agenda",))
    make_participant(space, name="Nadia", mobile="+33612345678")
    make_participant(other, name="Bruno", mobile="+33612345679")
    News.objects.create(space=space, title="=SOMME(A1)", text="x", html="x")
    Page.objects.create(space=space, slug="outils", title="Outils", text="La clé.", html="x")
    make_file(space)
    client.force_login(make_coordinator(space))

    with _taken(client, space) as folder:
        names = folder.namelist()
        read = {name: folder.read(name).decode("utf-8-sig") for name in names if ".csv" in name}

    everything = "\n".join(read.values())
    assert "Nadia" in everything
    assert "+33612345678" in everything
    assert "Bruno" not in everything
    assert "'=SOMME(A1)" in everything
    assert "pages/outils.md" in names
    assert any(name.startswith("fichiers/") and name.endswith(".jpg") for name in names)
    assert "modele.zip" in names
    assert Entry.objects.filter(act="take-everything-away").count() == 1


def test_only_who_coordinates_takes_everything(client, db):
    space = make_space()
    client.force_login(make_participant(space))

    assert client.post(reverse("spaces:take-away", args=[space.slug])).status_code == 403
