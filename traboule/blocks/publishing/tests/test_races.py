"""Who decide at the same moment, on PostgreSQL, where two writers truly race."""

import pytest
from django.db import connection

from traboule.blocks.publishing.actions import parts, reading, review
from traboule.blocks.publishing.models import DayViews, Pair, Publication, Review
from traboule.kernel.people.tests.test_races import at_once
from traboule.kernel.spaces.tests.factories import make_facilitator

from .factories import CHECKED, make_pair, make_publication, make_published, making_space, prepared

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _needs_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL lets two writers race")


@pytest.fixture
def space():
    return making_space()


def test_of_reviewers_who_publish_or_give_back_at_once_one_decides(space):
    draft = make_publication(space)
    team = [make_facilitator(space, f"Voisin {number}") for number in range(6)]
    review.submit(publication=draft, by=draft.by)

    def act(n):
        if n % 2:
            return review.publish(publication=draft, by=team[n], checks=CHECKED)
        return review.send_back(
            publication=draft, by=team[n], reason="Trop long.", checks=review.Checks()
        )

    answers = at_once(6, act)

    assert answers.count("refused") == 5
    decided = Review.objects.get()
    assert Publication.objects.get().state == decided.outcome


def test_texts_of_the_same_title_written_at_once_have_their_own_addresses(space):
    nadia = make_facilitator(space)

    at_once(5, lambda _n: make_publication(space, by=nadia))

    assert len(set(Publication.objects.values_list("slug", flat=True))) == 5


def test_readings_at_once_are_all_counted(space):
    publication = make_published(space)

    at_once(8, lambda _n: reading.count_view(publication))

    assert DayViews.objects.get().count == 8


def test_of_two_pictures_of_after_sent_at_once_one_is_kept(space):
    publication = make_publication(space, kind="before-after")
    pair = make_pair(publication)
    sent = [prepared() for _number in range(3)]

    answers = at_once(3, lambda n: parts.add_after(pair=pair, after=sent[n], by=publication.by))

    assert answers.count("refused") == 2
    assert Pair.objects.get().after
