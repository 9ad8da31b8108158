"""Contacts are invited from the agenda, answer, and take part."""

import pytest
from django.urls import reverse
from django.utils import timezone

from traboule.blocks.agenda.actions import signups
from traboule.blocks.agenda.tests.factories import make_event
from traboule.blocks.outreach.models import Contact, Message
from traboule.kernel.notices.models import Notice
from traboule.kernel.people.actions import join
from traboule.kernel.people.models import Channel
from traboule.kernel.spaces.models import Participation
from traboule.kernel.spaces.tests.factories import make_facilitator

from .factories import make_contact, make_neighbourhood, outreach_space

pytestmark = pytest.mark.django_db


@pytest.fixture
def space():
    return outreach_space()


@pytest.fixture
def karim(space):
    return make_facilitator(space)


def test_a_segment_is_invited_from_the_page_of_a_date(client, space, karim):
    lina = make_contact(space, by=karim, neighbourhood=make_neighbourhood())
    make_contact(space, "Omar", by=karim)
    segment = space.outreach_segments.create(name="Marlioz", filters={"quartier": "oui"})
    key = f"outreach:segment-{segment.pk}"
    event = make_event(space)
    address = reverse("agenda:invite", args=[space.slug, event.pk])
    client.force_login(karim)

    page = client.get(f"{address}?groupe={key}")
    assert page.context["people"] == [lina.person]
    client.post(address, {"groupe": key, "who": [lina.person_id], "send": "1"})

    invited = Notice.objects.filter(kind="agenda.invitation", data__event=event.pk)
    assert [notice.person for notice in invited] == [lina.person]
    assert client.get(f"{address}?groupe={key}").context["people"] == []


def test_a_contact_who_signs_up_takes_part_and_is_not_written_to_any_more(space, karim):
    lina = make_contact(space, by=karim, email="lina@exemple.fr")
    draft = Message.objects.create(contact=lina, way="email", subject="Venez", text="…")

    signups.sign_up(event=make_event(space), person=lina.person, by=lina.person)

    lina.refresh_from_db()
    draft.refresh_from_db()
    assert (lina.state, draft.state) == (Contact.State.IN_TOUCH, Message.State.STOPPED)
    assert Participation.objects.get(space=space, person=lina.person).role == "member"


@pytest.mark.parametrize(("name", "is_known"), [("Lina", True), ("Omar Sy", False)])
def test_whoever_comes_in_alone_is_the_contact_of_that_number_and_name(
    space, karim, name, is_known
):
    make_contact(space, by=karim, phone="+33612345678")
    herself = join(name=name, kind="mobile", value="+33612345678", language="fr")

    signups.sign_up(event=make_event(space), person=herself, by=herself)

    assert Contact.objects.filter(space=space, person=herself).exists() == is_known
    assert Contact.objects.filter(state=Contact.State.IN_TOUCH).exists() == is_known


def test_an_event_of_others_changes_nothing(space, karim):
    lina = make_contact(space, by=karim)
    other = make_event()

    signups.sign_up(event=other, person=lina.person, by=lina.person)

    lina.refresh_from_db()
    assert lina.state == Contact.State.TO_CONTACT
    assert not Channel.objects.filter(person=lina.person, verified_at__lt=timezone.now()).exists()
