"""Who answers at the same moment, on PostgreSQL, where two writers truly race."""

import pytest
from django.db import connection

from traboule.blocks.surveys.actions import answering
from traboule.blocks.surveys.asked import Asked
from traboule.blocks.surveys.inviting import make_slips
from traboule.blocks.surveys.models import Door, Response
from traboule.blocks.surveys.reading import read
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.tests.test_races import at_once

from .factories import make_survey

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _needs_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL lets two writers race")


def test_of_ten_who_use_one_code_at_once_one_response_is_sent():
    survey = make_survey(who="invited")
    (slip,) = make_slips(survey=survey, number=1, by=survey.by)
    asked = Asked(survey)
    first = asked.questions[0]
    value = read(first, asked.choices(first), "non")

    def act(_rank):
        response, _receipt = answering.begin(survey=survey, door=Door.WEB, invitation=slip)
        answering.put(response=response, question=first, value=value)
        answering.finish(response=response)

    at_once(10, act)

    assert Response.objects.filter(survey=survey).count() == 1
    assert survey.responses.counted().count() == 1
    with pytest.raises(Refused, match="déjà servi"):
        answering.begin(survey=survey, door=Door.WEB, invitation=slip)


def test_ten_taps_of_one_device_begin_one_response():
    survey = make_survey()

    said = at_once(10, lambda _: answering.begin(survey=survey, door=Door.WEB, source="phone"))

    assert survey.responses.count() == 1
    assert said.count("refused") == 9
