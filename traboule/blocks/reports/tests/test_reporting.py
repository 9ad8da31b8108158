"""Telling of a problem: by anyone, once, and what may be the same shown before it is sent."""

import uuid

import pytest
from django.urls import reverse

from traboule.blocks.reports.actions import desk, handling, reporting
from traboule.blocks.reports.models import Follow, Report
from traboule.kernel.files.models import File
from traboule.kernel.files.tests.factories import picture, sent
from traboule.kernel.journal.models import Entry
from traboule.kernel.notices.models import Notice
from traboule.kernel.people.actions import Refused
from traboule.kernel.spaces.tests.factories import (
    make_coordinator,
    make_facilitator,
    make_participant,
    make_space,
)

from .factories import make_plan, make_report, make_stranger_report, photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def space():
    return make_space(blocks=("reports",))


@pytest.fixture
def nadia(space):
    return make_participant(space)


@pytest.fixture
def karim(space):
    return make_facilitator(space)


def tell(client, space, *, photos=(), **fields):
    typed = {"words": "", "key": str(uuid.uuid4()), **fields}
    if photos:
        typed["photos"] = [sent(picture(), f"{number}.jpg") for number in range(photos)]
    return client.post(reverse("reports:new", args=[space.slug]), typed)


def listed(client, space):
    page = client.get(reverse("reports:reports", args=[space.slug]))
    return [one.number for one in page.context["open"].reports]


def test_a_stranger_tells_by_photo_alone_and_follows_it_with_a_code(client, space):
    answer = tell(client, space, photos=1, reach="06 12 34 56 78")

    made = Report.objects.get()
    assert answer["Location"] == reverse("reports:own", args=[made.code])
    assert (made.reporter, made.photos.count()) == (None, 1)
    assert Follow.objects.get().reach == "06 12 34 56 78"
    page = client.get(answer["Location"]).content.decode()
    assert made.code in page
    assert client.get(reverse("reports:own", args=[made.code.lower()])).status_code == 200
    assert client.get(reverse("reports:own", args=["7777-7777"])).status_code == 404


def test_the_page_of_a_code_shows_no_photo_that_does_not_open(client, space, karim):
    made = make_stranger_report(space, photos=[photo()])
    page, file = reverse("reports:own", args=[made.code]), made.photos.get().file
    assert client.get(file.url).status_code == 404
    assert file.url not in client.get(page).content.decode()

    handling.look(report=made, by=karim)

    assert client.get(file.url).getvalue()
    assert file.url in client.get(page).content.decode()


def test_neither_photo_nor_words_says_so_and_a_number_that_is_none_too(client, space):
    assert "Envoyez une photo, ou écrivez" in tell(client, space).content.decode()
    page = tell(client, space, words="Banc", reach="demain").content.decode()
    assert "Banc" in page
    assert not Report.objects.exists()


def test_what_a_stranger_sends_is_seen_by_the_team_first_then_by_all(client, space, karim):
    stranger = make_stranger_report(space, photos=[photo()])
    file = File.objects.get()
    assert listed(client, space) == []
    assert client.get(stranger.get_absolute_url()).status_code == 404
    assert client.get(file.url).status_code == 404

    client.force_login(karim)
    client.post(reverse("reports:look", args=[space.slug, stranger.number]))
    client.logout()

    assert listed(client, space) == [stranger.number]
    assert client.get(file.url).getvalue()


def test_members_show_at_once_and_so_do_strangers_where_the_team_chose_so(client, space, nadia):
    make_report(space, by=nadia)
    desk.set_up(space=space, by=nadia, looks_first=False)
    make_stranger_report(space)

    assert listed(client, space) == [1, 2]


def test_the_same_form_twice_is_one_report(client, space):
    key = str(uuid.uuid4())
    tell(client, space, words="Banc", key=key)
    tell(client, space, words="Banc", key=key)

    assert Report.objects.count() == 1


def test_a_likely_twin_is_shown_first_and_one_tap_counts_one_more_who_saw_it(client, space, nadia):
    bench = make_report(space, by=nadia, words="Le banc du portail est cassé", photos=1)

    shown = tell(client, space, words="bancs cassés près du portail")

    assert [one.pk for one in shown.context["likely"]] == [bench.pk]
    assert Report.objects.count() == 1
    for _ in range(2):
        tell(client, space, words="bancs cassés", same=str(bench.number))
    seen = Report.objects.for_listing().get()
    assert seen.seen_by == 2
    assert "2 personnes l’ont vu" in client.get(bench.get_absolute_url()).content.decode()


def test_a_likely_twin_never_blocks(client, space, nadia):
    make_report(space, by=nadia, words="Le banc du portail est cassé")
    tell(client, space, words="Le banc du portail est cassé", sure="1")

    assert Report.objects.count() == 2


def test_the_same_place_is_enough_to_hint_far_away_is_not(client, space, nadia):
    make_plan(space)
    make_report(space, by=nadia, words="Robinet", x=500, y=500)

    near = tell(client, space, words="Fuite", x="520", y="540")
    far = tell(client, space, words="Trou", x="900", y="100")

    assert len(near.context["likely"]) == 1
    assert far.status_code == 302


def test_what_the_reporter_says_twice_counts_once(space, nadia):
    made = make_report(space, by=nadia)
    reporting.say_it_is_the_same(report=made, by=nadia)

    assert Report.objects.for_listing().get().seen_by == 1


def test_the_team_notes_what_is_said_on_the_telephone_for_someone(client, space, nadia, karim):
    client.force_login(karim)
    tell(client, space, words="Robinet", person=nadia.pk, via="phone", wants_news="on")

    made = Report.objects.get()
    assert (made.reporter, made.via) == (nadia, "phone")
    assert made.follows.get().person == nadia
    entry = Entry.objects.get(act="reports.reported")
    assert (entry.by_key, entry.for_key) == (karim.pk, nadia.pk)


def test_whoever_coordinates_learns_of_it_at_once(space, nadia):
    awa = make_coordinator(space)
    make_report(space, by=nadia)

    assert Notice.objects.get(person=awa).kind == "reports.reported"


def test_a_closed_space_receives_no_more(space, nadia):
    space.closed_at = space.created_at
    with pytest.raises(Refused):
        make_report(space, by=nadia)


def test_a_long_list_goes_on_by_key_open_ones_then_settled_ones(client, space, nadia, monkeypatch):
    monkeypatch.setattr("traboule.blocks.reports.views.finding.PAGE_SIZE", 2)
    for rank in range(6):
        made = make_report(space, by=nadia)
        if rank > 2:
            type(made).objects.filter(pk=made.pk).update(state="done", closed_at=made.opened_at)
    here = reverse("reports:reports", args=[space.slug])

    first = client.get(here).context
    open_ones = client.get(here + first["open"].next).context
    settled = client.get(here + first["closed"].next).context

    def numbers(page):
        return [one.number for one in page.reports]

    assert (numbers(first["open"]), numbers(first["closed"])) == ([1, 2], [6, 5])
    assert (numbers(open_ones["open"]), numbers(open_ones["closed"])) == ([3], [])
    assert (numbers(settled["open"]), numbers(settled["closed"])) == ([], [4])
    assert numbers(client.get(f"{here}?apres={10**17}").context["open"]) == [1, 2]


def test_reading_the_list_costs_the_same_with_one_report_as_with_three(
    client, space, nadia, django_assert_max_num_queries
):
    counts = []
    for more in (1, 2):
        for _ in range(more):
            make_report(space, by=nadia, photos=1)
        with django_assert_max_num_queries(12) as seen:
            listed(client, space)
        counts.append(len(seen))

    assert counts[0] == counts[1]


def test_no_reader_learns_who_reported(client, space, nadia):
    nadia.name = "Zénobie"
    nadia.save()
    made = make_report(space, by=nadia)
    client.force_login(make_participant(space, name="Bruno"))

    assert "Zénobie" not in client.get(made.get_absolute_url()).content.decode()


@pytest.mark.parametrize("x", ["1001", "-1", "ici"])
def test_a_point_outside_the_plan_is_refused_with_words(client, space, x):
    assert tell(client, space, words="Banc", x=x, y="5").status_code == 200
    assert not Report.objects.exists()
