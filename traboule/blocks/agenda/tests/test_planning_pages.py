"""Planning dates, changing them, calling them off, as those who facilitate do it on screen."""

import datetime
import html
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from traboule.blocks.agenda.actions import signups
from traboule.blocks.agenda.models import Event, Series, Signup
from traboule.engines.calendar import Rule
from traboule.kernel.notices.models import Notice
from traboule.kernel.spaces.tests.factories import make_facilitator, make_participant, make_space

from .factories import in_days, make_event, make_series

pytestmark = pytest.mark.django_db
HIDDEN = re.compile(r'<input type="hidden" name="(?!csrf)(\w+)" value="([^"]*)"')


@pytest.fixture
def space():
    return make_space(blocks=("agenda",))


@pytest.fixture
def facilitator(client, space):
    """Whoever facilitates the space, signed in."""
    person = make_facilitator(space)
    client.force_login(person)
    return person


@pytest.fixture
def nadia(space):
    return make_participant(space, mobile="+33612345678")


def plan(client, space, **fields):
    return client.post(reverse("agenda:new-event", args=[space.slug]), typed(**fields))


def plan_series(client, space, **fields):
    address = reverse("agenda:new-series", args=[space.slug])
    return client.post(address, typed(rhythm="1", count="3", **fields))


def change(client, event, **fields):
    """Post the form as its page gave it, but for what was typed over."""
    address = reverse("agenda:change", args=[event.space.slug, event.pk])
    form = client.get(address).context["form"]
    given = {bound.name: bound.value() for bound in form}
    known = {name: value for name, value in given.items() if value is not None}
    return client.post(address, known | fields)


def typed(**fields):
    return {
        "title": "Créer son site",
        "kind": "workshop",
        "date": f"{in_days(7):%Y-%m-%d}",
        "start": "18:00",
        "end": "20:00",
        "is_public": "yes",
        "way": "signup",
        **fields,
    }


def hidden_in(response):
    return {name: html.unescape(value) for name, value in HIDDEN.findall(response.content.decode())}


def told():
    return list(Notice.objects.order_by("pk").values_list("person__name", "kind"))


def test_a_planned_date_is_open_at_once(client, space, facilitator):
    response = plan(client, space, capacity="12", place_name="Salle des fêtes")

    event = Event.objects.get()
    assert response.url == event.get_absolute_url()
    assert (event.title, event.place_name, event.capacity) == (
        "Créer son site", "Salle des fêtes", 12,
    )  # fmt: skip
    assert (event.starts_at, event.ends_at, event.state) == (in_days(7), in_days(7, 20), "open")


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({"date": "2020-01-07"}, {"date": ["Ce jour est passé."]}),
        ({"start": "20:00", "end": "18:00"}, {"end": ["La fin doit suivre le début."]}),
        ({"start": "vers midi"}, {"start": ["Écrivez une heure comme 18 h 30."]}),
        ({"way": "slots"}, {"slot_minutes": ["Dites combien de minutes dure un rendez-vous."]}),
    ],
)
def test_what_makes_no_date_is_told_where_it_was_typed(client, space, facilitator, fields, errors):
    response = plan(client, space, **fields)

    assert response.context["form"].errors == errors
    assert b'value="Cr\xc3\xa9er son site"' in response.content
    assert Event.objects.count() == 0


def test_an_afternoon_is_cut_into_appointments(client, space, facilitator):
    plan(client, space, way="slots", slot_minutes="30", capacity="4")

    event = Event.objects.get(parent=None)
    assert (event.capacity, event.slots.count()) == (None, 4)


def test_nothing_is_planned_in_a_space_that_is_closed(client, space, facilitator):
    type(space).objects.update(closed_at=timezone.now())

    response = plan(client, space)

    assert "Cet espace est fermé" in response.context["form"].non_field_errors()[0]
    assert Event.objects.count() == 0


def test_a_series_is_shown_without_days_off_before_it_is_made(client, space, facilitator):
    fete = datetime.date(timezone.localdate().year + 1, 7, 14)
    kept = [fete + datetime.timedelta(days=days) for days in (-7, 7, 14)]
    fields = {"date": f"{kept[0]}", "skip_public": "on"}

    shown = plan_series(client, space, create="1", **fields)
    made_unseen = Series.objects.count()
    response = plan_series(client, space, create="1", **fields, **hidden_in(shown))

    days = [day for day, _ in shown.context["plan"].days]
    skipped = [day for day, why in shown.context["plan"].days if why]
    assert (days, skipped, made_unseen) == ([kept[0], fete, *kept[1:]], [fete], 0)
    assert "Créer ces 3 dates" in shown.content.decode()
    assert response.url == reverse("agenda:agenda", args=[space.slug])
    events = Event.objects.order_by("starts_at")
    assert [timezone.localtime(event.starts_at).date() for event in events] == kept


def test_a_series_whose_dates_became_others_is_shown_again(client, space, facilitator):
    shown = plan_series(client, space)
    later = f"{in_days(8):%Y-%m-%d}"

    response = plan_series(client, space, date=later, create="1", **hidden_in(shown))

    assert Series.objects.count() == 0
    assert response.context["plan"].dates == Rule(
        "weekly", in_days(8).date(), 3, None, 1, (in_days(8).weekday(),), 0
    ).dates()  # fmt: skip


def test_those_concerned_are_told_of_a_change_once_one_is_sure(client, space, facilitator, nadia):
    event = make_event(space)
    signups.sign_up(event=event, person=nadia, by=nadia)
    address = reverse("agenda:change", args=[space.slug, event.pk])

    asked = change(client, event, start="19:00", end="21:00", reason="La salle est prise avant.")
    untouched = (Event.objects.get().starts_at, told())
    client.post(address, hidden_in(asked) | {"sure": "1"})

    page = asked.content.decode()
    assert "<strong>1</strong> par SMS" in page
    assert "c’est maintenant" in asked.context["text"]
    assert untouched == (event.starts_at, [])
    moved = Event.objects.get()
    assert (moved.starts_at, moved.moved_from) == (in_days(7, 19), event.starts_at)
    assert told() == [("Nadia", "agenda.changed")]
    assert Notice.objects.get().text == asked.context["text"]


def test_a_change_can_be_corrected_before_it_is_made(client, space, facilitator, nadia):
    event = make_event(space)
    signups.sign_up(event=event, person=nadia, by=nadia)
    address = reverse("agenda:change", args=[space.slug, event.pk])
    asked = change(client, event, place_name="Gymnase")

    response = client.post(address, hidden_in(asked) | {"again": "1"})

    assert response.context["form"]["place_name"].value() == "Gymnase"
    assert (Event.objects.get().place_name, told()) == (event.place_name, [])


def test_other_words_for_the_same_date_bother_nobody(client, space, facilitator, nadia):
    event = make_event(space)
    signups.sign_up(event=event, person=nadia, by=nadia)

    response = change(client, event, title="Créer sa page", description="Apportez des photos.")

    assert response.url == event.get_absolute_url()
    assert (Event.objects.get().title, told()) == ("Créer sa page", [])


def test_seats_are_not_taken_from_those_who_have_them(client, space, facilitator, nadia):
    event = make_event(space, capacity=5)
    signups.sign_up(event=event, person=nadia, by=nadia, extra=3)

    response = change(client, event, capacity="2")

    assert "4 places sont déjà prises" in response.context["form"].non_field_errors()[0]
    assert Event.objects.get().capacity == 5


def test_a_session_and_the_following_move_and_each_person_is_told_once(
    client, space, facilitator, nadia
):
    series = make_series(space)
    signups.enrol(series=series, person=nadia, by=nadia)
    second = series.events.get(rank=2)
    before = Notice.objects.count()

    asked = change(client, second, start="19:00", end="21:00", scope="onward")
    client.post(
        reverse("agenda:change", args=[space.slug, second.pk]), hidden_in(asked) | {"sure": "1"}
    )

    hours = [timezone.localtime(one.starts_at).hour for one in series.events.order_by("rank")]
    assert (asked.context["number"], hours) == (1, [18, 19, 19])
    assert told()[before:] == [("Nadia", "agenda.changed")]
    assert Notice.objects.latest("pk").text == asked.context["text"]


def test_a_date_is_called_off_with_a_reason_and_those_concerned_are_told(
    client, space, facilitator, nadia
):
    event = make_event(space)
    signups.sign_up(event=event, person=nadia, by=nadia)
    address = reverse("agenda:call-off", args=[space.slug, event.pk])

    asked = client.get(address).content.decode()
    refused = client.post(address, {"reason": ""})
    client.post(address, {"reason": "La salle est inondée."})

    event.refresh_from_db()
    assert "<strong>1</strong> par SMS" in asked
    assert refused.context["form"].errors == {
        "reason": ["Dites pourquoi\u00a0: une phrase suffit."]
    }
    assert (event.state, event.reason) == ("cancelled", "La salle est inondée.")
    assert told() == [("Nadia", "agenda.cancelled")]
    assert Signup.objects.get().state == "going"


def test_a_series_is_confirmed_with_one_button(client, space, facilitator):
    series = make_series(space)
    alone = make_event(space, state="draft")
    series.events.update(state="draft")
    first = series.events.earliest("rank")

    client.post(reverse("agenda:confirm", args=[space.slug, first.pk]), {"series": "1"})
    of_series = set(series.events.values_list("state", flat=True))
    alone.refresh_from_db()
    untouched = alone.state
    client.post(reverse("agenda:confirm", args=[space.slug, alone.pk]))
    alone.refresh_from_db()

    assert (of_series, untouched, alone.state) == ({"open"}, "draft", "open")
