"""A small world for tests: one person of each kind, and something at every address."""

import datetime
import importlib
from functools import partial
from pathlib import Path
from typing import Any

import pytest

ROLES = ("anonymous", "person", "member", "facilitator", "coordinator", "editor", "superuser")
"""Who comes: three of them by what they may do in the sample space, whose sheet is the sample."""


def make_sample_space() -> Any:
    """A space in which the persons of the roles take part."""
    # Late: models exist once Django is set up.
    from traboule.kernel.spaces.blocks import known
    from traboule.kernel.spaces.tests.factories import make_space

    return make_space(access_code="7K4M-2QXD", blocks=tuple(known))


def make_person_of(sample_space: Any, role: str) -> Any:
    """The person who has a role in that space; nobody for "anonymous"."""
    # Late: models exist once Django is set up.
    from traboule.kernel.people.models import Editorship, Person
    from traboule.kernel.spaces.models import Participation, Role

    if role == "anonymous":
        return None
    if role == "superuser":
        return Person.objects.create_superuser(name="Samira")
    person = Person.objects.create_person(name=role.capitalize())
    if role == "editor":
        Editorship.objects.create(person=person)
    if role in Role.values:
        Participation.objects.create(space=sample_space, person=person, role=role)
    return person


@pytest.fixture
def sample_space(db: None) -> Any:
    """A space in which the persons of the roles take part."""
    return make_sample_space()


@pytest.fixture
def person_of(sample_space: Any) -> Any:
    """Make the person who has a role: ``person_of("editor")``; nobody for "anonymous"."""
    return partial(make_person_of, sample_space)


@pytest.fixture
def sample_world(sample_space: Any) -> dict[str, Any]:
    """A value for each argument that an address takes."""
    return make_sample_world(sample_space)


def make_sample_world(sample_space: Any) -> dict[str, Any]:
    """Give a value to each argument that an address takes.

    The key is the argument's name ("slug"), or for one address only its name and the argument's
    ("initiatives:sheet slug").
    """
    # Late: models exist once Django is set up.
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage

    from traboule.kernel.initiatives.models import Confirmation, Draft, Job
    from traboule.kernel.initiatives.tests.factories import make_person
    from traboule.kernel.people import cards
    from traboule.kernel.spaces.tests.factories import make_participant

    initiative = sample_space.initiative
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
    participant = make_participant(sample_space, name="Lina")
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
        **_told(neighbour),
        "people:answer-relay pk": neighbour.channels.get().pk,
        "people:card-open token": cards.issue(person=neighbour, by=neighbour).token,
        **_acting(neighbour, participant),
        **_known_twice(neighbour, participant),
        "people:prefer-channel pk": neighbour.channels.get().pk,
        "people:remove-channel pk": neighbour.channels.get().pk,
        "people:remove-identity pk": 1,
        "people:remove-passkey pk": 1,
        "people:person-card public_id": neighbour.public_id,
        "provider": "proconnect",
        "person": participant.public_id,
        **_written(sample_space),
        **_of_blocks(sample_space, participant),
    }


def _known_twice(one: Any, other: Any) -> dict[str, Any]:
    """An organisation of one of them, two people who may be one, and two who were made one."""
    from traboule.kernel.people import duplicates
    from traboule.kernel.people.models import Organisation, Person
    from traboule.kernel.people.organisations import create_organisation

    group = create_organisation(organisation=Organisation(name="Les Voisins"), by=one)
    member = group.memberships.get()
    bruno, again = (Person.objects.create_person(name="Bruno") for _ in range(2))
    return {
        "people:duplicate a": one.pk,
        "people:duplicate b": other.pk,
        "people:organisation pk": group.pk,
        "people:organisation-add pk": group.pk,
        "people:organisation-edit pk": group.pk,
        "people:organisation-leave pk": member.pk,
        "people:organisation-remove pk": group.pk,
        "people:organisation-role pk": member.pk,
        "people:undo-merge pk": duplicates.merge(kept=bruno, absorbed=again, by=None).pk,
    }


def _acting(giver: Any, holder: Any) -> dict[str, Any]:
    """A child of the giver, and a mandate that the giver prepared for the holder."""
    # Late: models exist once Django is set up.
    from django.utils import timezone

    from traboule.kernel.people import guardians, mandates

    child = guardians.add_child(name="Noé", birth_year=None, by=giver)
    guardianship = child.guardianships.get()
    in_a_month = timezone.localdate() + datetime.timedelta(days=30)
    mandate = mandates.propose(
        giver=giver, holder=holder, scopes=["all"], ends_on=in_a_month, by=giver
    )
    return {
        "people:accept-guardianship pk": guardianship.pk,
        "people:add-guardian public_id": child.public_id,
        "people:consent public_id": child.public_id,
        "people:consent purpose": "image",
        "people:consent-paper public_id": child.public_id,
        "people:end-guardianship pk": guardianship.pk,
        "people:end-mandate code": mandate.code,
        "people:mandate code": mandate.code,
        "people:mandate-paper code": mandate.code,
        "people:prepare-mandate public_id": giver.public_id,
        "people:record-consents public_id": child.public_id,
        "people:sign-mandate code": mandate.code,
        "people:undo-deed pk": 1,
    }


def _told(neighbour: Any) -> dict[str, Any]:
    """A message that someone got, an SMS that nobody understood, letters to post."""
    from django.utils import timezone

    from traboule.kernel.notices.actions import tell
    from traboule.kernel.notices.models import Inbound, LetterBatch

    told = tell(person=neighbour, kind="test", subject="Atelier", text="Samedi à 9 h.")
    inbound = Inbound.objects.create(
        gateway_id="1", from_value="+33612345699", text="C’est où ?", received_at=timezone.now()
    )
    batch = LetterBatch.objects.create()
    return {
        "notices:answer pk": told.pk,
        "notices:follow-up-act pk": told.pk,
        "notices:handle-sms pk": inbound.pk,
        "notices:letters-pdf pk": batch.pk,
        "notices:letters-posted pk": batch.pk,
    }


def _written(space: Any) -> dict[str, Any]:
    """A page, a piece of news and a thing to do of a space, and its code."""
    from traboule.kernel.spaces.models import ChecklistItem, News, Page

    item = ChecklistItem.objects.create(space=space, list_title="Avant", label="Réserver")
    page = Page.objects.create(space=space, slug="apporter", title="Apporter", text="Des gants.")
    return {
        "page": page.slug,
        "spaces:enter code": space.access_code,
        "spaces:remove-news pk": News.objects.create(space=space, title="On commence").pk,
        "spaces:remove-item pk": item.pk,
        "spaces:remove-partner pk": 1,
        "spaces:tick pk": item.pk,
    }


def _of_blocks(space: Any, participant: Any) -> dict[str, Any]:
    """What each app says of its own addresses, in ``values`` of its ``tests/world.py``."""
    from django.apps import apps

    values: dict[str, Any] = {}
    for app in apps.get_app_configs():
        if (Path(app.path) / "tests/world.py").exists():
            world = importlib.import_module(f"{app.name}.tests.world")
            values |= world.values(space, participant)
    return values
