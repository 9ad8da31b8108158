import datetime
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from traboule.kernel.files.models import File
from traboule.kernel.files.tests.factories import picture, sent
from traboule.kernel.people import acting, mandates
from traboule.kernel.places import geocoder
from traboule.kernel.spaces.models import Participation

from ..actions import offers
from ..models import Offer, OfferState, Request, State
from .factories import make_household, make_request, make_services_space, make_worker

pytestmark = pytest.mark.django_db


def page(name, space, *more):
    return reverse(f"services:{name}", args=[space.slug, *more])


def answer(client, asked, step, **said):
    return client.post(page("ask-step", asked.space, asked.code, step), said)


def test_anyone_counts_what_an_hour_costs_and_reads_the_least_when_it_is_too_low(client):
    space = make_services_space()
    client.force_login(make_household(space).person)

    good = client.get(page("home", space), {"kind": "gardening", "net_hourly": "12", "hours": "2"})
    low = client.get(page("home", space), {"kind": "gardening", "net_hourly": "3", "hours": "2"})

    assert good.context["found"].after_credit < good.context["found"].cost
    assert "au moins" in low.content.decode()


def test_one_question_a_screen_then_neighbours_see_it(client, monkeypatch, settings):
    settings.GEOCODER_URL = "https://geocoder.test"
    home = geocoder.Address("12 rue X", 45.16321, 5.73456, "38185", 0.9)
    monkeypatch.setattr(geocoder, "find_address", lambda *given: [home])
    space = make_services_space()
    household = make_household(space)
    client.force_login(household.person)

    client.post(page("ask", space), {"kind": "gardening"})
    asked = Request.objects.get()
    answer(client, asked, "quoi", words="La haie du fond.", photos=sent(picture(), "haie.jpg"))
    answer(client, asked, "quand", rhythm="once", on="", when_words="le matin", minutes="120")
    counted = answer(client, asked, "prix", budget="14", then="count")
    answer(client, asked, "prix", budget="13,50", then="next")
    answer(client, asked, "ou", commune=str(household.commune), address="12 rue X")
    seen_by_none = client.get(page("request", space, asked.code)).status_code
    client.post(page("read-back", space, asked.code))

    asked.refresh_from_db()
    household.refresh_from_db()
    price = counted.context["price"]
    assert price.by_hand == pytest.approx(Decimal(28), abs=Decimal("0.03"))
    assert price.end_pay == pytest.approx(Decimal("2.80"), abs=Decimal("0.02"))
    assert (asked.state, asked.budget, seen_by_none) == (State.OPEN, Decimal("13.50"), 302)
    assert asked.photos.count() == 1
    assert household.latitude == 45.16321
    assert (asked.latitude, asked.longitude) == (45.165, 5.735)


def test_words_or_a_voice_one_of_both_is_needed_and_a_number_is_refused(client):
    asked = draft_of(client, "gardening")

    none = answer(client, asked, "quoi", words="")
    number = answer(client, asked, "quoi", words="Appelez le 06 12 34 56 78.")
    asked.voice = File.objects.create(kind="audio", content="son.m4a")
    asked.save()
    spoken = answer(client, asked, "quoi", words="")

    assert "enregistrez votre voix" in none.content.decode()
    assert "numéro de téléphone" in number.content.decode()
    assert spoken.status_code == 302


def test_small_works_last_two_hours_at_most_and_the_page_says_why(client):
    asked = draft_of(client, "repairs")

    said = answer(client, asked, "quand", rhythm="once", minutes="180")

    assert said.status_code == 200
    assert "il faut une entreprise" in said.content.decode()


def draft_of(client, kind):
    household = make_household(make_services_space())
    client.force_login(household.person)
    client.post(page("ask", household.space), {"kind": kind})
    return Request.objects.get()


def test_a_student_answers_from_her_phone_and_is_chosen(client):
    space = make_services_space()
    household, worker = make_household(space), make_worker(space)
    asked = make_request(household)
    client.force_login(worker.person)
    listed = client.get(page("requests", space))
    client.post(page("offer", space, asked.code), {"net_hourly": "13"})
    client.force_login(household.person)
    one = client.get(asked.get_absolute_url()).context["compared"][0]

    client.post(page("choose", space, Offer.objects.get().pk))

    assert [found.asked for found in listed.context["best"]] == [asked]
    assert "tout près de chez vous" in listed.content.decode()
    assert one.cost.after_credit < one.cost.cost
    assert "Ce serait son premier service ici." in one.trust
    assert Offer.objects.get().state == OfferState.CHOSEN


def test_a_neighbour_who_did_not_answer_reads_a_request_no_more_once_agreed(client):
    asked = make_request(make_household(make_services_space()))
    one, other = make_worker(asked.space, "Inès"), make_worker(asked.space, "Luc")
    made = offers.offer(asked=asked, worker=one, net_hourly=Decimal(13), by=one.person)
    offers.choose(offer=made, by=asked.household.person)

    client.force_login(other.person)

    assert client.get(asked.get_absolute_url()).status_code == 404
    assert Participation.objects.filter(person=other.person).exists()
    assert Request.objects.count() == 1


def test_what_fits_comes_first_by_distance_and_the_rest_goes_on_page_by_page(client):
    space = make_services_space()
    worker = make_worker(space, radius_km=5)
    near, far = (make_request(make_household(space, name)) for name in ("Près", "Loin"))
    Request.objects.filter(pk=far.pk).update(latitude=far.latitude + 0.3)
    others = [make_request(make_household(space, f"M {n}"), kind="lessons") for n in range(21)]
    client.force_login(worker.person)

    first = client.get(page("requests", space))
    second = client.get(page("requests", space) + first.context["next"])
    one_kind = client.get(page("requests", space), {"service": "lessons"})

    listed = [one.asked for one in (*first.context["others"], *second.context["others"])]
    assert [one.asked for one in first.context["best"]] == [near]
    assert listed == [*reversed(others), far]
    assert "à environ 33 km" in second.content.decode()
    assert one_kind.context["best"] == []


def test_the_map_shows_squares_and_never_a_home(client):
    space = make_services_space()
    asked = make_request(make_household(space, latitude=45.16321, longitude=5.73456))
    client.force_login(make_worker(space).person)

    points = client.get(page("requests-points", space)).json()["features"]

    assert [one["geometry"]["coordinates"] for one in points] == [[5.735, 45.165]]
    assert asked.code in client.get(page("requests-map", space)).content.decode()


@pytest.mark.parametrize("name", ["requests", "requests-map"])
def test_a_list_costs_the_same_with_one_request_as_with_three(client, name):
    space = make_services_space()
    client.force_login(make_worker(space).person)
    make_request(make_household(space, "Un"))
    few = queries(client, page(name, space))
    for name_of in ("Deux", "Trois"):
        make_request(make_household(space, name_of), kind="lessons")
        make_request(make_household(space, f"{name_of} bis"))

    assert queries(client, page(name, space)) == few


def test_offers_side_by_side_cost_the_same_with_one_as_with_three(client):
    asked = make_request(make_household(make_services_space()))
    client.force_login(asked.household.person)

    def offered(name):
        worker = make_worker(asked.space, name)
        offers.offer(asked=asked, worker=worker, net_hourly=Decimal(13), by=worker.person)

    offered("Inès")
    few = queries(client, asked.get_absolute_url())
    offered("Luc")
    offered("Zoé")

    assert queries(client, asked.get_absolute_url()) == few


def queries(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


def test_no_page_of_a_request_tells_its_address_before_a_contract(client):
    space = make_services_space()
    household = make_household(space, address="12 allée des Frênes")
    asked, worker = make_request(household), make_worker(space)
    made = offers.offer(asked=asked, worker=worker, net_hourly=Decimal(13), by=worker.person)
    offers.choose(offer=made, by=household.person)
    client.force_login(worker.person)

    said = client.get(asked.get_absolute_url()).content.decode()

    assert not re.search("Frênes", said)
    assert "L’adresse est sur le contrat" in said


def test_a_minor_answers_only_once_the_team_saw_what_the_parents_signed(client):
    space = make_services_space()
    today = timezone.localdate()
    worker = make_worker(space, born_on=today - datetime.timedelta(days=17 * 366))
    asked = make_request(make_household(space))
    client.force_login(worker.person)

    refused = client.post(page("offer", space, asked.code), {"net_hourly": "13"})

    assert "accord écrit de vos parents" in refused.content.decode()
    assert not Offer.objects.exists()


def test_with_a_mandate_one_asks_for_another_who_is_told_and_reads_what_was_done(client):
    space = make_services_space()
    armand, lina = make_household(space).person, make_household(space, "Lina Haddad").person
    ends_on = timezone.localdate() + datetime.timedelta(days=90)
    mandate = mandates.propose(
        giver=armand, holder=lina, scopes=["all"], ends_on=ends_on, by=armand
    )
    client.force_login(lina)
    alone = client.get(page("ask", space)).context["form"]
    mandates.sign(mandate=mandate, by=armand)

    stranger = client.post(page("ask", space), {"whom": "x", "kind": "gardening"})
    client.post(page("ask", space), {"whom": str(armand.public_id), "kind": "gardening"})
    asked = Request.objects.get()
    answer(client, asked, "quoi", words="La haie du fond.")
    client.post(page("read-back", space, asked.code))

    asked.refresh_from_db()
    listed = client.get(page("requests", space)).content.decode()
    assert "whom" not in alone.fields
    assert "whom" in stranger.context["form"].errors
    assert (asked.household.person, asked.state) == (armand, State.OPEN)
    assert "pour <bdi>Armand Vial</bdi>" in listed
    assert armand.notices.filter(kind="services.confirmed").exists()
    assert "services.asked" in {deed.entry.act for deed in acting.done_for(armand)}
