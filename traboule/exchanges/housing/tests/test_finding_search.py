"""Looking for a home: what is found, in what order, and what is never shown."""

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from traboule.exchanges.housing.actions import finding
from traboule.exchanges.housing.models import Favourite, Feature, SavedSearch, Screen, State
from traboule.exchanges.housing.searching import Search
from traboule.exchanges.housing.upkeep.finding import A_DAY, tell_fits, tell_searches
from traboule.kernel.notices.models import Notice
from traboule.kernel.people.actions import Refused

from .factories import make_dwelling, make_exchange_space, make_landlord, make_listing, make_tenant

pytestmark = pytest.mark.django_db
ELSEWHERE = {"rooms_min": 9, "rooms_max": 9}


@pytest.fixture
def space(db):
    return make_exchange_space()


@pytest.fixture
def landlord(space):
    return make_landlord(space)


def address(space, name="home", *args):
    return reverse(f"housing:{name}", args=[space.slug, *args])


def read(client, url):
    return client.get(url).content.decode()


@pytest.mark.parametrize(
    ("query", "home", "found"),
    [
        ("", {}, True),
        ("pieces=3&pieces=4", {"rooms": 3}, True),
        ("pieces=4", {"rooms": 3}, False),
        ("pieces=5", {"rooms": 6}, True),
        ("loyer=509", {"rent": 420, "charges": 90}, False),
        ("loyer=510", {"rent": 420, "charges": 90}, True),
        ("surface=65", {"area": 64}, False),
        ("avec=1&avec=4", {"features": Feature.BALCONY}, False),
        ("avec=1&avec=4", {"features": Feature.BALCONY | Feature.GARDEN}, True),
        ("acces=sans-marche", {"floor": 2, "lift": False}, False),
        ("acces=sans-marche", {"floor": 0, "lift": False}, True),
        ("acces=fauteuil", {"wheelchair": False}, False),
        ("commune=Nulle-Part-sur-Rien", {}, False),
        ("pieces=deux&loyer=-3&avec=999&acces=tapis&va=rien", {}, True),
    ],
)
def test_a_search_finds_what_it_asks_and_ignores_what_makes_no_sense(
    space, landlord, query, home, found
):
    listing = make_listing(make_dwelling(landlord, **home))
    search = Search.from_query(QueryDict(query))

    rows = search.rows(space, make_tenant(space), None)

    assert (listing in rows) is found


def test_the_same_search_comes_back_from_its_address():
    query = QueryDict("pieces=3&loyer=600&avec=1&acces=fauteuil&va=deux")
    search = Search.from_query(query)

    assert Search.from_query(QueryDict(search.query_string()[1:])) == search


def test_no_page_shows_an_address_nor_the_point_where_it_stands(client, space, landlord):
    home = make_dwelling(
        landlord, address="12 rue des Secrets", door="porte 4", latitude=45.9012, longitude=6.1234
    )
    listing = make_listing(home)
    client.force_login(make_tenant(space))

    for url in (
        address(space),
        address(space, "map"),
        address(space, "map-data"),
        address(space, "listing", listing.code),
    ):
        page = read(client, url)
        assert "Secrets" not in page
        assert "porte 4" not in page
        assert "45.9012" not in page
    points = client.get(address(space, "map-data")).json()["features"]
    assert points[0]["geometry"]["coordinates"] == [6.125, 45.905]


def test_what_fits_both_ways_comes_first_with_its_reasons(client, space, landlord):
    own = make_listing(make_dwelling(landlord, rent=500))
    make_listing(make_dwelling(landlord, area=70), wish=ELSEWHERE)
    both = make_listing(make_dwelling(landlord, area=68))
    client.force_login(own.tenant)

    page = client.get(address(space))

    assert [score.listing for score in page.context["best"]] == [both]
    words = {point.words for point in page.context["best"][0].points}
    assert "80 € de moins par mois" in words
    assert "votre logement lui va aussi" in words


def test_whoever_hides_from_someone_is_shown_neither_to_them_nor_to_strangers(
    client, space, landlord
):
    hidden = make_listing(make_dwelling(landlord, area=77))
    seeker = make_listing(make_dwelling(landlord))
    Screen.objects.create(listing=hidden, person=seeker.tenant)
    url = address(space, "listing", hidden.code)

    for person in (None, seeker.tenant):
        client.force_login(person) if person else client.logout()
        assert "77\u00a0m²" not in read(client, address(space))
        assert client.get(url).status_code == 404


def test_a_home_says_what_it_lacks(client, space, landlord):
    own = make_listing(make_dwelling(landlord), wish={"max_rent": 300})
    other = make_listing(make_dwelling(landlord, rent=400))
    client.force_login(own.tenant)

    assert "le loyer dépasse votre limite" in read(client, address(space, "listing", other.code))


def test_pages_follow_by_key_without_gap_nor_repeat(client, space, landlord):
    made = {make_listing(make_dwelling(landlord)).code for _ in range(45)}
    client.force_login(make_tenant(space))
    url, seen = address(space), []
    while url:
        page = client.get(url)
        seen += [score.listing.code for score in page.context["cards"]]
        url = page.context["next"]

    assert len(seen) == 45
    assert set(seen) == made


def test_the_page_costs_the_same_with_one_home_as_with_ten(
    client, space, landlord, django_assert_max_num_queries
):
    own = make_listing(make_dwelling(landlord))
    for rank in range(10):
        make_listing(make_dwelling(landlord), wish=ELSEWHERE if rank % 2 else None)
    client.force_login(own.tenant)
    client.get(address(space))

    with django_assert_max_num_queries(27):
        client.get(address(space))


def test_a_kept_search_tells_once_a_day_of_what_came(space, landlord):
    person = make_tenant(space)
    make_listing(make_dwelling(landlord, area=50))
    saved = finding.save_search(
        space=space, search=Search.from_query(QueryDict("pieces=3")), by=person
    )
    make_listing(make_dwelling(landlord, area=66))
    make_listing(make_dwelling(landlord, rooms=5, area=99))
    now = timezone.now()

    tell_searches(now)
    assert not Notice.objects.exists()
    for _ in range(2):
        tell_searches(now + A_DAY * 1.1)

    told = Notice.objects.get(kind="housing.search-found")
    assert "66\u00a0m²" in told.text
    assert "50\u00a0m²" not in told.text
    assert "99\u00a0m²" not in told.text
    assert told.url.endswith(saved.criteria)


def test_who_wants_it_is_told_the_next_morning_of_what_fits_both_ways_in_one_message(
    space, landlord
):
    yesterday = timezone.localtime().replace(hour=11) - A_DAY
    seeker, silent = (make_listing(make_dwelling(landlord), published_at=yesterday - A_DAY)
                      for _ in range(2))  # fmt: skip
    silent.wants_alerts = False
    silent.save()
    for area in (71, 72):
        make_listing(make_dwelling(landlord, area=area), published_at=yesterday, tenant=None)
    make_listing(make_dwelling(landlord, area=99), published_at=yesterday, wish=ELSEWHERE)
    morning = timezone.localtime().replace(hour=9)

    tell_fits(morning.replace(hour=8))
    assert not Notice.objects.filter(kind="housing.home-fits").exists()
    for hour in (9, 15):
        tell_fits(morning.replace(hour=hour))

    told = Notice.objects.get(kind="housing.home-fits", person=seeker.tenant)
    assert ["71" in told.text, "72" in told.text, "99" in told.text] == [True, True, False]
    assert told.url.endswith("?va=deux")
    assert not Notice.objects.filter(kind="housing.home-fits", person=silent.tenant).exists()


def test_a_search_is_kept_from_the_page_and_once(client, space):
    person = make_tenant(space)
    client.force_login(person)

    for _ in range(2):
        client.post(address(space, "save-search"), {"loyer": "500"})

    assert SavedSearch.objects.get().title == "500 € au plus"
    with pytest.raises(Refused):
        finding.save_search(space=space, search=Search(), by=person)


def test_a_listing_kept_aside_is_found_again_until_it_goes(client, space, landlord):
    listing = make_listing(make_dwelling(landlord, area=71))
    client.force_login(make_tenant(space))

    client.post(address(space, "favourite", listing.code))
    assert "71\u00a0m²" in read(client, address(space, "favourites"))
    listing.state = State.PAUSED
    listing.save()
    assert "71\u00a0m²" not in read(client, address(space, "favourites"))

    listing.state = State.PUBLISHED
    listing.save()
    client.post(address(space, "favourite", listing.code), {"retirer": "1"})
    assert not Favourite.objects.exists()
