"""The other doors: SMS, the desk of the team, the recipe, the figures, the pages of others."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from pydantic import ValidationError

from traboule.blocks.reports import indicators, recipe
from traboule.blocks.reports.actions import handling
from traboule.blocks.reports.answers import KEYWORD, by_sms
from traboule.blocks.reports.models import Category, Desk, Report, Zone
from traboule.kernel.files.tests.factories import picture, sent
from traboule.kernel.people.actions import Refused
from traboule.kernel.spaces import first_steps
from traboule.kernel.spaces.blocks import Period
from traboule.kernel.spaces.models import Participation
from traboule.kernel.spaces.tests.factories import (
    make_coordinator,
    make_facilitator,
    make_participant,
    make_space,
)

from .factories import make_report

pytestmark = pytest.mark.django_db
TABLE = {
    "zones": ["Le portail", "Le composteur"],
    "categories": [{"name": "Banc ou table", "days": 7}, {"name": "Autre"}],
    "looks_first": False,
}


@pytest.fixture
def space():
    return make_space(blocks=("reports",), access_code="7K4M-2QXD")


@pytest.fixture
def nadia(space):
    return make_participant(space)


@pytest.fixture
def karim(space):
    return make_facilitator(space)


def sms(person, text):
    return by_sms(person, re.match(KEYWORD, text, re.IGNORECASE), number="+33698765432")


def test_an_sms_reports_in_the_one_space_of_whoever_sends_it(nadia):
    assert "n° 1" in sms(nadia, "SIGNALER fontaine cassée")
    made = Report.objects.get()
    assert (made.words, made.reporter, made.via) == ("fontaine cassée", nadia, "sms")


def test_an_sms_of_a_stranger_needs_the_code_of_the_gate(space):
    with pytest.raises(Refused, match="De quel lieu"):
        sms(None, "signaler banc cassé")
    sms(None, "Signaler 7k4m2qxd banc cassé")

    made = Report.objects.get()
    assert (made.space, made.words, made.shown_at) == (space, "banc cassé", None)
    assert made.follows.get().reach == "+33698765432"


def test_of_two_spaces_an_sms_never_guesses(space, nadia):
    other = make_space(blocks=("reports",))
    Participation.objects.create(space=other, person=nadia, role="member")

    with pytest.raises(Refused, match="De quel lieu"):
        sms(nadia, "SIGNALER banc")
    with pytest.raises(Refused, match="Dites ce qui"):
        sms(nadia, "SIGNALER 7K4M-2QXD")


def test_a_recipe_names_places_and_kinds_and_reads_them_back(space):
    data = recipe.read(TABLE)
    recipe.seed(space, data, by=make_coordinator(space))

    assert recipe.export(space) == TABLE
    assert recipe.read(recipe.export(space)) == data
    said = recipe.announce(data, start=datetime.date(2026, 1, 5))
    assert said == [
        "Endroits : Le portail, Le composteur", "Banc ou table : 7 jours", "Autre : 14 jours",
    ]  # fmt: skip
    assert recipe.export(make_space()) == {}


@pytest.mark.parametrize(
    "table",
    [
        {"zones": ["Portail", "Portail"]},
        {"categories": [{"name": "Banc", "days": 0}]},
        {"categories": [{"name": "Banc"}, {"name": "Banc"}]},
        {"plan": "plan.jpg"},
    ],
)
def test_a_recipe_that_says_something_else_is_refused(table):
    with pytest.raises(ValidationError):
        recipe.read(table)


def test_the_usual_days_of_a_kind_give_the_day(space, nadia):
    bench = Category.objects.create(space=space, name="Banc", days=3)
    made = make_report(space, by=nadia, category=bench)

    assert made.due_on == timezone.localdate() + datetime.timedelta(days=3)


def test_the_team_prepares_plan_places_and_kinds_and_mistakes_are_told(client, space, karim):
    client.force_login(karim)
    client.post(reverse("reports:set-up", args=[space.slug]), {"plan": [sent(picture())]})
    zone = {"zone-name": "Le portail", "zone-x": "100", "zone-y": "900"}
    client.post(reverse("reports:add-zone", args=[space.slug]), zone)
    kind = {"category-name": "Banc", "category-days": "0"}
    page = client.post(reverse("reports:add-category", args=[space.slug]), kind)

    assert (Desk.objects.get().looks_first, Desk.objects.get().plan is None) == (False, False)
    assert (Zone.objects.get().x, Zone.objects.get().y) == (100, 900)
    assert "Banc" in page.content.decode()
    assert not Category.objects.exists()
    client.post(reverse("reports:remove-zone", args=[space.slug, Zone.objects.get().pk]))
    assert not Zone.objects.exists()


def test_figures_count_what_was_reported_and_repaired_and_in_how_many_days(space, nadia, karim):
    now = timezone.now()
    for days in (1, 3, 10):
        made = make_report(space, by=nadia)
        handling.close(report=made, by=karim, words="Réparé.")
        Report.objects.filter(pk=made.pk).update(
            opened_at=now - datetime.timedelta(days=days), closed_at=now
        )
    make_report(space, by=nadia).hide()
    passed = make_report(space, by=nadia)
    handling.pass_on(report=passed, by=karim, words="À la Ville.")

    values = {one.key: one.value for one in indicators.INDICATORS}
    found = {key: value(space, Period()) for key, value in values.items()}
    assert found == {
        "reports.reported": 4, "reports.repaired": 3, "reports.days-to-repair": 3.0,
    }  # fmt: skip
    to_come = Period(start=timezone.localdate() + datetime.timedelta(days=2))
    assert {value(space, to_come) for value in values.values()} == {0}


def test_the_front_page_leads_to_reporting_and_tells_the_team_what_waits(
    client, space, nadia, karim
):
    make_report(space, by=nadia)
    new = reverse("reports:new", args=[space.slug])

    assert new in client.get(space.get_absolute_url()).content.decode()
    client.force_login(karim)
    page = client.get(space.get_absolute_url()).content.decode()
    assert "problème</strong> est à prendre en charge" in page
    labels = [str(step.label) for step in first_steps.of(space)]
    assert "Nommer les endroits où l’on signale un problème" in labels
    client.force_login(nadia)
    assert "Une latte du banc" in client.get(reverse("people:me")).content.decode()
