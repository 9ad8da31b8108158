"""A council holds a meeting, from its convocation to approved minutes that everyone reads."""

import datetime
import hashlib
import json

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from traboule.blocks.agenda.models import Event, Kind, Signup, Via
from traboule.blocks.agenda.tests.factories import make_event, present
from traboule.blocks.meetings.actions import approving, convening, preparing, writing
from traboule.blocks.meetings.models import (
    Decision,
    HouseRules,
    Item,
    Meeting,
    MinutesVersion,
)  # fmt: skip
from traboule.kernel.journal.models import Entry
from traboule.kernel.notices.delivering import deliver
from traboule.kernel.notices.models import Notice
from traboule.kernel.people.actions import Refused

from .factories import (
    SUMMARY,
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


# Preparing


def test_a_meeting_takes_the_next_number_of_its_year(space, karim):
    first = make_meeting(space, by=karim)
    second = make_meeting(space, by=karim, event=make_event(space, days=8, kind="meeting"))

    assert (first.number, second.number) in {(1, 2), (1, 1)}  # New Year may lie between.
    assert preparing.prepare(event=first.event, by=karim) == first


def test_preparing_makes_a_date_one_that_people_sign_up_for(space, karim):
    event = make_event(space, takes_signups=False, state="draft")

    meeting = preparing.prepare(event=event, by=karim)

    event.refresh_from_db()
    assert (event.takes_signups, event.kind, event.state) == (True, Kind.MEETING, "open")
    assert meeting.state == Meeting.State.PREPARING


def test_a_new_meeting_begins_with_the_minutes_to_approve_then_takes_its_model(space, karim):
    draft = held(space, by=karim)
    model = preparing.keep_as_model(meeting=draft, title="Chaque mois", by=karim)

    meeting = preparing.prepare(event=make_event(space, kind="meeting"), by=karim, model=model)

    lines = list(meeting.items.order_by("position").values_list("approves", "title"))
    assert [lines[0][0], lines[1]] == [draft.pk, (None, "Le banc du square")]


def test_points_move_and_keep_their_order(space, karim):
    meeting = make_meeting(space, by=karim)
    second = preparing.add_item(meeting=meeting, by=karim, title="Le square")

    preparing.move_item(item=second, up=True, by=karim)

    titles = list(meeting.items.order_by("position", "pk").values_list("title", flat=True))
    assert titles == ["Le square", "Le banc du square"]


# Convening


def test_each_one_is_called_once_on_their_own_channel(space, karim, nadia, rose):
    meeting = convened(space, by=karim)
    convening.convene(meeting=meeting, audience="roll", text="", is_statutory=True, by=karim)

    told = Notice.objects.filter(kind="meetings.convocation").order_by("person__name")
    assert [one.person.name for one in told] == ["Karim Haddad", "Nadia Benali", "Rose Morel"]
    assert again(meeting).state == Meeting.State.CONVENED
    by_sms, by_post = told[1], told[2]
    assert len(by_sms.text) < 120
    assert "1. Le banc du square" in by_post.text
    deliver(by_post.pk, now=timezone.now())
    by_post.refresh_from_db()
    assert by_post.state == "to-post"


def test_a_meeting_without_an_agenda_is_not_convened(space, karim):
    meeting = preparing.prepare(event=make_event(space), by=karim)

    with pytest.raises(Refused, match="au moins un point"):
        convening.convene(meeting=meeting, audience="roll", text="", is_statutory=True, by=karim)


def test_whoever_comes_is_signed_up_and_whoever_does_not_is_excused(space, karim, nadia, rose):
    meeting = convened(space, by=karim)

    convening.come(meeting=meeting, person=nadia, by=nadia)
    convening.excuse(meeting=meeting, person=rose, by=karim, via=Via.PHONE)

    assert Signup.objects.going().get(event=meeting.event).person == nadia
    assert meeting.excuses.get().person == rose
    convening.excuse(meeting=meeting, person=nadia, by=nadia)
    assert not Signup.objects.going().filter(event=meeting.event).exists()
    convening.come(meeting=meeting, person=rose, by=rose)
    assert [one.person for one in meeting.excuses.all()] == [nadia]


# After


def test_the_draft_says_who_was_there_whose_voice_was_carried_and_the_quorum(
    space, karim, nadia, rose
):
    meeting = convened(space, by=karim, quorum=3)
    comes(meeting, nadia)
    convening.give_voice(meeting=meeting, giver=rose, carrier=nadia, by=rose)
    _begin(meeting)
    present(meeting.event, karim, nadia)

    writing.hold(meeting=meeting, by=karim)
    writing.draft(meeting=meeting, by=karim)

    opening = again(meeting).opening
    assert "2 personnes présentes, 1 voix portée." in opening
    assert opening.endswith("Le quorum de 3 voix est atteint.")


def test_a_voice_counts_only_where_its_carrier_is_and_its_giver_is_not(space, karim, nadia, rose):
    meeting = convened(space, by=karim)
    comes(meeting, nadia)
    convening.give_voice(meeting=meeting, giver=rose, carrier=nadia, by=rose)
    _begin(meeting)
    present(meeting.event, karim, rose)

    writing.hold(meeting=meeting, by=karim)
    writing.draft(meeting=meeting, by=karim)

    assert "2 personnes présentes." in again(meeting).opening


def _begin(meeting):
    start = timezone.now() - datetime.timedelta(hours=1)
    Event.objects.filter(pk=meeting.event_id).update(
        starts_at=start, ends_at=start + datetime.timedelta(hours=2)
    )
    meeting.event.refresh_from_db()


def test_a_meeting_to_come_is_not_held_yet(space, karim):
    with pytest.raises(Refused, match="pas encore commencé"):
        writing.hold(meeting=make_meeting(space, by=karim), by=karim)


def test_decisions_are_numbered_over_the_meetings_of_the_year(space, karim):
    one, other = held(space, by=karim), held(space, by=karim)

    first = writing.decide(item=only_item(one), text="Un banc.", by=karim)
    second = writing.decide(item=only_item(other), text="Deux.", by=karim, votes=(7, 1, 2))

    assert (first.number, first.how) == (1, "par consensus")
    assert (second.number, second.how) == (2, "7 pour, 1 contre, 2 abstentions")


def test_the_database_wants_a_consensus_or_all_the_voices(space, karim):
    meeting = held(space, by=karim)
    half = Decision(space=space, item=only_item(meeting), year=2026, number=9, text="Un banc.")
    half.votes_for = 3

    with pytest.raises(IntegrityError), transaction.atomic():
        half.save()


def test_a_draft_needs_the_essential_before_anyone_reads_it(space, karim):
    meeting = held(space, by=karim)

    with pytest.raises(Refused, match="cinq lignes"):
        approving.open_to_amendments(meeting=meeting, until=timezone.localdate(), by=karim)


def test_those_who_were_there_are_asked_to_read_again(space, karim, nadia, rose):
    meeting = to_amend(space, nadia, by=karim)

    told = Notice.objects.filter(kind="meetings.to-read-again")
    assert [one.person for one in told] == [nadia]
    assert meeting.versions.get().number == 1


def test_an_accepted_amendment_changes_the_text_and_its_author_is_told(space, karim, nadia):
    meeting = to_amend(space, nadia, by=karim)
    item = only_item(meeting)
    asked = approving.propose(
        item=item, person=nadia, passage="Il est cassé.", proposed="Il manque.", by=nadia
    )

    approving.accept(amendment=asked, notes="On parle du banc. Il manque.", by=karim)

    item.refresh_from_db()
    assert item.html == "<p>On parle du banc. Il manque.</p>\n"
    assert Notice.objects.get(kind="meetings.amendment-answered").person == nadia


def test_minutes_are_not_approved_while_someone_waits_for_an_answer(space, karim, nadia):
    meeting = to_amend(space, nadia, by=karim)
    asked = approving.propose(item=only_item(meeting), person=nadia, proposed="Non.", by=nadia)
    today = timezone.localdate()

    with pytest.raises(Refused, match="corrections"):
        approving.adopt(meeting=meeting, on=today, how="par consensus", by=karim)

    with pytest.raises(Refused, match="pourquoi"):
        approving.refuse(amendment=asked, reason="", by=karim)
    approving.refuse(amendment=asked, reason="Ce n’est pas ce qui a été dit.", by=karim)
    approving.adopt(meeting=meeting, on=today, how="par consensus", by=karim)
    assert again(meeting).state == Meeting.State.ADOPTED


def test_after_the_day_nobody_amends_any_more(space, karim, nadia):
    meeting = to_amend(space, nadia, by=karim)
    Meeting.objects.filter(pk=meeting.pk).update(
        amend_until=timezone.localdate() - datetime.timedelta(days=1)
    )

    with pytest.raises(Refused, match="On ne relit plus"):
        approving.propose(item=only_item(meeting), person=nadia, proposed="Non.", by=nadia)


def test_the_next_meeting_approves_and_its_own_minutes_say_so(space, karim, nadia):
    earlier = to_amend(space, nadia, by=karim, days_ago=30)
    later = held(space, nadia, by=karim)

    approving.adopt(
        meeting=earlier, on=later.day, how="9 pour, 0 contre, 1 abstention", by=karim,
        in_meeting=later,
    )  # fmt: skip

    item = Item.objects.get(meeting=later, approves=earlier)
    assert item.notes == "Le compte-rendu est approuvé 9 pour, 0 contre, 1 abstention."
    assert again(earlier).approved_in == later


def test_approved_minutes_change_no_more_and_can_be_told_from_their_hash(space, karim, nadia):
    meeting = published(space, nadia, by=karim)
    version = meeting.versions.order_by("-number").first()

    with pytest.raises(Refused, match="ne change plus"):
        writing.write(meeting=meeting, by=karim, opening="", summary="Autre.", notes={})
    with pytest.raises(TypeError):
        version.save()
    with pytest.raises(TypeError):
        MinutesVersion.objects.filter(pk=version.pk).update(content={})
    told = json.dumps(version.content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert version.sha256 == hashlib.sha256(told.encode()).hexdigest()


def test_a_resident_without_a_telephone_has_the_minutes_in_a_letter(space, karim, nadia, rose):
    meeting = published(space, nadia, by=karim)

    approving.send(meeting=meeting, audience="roll", by=karim)
    approving.send(meeting=meeting, audience="roll", by=karim)

    letter = Notice.objects.get(kind="meetings.minutes", person=rose)
    deliver(letter.pk, now=timezone.now())
    letter.refresh_from_db()
    assert letter.state == "to-post"
    assert "– La salle est ouverte le jeudi." in letter.text
    assert f"{meeting.year}-1. Demander un banc à la mairie. (par consensus)" in letter.text
    short = Notice.objects.get(kind="meetings.minutes", person=nadia)
    assert (short.urgent, short.text.count("\n")) == (False, 0)


def test_the_public_version_holds_no_name_of_a_member(space, karim, nadia):
    meeting = held(space, nadia, by=karim)
    item = only_item(meeting)
    preparing.change_item(item=item, by=karim, presenter=nadia)
    writing.note_action(item=item, text="Écrire", by=karim, owner=nadia)
    writing.note_action(item=item, text="Relancer", by=karim, owner=karim)
    writing.write(meeting=meeting, by=karim, opening="", summary=SUMMARY, notes={})
    approving.adopt(meeting=meeting, on=timezone.localdate(), how="par consensus", by=karim)

    said = json.dumps(again(meeting).versions.get().content, ensure_ascii=False)
    assert "Nadia" not in said
    assert "Karim Haddad" in said


def test_a_meeting_of_long_ago_is_typed_and_approved_at_once(space, karim):
    start = timezone.now() - datetime.timedelta(days=90)
    meeting = preparing.type_past(
        space=space, by=karim, title="Réunion", starts_at=start,
        ends_at=start + datetime.timedelta(hours=2), subjects=["Le square"],
        decisions=["Un banc.", "Un arbre."], summary=SUMMARY, present=14,
    )  # fmt: skip

    approving.adopt(meeting=meeting, on=meeting.day, how="par consensus", by=karim)

    content = again(meeting).versions.get().content
    assert (content["present"], len(content["items"][1]["decisions"])) == (14, 2)


def test_every_act_is_written_once_in_the_journal(space, karim, nadia):
    before = Entry.objects.count()
    meeting = make_meeting(space, by=karim)
    Entry.objects.all()
    acts = list(Entry.objects.order_by("pk").values_list("act", flat=True))[before:]

    assert acts == ["meetings.prepared", "meetings.changed-agenda"]
    assert meeting.journal_label.startswith("réunion du ")


def test_rules_of_the_house_serve_for_the_meetings_to_come(space, karim):
    rules = HouseRules(space=space, quorum=7, voices_each=2)
    preparing.change_rules(rules=rules, by=karim)

    meeting = make_meeting(space, by=karim)

    assert (meeting.quorum, meeting.voices_each) == (7, 2)
