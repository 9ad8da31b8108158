"""Anyone asks the team to look; the team answers, in public, without names."""

import pytest
from django.urls import reverse
from django.utils import timezone

from traboule.kernel.moderation import actions, kinds, workload
from traboule.kernel.moderation.models import Flag
from traboule.kernel.notices.models import Notice
from traboule.kernel.people.actions import Refused
from traboule.kernel.spaces.tests.factories import make_facilitator

from .factories import ANYONE_READS, REASON, article_of, make_hiding, make_news, make_wish


@pytest.fixture
def wish(space, monkeypatch):
    """What a stranger wrote, that anyone reads."""
    monkeypatch.setitem(kinds._kinds, ANYONE_READS.key, ANYONE_READS)
    return make_wish(space)


def _flag_url(space, kind, thing):
    return reverse("moderation:flag", args=[space.slug, kind, thing.pk])


def test_a_stranger_flags_what_anyone_reads(client, space, wish, karim):
    client.post(_flag_url(space, ANYONE_READS.key, wish), {"why": "advert", "words": "Une pub"})

    assert Flag.objects.get().by is None
    assert Notice.objects.filter(person=karim, kind="moderation.flagged").count() == 1


def test_a_stranger_does_not_learn_the_title_of_what_they_may_not_read(client, space):
    assert client.get(_flag_url(space, "spaces.news", make_news(space))).status_code == 404


def test_who_flags_twice_is_told_that_it_waits(space, wish, nadia):
    actions.flag(subject=wish, why="false", by=nadia)

    with pytest.raises(Refused, match="déjà signalé"):
        actions.flag(subject=wish, why="hate", by=nadia)


def test_many_flags_tell_each_moderator_once_a_day(space, wish, karim):
    for _stranger in range(5):
        actions.flag(subject=wish, why="false")

    assert Notice.objects.filter(person=karim, kind="moderation.flagged").count() == 1


def test_hiding_deals_with_the_flags_and_thanks_who_flagged(space, wish, nadia, karim):
    actions.flag(subject=wish, why="false", by=nadia)

    actions.hide(subject=wish, article=article_of(space), reason=REASON, by=karim)

    assert not Flag.objects.open().exists()
    assert "masqué" in Notice.objects.get(person=nadia, kind="moderation.flag-answered").text
    wish.refresh_from_db()
    assert wish.list_title == "masqué"


def test_leaving_a_thing_visible_deals_with_all_its_flags(client, space, wish, karim):
    one, _other = (actions.flag(subject=wish, why=why) for why in ("false", "hate"))
    client.force_login(karim)

    client.post(reverse("moderation:set-aside", args=[space.slug, one.pk]))

    assert set(Flag.objects.values_list("handled_by", flat=True)) == {karim.pk}


def test_the_public_log_says_why_and_neither_who_nor_what(client, space, nadia, karim):
    make_hiding(space, author=nadia, by=karim)

    page = client.get(reverse("moderation:log", args=[space.slug])).content.decode()

    assert REASON in page
    assert "Article 1" in page
    for secret in ("Nadia", "Karim", "Le voisin exagère"):
        assert secret not in page


def test_the_queue_shows_what_waits_and_shares_the_work(client, space, wish, nadia, karim):
    actions.flag(subject=wish, why="hate", words="Regardez")
    actions.appeal(hiding=make_hiding(space, author=nadia, by=karim), by=nadia)
    client.force_login(karim)

    page = client.get(reverse("moderation:queue", args=[space.slug])).content.decode()

    assert "Regardez" in page
    assert "Une autre personne doit répondre" in page
    busiest = workload.loads(space)[0]
    assert (busiest.person, busiest.acts) == (karim, 1)


def test_one_person_who_does_nearly_all_is_told_so(space, karim):
    make_facilitator(space, "Zoé")
    Flag.objects.bulk_create(
        Flag(
            space=space, subject_type_id=1, subject_key=str(n), title="x", why="false",
            handled_at=timezone.now(), handled_by=karim,
        )
        for n in range(10)
    )  # fmt: skip

    assert workload.is_unfair(workload.loads(space))


def test_the_front_page_says_what_waits_to_the_team_only(client, space, wish, nadia, karim):
    actions.flag(subject=wish, why="hate")
    pages = {}
    for person in (nadia, karim):
        client.force_login(person)
        pages[person] = client.get(space.get_absolute_url()).content.decode()

    assert "attend votre regard" in pages[karim]
    assert "attend votre regard" not in pages[nadia]


@pytest.mark.parametrize("name", ["log", "queue"])
def test_a_page_costs_the_same_with_one_row_as_with_three(
    name, count_queries, client, space, karim
):
    client.force_login(karim)
    url = reverse(f"moderation:{name}", args=[space.slug])
    counts = []
    for number in (1, 2):
        for rank in range(number):
            luc = make_facilitator(space, f"Luc {number}{rank}")
            make_hiding(space, author=luc, by=karim)
            actions.flag(subject=make_news(space, by=luc), why="false")
        counts.append(count_queries(url))

    assert counts[0] == counts[1]
