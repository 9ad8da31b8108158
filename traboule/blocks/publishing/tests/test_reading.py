"""Reading what is told: lists, feeds, slots, readings counted, recipes."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from traboule.blocks.publishing import recipe
from traboule.blocks.publishing.actions import reading, review, writing
from traboule.blocks.publishing.indicators import INDICATORS
from traboule.blocks.publishing.models import Comment, DayViews, Publication
from traboule.kernel.moderation.actions import adopt_proposed, hide, restore
from traboule.kernel.moderation.models.charter import TRUST_AFTER
from traboule.kernel.people.actions import Refused
from traboule.kernel.spaces import first_steps
from traboule.kernel.spaces.blocks import Period
from traboule.kernel.spaces.tests.factories import make_facilitator, make_participant, make_space

from .factories import make_pair, make_publication, make_published, making_space

pytestmark = pytest.mark.django_db


@pytest.fixture
def space():
    return making_space()


def _url(name, publication):
    return reverse(f"publishing:{name}", args=[publication.space.slug, publication.slug])


def test_the_list_is_read_by_kinds_and_by_pages(client, space):
    nadia = make_participant(space)
    for number in range(14):
        make_published(space, by=nadia, title=f"Nouvelle {number:02}")
    make_published(space, by=nadia, title="Poser un nichoir", kind="tutorial")
    url = reverse("publishing:list", args=[space.slug])

    first = client.get(url)
    assert [one.title for one in first.context["publications"]][:2] == [
        "Poser un nichoir",
        "Nouvelle 13",
    ]
    after = client.get(url, {"apres": first.context["following"]})
    assert [one.title for one in after.context["publications"]] == [
        "Nouvelle 02",
        "Nouvelle 01",
        "Nouvelle 00",
    ]
    of_kind = client.get(url, {"sorte": "tutorial"})
    assert [one.title for one in of_kind.context["publications"]] == ["Poser un nichoir"]
    assert client.get(url, {"apres": "9" * 40, "sorte": "x"}).status_code == 200


def test_a_list_costs_the_same_with_one_as_with_three(client, space, count_queries):
    url = reverse("publishing:list", args=[space.slug])
    nadia = make_participant(space)
    make_published(space, by=nadia, pictures=1)
    one = count_queries(url)
    for _number in range(2):
        make_published(space, by=nadia, pictures=2)

    assert count_queries(url) == one


def test_the_front_page_shows_the_latest_to_visitors_and_nothing_without_the_block(client, space):
    published = make_published(space)
    hidden = make_published(space, title="Entre nous", is_public=False)
    page = client.get(space.get_absolute_url()).content.decode()
    assert published.get_absolute_url() in page
    assert hidden.get_absolute_url() not in page
    assert published.title in client.get(space.initiative.get_absolute_url()).content.decode()

    space.blocks.update(put_away_at=timezone.now())
    assert published.get_absolute_url() not in client.get(space.get_absolute_url()).content.decode()
    assert client.get(reverse("publishing:list", args=[space.slug])).status_code == 404


def test_the_team_finds_what_is_to_review_on_its_front_page(client, space):
    draft = make_publication(space)
    review.submit(publication=draft, by=draft.by)
    client.force_login(make_facilitator(space))

    assert "attend une relecture" in client.get(space.get_absolute_url()).content.decode()
    assert draft.title in client.get(reverse("publishing:list", args=[space.slug])).content.decode()


def test_feeds_tell_what_is_public_and_survive_a_paste(client, space):
    make_published(space, title="Fête\x0b du quartier & co", pictures=1)
    make_published(space, title="Entre nous", is_public=False)
    for name, args in (("rss", [space.slug]), ("atom", [space.slug]), ("territory-rss", [])):
        response = client.get(reverse(f"publishing:{name}", args=args))
        text = response.content.decode()
        assert "Fête du quartier &amp; co" in text
        assert "Entre nous" not in text
        assert "image/jpeg" in text


def test_reading_is_counted_by_the_page_itself_and_never_by_a_get(client, space):
    publication = make_published(space)
    client.get(publication.get_absolute_url())
    assert not DayViews.objects.exists()

    for _number in range(2):
        assert client.post(_url("count", publication)).status_code == 204
    client.force_login(make_facilitator(space))
    client.post(_url("count", publication))

    assert DayViews.objects.get().count == 2


def test_a_draft_is_not_counted(client, space):
    draft = make_publication(space)

    assert client.post(_url("count", draft)).status_code == 404
    assert not DayViews.objects.exists()


def test_indicators_measure_what_their_definitions_say(space):
    nadia = make_participant(space)
    make_published(space, by=nadia)
    make_published(space, by=nadia, kind="tutorial")
    places = make_publication(space, by=nadia, kind="before-after")
    make_pair(places, with_after=True)
    make_pair(places)
    review.publish(publication=places, by=nadia)
    make_publication(space, by=make_participant(space, name="Lina"))
    reading.count_view(places)
    reading.count_view(places)

    found = {one.key: one.value(space, Period()) for one in INDICATORS}
    assert found == {
        "publishing.published": 3,
        "publishing.tutorials": 1,
        "publishing.pairs": 1,
        "publishing.views": 2,
        "publishing.authors": 1,
    }
    long_ago = Period(start=datetime.date(2020, 1, 1), end=datetime.date(2020, 12, 31))
    assert {one.value(space, long_ago) for one in INDICATORS} == {0}


def test_markdown_is_cleaned(space):
    publication = make_published(space, text="**Oui** <script>x</script> [ici](javascript:x)")

    assert "<strong>Oui</strong>" in publication.html
    assert "<script" not in publication.html
    assert 'href="javascript' not in publication.html


def test_a_recipe_brings_drafts_and_finds_its_words_again_whatever_people_wrote(space):
    data = recipe.read(
        {"drafts": [{"title": "La première", "text": "Bonjour."}, {"kind": "album", "title": "A"}]}
    )
    karim = make_facilitator(space)
    recipe.seed(space, data, by=karim)
    assert (
        recipe.announce(data, start=space.starts_on)[0]
        == "Un brouillon : « La première » (nouvelle)"
    )

    first = Publication.objects.get(title="La première")
    assert first.author is None
    writing.change(publication=first, by=karim, title="Nadia raconte", text="Nadia, 0612345678")
    make_published(space, title="À nous")

    assert recipe.read(recipe.export(space)) == data


def test_the_first_step_waits_for_the_block(space):
    def labels(of):
        return [step.label for step in first_steps.of(of)]

    assert "Publier une première nouvelle" in labels(space)
    assert "Publier une première nouvelle" not in labels(make_space(sheet={"slug": "autre"}))


def test_comments_are_off_until_the_team_opens_them_and_read_first(client, space):
    publication = make_published(space)
    lina = make_participant(space, name="Lina")
    with pytest.raises(Refused, match="ne commente pas"):
        reading.comment(publication=publication, text="Bravo", by=lina, is_shown=True)

    Publication.objects.update(comments_open=True)
    client.force_login(lina)
    client.post(_url("comment", publication), {"text": "Bravo !"})
    assert Comment.objects.get().state == "waiting"
    assert "Bravo !" not in Client().get(publication.get_absolute_url()).content.decode()
    empty = client.post(_url("comment", publication), {"text": ""})
    assert "Écrivez quelques mots." in empty.content.decode()


def test_what_is_to_paste_in_a_group_holds_the_title_and_the_address(client, space):
    publication = make_published(space, summary="Samedi, tout le monde au jardin.")

    page = client.get(publication.get_absolute_url()).content.decode()

    assert f"http://testserver{publication.get_absolute_url()}</textarea>" in page
    assert _url("card", publication) in page


def test_what_the_team_accepts_makes_trust_and_then_shows_at_once(client, space):
    publication = make_published(space)
    Publication.objects.update(comments_open=True)
    lina, karim = make_participant(space, name="Lina"), make_facilitator(space)
    for number in range(TRUST_AFTER):
        client.force_login(lina)
        client.post(_url("comment", publication), {"text": f"Bravo {number} !"})
        said = Comment.objects.get(text=f"Bravo {number} !")
        assert said.state == "waiting"
        client.force_login(karim)
        args = [space.slug, publication.slug, said.pk]
        client.post(reverse("publishing:accept-comment", args=args))

    client.force_login(lina)
    client.post(_url("comment", publication), {"text": "Encore bravo !"})
    assert Comment.objects.get(text="Encore bravo !").state == "shown"
    draft = make_publication(space, by=lina)
    client.post(_url("submit", draft), {"now": "1"})
    assert Publication.objects.get(pk=draft.pk).is_published


def test_what_moderation_hides_closes_with_its_pictures_and_says_why(client, space):
    publication = make_published(space, pictures=1)
    karim = make_facilitator(space)
    charter = adopt_proposed(space=space, by=karim)
    hiding = hide(
        subject=publication,
        article=charter.articles.order_by("pk").first(),
        reason="Un nom de famille y figure.",
        by=karim,
    )
    assert client.get(publication.get_absolute_url()).status_code == 404
    assert client.get(publication.files.get().file.url).status_code == 404
    client.force_login(publication.author)
    assert "Un nom de famille" in client.get(publication.get_absolute_url()).content.decode()

    restore(hiding=hiding, by=karim)
    client.logout()
    assert "Signaler" in client.get(publication.get_absolute_url()).content.decode()
    assert publication.files.get().file.is_public
