"""The pages of meetings, as the team, a member and a passer-by meet them."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from traboule.blocks.agenda.models import Event, Signup
from traboule.blocks.agenda.tests.factories import in_days, make_event, present
from traboule.blocks.meetings.actions import approving, preparing, writing
from traboule.blocks.meetings.models import (
    ActionPoint,
    Amendment,
    Decision,
    HouseRules,
    Meeting,
    MeetingModel,
    Proxy,
)  # fmt: skip
from traboule.kernel.notices.models import Notice
from traboule.kernel.spaces.tests.factories import make_coordinator, make_participant

from .factories import (
    again,
    comes,
    convened,
    held,
    make_meeting,
    only_item,
    published,
    to_amend,
)  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_karim(client, karim):
    client.force_login(karim)
    return client


@pytest.fixture
def as_nadia(client, nadia):
    client.force_login(nadia)
    return client


def url(name, meeting, *more):
    return reverse(f"meetings:{name}", args=[meeting.space.slug, meeting.ref, *more])


def said(response):
    """The words of a page."""
    return " ".join(strip_tags(response.content.decode()).split())


def test_a_meeting_is_planned_with_the_agenda_of_a_model(as_karim, space, karim):
    model = preparing.keep_as_model(
        meeting=make_meeting(space, by=karim), title="Chaque mois", by=karim
    )
    day = timezone.localdate() + datetime.timedelta(days=20)

    response = as_karim.post(
        reverse("meetings:new", args=[space.slug]),
        {
            "title": "Réunion de février", "date": day.isoformat(), "start": "18 h", "end": "20:00",
            "is_public": "yes", "model": model.pk,
        },
    )  # fmt: skip

    meeting = Meeting.objects.get(event__title="Réunion de février")
    assert response.url == url("life", meeting)
    assert [one.title for one in meeting.items.all()] == ["Le banc du square"]


def test_a_date_of_the_agenda_becomes_a_meeting(as_karim, space):
    event = make_event(space, kind="meeting", title="Plénière")
    page = as_karim.get(reverse("meetings:meetings", args=[space.slug]))
    assert "Plénière" in said(page)

    as_karim.post(reverse("meetings:from-event", args=[space.slug, event.pk]))

    assert Meeting.objects.get().event == event


def test_the_one_screen_says_what_comes_next(as_karim, space, karim, nadia):
    meeting = preparing.prepare(event=make_event(space), by=karim)
    assert current(as_karim, meeting) == "L’ordre du jour"

    preparing.add_item(meeting=meeting, by=karim, title="Le banc")
    assert current(as_karim, meeting) == "La convocation"

    as_karim.post(url("convene", meeting), {"audience": "roll", "send": "1"})
    assert current(as_karim, meeting) == "La réunion"

    start = timezone.now() - datetime.timedelta(hours=1)
    Event.objects.filter(pk=meeting.event_id).update(starts_at=start)
    as_karim.post(url("hold", meeting))
    assert current(as_karim, meeting) == "Le compte-rendu"

    as_karim.post(url("draft", meeting))
    item = only_item(meeting)
    text = {"opening": "Ouverte.", "summary": "Un banc.", f"notes-{item.pk}": "On en parle."}
    as_karim.post(url("write", meeting), text)
    until = timezone.localdate() + datetime.timedelta(days=3)
    as_karim.post(url("open-amendments", meeting), {"until": until.isoformat()})
    assert current(as_karim, meeting) == "L’approbation"

    today = timezone.localdate().isoformat()
    how = {"where": "elsewhere", "on": today, "way": "votes", "votes_for": "9"}
    as_karim.post(url("adopt", meeting), how)
    assert current(as_karim, meeting) == "La publication"

    as_karim.post(url("publish", meeting))
    meeting = again(meeting)
    assert meeting.state == Meeting.State.PUBLISHED
    assert meeting.approval == "9 pour, 0 contre, 0 abstention"
    assert current(as_karim, meeting) is None


def current(client, meeting):
    """The title of the step that the screen puts forward."""
    page = client.get(url("life", meeting)).content.decode()
    found = re.search(r'aria-current="step".*?<h2>(.*?)<', page, re.S)
    return found and found[1]


def test_convening_shows_whom_how_and_the_letter_before_anything_leaves(
    as_karim, space, karim, nadia, rose
):
    meeting = make_meeting(space, by=karim)
    asked = {"audience": "roll", "text": "Venez nombreux."}

    page = said(as_karim.post(url("convene", meeting), asked))

    assert "3 personnes" in page
    assert "Venez nombreux." in page
    assert "Vos règles demandent 8 jours" in page
    assert not Notice.objects.filter(kind="meetings.convocation").exists()


def test_answers_stand_in_one_list_with_whom_to_call(as_karim, space, karim, nadia, rose):
    meeting = convened(space, by=karim)
    comes(meeting, nadia)

    page = said(as_karim.get(url("replies", meeting)))

    assert "Pas encore de réponse (2)" in page
    assert "Viennent (1) Nadia Benali" in page


def test_the_list_of_answers_costs_the_same_with_one_and_with_three(
    as_karim, space, karim, nadia, django_assert_max_num_queries
):
    meeting = convened(space, by=karim)
    make_participant(space, name="Sam", mobile="+33612345610")
    make_participant(space, name="Lou", mobile="+33612345611")
    as_karim.post(url("convene", meeting), {"audience": "roll", "send": "1"})

    with django_assert_max_num_queries(32):
        as_karim.get(url("replies", meeting))


def test_a_member_gives_her_voice_on_the_site_and_takes_it_back(
    as_nadia, space, karim, nadia, rose
):
    meeting = convened(space, by=karim)
    assert "Personne ne peut la porter" in said(as_nadia.get(url("voice", meeting)))
    comes(meeting, rose)

    as_nadia.post(url("voice", meeting), {"carrier": rose.pk})

    assert "Rose Morel porte votre voix" in said(as_nadia.get(meeting.get_absolute_url()))
    as_nadia.post(url("withdraw-voice", meeting, Proxy.objects.get().pk))
    assert not Proxy.objects.filter(withdrawn_at=None).exists()


def test_a_voice_is_not_for_others_to_take_back(as_nadia, space, karim, nadia, rose):
    meeting = convened(space, by=karim)
    comes(meeting, rose)
    sam = make_participant(space, name="Sam Roux")
    proxy = Proxy.objects.create(meeting=meeting, giver=sam, carrier=rose)

    assert as_nadia.post(url("withdraw-voice", meeting, proxy.pk)).status_code == 404


def test_the_front_page_asks_a_member_and_says_what_the_meeting_is_about(
    as_nadia, space, karim, nadia
):
    meeting = convened(space, by=karim)

    page = said(as_nadia.get(space.get_absolute_url()))
    assert "Venez-vous à la réunion ?" in page
    assert "Le banc du square" in page

    as_nadia.post(url("reply", meeting), {"answer": "yes"})

    assert Signup.objects.going().get().person == nadia
    page = said(as_nadia.get(space.get_absolute_url()))
    assert "Venez-vous à la réunion ?" not in page


def test_saving_the_text_leads_on_to_a_decision(as_karim, space, karim):
    meeting = held(space, by=karim)
    item = only_item(meeting)

    response = as_karim.post(
        url("write", meeting),
        {
            "opening": "",
            "summary": "",
            f"notes-{item.pk}": "On parle.",
            "then": f"decide:{item.pk}",
        },
    )

    assert response.url == url("decide", meeting, item.pk)
    asked = {"text": "Un banc.", "way": "votes", "votes_for": "7", "votes_against": "1"}
    assert as_karim.post(response.url, asked).url.endswith(f"#point-{item.pk}")
    decision = Decision.objects.get()
    assert decision.how == "7 pour, 1 contre, 0 abstention"
    assert item.__class__.objects.get(pk=item.pk).notes == "On parle."


def test_counting_voices_needs_a_voice(as_karim, space, karim):
    meeting = held(space, by=karim)

    page = as_karim.post(
        url("decide", meeting, only_item(meeting).pk), {"text": "Un banc.", "way": "votes"}
    )

    assert "Comptez au moins une voix." in said(page)
    assert "Un banc." in page.content.decode()


def test_an_owner_is_found_by_name_or_kept_as_words(as_karim, space, karim, nadia):
    meeting = held(space, by=karim)
    there = url("note-action", meeting, only_item(meeting).pk)

    as_karim.post(there, {"text": "Écrire", "owner": "nadia benali"})
    as_karim.post(there, {"text": "Réparer", "owner": "la mairie"})

    found = ActionPoint.objects.order_by("pk").values_list("owner", "owner_words")
    assert list(found) == [(nadia.pk, ""), (None, "la mairie")]


def test_six_lines_are_too_many_for_the_essential_and_nothing_is_lost(as_karim, space, karim):
    meeting = held(space, by=karim)
    item = only_item(meeting)
    six = "\n".join(f"Ligne {n}." for n in range(6))

    page = as_karim.post(url("write", meeting), {"summary": six, f"notes-{item.pk}": "Le banc."})

    assert "Il y a 6 lignes" in said(page)
    assert "Le banc." in page.content.decode()


@pytest.mark.parametrize("who", ["passer-by", "member", "there"])
def test_a_draft_is_read_by_members_and_amended_by_those_who_were_there(
    client, space, karim, nadia, who
):
    meeting = to_amend(space, nadia, by=karim)
    if who != "passer-by":
        client.force_login(nadia if who == "there" else make_participant(space, name="Sam"))

    page = client.get(meeting.get_absolute_url())

    reads, amends = {"passer-by": (False, False), "member": (True, False), "there": (True, True)}[
        who
    ]
    assert ("Il est cassé" in said(page)) is reads
    assert ("Demander une correction" in said(page)) is amends
    form = client.get(url("propose", meeting, only_item(meeting).pk))
    assert (form.status_code == 200) is amends


def test_an_amendment_goes_from_its_page_to_the_text(client, space, karim, nadia):
    meeting = to_amend(space, nadia, by=karim)
    client.force_login(nadia)
    asked = {"passage": "Il est cassé.", "proposed": "Il manque."}
    client.post(url("propose", meeting, only_item(meeting).pk), asked)
    amendment = Amendment.objects.get()
    client.force_login(karim)

    page = client.get(url("answer-amendment", meeting, amendment.pk))

    assert "On parle du banc. Il manque." in page.content.decode()
    client.post(
        url("answer-amendment", meeting, amendment.pk),
        {"notes": "On parle du banc. Il manque.", "accept": "1"},
    )
    assert only_item(meeting).notes == "On parle du banc. Il manque."


def test_the_team_types_a_correction_said_on_the_telephone(as_karim, space, karim, nadia):
    meeting = to_amend(space, nadia, by=karim)

    as_karim.post(
        url("propose", meeting, only_item(meeting).pk),
        {"proposed": "Il manque.", "person": nadia.pk, "via": "phone"},
    )

    amendment = Amendment.objects.get()
    assert (amendment.person, amendment.via) == (nadia, "phone")
    assert Notice.objects.filter(kind="receipt", person=nadia).exists()


def test_everyone_reads_published_minutes_and_only_members_who_was_there(
    client, space, karim, nadia
):
    meeting = published(space, nadia, by=karim)

    page = said(client.get(meeting.get_absolute_url()))
    assert "Demander un banc à la mairie." in page
    assert "1 personne présente" in page
    assert "Nadia" not in page

    client.force_login(nadia)
    assert "Nadia Benali" in said(client.get(meeting.get_absolute_url()))


@pytest.mark.parametrize("name", ["minutes-pdf", "summary-pdf"])
def test_minutes_and_their_essential_print(client, space, karim, nadia, name):
    meeting = published(space, nadia, by=karim)

    response = client.get(url(name, meeting))

    assert response.content.startswith(b"%PDF")


def test_the_agenda_prints_with_its_slip(client, space, karim):
    meeting = convened(space, by=karim)

    assert client.get(url("agenda-pdf", meeting)).content.startswith(b"%PDF")


def test_a_meeting_being_prepared_is_seen_by_nobody_else(client, space, karim, nadia):
    meeting = make_meeting(space, by=karim)
    client.force_login(nadia)

    assert client.get(meeting.get_absolute_url()).status_code == 404
    assert client.get(url("agenda-pdf", meeting)).status_code == 404


def test_what_is_to_be_done_is_finished_by_whoever_sees_to_it(as_nadia, space, karim, nadia):
    item = only_item(held(space, nadia, by=karim))
    mine = writing.note_action(item=item, text="Écrire", by=karim, owner=nadia)
    other = writing.note_action(item=item, text="Réparer", by=karim, owner=karim)
    assert "Ce que vous avez dit faire" in said(as_nadia.get(reverse("people:me")))

    as_nadia.post(reverse("meetings:finish", args=[space.slug, mine.pk]))
    refused = as_nadia.post(reverse("meetings:finish", args=[space.slug, other.pk]))

    mine.refresh_from_db()
    assert mine.done_at
    assert refused.status_code == 403


def test_a_past_meeting_is_typed_in_one_page(as_karim, space):
    day = timezone.localdate() - datetime.timedelta(days=40)

    response = as_karim.post(
        reverse("meetings:type-past", args=[space.slug]),
        {
            "title": "Réunion", "date": day.isoformat(), "start": "18:00", "end": "20:00",
            "present": "12", "subjects": "Le square\nLa fête", "decisions": "Un banc.",
            "summary": "Un banc.",
        },
    )  # fmt: skip

    meeting = Meeting.objects.get()
    assert response.url == url("life", meeting)
    assert [one.title for one in meeting.items.all()] == ["Le square", "La fête", "Décisions"]
    assert "12 personnes présentes" in meeting.opening


def test_a_meeting_to_come_is_not_typed_as_past(as_karim, space):
    there = reverse("meetings:type-past", args=[space.slug])
    given = {"title": "Réunion", "date": f"{in_days(3):%Y-%m-%d}", "start": "18:00", "end": "20:00"}

    assert "n’a pas encore eu lieu" in said(as_karim.post(there, given))


def test_the_year_gathers_decisions_and_what_was_done(client, space, karim, nadia):
    meeting = published(space, nadia, by=karim)
    writing_of = only_item(meeting)
    ActionPoint.objects.create(item=writing_of, text="Écrire", done_at=timezone.now())
    approving.write_foreword(
        space=space, year=meeting.year, foreword="Une **belle** année.", by=karim
    )

    page = client.get(reverse("meetings:report", args=[space.slug, meeting.year]))
    printed = client.get(reverse("meetings:report-pdf", args=[space.slug, meeting.year]))

    assert "<strong>belle</strong>" in page.content.decode()
    assert "Demander un banc à la mairie." in said(page)
    assert "Écrire" in said(page)
    assert printed.content.startswith(b"%PDF")


def test_rules_are_kept_and_models_put_away(client, space, karim):
    meeting = make_meeting(space, by=karim)
    client.force_login(make_coordinator(space))
    there = reverse("meetings:rules", args=[space.slug])
    client.post(there, {"notice_days": "5", "quorum": "", "voices_each": "2", "amend_days": "7"})
    assert HouseRules.of(space).voices_each == 2

    client.post(url("keep-model", meeting), {"title": "Chaque mois"})
    model = MeetingModel.objects.get()
    client.post(reverse("meetings:remove-model", args=[space.slug, model.pk]))
    assert not MeetingModel.objects.exists()


def test_those_noted_present_are_counted_once_over_a_whole_day(space, karim, nadia):
    meeting = held(space, nadia, by=karim)
    present(meeting.event, nadia)
    writing.count_present(meeting=meeting, number=3, by=karim)

    assert "4 personnes" in writing.opening_of(meeting)
