"""What the agenda shows on pages that do not know it."""

import pytest
from django.urls import reverse

from traboule.blocks.agenda.actions import for_others, signups
from traboule.blocks.agenda.models import Signup
from traboule.kernel.notices.models import Notice
from traboule.kernel.people.guardians import add_child
from traboule.kernel.spaces.tests.factories import make_facilitator, make_participant, make_space

from .factories import make_event, make_people

pytestmark = pytest.mark.django_db


@pytest.fixture
def space():
    return make_space(blocks=("agenda",))


@pytest.fixture
def karim(space):
    return make_facilitator(space)


@pytest.fixture
def nadia(client, space):
    """A member, signed in."""
    person = make_participant(space)
    client.force_login(person)
    return person


def front(client, space):
    return client.get(space.get_absolute_url()).content.decode()


def test_the_front_page_shows_the_next_dates_and_leads_to_all(client, space):
    for number in (1, 2, 3, 4):
        make_event(space, days=number, title=f"Date {number}")
    make_event(space, days=1, title="Entre nous", is_public=False)

    page = front(client, space)

    assert [f"Date {number}" in page for number in (1, 2, 3, 4)] == [True, True, True, False]
    assert "Entre nous" not in page
    assert f'href="{reverse("agenda:agenda", args=[space.slug])}"' in page


def test_an_invitation_is_answered_from_the_front_page(client, space, karim, nadia):
    event = make_event(space)
    for_others.invite(event=event, people=[nadia], by=karim)
    asked = front(client, space)

    client.post(reverse("notices:answer", args=[Notice.objects.get().pk]), {"answer": "1"})

    assert "Venez-vous à" in asked
    assert [one.state for one in Signup.objects.filter(person=nadia)] == ["going"]
    assert "Venez-vous à" not in front(client, space)


def test_who_waits_reads_their_place_in_line(client, space, nadia):
    event = make_event(space, capacity=1)
    for one in (*make_people(3), nadia):
        signups.sign_up(event=event, person=one, by=one)

    page = front(client, space)

    assert "vous êtes numéro 3 sur la liste d’attente" in page


def test_dates_to_confirm_are_shown_to_those_who_facilitate(client, space, karim, nadia):
    make_event(space, title="Tenir ses comptes", state="draft")

    for_member = front(client, space)
    client.force_login(karim)
    for_facilitator = front(client, space)

    assert "Tenir ses comptes" not in for_member
    assert "Vérifier et confirmer" in for_facilitator
    assert "Tenir ses comptes" in for_facilitator


def test_my_page_shows_where_i_and_mine_are_expected(client, space, nadia):
    child = add_child(name="Noé", birth_year=None, by=nadia)
    signups.sign_up(event=make_event(space, title="Coder"), person=child, by=nadia)
    over = make_event(space, title="Hier")
    signups.sign_up(event=over, person=nadia, by=nadia)
    type(over).objects.filter(pk=over.pk).update(state="cancelled")

    page = client.get(reverse("people:me")).content.decode()

    assert "Coder" in page
    assert "Pour Noé" in page
    assert "Hier" not in page


def test_someone_s_page_shows_where_they_are_expected_in_this_space(client, space, karim, nadia):
    signups.sign_up(event=make_event(space, title="Ici"), person=nadia, by=nadia)
    signups.sign_up(event=make_event(title="Ailleurs"), person=nadia, by=nadia)
    client.force_login(karim)

    page = client.get(reverse("spaces:person", args=[space.slug, nadia.public_id])).content.decode()

    assert "Ici" in page
    assert "Ailleurs" not in page
    assert reverse("agenda:phone-event", args=[space.slug, nadia.public_id]) in page


def test_a_space_without_an_agenda_shows_nothing_of_it(client):
    space = make_space()
    make_event(space)

    assert reverse("agenda:agenda", args=[space.slug]) not in front(client, space)


def test_these_pages_cost_the_same_with_one_date_of_each_as_with_three(
    client, space, karim, nadia, count_queries
):
    pages = (space.get_absolute_url(), reverse("people:me"))

    def one_more():
        for_others.invite(event=make_event(space), people=[nadia], by=karim)
        full = make_event(space, capacity=1)
        for one in (*make_people(1), nadia):
            signups.sign_up(event=full, person=one, by=one)
        signups.sign_up(event=make_event(space), person=nadia, by=nadia)

    one_more()
    front_page, mine = (count_queries(page) for page in pages)
    one_more(), one_more()

    assert [count_queries(page) for page in pages] == [front_page, mine]
    assert front_page <= 20
    assert mine <= 20
