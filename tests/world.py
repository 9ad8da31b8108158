"""A small world for tests: one person of each kind, and something at every address."""

from typing import Any

import pytest

ROLES = ("anonymous", "person", "editor", "superuser")


@pytest.fixture
def person_of(db: None) -> Any:
    """Make the person who has a role: ``person_of("editor")``; nobody for "anonymous"."""
    # Late: models exist once Django is set up.
    from traboule.kernel.people.models import Editorship, Person

    def make(role: str) -> Any:
        if role == "anonymous":
            return None
        if role == "superuser":
            return Person.objects.create_superuser(name="Samira")
        person = Person.objects.create_person(name=role.capitalize())
        if role == "editor":
            Editorship.objects.create(person=person)
        return person

    return make


@pytest.fixture
def sample_world(db: None) -> dict[str, Any]:
    """Give a value to each argument that an address takes.

    The key is the argument's name ("slug"), or for one address only its name and the argument's
    ("initiatives:sheet slug").
    """
    # Late: models exist once Django is set up.
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage

    from traboule.kernel.initiatives.models import Confirmation, Draft, Job
    from traboule.kernel.initiatives.tests.factories import make_initiative, make_person

    initiative = make_initiative()
    confirmation = Confirmation.objects.create(initiative=initiative)
    booklet = Job.objects.create(
        kind=Job.Kind.BOOKLET,
        status=Job.Status.DONE,
        output=ContentFile(b"%PDF-1.7", name="recueil.pdf"),
    )
    checked = Job.objects.create(
        kind=Job.Kind.IMPORT_CHECK,
        status=Job.Status.DONE,
        report={"file": "fiches.csv", "origin": "reported", "wrong": 0},
    )
    neighbour = make_person("Nadia", mobile="+33612345678")
    return {
        "slug": initiative.slug,
        "code": Draft.objects.create(form_key="sample").code,
        "key": booklet.key,
        "name": default_storage.save("initiatives/image.jpg", ContentFile(b"JPEG")),
        "token": confirmation.token,
        "initiatives:call-outcome pk": confirmation.pk,
        "initiatives:draft-question key": "nom",
        "initiatives:import-checked key": checked.key,
        "people:remove-channel pk": neighbour.channels.get().pk,
    }
