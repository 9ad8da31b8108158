"""What comes next everywhere: filters, pages, and the short codes of posters."""

import pytest
from django.urls import reverse

from traboule.blocks.agenda.views import public
from traboule.kernel.initiatives.models import Initiative
from traboule.kernel.spaces.tests.factories import make_facilitator, make_space

from .factories import make_event

pytestmark = pytest.mark.django_db
VIENNE, GRENOBLE, LYON = "38544", "38185", "69123"


def space_in(commune):
    return make_space(blocks=("agenda",), sheet={"place": {"commune": commune}})


def read(client, address=""):
    return client.get(f"{reverse('agenda:territory')}{address}")


def titles(response):
    return [event.title for event in response.context["events"]]


@pytest.fixture
def dates():
    """Three dates in three communes, the nearest in time first."""
    make_event(space_in(VIENNE), days=3, title="Réparer", kind="workshop")
    make_event(space_in(LYON), days=20, title="Visiter", kind="visit")
    make_event(space_in(GRENOBLE), days=60, title="Se réunir", kind="meeting")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Réparer", "Visiter", "Se réunir"]),
        ("?commune=Vienne", ["Réparer"]),
        ("?commune=Vienne&rayon=50", ["Réparer", "Visiter"]),
        ("?departement=38", ["Réparer", "Se réunir"]),
        ("?periode=7", ["Réparer"]),
        ("?periode=30", ["Réparer", "Visiter"]),
        ("?sorte=meeting", ["Se réunir"]),
        ("?departement=38&periode=90&sorte=workshop", ["Réparer"]),
        ("?periode=demain&sorte=fête&apres=zz", ["Réparer", "Visiter", "Se réunir"]),
        ("?sorte=performance", []),
    ],
)
def test_dates_are_found_by_place_period_and_kind(client, dates, query, found):
    assert titles(read(client, query)) == found


def test_only_what_anyone_may_read_is_shown_and_only_to_come(client):
    space = space_in(VIENNE)
    make_event(space, title="Ouvert")
    make_event(space, title="Annulé", state="cancelled")
    make_event(space, title="À confirmer", state="draft")
    make_event(space, title="Entre nous", is_public=False)
    make_event(space, title="Passé", days=-3)
    hidden = make_event(space_in(VIENNE), title="Pas publié").space.initiative
    Initiative.objects.filter(pk=hidden.pk).update(published_at=None)
    client.force_login(make_facilitator(space))

    assert titles(read(client)) == ["Ouvert", "Annulé"]


def test_pages_follow_one_another_and_keep_the_filters(client, monkeypatch):
    monkeypatch.setattr(public, "PAGE_SIZE", 2)
    space = space_in(VIENNE)
    for number in range(5):
        make_event(space, title=f"Date {number}", days=4)  # The same hour: the key decides.
    make_event(space, title="Visite", kind="visit")

    pages = [read(client, "?sorte=workshop&commune=38544")]
    while address := pages[-1].context["next"]:
        pages.append(client.get(address))

    assert [titles(page) for page in pages] == [
        ["Date 0", "Date 1"], ["Date 2", "Date 3"], ["Date 4"],
    ]  # fmt: skip
    assert titles(client.get(pages[-1].context["first"])) == ["Date 0", "Date 1"]


def test_it_costs_the_same_with_one_date_as_with_three(count_queries):
    for commune, expected in ((VIENNE, 1), (LYON, 2), (GRENOBLE, 3)):
        make_event(space_in(commune), title=f"{expected}")
        assert count_queries(reverse("agenda:territory")) == 1


def test_a_live_search_gets_the_list_alone(client, dates):
    response = client.get(reverse("agenda:territory"), headers={"HX-Request": "true"})

    page = response.content.decode()
    assert "Réparer" in page
    assert "<html" not in page


def test_calendar_and_paper_keep_the_place(client, dates):
    page = read(client, "?commune=Vienne&rayon=30").content.decode()

    around = "?commune=Vienne+%2838%29&amp;rayon=30"
    assert f'{reverse("agenda:territory-ics")}{around}"' in page
    assert f"{reverse('agenda:month')}{around}&amp;mois=" in page


def test_an_empty_agenda_says_what_to_do(client):
    assert "Revenez bientôt" in read(client).content.decode()
    assert "Voir toutes les dates" in read(client, "?periode=7").content.decode()


def test_the_code_of_a_poster_leads_to_its_date_however_it_is_typed(client):
    event = make_event()
    typed = f" {event.code[:2].lower()}-{event.code[2:]}."

    asked = client.get(reverse("agenda:ask-code"), {"code": typed})
    found = client.get(asked.url)

    assert found.url == event.get_absolute_url()


def test_a_code_that_leads_nowhere_is_asked_again(client):
    for event in (make_event(state="draft"), make_event(is_public=False)):
        response = client.get(reverse("agenda:short", args=[event.code]))

        assert response.status_code == 404
        assert f'value="{event.code}"' in response.content.decode()
