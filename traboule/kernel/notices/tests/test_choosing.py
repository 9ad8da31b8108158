"""By which way a person is told."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from traboule.kernel.notices.choosing import Way, load, routes_of
from traboule.kernel.notices.costs import forecast
from traboule.kernel.notices.models import NewsStop, Purse
from traboule.kernel.people.models import Guardianship, Person

MOBILE, LANDLINE = "+33612345601", "+33474000001"
EMAIL, POST = "nadia@exemple.fr", "12 rue de la Paix\n38200 Vienne"


@pytest.mark.parametrize(
    ("channels", "way"),
    [
        ({"mobile": MOBILE, "email": EMAIL}, Way.SMS),
        ({"mobile": MOBILE, "email": EMAIL, "preferred": "email"}, Way.EMAIL),
        ({"mobile": MOBILE, "landline": LANDLINE, "preferred": "landline"}, Way.CALL),
        ({"email": EMAIL, "landline": LANDLINE}, Way.EMAIL),
        ({"landline": LANDLINE, "post": POST}, Way.CALL),
        ({"post": POST}, Way.POST),
        ({}, Way.WEB),
        ({"mobile": MOBILE, "verified": False}, Way.CALL),
        ({"mobile": MOBILE, "preferred": "mobile", "verified": False}, Way.CALL),
        ({"mobile": MOBILE, "post": POST, "verified": False}, Way.POST),
        ({"email": EMAIL, "verified": False}, Way.WEB),
    ],
)
def test_the_way_is_the_wish_of_the_person_then_what_surely_arrives(person, channels, way):
    (route,) = routes_of(person(**channels), urgent=True)

    assert route.way == way


def test_a_relay_is_told_on_their_own_channel(person):
    karim = person("Karim", mobile=MOBILE)

    (route,) = routes_of(person("Nadia", relay=karim), urgent=True)

    assert (route.recipient, route.way, route.value) == (karim, Way.SMS, MOBILE)


def test_two_who_relay_each_other_are_left_to_the_site(person):
    karim = person("Karim")
    nadia = person("Nadia", relay=karim)
    karim.channels.create(kind="relay", relay=nadia)

    (route,) = routes_of(nadia, urgent=True)

    assert (route.recipient, route.way) == (karim, Way.WEB)


@pytest.mark.parametrize(("urgent", "way"), [(True, Way.CALL), (False, Way.WEB)])
def test_after_stop_what_is_urgent_is_said_on_the_telephone(person, urgent, way):
    nadia = person(mobile=MOBILE)
    NewsStop.objects.create(channel=nadia.channels.get())

    (route,) = routes_of(nadia, urgent=urgent)

    assert route.way == way


def test_what_concerns_a_child_is_told_to_each_guardian(person, say):
    mother, father = person("Awa", mobile=MOBILE), person("Paul", email=EMAIL)
    leo = Person.objects.create_person(name="Léo", birth_year=2017)
    for guardian, relation in ((mother, "mother"), (father, "father")):
        Guardianship.objects.create(
            child=leo, guardian=guardian, relation=relation, created_by=mother
        )

    first = say(leo, key="event:1")

    told = [first, *first.twins.all()]
    assert [(notice.recipient, notice.text) for notice in told] == [
        (mother, "Pour Léo\u00a0: L’atelier est à 14 h."),
        (father, "Pour Léo\u00a0: L’atelier est à 14 h."),
    ]


def test_a_forecast_counts_ways_and_costs_the_same_for_one_as_for_many(person, settings):
    settings.SMS_PRICE_CENTS = 5
    people = [
        person("A", mobile="+33612345611"),
        person("B", mobile="+33612345612"),
        person("C", email=EMAIL),
        person("D", landline=LANDLINE),
        person("E", post=POST),
        person("F"),
    ]
    purse = Purse.objects.create(key="space:1", label="Vienne", monthly_cap_cents=12)
    with CaptureQueriesContext(connection) as for_many:
        found = forecast(Person.objects.filter(pk__in=[p.pk for p in people]), "x" * 161, purse)
    with CaptureQueriesContext(connection) as for_one:
        forecast(Person.objects.filter(pk=people[0].pk), "Bonjour", purse)

    assert (found.sms, found.segments, found.cents) == (1, 2, 10)
    assert (found.emails, found.calls, found.over_purse) == (1, 2, 1)
    assert (found.letters, found.unreachable) == (1, 1)
    assert len(for_many) - len(for_one) <= 1


def test_those_loaded_together_need_no_query_each(person, django_assert_num_queries):
    people = load([person("A", mobile=MOBILE), person("B", relay=person("K", email=EMAIL))])

    with django_assert_num_queries(0):
        ways = [route.way for one in people for route in routes_of(one, urgent=True)]

    assert ways == [Way.SMS, Way.EMAIL]
