"""From a sheet to a running space."""

import datetime
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from traboule.kernel.initiatives.models import Initiative
from traboule.kernel.initiatives.reading import lineage
from traboule.kernel.initiatives.tests.factories import (
    make_commune,
    make_editor,
    make_initiative,
    make_person,
)
from traboule.kernel.initiatives.vocabulary import Origin
from traboule.kernel.journal.models import Entry
from traboule.kernel.notices.models import Notice
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Organisation
from traboule.kernel.people.organisations import create_organisation
from traboule.kernel.spaces import shelf
from traboule.kernel.spaces.models import Role, Space
from traboule.kernel.spaces.rules import role_in
from traboule.kernel.spaces.starting import MOST_A_DAY, NewHolder, start

pytestmark = pytest.mark.django_db
HOLDER = NewHolder(name="Centre social du Biollay", kind="association")


def make_sheet(slug="citeslab-grand-lac", **fields) -> Initiative:
    return make_initiative(slug=slug, title="Ateliers numériques", origin=Origin.REPORTED, **fields)


def start_one(sheet, by, **fields) -> Space:
    given = {
        "recipe": shelf.recipe_of_sheet("citeslab-grand-lac"),
        "title": "Ateliers du Biollay",
        "commune": make_commune("38185"),
        "holder": HOLDER,
        "starts_on": timezone.localdate(),
    }
    return start(sheet=sheet, by=by, **{**given, **fields})


def test_starting_stamps_everything_the_recipe_says():
    sheet, nadia = make_sheet(), make_person("Nadia")
    recipe = shelf.recipe_of_sheet(sheet.slug)

    space = start_one(sheet, nadia, place_name="Le Biollay")

    initiative = space.initiative
    assert (initiative.title, initiative.place) == ("Ateliers du Biollay", "Le Biollay, Grenoble")
    assert (initiative.origin, initiative.state, initiative.holder.name) == (
        "here",
        "running",
        "Centre social du Biollay",
    )
    assert [block.key for block in space.open_blocks] == list(recipe.blocks)
    assert [page.title for page in space.pages.all()] == [page.title for page in recipe.pages]
    assert space.checklist.count() == sum(len(one.items) for one in recipe.checklists)
    assert space.role_name(Role.MEMBER) == recipe.roles[Role.MEMBER]
    assert role_in(nadia, space) == Role.COORDINATOR
    assert space.purse.owner == nadia
    entry = Entry.objects.get(act="space.started")
    assert (entry.by_key, entry.subject_key, entry.details["sheet"]) == (
        nadia.pk,
        str(space.pk),
        sheet.slug,
    )


def test_lineage_is_known_both_ways_and_the_parent_s_page_says_so_at_once(client):
    sheet = make_sheet()
    before = client.get(sheet.get_absolute_url()).content.decode()

    space = start_one(sheet, make_person())

    assert lineage(space.initiative)[0] == [sheet]
    assert lineage(sheet)[1] == [space.initiative]
    after = client.get(sheet.get_absolute_url()).content.decode()
    assert "Aussi lancée à" not in before
    assert "Aussi lancée à" in after
    assert "Ateliers du Biollay" in after


def test_the_editors_of_the_place_are_told():
    here = make_editor("Awa", department_code="38")
    make_editor("Bruno", department_code="74")

    start_one(make_sheet(), make_person())

    told = Notice.objects.filter(kind="space-started")
    assert [notice.person for notice in told] == [here]


def test_a_new_holder_is_made_and_its_maker_coordinates_it():
    nadia = make_person("Nadia")

    start_one(make_sheet(), nadia)
    start_one(make_sheet("autre"), make_person("Karim"))

    organisation = Organisation.objects.get(name="Centre social du Biollay")
    assert [membership.person for membership in organisation.memberships.all()] == [nadia]


def test_a_holder_of_mine_is_kept_even_when_another_has_its_name():
    create_organisation(organisation=Organisation(name="Les Voisins"), by=make_person("Karim"))
    nadia = make_person("Nadia")
    mine = create_organisation(organisation=Organisation(name="Les Voisins"), by=nadia)

    space = start_one(make_sheet(), nadia, holder=mine)

    space.initiative.refresh_from_db()
    assert space.initiative.holder == mine


def test_the_same_key_starts_once():
    sheet, nadia, key = make_sheet(), make_person(), uuid.uuid4()

    spaces = [start_one(sheet, nadia, key=key) for _ in range(2)]

    assert spaces == [Space.objects.get()] * 2


def test_two_spaces_of_the_same_name_have_their_own_address():
    sheet, nadia = make_sheet(), make_person()

    slugs = [start_one(sheet, nadia).slug for _ in range(2)]

    assert slugs == ["ateliers-du-biollay", "ateliers-du-biollay-2"]


def test_a_sixth_start_of_the_day_is_refused():
    sheet, nadia = make_sheet(), make_person()
    for _ in range(MOST_A_DAY):
        start_one(sheet, nadia)

    with pytest.raises(Refused, match="revenez demain"):
        start_one(sheet, nadia)
    assert start_one(sheet, make_person("Karim"))


def test_a_guest_whom_nobody_can_reach_starts_nothing():
    guest = make_person("Lina")
    guest.is_guest = True

    with pytest.raises(Refused, match="on doit pouvoir vous joindre"):
        start_one(make_sheet(), guest)


# On screen


@pytest.fixture
def nadia(client):
    person = make_person("Nadia")
    client.force_login(person)
    return person


def answers(**fields):
    monday = timezone.localdate() + datetime.timedelta(days=7)
    return {
        "form_key": str(uuid.uuid4()),
        "title": "Ateliers du Biollay",
        "commune": "Grenoble",
        "place_name": "Le Biollay",
        "holder": "new",
        "holder_name": "Centre social du Biollay",
        "holder_kind": "association",
        "starts_on": monday.isoformat(),
        "role_member": "Artisane ou artisan",
        "then": "preview",
        **fields,
    }


def test_the_sheet_has_a_door_even_for_a_visitor_who_then_signs_in(client):
    sheet = make_sheet()
    address = reverse("spaces:start", args=[sheet.slug])

    page = client.get(sheet.get_absolute_url()).content.decode()

    assert page.count(f'href="{address}"') == 2
    assert "Lancer la même ici" in page
    assert client.get(address).headers["Location"] == f"{reverse('people:sign-in')}?next={address}"


def test_a_sheet_without_a_recipe_says_so_and_has_no_dead_button(client, nadia):
    sheet = make_sheet("sans-modele")
    address = reverse("spaces:start", args=[sheet.slug])

    page = client.get(sheet.get_absolute_url()).content.decode()

    assert "Pas encore de modèle pour cette fiche" in page
    assert address not in page
    assert client.get(address).headers["Location"] == sheet.get_absolute_url()


def test_saying_seeing_starting(client, nadia):
    make_commune("38185")
    address = reverse("spaces:start", args=[make_sheet().slug])

    preview = client.post(address, answers())
    assert "Voici ce qui va être créé" in preview.content.decode()
    assert Space.objects.count() == 0
    hidden = {bound.html_name: bound.value() or "" for bound in preview.context["form"]}
    for _ in range(2):  # Pressed twice.
        done = client.post(address, {**hidden, "then": "start"})

    space = Space.objects.get()
    assert done.headers["Location"] == space.get_absolute_url()
    assert (space.initiative.place, space.role_name(Role.MEMBER)) == (
        "Le Biollay, Grenoble",
        "Artisane ou artisan",
    )


def test_changing_something_brings_back_what_was_typed(client, nadia):
    make_commune("38185")
    address = reverse("spaces:start", args=[make_sheet().slug])

    page = client.post(address, answers(then="change"))

    assert 'value="Ateliers du Biollay"' in page.content.decode()
    assert Space.objects.count() == 0


def test_one_of_my_organisations_carries_it_without_being_named_again(client, nadia):
    make_commune("38185")
    mine = create_organisation(organisation=Organisation(name="Les Voisins"), by=nadia)
    address = reverse("spaces:start", args=[make_sheet().slug])

    client.post(address, answers(then="start", holder=str(mine.pk), holder_name=""))

    assert Space.objects.get().initiative.holder == mine


def test_nobody_starts_in_the_name_of_an_organisation_that_is_not_theirs(client, nadia):
    make_commune("38185")
    other = create_organisation(organisation=Organisation(name="Autre"), by=make_person("Karim"))
    address = reverse("spaces:start", args=[make_sheet().slug])

    client.post(address, answers(then="start", holder=str(other.pk)))

    assert Space.objects.count() == 0


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"title": ""}, "Donnez-lui un nom"),
        ({"commune": "Zzyzx"}, "Nous ne trouvons pas cette commune"),
        ({"holder_name": ""}, "Dites qui porte l’initiative"),
        ({"holder_siret": "123"}, "Un SIRET compte quatorze chiffres"),
        ({"starts_on": "2016-01-01"}, "Ce jour est passé"),
        ({"starts_on": "2999-01-01"}, "C’est dans plus de deux ans"),
        ({"starts_on": "demain"}, "Écrivez une date"),
        ({"ends_on": timezone.localdate().isoformat()}, "Le dernier jour vient avant le premier"),
    ],
)
def test_a_mistake_says_what_to_do_and_starts_nothing(client, nadia, wrong, told):
    make_commune("38185")
    address = reverse("spaces:start", args=[make_sheet().slug])

    page = client.post(address, answers(then="start", **wrong)).content.decode()

    assert told in page
    assert Space.objects.count() == 0


def test_a_sheet_costs_one_query_more_for_its_slots(count_queries):
    sheet = make_sheet()
    address = sheet.get_absolute_url()

    assert [count_queries(address), count_queries(address)] == [7, 2]
