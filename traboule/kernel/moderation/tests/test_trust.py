"""Trust grows with what is accepted; somebody may be held back for a while, and contest it."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from traboule.kernel.moderation import actions, rules, upkeep
from traboule.kernel.moderation.models import Hiding, Standing
from traboule.kernel.notices.models import Notice
from traboule.kernel.people.actions import Refused

from .factories import article_of

NEXT_WEEK = datetime.timedelta(days=7)


@pytest.fixture
def held(space, nadia, karim):
    """Nadia may not post for a week."""
    return actions.hold(
        space=space, person=nadia, article=article_of(space), reason="Insultes répétées.",
        until=timezone.now() + NEXT_WEEK, by=karim,
    )  # fmt: skip


def test_after_three_accepted_contributions_what_one_posts_shows_at_once(space, nadia):
    shown = []
    for _contribution in range(3):
        actions.accepted(person=nadia, space=space)
        shown.append(rules.shows_at_once(nadia, space))

    assert shown == [False, False, True]
    assert Notice.objects.filter(person=nadia, kind="moderation.standing").count() == 1


def test_the_charter_says_how_many(space, nadia, karim):
    actions.publish_charter(
        space=space, articles=[("Respect", "Sans insulte.")], trust_after=1, after=1, by=karim
    )

    actions.accepted(person=nadia, space=space)

    assert rules.shows_at_once(nadia, space)


def test_the_team_shows_at_once_and_strangers_never(space, karim, nadia):
    assert rules.shows_at_once(karim, space)
    assert not rules.shows_at_once(nadia, space)


def test_trust_taken_back_is_told_with_its_reason_and_counts_anew(space, nadia, karim):
    Standing.objects.create(space=space, person=nadia, level="trusted", accepted_count=3)

    actions.set_standing(space=space, person=nadia, level="new", by=karim, reason="Des pubs.")

    assert not rules.shows_at_once(nadia, space)
    assert "Des pubs." in Notice.objects.get(person=nadia, kind="moderation.standing").text
    assert Standing.objects.get().accepted_count == 0


def test_nobody_trusts_or_holds_themselves(space, karim):
    with pytest.raises(Refused, match="pour soi"):
        actions.set_standing(space=space, person=karim, level="trusted", by=karim, reason="Moi.")


def test_who_is_held_back_posts_nothing_until_the_date_and_knows_why(space, nadia, held):
    with pytest.raises(Refused, match="Insultes répétées"):
        rules.may_post(nadia, space)
    assert "Insultes répétées" in Notice.objects.get(person=nadia, kind="moderation.hidden").text

    upkeep.show_what_is_due(timezone.now() + NEXT_WEEK + datetime.timedelta(hours=1))

    rules.may_post(nadia, space)
    assert Hiding.objects.get().state == Hiding.State.EXPIRED


def test_holding_back_is_contested_like_anything_else(space, nadia, held, awa):
    actions.appeal(hiding=held, by=nadia)

    actions.decide(hiding=held, upheld=False, words="C’était une erreur.", by=awa)

    rules.may_post(nadia, space)


def test_who_is_held_back_already_is_not_held_back_twice_before_the_end(space, nadia, held, awa):
    given = {"space": space, "person": nadia, "article": article_of(space), "reason": "Encore."}
    until = timezone.now() + 3 * NEXT_WEEK

    with pytest.raises(Refused, match="déjà suspendue"):
        actions.hold(**given, until=until, by=awa)
    Standing.objects.update(held_until=timezone.now() - NEXT_WEEK)
    actions.hold(**given, until=until, by=awa)

    assert Hiding.objects.live().get().reason == "Encore."


def test_the_team_is_not_held_back_before_its_role_is_taken_away(space, karim, awa):
    with pytest.raises(Refused, match="changez d’abord son rôle"):
        actions.hold(
            space=space, person=karim, article=article_of(space), reason="Non.",
            until=timezone.now() + NEXT_WEEK, by=awa,
        )  # fmt: skip


def test_the_page_of_somebody_holds_them_back_and_lets_them_go(client, space, nadia, karim):
    client.force_login(karim)
    url = reverse("moderation:hold", args=[space.slug, nadia.public_id])
    day = timezone.localdate() + NEXT_WEEK
    typed = {"article": article_of(space).pk, "reason": "Insultes.", "until": day.isoformat()}

    assert "Choisissez un jour." in client.post(url, typed | {"until": ""}).content.decode()
    client.post(url, typed)
    page = client.get(reverse("moderation:standing", args=[space.slug, nadia.public_id]))
    assert "Ne peut rien publier" in page.content.decode()
    assert timezone.localtime(Hiding.objects.get().expires_at).date() == day
    client.post(reverse("moderation:restore", args=[space.slug, Hiding.objects.get().pk]))

    assert not Standing.objects.get().is_held
