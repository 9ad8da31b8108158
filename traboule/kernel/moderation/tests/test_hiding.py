"""What a troll wrote is hidden with a reason; they are told, contest, and another answers."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from traboule.kernel.journal.models import Entry
from traboule.kernel.moderation import actions, rules, upkeep
from traboule.kernel.moderation.models import Hiding
from traboule.kernel.notices.answering import take_answer
from traboule.kernel.notices.models import Notice
from traboule.kernel.people.actions import Refused
from traboule.kernel.people.models import Editorship, Person
from traboule.kernel.spaces.tests.factories import make_facilitator, make_participant

from .factories import REASON, article_of, make_hiding, make_news


@pytest.fixture
def hiding(space, nadia, karim):
    """News of Nadia, who helped the team that day, hidden by Karim."""
    return make_hiding(space, author=nadia, by=karim)


def told(person, kind):
    return Notice.objects.filter(person=person, kind=kind)


def test_what_is_hidden_is_not_read_any_more_and_its_author_knows_why(client, space, nadia, karim):
    news = make_news(space, by=nadia)
    client.force_login(make_participant(space, name="Luc"))

    actions.hide(subject=news, article=article_of(space), reason=REASON, by=karim)

    assert "Le voisin exagère" not in client.get(space.get_absolute_url()).content.decode()
    words = told(nadia, "moderation.hidden").get().text
    assert REASON in words
    assert "article 1 : Respect" in words
    assert "Contestez" in words


def test_nobody_moderates_what_they_wrote(space, karim):
    news = make_news(space, by=karim)

    with pytest.raises(Refused, match="autre personne"):
        actions.hide(subject=news, article=article_of(space), reason=REASON, by=karim)
    with pytest.raises(IntegrityError), transaction.atomic():
        Hiding.objects.filter(pk=make_hiding(space).pk).update(author=karim, by=karim)


def test_a_decision_names_an_article_of_this_space(space, karim, other_space):
    news = make_news(space)

    with pytest.raises(Refused, match="charte de cet espace"):
        actions.hide(subject=news, article=article_of(other_space), reason=REASON, by=karim)


def test_the_same_thing_is_hidden_once_and_may_be_hidden_again_later(space, hiding, karim, awa):
    with pytest.raises(Refused, match="vient de"):
        actions.hide(subject=hiding.subject, article=hiding.article, reason=REASON, by=awa)

    actions.restore(hiding=hiding, by=awa)
    actions.hide(subject=hiding.subject, article=hiding.article, reason=REASON, by=awa)

    assert Hiding.objects.about(hiding.subject).count() == 2


def test_one_digit_contests_and_another_moderator_is_asked(space, hiding, nadia, karim, awa):
    notice = told(nadia, "moderation.hidden").get()

    said = take_answer(notice=notice, answer="1", by=nadia, via="sms")

    hiding.refresh_from_db()
    assert hiding.state == Hiding.State.APPEALED
    assert "autre personne" in said
    assert told(awa, "moderation.appealed").exists()
    assert not told(karim, "moderation.appealed").exists()


def test_the_team_writes_down_an_appeal_said_on_the_telephone(space, hiding, nadia, awa):
    actions.appeal(hiding=hiding, text="Je plaisantais.", by=awa, for_=nadia)

    entry = Entry.objects.get(act="moderation.appealed")
    assert (entry.by_key, entry.for_key) == (awa.pk, nadia.pk)
    assert told(nadia, "receipt").exists()


def test_whoever_hid_never_upholds_it(space, hiding, nadia, karim):
    actions.appeal(hiding=hiding, by=nadia)

    with pytest.raises(Refused, match="Une autre personne"):
        actions.decide(hiding=hiding, upheld=True, words="Non.", by=karim)
    with pytest.raises(IntegrityError), transaction.atomic():
        Hiding.objects.filter(pk=hiding.pk).update(decided_by=karim)


def test_another_moderator_gives_reason_to_the_author(client, space, hiding, nadia, awa):
    actions.appeal(hiding=hiding, by=nadia)

    actions.decide(hiding=hiding, upheld=False, words="Vous avez raison.", by=awa)

    hiding.refresh_from_db()
    assert hiding.state == Hiding.State.RESTORED
    assert hiding.subject.hidden_at is None
    assert "Vous avez raison." in told(nadia, "moderation.shown-again").get().text


def test_what_is_upheld_stays_hidden_and_cannot_be_contested_again(space, hiding, nadia, awa):
    actions.appeal(hiding=hiding, by=nadia)
    actions.decide(hiding=hiding, upheld=True, words="C’est une insulte.", by=awa)

    assert "C’est une insulte." in told(nadia, "moderation.upheld").get().text
    with pytest.raises(Refused, match="ne peut plus"):
        actions.appeal(hiding=hiding, by=nadia)


def test_where_nobody_else_moderates_the_editors_decide(space, nadia):
    Person.objects.filter(name="Odile").update(is_active=False)
    karim = make_facilitator(space, "Karim")
    editor = Person.objects.create_person(name="Ève")
    Editorship.objects.create(person=editor, department_code=space.department_code)
    hiding = make_hiding(space, author=nadia, by=karim)

    actions.appeal(hiding=hiding, by=nadia)

    assert told(editor, "moderation.appealed").exists()
    assert rules.can_decide(editor, hiding)
    make_facilitator(space, "Zoé")
    assert not rules.can_decide(editor, hiding)


def test_a_stranger_to_the_matter_neither_reads_nor_contests(client, space, hiding):
    luc = make_participant(space, name="Luc")
    client.force_login(luc)

    assert client.get(hiding.get_absolute_url()).status_code == 403
    with pytest.raises(Refused, match="personne concernée"):
        actions.appeal(hiding=hiding, by=luc)


def test_what_is_hidden_until_a_date_shows_again_by_itself_once(space, nadia, karim):
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    hiding = make_hiding(space, author=nadia, by=karim, expires_at=tomorrow)

    upkeep.show_what_is_due(timezone.now())
    assert Hiding.objects.get().is_live
    for _again in range(2):
        upkeep.show_what_is_due(tomorrow + datetime.timedelta(minutes=1))

    hiding.refresh_from_db()
    assert hiding.state == Hiding.State.EXPIRED
    assert hiding.subject.hidden_at is None
    assert told(nadia, "moderation.shown-again").count() == 1


def test_a_decision_outlives_what_it_hid(space, hiding, awa):
    hiding.subject.delete()

    actions.restore(hiding=Hiding.objects.get(), by=awa)

    assert Hiding.objects.get().state == Hiding.State.RESTORED


def test_the_author_contests_on_the_page(client, space, hiding, nadia):
    client.force_login(nadia)
    page = client.get(hiding.get_absolute_url()).content.decode()
    assert REASON in page
    assert "Karim" not in page

    client.post(
        reverse("moderation:appeal", args=[space.slug, hiding.pk]), {"text": "Je plaisantais."}
    )

    hiding.refresh_from_db()
    assert hiding.appeal == "Je plaisantais."


def test_an_answer_without_words_keeps_the_page_and_says_what_to_do(client, hiding, nadia, awa):
    actions.appeal(hiding=hiding, by=nadia)
    client.force_login(awa)

    answer = client.post(
        reverse("moderation:decide", args=[hiding.space.slug, hiding.pk]), {"outcome": "uphold"}
    )

    assert "Répondez à la personne" in answer.content.decode()
    hiding.refresh_from_db()
    assert hiding.state == Hiding.State.APPEALED


def test_hiding_on_the_page_asks_for_an_article_and_a_reason(client, space, karim):
    news = make_news(space)
    client.force_login(karim)
    url = reverse("moderation:hide", args=[space.slug, "spaces.news", news.pk])

    page = client.post(url, {"reason": "", "until": "hier"}).content.decode()
    assert "Choisissez l’article" in page
    assert "Dites pourquoi" in page
    assert "12/01/2027" in page
    client.post(url, {"article": article_of(space).pk, "reason": REASON})

    assert Hiding.objects.get().by == karim


def test_the_team_reads_hidden_news_with_its_reason(client, space, hiding, awa):
    client.force_login(awa)

    page = client.get(reverse("spaces:news", args=[space.slug])).content.decode()

    assert "L’équipe a masqué ce contenu" in page
    assert REASON in page
