"""Date polls as residents answer them, and as the team that asked holds them."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from traboule.blocks.agenda.actions import polls
from traboule.blocks.agenda.models import DatePoll, Via
from traboule.kernel.journal.models import Entry
from traboule.kernel.notices.models import RECEIPT, Notice
from traboule.kernel.notices.receipts import undo
from traboule.kernel.spaces.actions import close as close_space
from traboule.kernel.spaces.tests.factories import make_facilitator, make_participant, make_space

from .factories import in_days

pytestmark = pytest.mark.django_db
TWO_HOURS = datetime.timedelta(hours=2)
YESTERDAY, TODAY = (timezone.localdate() - datetime.timedelta(days=n) for n in (1, 0))


@pytest.fixture
def space():
    return make_space(blocks=("agenda",))


@pytest.fixture
def karim(space):
    return make_facilitator(space)


@pytest.fixture
def poll(space, karim):
    dates = [(in_days(n), in_days(n) + TWO_HOURS) for n in (7, 8)]
    return polls.create_poll(space=space, dates=dates, by=karim, title="Réunion de rentrée")


@pytest.fixture
def nadia(space):
    return make_participant(space, name="Nadia Benali", mobile="+33612345678")


@pytest.fixture
def desk(client, karim):
    """The browser of the team."""
    client.force_login(karim)
    return client


def page(name, poll, *args):
    return reverse(f"agenda:{name}", args=[poll.code, *args])


def votes(poll, *values):
    dates = poll.dates.order_by("starts_at")
    return {f"date_{date.pk}": value for date, value in zip(dates, values, strict=True)}


def said(poll):
    """Who answered what, by which door."""
    return [
        (one.name, one.via, [vote.value for vote in one.votes.order_by("date__starts_at")])
        for one in poll.answers.order_by("pk")
    ]


def shown(response):
    return response.content.decode().replace("\u00a0", " ")


def last_day(poll, day):
    DatePoll.objects.filter(pk=poll.pk).update(closes_on=day)


def test_one_answers_until_the_evening_of_the_last_day(client, poll):
    last_day(poll, TODAY)

    client.post(page("poll", poll), {"name": "Lina", **votes(poll, "yes", "no")})

    assert said(poll) == [("Lina", Via.WEB, ["yes", "no"])]
    assert "ce jour compris" in shown(client.get(page("poll", poll)))


def test_after_the_last_day_only_the_team_still_types_answers_and_chooses(client, poll, karim):
    last_day(poll, YESTERDAY)

    late = client.post(page("poll", poll), {"name": "Lina", **votes(poll, "yes", "no")})
    assert "Les réponses sont closes" in shown(late)
    assert said(poll) == []

    client.force_login(karim)
    client.post(
        page("poll-type", poll), {"name": "Rose", "via": "phone", **votes(poll, "no", "yes")}
    )
    client.post(page("poll-choose", poll, poll.dates.order_by("starts_at").last().pk))

    assert said(poll) == [("Rose", Via.PHONE, ["no", "yes"])]
    assert poll.space.events.count() == 1


def test_the_team_closes_and_opens_again(desk, poll):
    last_day(poll, YESTERDAY)

    desk.post(page("poll-close", poll))
    assert "Réponses closes" in shown(desk.get(page("poll-results", poll)))
    desk.post(page("poll-reopen", poll))

    poll.refresh_from_db()
    assert poll.is_open
    acts = Entry.objects.filter(act__contains="ed-poll").order_by("pk")
    assert [entry.act for entry in acts] == ["agenda.closed-poll", "agenda.reopened-poll"]


def test_the_agenda_keeps_a_closed_poll_until_its_date_is_chosen(desk, poll, karim):
    address = reverse("agenda:agenda", args=[poll.space.slug])
    polls.close(poll=poll, by=karim)

    assert desk.get(address).context["polls"] == [poll]
    polls.choose(poll=poll, date=poll.dates.earliest("starts_at"), by=karim)

    assert desk.get(address).context["polls"] == []


def test_a_typed_name_that_is_one_persons_is_theirs_and_they_are_told(desk, poll, nadia, karim):
    desk.post(page("poll-type", poll), {"name": "nadia benali", **votes(poll, "yes", "no")})

    given = poll.answers.get()
    assert (given.person, given.by, given.via) == (nadia, karim, Via.PHONE)
    receipt = Notice.objects.get(person=nadia, kind=RECEIPT)
    assert "réponse au sondage de dates « Réunion de rentrée »" in receipt.text.replace(
        "\u00a0", " "
    )

    undo(receipt, nadia, by=nadia, via="web")
    assert said(poll) == []


def test_a_name_that_two_people_have_is_nobodys(desk, poll, space, nadia):
    make_participant(space, name="Nadia Benali")

    desk.post(page("poll-type", poll), {"name": "Nadia Benali", **votes(poll, "yes", "no")})

    assert poll.answers.get().person is None


def test_a_person_keeps_one_answer_whatever_the_door(client, poll, nadia, karim):
    polls.answer(poll=poll, name="Nadia", votes={}, via=Via.SMS, person=nadia)
    client.post(page("poll", poll), {"name": "Une voisine", **votes(poll, "yes", "yes")})

    client.force_login(nadia)
    client.post(page("poll", poll), {"name": "Nadia", **votes(poll, "no", "maybe")})

    assert said(poll) == [
        ("Nadia", Via.WEB, ["no", "maybe"]),
        ("Une voisine", Via.WEB, ["yes", "yes"]),
    ]


def test_someone_else_answers_on_the_same_telephone(client, poll):
    client.post(page("poll", poll), {"name": "Lina", **votes(poll, "yes", "no")})

    another = f"{page('poll', poll)}?autre"
    assert client.get(another).context["form"]["name"].value() is None
    client.post(another, {"name": "Omar", **votes(poll, "no", "yes")})
    client.post(page("poll", poll), {"name": "Lina", **votes(poll, "maybe", "no")})

    assert said(poll) == [("Lina", Via.WEB, ["maybe", "no"]), ("Omar", Via.WEB, ["no", "yes"])]


def test_the_team_corrects_an_answer_and_says_whose_it_is(desk, poll, nadia):
    given = polls.answer(poll=poll, name="Nad", votes={})
    address = page("poll-answer", poll, given.pk)

    wrong = desk.post(address, {"name": "", "person": str(nadia.pk), **votes(poll, "yes", "yes")})
    assert wrong.context["form"].errors
    desk.post(address, {"name": "Nadia", "person": str(nadia.pk), **votes(poll, "yes", "maybe")})

    assert said(poll) == [("Nadia", Via.WEB, ["yes", "maybe"])]
    assert poll.answers.get().person == nadia


def test_nobody_is_given_two_answers(desk, poll, nadia):
    polls.answer(poll=poll, name="Nadia", votes={}, person=nadia)
    other = polls.answer(poll=poll, name="Nad", votes={})

    response = desk.post(
        page("poll-answer", poll, other.pk),
        {"name": "Nad", "person": str(nadia.pk), **votes(poll, "yes", "yes")},
    )

    assert "Nadia Benali a déjà une autre réponse ici." in shown(response)
    assert poll.answers.filter(person=nadia).count() == 1


def test_the_team_takes_an_answer_out(desk, poll):
    given = polls.answer(poll=poll, name="Lina", votes={})

    assert desk.get(page("poll-answer-remove", poll, given.pk)).status_code == 405
    desk.post(page("poll-answer-remove", poll, given.pk))

    assert said(poll) == []


def test_what_asking_costs_is_shown_before_anything_leaves(desk, poll, space, nadia):
    rose = make_participant(space, name="Rose")
    polls.answer(poll=poll, name="Rose", votes={}, person=rose)
    address = page("poll-send", poll)

    assert desk.get(address).context["people"] == [nadia]
    asked = desk.post(address, {"who": [str(nadia.pk)]})
    assert "Demander à 1 personne ?" in shown(asked)
    assert (asked.context["forecast"].sms, Notice.objects.count()) == (1, 0)

    for _ in range(2):
        desk.post(address, {"who": [str(nadia.pk)], "send": "1"})

    (question,) = Notice.objects.all()
    assert (question.person, question.kind) == (nadia, "agenda.dates")
    assert f"Répondez DATES {poll.code}" in question.text
    assert desk.get(address).context["people"] == []


def test_a_closed_poll_is_sent_to_nobody(desk, poll, karim, nadia):
    polls.close(poll=poll, by=karim)

    desk.post(page("poll-send", poll), {"who": [str(nadia.pk)], "send": "1"})

    assert Notice.objects.count() == 0


def test_choosing_shows_its_cost_and_whom_to_tell_aloud_then_invites_the_others(
    desk, poll, space, nadia
):
    omar = make_participant(space, name="Omar", mobile="+33612345679")
    polls.answer(poll=poll, name="Nadia", votes={}, via=Via.SMS, person=nadia)
    polls.answer(poll=poll, name="Lina", votes={})
    desk.post(page("poll-copy", poll), {"lines": "Omar ; O N"})
    address = page("poll-choose", poll, poll.dates.order_by("starts_at").first().pk)

    before = desk.get(address)
    assert before.context["people"] == [nadia, omar]
    assert [one.name for one in before.context["unknown"]] == ["Lina"]

    desk.post(address, {"members_only": "on"})

    event = space.events.get()
    assert not event.is_public
    invited = Notice.objects.filter(kind="agenda.invitation", data__event=event.pk)
    assert {notice.person for notice in invited} == {nadia, omar}
    assert "À prévenir de vive voix" in shown(desk.get(page("poll-results", poll)))


def test_a_past_date_is_not_chosen(desk, poll, karim):
    date = poll.dates.order_by("starts_at").first()
    poll.dates.filter(pk=date.pk).update(starts_at=in_days(-1), ends_at=in_days(-1) + TWO_HOURS)

    desk.post(page("poll-choose", poll, date.pk))

    assert poll.space.events.count() == 0


def test_a_grid_is_copied_line_by_line_and_a_wrong_line_stops_no_other(desk, poll, nadia):
    lines = "Lina ; O S\nOmar o,n\nPaul ; O\n12 ; O O\nNadia Benali ; - N\nLina ; N N"

    response = desk.post(page("poll-copy", poll), {"lines": lines})

    assert said(poll) == [
        ("Lina", Via.PAPER, ["yes", "maybe"]),
        ("Omar", Via.PAPER, ["yes", "no"]),
        ("Nadia Benali", Via.PAPER, ["no", "no"]),
    ]
    assert response.context["form"].initial["lines"] == "Paul ; O\n12 ; O O\nLina ; N N"
    assert poll.answers.get(person=nadia)


@pytest.mark.parametrize("lines", ["", "\0", " ;\n", "x" * 9000, "a ;" * 300, "é" * 10_001])
def test_a_grid_that_cannot_be_read_says_so(desk, poll, lines):
    response = desk.post(page("poll-copy", poll), {"lines": lines})

    assert response.status_code == 200
    assert response.context["form"].errors or response.context["left"]
    assert said(poll) == []


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "x" * 81},
        {"name": "\0"},
        {"name": "  "},
        {"name": "Lina", "date": "peut-être"},
        {"name": "Lina", "date": "\0"},
    ],
)
def test_an_answer_that_cannot_be_is_said_and_kept(client, poll, typed):
    value = typed.pop("date", "yes")

    response = client.post(page("poll", poll), {**typed, **votes(poll, value, value)})

    assert response.context["form"].errors
    assert response.context["form"]["name"].value() == typed["name"]
    assert said(poll) == []


def proposed(space, client, **typed):
    first, second = (f"{in_days(n):%Y-%m-%d}" for n in (7, 8))
    data = {
        "title": "Bureau", "kind": "meeting", "dates-TOTAL_FORMS": "4", "dates-INITIAL_FORMS": "0",
        "dates-0-day": first, "dates-0-start": "18:00",
        "dates-1-day": second, "dates-1-start": "18 h 30",
    }  # fmt: skip
    return client.post(reverse("agenda:poll-new", args=[space.slug]), {**data, **typed})


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"dates-0-day": f"{YESTERDAY}"}, "Ce jour est passé"),
        ({"dates-0-day": "9999-12-31"}, "C’est dans plus de deux ans"),
        ({"dates-0-day": "0001-01-01"}, "Ce jour est passé"),
        ({"dates-0-day": "31/02"}, "Écrivez un jour comme"),
        ({"dates-0-start": ""}, "À quelle heure ?"),
        ({"dates-0-day": ""}, "Quel jour ?"),
        ({"dates-0-end": "17:00"}, "La fin doit suivre le début."),
        ({"dates-0-day": "", "dates-0-start": ""}, "Proposez de deux à vingt dates."),
        ({"closes_on": f"{YESTERDAY}"}, "Ce jour est passé"),
        ({"title": ""}, "Donnez un nom à cette rencontre."),
        ({"title": "\0"}, "nul"),
    ],
)
def test_dates_that_cannot_be_are_said_and_the_rest_is_kept(desk, space, typed, words):
    response = proposed(space, desk, **typed)

    assert words in shown(response)
    assert 'value="18 h 30"' in shown(response)
    assert space.date_polls.count() == 0


def test_asking_for_more_lines_is_no_mistake(desk, space):
    response = proposed(space, desk, title="", more="1")

    assert "à corriger" not in shown(response)
    assert 'value="18 h 30"' in shown(response)


@pytest.mark.parametrize("count", ["", "x", "-1", "9" * 5000])
def test_a_number_of_lines_that_is_no_number_breaks_nothing(desk, space, count):
    typed = {"dates-TOTAL_FORMS": count}

    assert proposed(space, desk, **typed).status_code == 200
    assert proposed(space, desk, more="1", **typed).status_code == 200


def test_the_results_cost_the_same_with_one_answer_as_with_four(
    desk, poll, django_assert_max_num_queries
):
    for number in range(4):
        polls.answer(poll=poll, name=f"Lina {number}", votes={}, by=poll.by)

    with django_assert_max_num_queries(20):
        desk.get(page("poll-results", poll))


def test_a_closed_space_takes_no_answers(client, poll, karim):
    close_space(space=poll.space, by=karim)

    response = client.post(page("poll", poll), {"name": "Lina", **votes(poll, "yes", "no")})

    assert "Cet espace est fermé" in shown(response)
    assert said(poll) == []


@pytest.mark.parametrize(
    "name", ["poll-results", "poll-type", "poll-copy", "poll-send", "poll-grid"]
)
def test_members_read_no_names(client, poll, nadia, name):
    client.force_login(nadia)

    assert client.get(page(name, poll)).status_code == 403


def test_members_decide_nothing(client, poll, nadia):
    given = polls.answer(poll=poll, name="Lina", votes={})
    client.force_login(nadia)

    for name, *args in (
        ("poll-close",),
        ("poll-reopen",),
        ("poll-answer-remove", given.pk),
        ("poll-choose", poll.dates.order_by("pk").first().pk),
    ):
        assert client.post(page(name, poll, *args)).status_code == 403


def test_a_poll_of_another_space_lends_no_answer(desk, poll, karim):
    elsewhere = make_space(blocks=("agenda",))
    dates = [(in_days(n), in_days(n) + TWO_HOURS) for n in (7, 8)]
    other = polls.create_poll(space=elsewhere, dates=dates, by=karim, title="Ailleurs")
    given = polls.answer(poll=other, name="Lina", votes={})

    assert desk.get(page("poll-answer", poll, given.pk)).status_code == 404
    assert desk.get(page("poll-choose", poll, 10**30)).status_code == 404
