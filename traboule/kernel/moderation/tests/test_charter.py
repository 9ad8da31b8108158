"""A space adopts a charter in one tap, changes it, and earlier versions stay to be read."""

import pytest
from django.urls import reverse

from traboule.kernel.moderation import actions, kinds
from traboule.kernel.moderation.models import Charter
from traboule.kernel.people.actions import Refused
from traboule.kernel.spaces import first_steps
from traboule.kernel.spaces.blocks import Block
from traboule.kernel.spaces.blocks import known as blocks
from traboule.kernel.spaces.models import SpaceBlock
from traboule.kernel.spaces.tests.factories import make_facilitator, make_space

from .factories import ANYONE_READS


@pytest.fixture
def bare(db):
    """A space without a charter."""
    return make_space(sheet={"title": "La radio"})


def _rows(*articles):
    typed = {"articles-TOTAL_FORMS": len(articles), "articles-INITIAL_FORMS": 0}
    for rank, (title, text) in enumerate(articles):
        typed |= {f"articles-{rank}-title": title, f"articles-{rank}-text": text}
    return typed


def test_the_proposed_charter_is_adopted_in_one_tap(client, bare):
    client.force_login(make_facilitator(bare))
    page = client.get(reverse("moderation:charter", args=[bare.slug])).content.decode()
    assert "Adopter la charte proposée" in page

    client.post(reverse("moderation:adopt-charter", args=[bare.slug]), follow=True)

    charter = Charter.objects.get()
    assert charter.articles.count() == 7
    assert charter.version == 1


def test_a_charter_changed_is_a_new_version_and_the_old_one_is_still_read(client, space, karim):
    client.force_login(karim)
    typed = {"intro": "", "trust_after": "2", "after": "1"}
    client.post(
        reverse("moderation:change-charter", args=[space.slug]),
        typed | _rows(("Respect", "Toujours."), ("", "")),
    )
    client.logout()

    now = client.get(reverse("moderation:charter", args=[space.slug])).content.decode()
    before = client.get(reverse("moderation:charter-version", args=[space.slug, 1]))
    assert "Toujours." in now
    assert "Version 2" in now
    assert "On parle sans insulter." in before.content.decode()


def test_two_who_change_the_charter_at_once_do_not_erase_each_other(space, karim, awa):
    actions.publish_charter(space=space, articles=[("Respect", "A.")], after=1, by=karim)

    with pytest.raises(Refused, match="vient de changer"):
        actions.publish_charter(space=space, articles=[("Respect", "B.")], after=1, by=awa)


def test_more_articles_keep_what_was_typed_and_half_an_article_says_what_is_missing(
    client, space, karim
):
    client.force_login(karim)
    url = reverse("moderation:change-charter", args=[space.slug])
    typed = {"intro": "Bonjour", "trust_after": "3", "after": "1"} | _rows(("Respect", ""))

    assert "Respect" in client.post(url, typed | {"more": "1"}).content.decode()
    page = client.post(url, typed).content.decode()

    assert "Écrivez cet article" in page
    assert "Bonjour" in page
    assert Charter.objects.count() == 1


def test_a_charter_has_an_article(space, karim):
    with pytest.raises(Refused, match="au moins un article"):
        actions.publish_charter(space=space, articles=[], after=1, by=karim)


def test_only_a_space_where_people_write_is_asked_for_a_charter(bare, monkeypatch):
    labels = [step.label for step in first_steps.of(bare)]
    assert "Adopter une charte" not in labels
    monkeypatch.setitem(kinds._kinds, ANYONE_READS.key, ANYONE_READS)
    wishes = Block(
        key="wishes", label="Souhaits", summary="", icon="star", url_name="spaces:people",
        schema=dict, seed=lambda space, data, by: None, export=lambda space: {},
    )  # fmt: skip
    monkeypatch.setitem(blocks, "wishes", wishes)
    SpaceBlock.objects.create(space=bare, key="wishes")
    bare.__dict__.pop("open_blocks", None)

    assert "Adopter une charte" in [step.label for step in first_steps.of(bare)]


def test_the_charter_hangs_on_the_wall(client, space):
    response = client.get(reverse("moderation:charter-poster", args=[space.slug]))

    assert response.content.startswith(b"%PDF")
