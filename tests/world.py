"""A small world for tests: one person of each kind, and something at every address."""

import datetime
from typing import Any

import pytest

ROLES = ("anonymous", "person", "member", "facilitator", "coordinator", "editor", "superuser")
"""Who comes: three of them by what they may do in the sample space, whose sheet is the sample."""


@pytest.fixture
def sample_space(db: None) -> Any:
    """A space in which the persons of the roles take part."""
    # Late: models exist once Django is set up.
    from traboule.kernel.spaces.tests.factories import make_space

    return make_space(access_code="7K4M-2QXD")


@pytest.fixture
def person_of(sample_space: Any) -> Any:
    """Make the person who has a role: ``person_of("editor")``; nobody for "anonymous"."""
    # Late: models exist once Django is set up.
    from traboule.kernel.people.models import Editorship, Person
    from traboule.kernel.spaces.models import Participation, Role

    def make(role: str) -> Any:
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

    return make


@pytest.fixture
def sample_world(sample_space: Any) -> dict[str, Any]:
    """Give a value to each argument that an address takes.

    The key is the argument's name ("slug"), or for one address only its name and the argument's
    ("initiatives:sheet slug").
    """
    # Late: models exist once Django is set up.
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage
    from django.utils import timezone

    from traboule.kernel.initiatives.models import Confirmation, Draft, Job
    from traboule.kernel.initiatives.tests.factories import make_person
    from traboule.kernel.people import cards, duplicates, guardians, mandates
    from traboule.kernel.people.models import Organisation
    from traboule.kernel.people.organisations import create_organisation
    from traboule.kernel.spaces.models import ChecklistItem, News, Page
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
    item = ChecklistItem.objects.create(
        space=sample_space, list_title="Avant", label="Réserver la salle"
    )
    news = News.objects.create(space=sample_space, title="On commence", text="Samedi à 10 h.")
    neighbour = make_person("Nadia", mobile="+33612345678")
    membership = create_organisation(
        organisation=Organisation(name="Les Voisins"), by=neighbour
    ).memberships.get()
    merge = duplicates.merge(kept=make_person("Bruno"), absorbed=make_person("Bruno"), by=None)
    child = guardians.add_child(name="Lina", birth_year=None, by=neighbour)
    in_a_month = timezone.localdate() + datetime.timedelta(days=30)
    mandate = mandates.propose(
        giver=neighbour, holder=participant, scopes=["all"], ends_on=in_a_month, by=neighbour
    )
    return {
        "slug": initiative.slug,
        "code": Draft.objects.create(form_key="sample").code,
        "key": booklet.key,
        "name": default_storage.save("initiatives/image.jpg", ContentFile(b"JPEG")),
        "token": confirmation.token,
        "initiatives:call-outcome pk": confirmation.pk,
        "initiatives:draft-question key": "nom",
        "initiatives:import-checked key": checked.key,
        "people:answer-relay pk": neighbour.channels.get().pk,
        "people:card-open token": cards.issue(person=neighbour, by=neighbour).token,
        "people:duplicate a": neighbour.pk,
        "people:duplicate b": participant.pk,
        "people:accept-guardianship pk": child.guardianships.get().pk,
        "people:add-guardian public_id": child.public_id,
        "people:consent public_id": child.public_id,
        "people:consent purpose": "image",
        "people:consent-paper public_id": child.public_id,
        "people:end-guardianship pk": child.guardianships.get().pk,
        "people:end-mandate code": mandate.code,
        "people:mandate code": mandate.code,
        "people:mandate-paper code": mandate.code,
        "people:prepare-mandate public_id": neighbour.public_id,
        "people:record-consents public_id": child.public_id,
        "people:sign-mandate code": mandate.code,
        "people:undo-deed pk": 1,
        "people:organisation pk": membership.organisation_id,
        "people:organisation-add pk": membership.organisation_id,
        "people:organisation-edit pk": membership.organisation_id,
        "people:organisation-leave pk": membership.pk,
        "people:organisation-remove pk": membership.organisation_id,
        "people:organisation-role pk": membership.pk,
        "people:prefer-channel pk": neighbour.channels.get().pk,
        "people:remove-channel pk": neighbour.channels.get().pk,
        "people:undo-merge pk": merge.pk,
        "people:remove-identity pk": 1,
        "people:remove-passkey pk": 1,
        "people:person-card public_id": neighbour.public_id,
        "spaces:enter code": sample_space.access_code,
        "spaces:remove-news pk": news.pk,
        "spaces:tick pk": item.pk,
        "person": participant.public_id,
        "provider": "proconnect",
        "page": Page.objects.create(space=sample_space, slug="apporter", title="Apporter").slug,
    }
