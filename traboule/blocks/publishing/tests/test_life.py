"""From a draft to its readers, with a second pair of eyes on the way."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from traboule.blocks.publishing import messages
from traboule.blocks.publishing.actions import review, writing
from traboule.blocks.publishing.models import Publication, Review, State
from traboule.kernel.files.models import File
from traboule.kernel.journal.models import Entry
from traboule.kernel.notices.models import Notice
from traboule.kernel.people.actions import Refused
from traboule.kernel.spaces.tests.factories import (
    make_coordinator,
    make_facilitator,
    make_participant,
)

from .factories import (
    CHECKED,
    make_publication,
    make_published,
    making_space,
    prepared,
    state_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def space():
    return making_space()


@pytest.fixture
def karim(space):
    return make_facilitator(space)


@pytest.fixture
def draft(space):
    return make_publication(space)


def _url(name, publication, **more):
    return reverse(f"publishing:{name}", args=[publication.space.slug, publication.slug], **more)


def test_a_member_writes_gives_in_and_a_facilitator_publishes(client, space, karim):
    nadia = make_participant(space, name="Nadia")
    client.force_login(nadia)
    client.post(
        reverse("publishing:write", args=[space.slug, "news"]),
        {"title": "Le composteur est là", "text": "Il sent bon.", "byline": "Nadia"},
    )
    publication = Publication.objects.get()
    client.post(_url("submit", publication), {"now": "1"})
    assert state_of(publication) == State.SUBMITTED, "a member puts nothing online alone"

    client.force_login(karim)
    page = client.get(_url("review", publication)).content.decode()
    assert "Claire ?" in page
    assert "Il sent bon." in page
    checks = {"is_clear": "on", "is_checked": "on", "is_fair": "on"}
    client.post(_url("review", publication), {**checks, "publish": "1"})

    client.logout()
    assert "Il sent bon." in client.get(publication.get_absolute_url()).content.decode()
    assert Notice.objects.get(kind="publishing.published").person == nadia
    assert publication.reviews.get().is_fair


def test_nothing_is_published_by_review_without_three_yes(client, draft, karim):
    review.submit(publication=draft, by=draft.by)
    client.force_login(karim)

    page = client.post(_url("review", draft), {"is_clear": "on", "publish": "1"})

    assert "Cochez les trois questions" in page.content.decode()
    assert state_of(draft) == State.SUBMITTED


def test_what_is_sent_back_says_why_and_comes_again(client, draft, karim):
    review.submit(publication=draft, by=draft.by)
    client.force_login(karim)
    client.post(_url("review", draft), {"is_clear": "on", "return": "1", "reason": "Quel jour ?"})

    told = Notice.objects.get(kind="publishing.returned")
    assert told.person == draft.by
    assert "Quel jour ?" in told.text

    client.force_login(draft.by)
    page = client.get(draft.get_absolute_url()).content.decode()
    assert "Quel jour ?" in page
    assert "Vérifiée ? Pas encore." in page
    client.post(_url("change", draft), {"title": draft.title, "text": "Samedi 5 juin."})
    client.post(_url("submit", draft))
    assert state_of(draft) == State.SUBMITTED


def test_a_reason_is_asked_to_give_back_and_to_withdraw(draft, karim):
    review.submit(publication=draft, by=draft.by)

    with pytest.raises(Refused, match="Dites pourquoi"):
        review.send_back(publication=draft, by=karim, reason=" ", checks=review.Checks())
    review.publish(publication=draft, by=karim, checks=CHECKED)
    with pytest.raises(Refused, match="Dites pourquoi"):
        review.withdraw(publication=draft, by=karim, reason="")


def test_of_two_decisions_the_second_is_refused(draft, karim):
    review.submit(publication=draft, by=draft.by)
    review.send_back(publication=draft, by=karim, reason="Trop long.", checks=review.Checks())

    with pytest.raises(Refused, match="Quelqu’un vient de décider"):
        review.publish(publication=draft, by=karim, checks=CHECKED)

    assert Review.objects.count() == 1


def test_one_s_own_text_may_be_published_alone_but_two_see_better(client, space, karim):
    own = make_publication(space, by=karim)
    client.force_login(karim)
    assert "verrait peut-être une faute" not in client.get(own.get_absolute_url()).content.decode()

    make_coordinator(space)
    assert "verrait peut-être une faute" in client.get(own.get_absolute_url()).content.decode()
    client.post(_url("submit", own), {"now": "1"})
    assert state_of(own) == State.PUBLISHED


def test_a_draft_is_seen_by_its_own_and_the_team_only(client, space, draft, karim):
    other = make_participant(space, name="Lina")
    for person, status in ((draft.by, 200), (karim, 200), (other, 404)):
        client.force_login(person)
        assert client.get(draft.get_absolute_url()).status_code == status
        assert client.get(_url("article-pdf", draft)).status_code == status


def test_its_own_writes_in_it_until_it_is_given_in(client, draft):
    client.force_login(draft.by)
    assert client.get(_url("change", draft)).status_code == 200

    review.submit(publication=draft, by=draft.by)

    assert client.get(_url("change", draft)).status_code == 403
    client.post(_url("submit", draft), {"back": "1"})
    assert state_of(draft) == State.DRAFT


def test_what_is_withdrawn_closes_with_its_pictures_and_can_come_back(client, space, karim):
    publication = make_published(space, pictures=1)
    file = File.objects.get()
    assert file.is_public

    review.withdraw(publication=publication, by=karim, reason="Une erreur de nom.")
    file.refresh_from_db()
    assert not file.is_public
    assert client.get(publication.get_absolute_url()).status_code == 404
    assert "Une erreur de nom." in Notice.objects.get(kind="publishing.withdrawn").text

    first = publication.published_at
    client.force_login(karim)
    client.post(_url("withdraw", publication), {"again": "1"})
    publication.refresh_from_db()
    assert publication.state == State.PUBLISHED
    assert publication.published_at == first


def test_members_only_is_not_for_visitors_but_is_for_those_with_the_code(client, space):
    publication = make_published(space, is_public=False)
    assert client.get(publication.get_absolute_url()).status_code == 404

    space.access_code = "7K4M-2QXD"
    space.save()
    client.post(reverse("spaces:enter", args=["7K4M-2QXD"]), {"look": "1"})

    assert client.get(publication.get_absolute_url()).status_code == 200


def test_a_facilitator_publishes_for_someone_who_came_to_the_desk(client, space, karim):
    rose = make_participant(space, name="Rose")
    client.force_login(karim)
    client.post(
        reverse("publishing:write", args=[space.slug, "news"]),
        {
            "title": "Souvenirs",
            "text": "Avant, il y avait un lavoir.",
            "byline": "Rose, 82 ans",
            "for_": rose.pk,
            "is_public": "yes",
        },
    )
    publication = Publication.objects.get()

    assert publication.author == rose
    assert publication.byline == "Rose, 82 ans"
    entry = Entry.objects.get(act="publishing.wrote")
    assert (entry.by_key, entry.for_key) == (karim.pk, rose.pk)


def test_two_of_the_same_title_have_two_addresses_and_none_takes_ours(space):
    slugs = [make_publication(space, title=title).slug for title in ("Été", "Été", "Écrire", "🎉")]

    assert slugs == ["ete", "ete-2", "ecrire-2", "publication"]


def test_a_text_can_be_dropped_until_it_was_read(space, karim):
    draft = make_publication(space, pictures=1)
    writing.remove(publication=draft, by=draft.by)
    assert not File.objects.exists()

    online = make_published(space)
    with pytest.raises(Refused, match="retirez-le plutôt"):
        writing.remove(publication=online, by=karim)


def test_what_is_wrong_keeps_what_was_typed_and_sent(client, space):
    client.force_login(make_participant(space))
    upload = prepared().upload

    page = client.post(
        reverse("publishing:write", args=[space.slug, "news"]),
        {"title": "", "text": "J’ai tout écrit.", "files-received": str(upload.key)},
    ).content.decode()

    assert "Donnez un titre." in page
    assert "Dites si l’on reconnaît quelqu’un" in page
    assert "J’ai tout écrit." in page
    assert str(upload.key) in page


def test_the_weekly_digest_tells_each_person_once_of_all_that_is_new(space):
    lina = make_participant(space, name="Lina")
    for title in ("Un", "Deux"):
        make_published(space, title=title, by=lina)
    wednesday = datetime.datetime(2030, 5, 1, 11, tzinfo=timezone.get_current_timezone())
    Publication.objects.update(published_at=wednesday - datetime.timedelta(days=2))

    messages.tell_what_is_new(wednesday - datetime.timedelta(days=1))
    assert not Notice.objects.filter(kind="publishing.new").exists()

    for _again in range(2):
        messages.tell_what_is_new(wednesday)
    told = Notice.objects.filter(kind="publishing.new", person=lina).get()
    assert told.text == "Deux · Un"
    assert not told.urgent


def test_nothing_changes_in_a_closed_space(client, space, karim):
    draft = make_publication(space)
    space.closed_at = timezone.now()
    space.save()

    with pytest.raises(Refused, match="fermé"):
        review.publish(publication=draft, by=karim)
