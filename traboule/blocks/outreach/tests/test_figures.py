"""What a funder is told: each figure, who is behind it, and what is not known."""

import datetime

import pytest
from django.utils import timezone

from traboule.blocks.agenda.tests.factories import past_event, present
from traboule.blocks.outreach.actions import contacts, exchanges, follow_up
from traboule.blocks.outreach.indicators import INDICATORS
from traboule.blocks.outreach.models import Contact, Exchange, Plan, Stage
from traboule.blocks.outreach.statistics import as_rows, report
from traboule.kernel.spaces.blocks import Period
from traboule.kernel.spaces.tests.factories import make_facilitator, make_participant

from .factories import make_contact, make_neighbourhood, outreach_space

pytestmark = pytest.mark.django_db


@pytest.fixture
def space():
    return outreach_space()


@pytest.fixture
def karim(space):
    return make_facilitator(space)


def measured(space, period=None):
    period = period or Period()
    return {one.key.removeprefix("outreach."): one.value(space, period) for one in INDICATORS}


def note(contact, by, kind, outcome="", **more):
    return exchanges.note_exchange(contact=contact, kind=kind, outcome=outcome, by=by, **more)


def test_each_figure_counts_what_it_says(space, karim):
    idea, project = (Stage.objects.create(space=space, label=label) for label in ("Idée", "Projet"))
    lina = make_contact(space, by=karim, phone="+33612345678", stage=idea)
    omar = make_contact(space, "Omar", by=karim)
    rose = make_participant(space, name="Rose")
    note(lina, karim, "call", "no-answer")
    note(lina, karim, "call", "reached", is_advice=True)
    note(omar, karim, "visit", "left-message")
    note(omar, karim, "email")
    note(omar, karim, "note", note="Vu au marché")
    contacts.change_contact(
        contact=lina, by=karim, name="Lina", addresses=["+33612345678"], needs=[], stage=project
    )
    event = past_event(space)
    present(event, rose)
    plan = Plan.objects.create(space=space, title="Après")
    plan.steps.create(label="Photo", after_days=7)
    follow_up.apply_plan(plan=plan, event=event, by=karim)
    step = Contact.objects.get(person=rose).follow_ups.get().steps.get()
    follow_up.mark_step(step=step, done=True, by=karim)

    assert measured(space) == {
        "contacts-approached": 2,
        "contacts-reached": 1,
        "businesses-advised": 2,
        "calls": 2,
        "visits": 1,
        "messages": 1,
        "followed-up": 1,
        "steps-done": 1,
        "moved-on": 1,
    }


def test_a_period_leaves_out_what_was_before(space, karim):
    lina = make_contact(space, by=karim)
    note(lina, karim, "call", "reached")
    Exchange.objects.update(at=timezone.now() - datetime.timedelta(days=400))

    period = Period(start=timezone.localdate() - datetime.timedelta(days=30))

    assert measured(space, period)["calls"] == 0
    assert measured(space)["calls"] == 1


def test_totals_are_split_where_nobody_shows_and_the_unknown_is_said(space, karim, settings):
    settings.SMALL_GROUP = 3
    marlioz = make_neighbourhood()
    for number in range(8):
        inside = {"neighbourhood": marlioz} if number < 4 else {}
        about = {"gender": "woman" if number < 4 else "man", **inside}
        one = make_contact(space, f"Personne {number}", by=karim, **about)
        note(one, karim, "call", "reached")

    found = report(space, Period())
    reached = next(one for one in found.figures if one.measured.indicator.key.endswith("reached"))
    said = {
        split.label: {cell.label: cell.text for cell in split.cells} for split in reached.splits
    }

    assert said["quartier prioritaire"] == {"oui": "4", "inconnu": "4"}
    assert said["genre"] == {"Femme": "4", "Homme": "4"}
    assert any("4 personnes n’ont pas d’adresse vérifiée" in one for one in found.notes)
    assert "Personnes jointes" in {row[0] for row in as_rows(found)}


def test_erasing_somebody_leaves_the_totals(space, karim):
    from traboule.kernel.people.rights import erase, export_of

    lina = make_contact(space, by=karim, phone="+33612345678", activity="Couture")
    note(lina, karim, "call", "reached", note="Cherche un local")
    held = {one["key"] for one in export_of(lina.person)["sections"]}
    assert {"outreach.contact", "outreach.exchange"} <= held

    erase(person=lina.person, by=lina.person)

    lina.refresh_from_db()
    assert (lina.activity, Exchange.objects.get().note) == ("", "")
    assert measured(space)["contacts-reached"] == 1
    assert not Contact.objects.live().exists()


def test_two_rows_of_one_person_keep_what_was_exchanged_with_both(space, karim):
    from traboule.kernel.people import duplicates

    lina = make_contact(space, by=karim, phone="+33612345678")
    again = make_contact(space, "Lina H.", by=karim, email="lina@exemple.fr")
    note(lina, karim, "call", "reached")
    note(again, karim, "visit", "reached")

    merge = duplicates.merge(kept=lina.person, absorbed=again.person, by=karim)
    assert sorted(lina.exchanges.values_list("kind", flat=True)) == ["call", "visit"]

    duplicates.undo_merge(merge=merge, by=karim)
    assert list(lina.exchanges.values_list("kind", flat=True)) == ["call"]
    assert list(Contact.objects.get(pk=again.pk).exchanges.values_list("kind", flat=True)) == [
        "visit"
    ]
