import pytest
from django.urls import reverse
from django.utils import timezone

from traboule.kernel.initiatives.tests.factories import make_person
from traboule.kernel.journal.models import Entry
from traboule.kernel.notices.actions import tell
from traboule.kernel.notices.models import Notice, Purse
from traboule.kernel.people.actions import Refused
from traboule.kernel.spaces import access, actions, blocks, writing
from traboule.kernel.spaces.models import ChecklistItem, News, Page
from traboule.kernel.spaces.telling import tell_news

from .factories import make_coordinator, make_participant, make_space

pytestmark = pytest.mark.django_db


def front(client, space):
    return client.get(space.get_absolute_url()).content.decode()


def acts(thing):
    return [entry.act for entry in Entry.objects.about(thing).order_by("pk")]


def make_page(space, by, title, **fields):
    return writing.save_page(page=Page(space=space, title=title, text="…", **fields), by=by)


def test_a_visitor_reads_what_is_public_and_how_to_take_part(client, space, awa):
    make_page(space, awa, "Quoi apporter")
    make_page(space, awa, "Le code du cabanon", is_public=False)
    writing.write_news(space=space, title="La récolte", text="Samedi !", by=awa)

    page = front(client, space)

    assert "Le jardin des Minguettes" in page
    assert "Quoi apporter" in page
    assert "Le code du cabanon" not in page
    assert "La récolte" not in page
    assert "Me connecter pour prendre part" in page
    assert "<strong>Awa</strong>" in page
    assert "Diallo" not in page


def test_a_member_reads_the_rest(client, space, awa, nadia):
    make_page(space, awa, "Le code du cabanon", is_public=False)
    writing.write_news(space=space, title="La récolte", text="*Samedi* !", by=awa)
    client.force_login(nadia)

    page = front(client, space)

    assert "Le code du cabanon" in page
    assert "<em>Samedi</em>" in page
    assert "Awa Diallo" in page
    assert "Vos outils" not in page


def test_who_facilitates_finds_tools_first_steps_and_things_to_do(client, space, karim):
    ChecklistItem.objects.create(space=space, list_title="Avant", label="Réserver la salle")
    client.force_login(karim)

    page = front(client, space)

    assert "Vos outils" in page
    assert "Vos premiers pas" in page
    assert "Réserver la salle" in page
    assert reverse("spaces:settings", args=[space.slug]) not in page


def test_first_steps_go_once_all_are_done(client, space, awa, nadia, monkeypatch):
    from traboule.kernel.spaces import first_steps

    monkeypatch.setattr(first_steps, "_steps", {step.key: step for step in first_steps.OWN})
    client.force_login(awa)
    client.post(reverse("spaces:access", args=[space.slug]), {"rotate": "1"})
    assert "Vos premiers pas" in front(client, space)

    writing.write_news(space=space, title="On commence", text="Samedi.", by=awa)

    assert "Vos premiers pas" not in front(client, space)


def test_the_front_page_costs_the_same_with_one_thing_of_each_and_with_three(
    client, space, awa, count_queries
):
    def one_more(number):
        make_page(space, awa, f"Page {number}")
        writing.write_news(space=space, title="…", text="…", by=awa)
        ChecklistItem.objects.create(space=space, list_title="Avant", label="…")
        asking = make_participant(space, name=f"Lina {number}")
        asking.participations.update(waiting=True)

    client.force_login(awa)
    one_more(1)
    with_one = count_queries(space.get_absolute_url())
    one_more(2), one_more(3)

    assert count_queries(space.get_absolute_url()) == with_one <= 22


def test_a_space_whose_sheet_is_withdrawn_is_for_its_people_only(client, space, nadia):
    type(space.initiative).objects.update(published_at=None)

    assert client.get(space.get_absolute_url()).status_code == 404
    client.force_login(nadia)
    assert client.get(space.get_absolute_url()).status_code == 200


def test_my_spaces_are_those_where_i_take_part_closed_ones_apart(client, space, awa, nadia):
    over = make_space(sheet={"title": "La cuisine d’été"}, closed_at=timezone.now())
    over.participations.create(person=nadia)
    make_space(sheet={"title": "Ailleurs"})
    client.force_login(nadia)

    response = client.get(reverse("spaces:list"))

    assert [one.space for one in response.context["running"]] == [space]
    assert [one.space for one in response.context["closed"]] == [over]


def test_news_are_written_read_and_erased(client, space, karim):
    client.force_login(karim)
    write = reverse("spaces:write-news", args=[space.slug])

    assert client.post(write, {"title": "La récolte", "text": ""}).context["form"].errors
    assert client.post(write, {"title": "La récolte", "text": "Samedi"}).url == front_of(space)
    piece = News.objects.get()
    remove = reverse("spaces:remove-news", args=[space.slug, piece.pk])
    assert "Effacer « La récolte »" in client.get(remove).content.decode()
    answers = [client.post(remove).status_code for _twice in range(2)]

    assert (piece.title, piece.html) == ("La récolte", "<p>Samedi</p>\n")
    assert answers == [302, 302]
    assert acts(space) == ["write-news", "remove-news"]


def front_of(space):
    return space.get_absolute_url()


def test_pages_are_written_moved_and_erased(client, space, karim):
    client.force_login(karim)
    add = reverse("spaces:add-page", args=[space.slug])
    for title in ("Quoi apporter", "Les règles"):
        client.post(add, {"title": title, "text": "- un\n- deux", "is_public": "on"})
    again = client.post(add, {"title": "Les regles", "text": "…"})
    arrange = reverse("spaces:arrange-page", args=[space.slug, "les-regles"])
    client.post(arrange, {"up": "1"})
    slugs = [page.slug for page in space.pages.all()]
    remove = reverse("spaces:remove-page", args=[space.slug, "quoi-apporter"])
    assert "Effacer « Quoi apporter »" in client.get(remove).content.decode()
    client.post(remove)

    assert "porte déjà ce nom" in again.context["form"].non_field_errors()[0]
    assert slugs == ["les-regles", "quoi-apporter"]
    assert [page.slug for page in space.pages.all()] == ["les-regles"]
    assert "<li>un</li>" in client.get(space.pages.get().get_absolute_url()).content.decode()


def test_a_page_between_us_asks_a_visitor_to_sign_in(client, space, awa, nadia):
    page = make_page(space, awa, "Le code du cabanon", is_public=False)

    assert reverse("people:sign-in") in client.get(page.get_absolute_url()).url
    client.force_login(make_person("Bruno"))
    assert client.get(page.get_absolute_url()).status_code == 403
    client.force_login(nadia)
    assert client.get(page.get_absolute_url()).status_code == 200


def test_a_thing_is_ticked_by_whoever_did_it_and_unticked(client, space, karim):
    item = ChecklistItem.objects.create(space=space, list_title="Avant", label="Réserver")
    client.force_login(karim)
    tick = reverse("spaces:tick", args=[space.slug, item.pk])

    client.post(tick)
    item.refresh_from_db()
    assert (item.done_by, bool(item.done_at)) == (karim, True)

    client.post(tick, {"undo": "1"})
    item.refresh_from_db()
    assert (item.done_by, item.done_at) == (None, None)
    assert acts(item) == ["tick", "untick"]


def test_a_block_is_added_put_away_and_comes_back(client, space, awa, trial_block):
    client.force_login(awa)
    change = reverse("spaces:blocks", args=[space.slug])

    shown = []
    for what in ("add", "put-away", "add"):
        client.post(change, {what: "essai"})
        shown.append(client.get(space.get_absolute_url()).context["space"].open_blocks)

    assert shown == [[trial_block], [], [trial_block]]
    assert space.blocks.count() == 1
    assert acts(space) == ["add-block", "put-block-away", "add-block"]


def test_a_block_that_does_not_exist_is_refused(space, awa):
    assert "nulle-part" not in blocks.known

    with pytest.raises(Refused, match="n’existe pas"):
        actions.add_block(space=space, key="nulle-part", by=awa)


def test_settings_change_the_words_the_door_and_the_last_day(client, space, awa):
    client.force_login(awa)
    settings = reverse("spaces:settings", args=[space.slug])
    typed = {"role_member": "Jardinière, jardinier", "joining": "open", "ends_on": "2026-06-30"}

    too_early = client.post(settings, {**typed, "ends_on": "2020-01-01"})
    client.post(settings, typed)

    space.refresh_from_db()
    assert too_early.context["form"].errors == {"ends_on": ["La fin doit suivre le début."]}
    assert space.role_name("member") == "Jardinière, jardinier"
    assert space.role_name("coordinator") == "Coordination"
    assert (space.joining, f"{space.ends_on}") == ("open", "2026-06-30")


def test_a_closed_space_is_read_and_does_not_change(client, space, awa, nadia):
    client.force_login(awa)
    client.post(reverse("spaces:access", args=[space.slug]), {"rotate": "1"})
    close = reverse("spaces:close", args=[space.slug])
    client.post(close, {"close": "1"})
    write = reverse("spaces:write-news", args=[space.slug])

    refused = client.post(write, {"title": "Trop tard", "text": "…"}, follow=True)
    page = front(client, space)
    client.post(close, {"reopen": "1"})
    client.post(write, {"title": "On reprend", "text": "…"})

    space.refresh_from_db()
    assert "Cet espace est fermé" in refused.content.decode()
    assert "Cet espace est fermé" in page
    assert space.access_code == ""
    assert [piece.title for piece in space.news.all()] == ["On reprend"]


def test_anyone_comes_in_where_the_door_is_open(client, space):
    make_coordinator(space)
    type(space).objects.update(joining="open")
    lina = make_person("Lina")
    client.force_login(lina)

    client.post(reverse("spaces:join", args=[space.slug]))
    client.post(reverse("spaces:join", args=[space.slug]))

    assert [one.role for one in space.participations.filter(person=lina)] == ["member"]
    assert acts(space) == ["join-space", "join-space"]


def test_one_asks_to_take_part_and_the_team_answers(client, space, karim):
    lina = make_person("Lina")
    client.force_login(lina)
    client.post(reverse("spaces:join", args=[space.slug]))
    waiting = front(client, space)
    client.force_login(karim)
    asked = front(client, space)
    client.post(reverse("spaces:answer", args=[space.slug, lina.public_id]), {"accept": "1"})

    assert "Votre demande est partie" in waiting
    assert "Accueillir Lina" in asked
    assert lina.pk in space.roll().values_list("person", flat=True)
    entry = Entry.objects.about(space).get(act="join-space")
    assert (entry.by_key, entry.for_key) == (karim.pk, lina.pk)


def test_a_request_may_be_declined_and_made_again(client, space, karim):
    lina = make_person("Lina")
    actions.join(space=space, person=lina)
    client.force_login(karim)

    client.post(reverse("spaces:answer", args=[space.slug, lina.public_id]), {"decline": "1"})
    assert not space.participations.filter(person=lina).exists()

    actions.join(space=space, person=lina)
    assert space.participations.get(person=lina).waiting


def test_nobody_comes_in_by_themselves_where_the_team_adds_people(space):
    space.joining = "closed"

    with pytest.raises(Refused, match="l’équipe qui ajoute"):
        actions.join(space=space, person=make_person("Lina"))


def test_news_reach_everyone_but_who_wrote_them_once(
    space, awa, karim, nadia, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        piece = writing.write_news(space=space, title="La récolte", text="Samedi", by=karim)

    tell_news.call(piece.pk)

    told = Notice.objects.filter(kind="space-news").order_by("pk")
    assert [(one.person, one.subject, one.text) for one in told] == [
        (person, "Le jardin des Minguettes : La récolte", "Samedi") for person in (awa, nadia)
    ]


def test_those_who_facilitate_hear_of_a_request_and_who_is_removed_hears_of_it(space, karim, nadia):
    asking = actions.join(space=space, person=make_person("Lina"))
    actions.leave(participation=nadia.participations.get(), by=karim, reason="mistake")

    told = Notice.objects.order_by("pk").values_list("person__name", "kind")
    assert asking.waiting
    assert list(told) == [("Karim Haddad", "space-request"), ("Nadia Benali", "space-removal")]
    # What Karim is told outlives Lina's stay: it does not name her.
    assert Notice.objects.filter(text__contains="Lina").count() == 0


def test_a_thing_to_do_is_added_to_its_list_and_taken_off(client, space, karim):
    for title in ("Avant", "Le jour"):
        actions.add_item(space=space, label=f"{title} 1", list_title=title, by=karim)
    client.force_login(karim)
    address = reverse("spaces:checklist", args=[space.slug])

    client.post(address, {"label": "Avant 2", "list_title": "Avant"})
    wrong = client.post(address, {"label": "", "list_title": "Ailleurs"})
    labels = [item.label for item in space.checklist.all()]
    for item in space.checklist.filter(label="Avant 1"):
        client.post(reverse("spaces:remove-item", args=[space.slug, item.pk]))

    assert list(wrong.context["form"].errors) == ["label", "list_title"]
    assert labels == ["Avant 1", "Avant 2", "Le jour 1"]
    assert [item.label for item in space.checklist.all()] == ["Avant 2", "Le jour 1"]


def test_who_facilitates_follows_up_what_the_space_told(client, space, karim, nadia):
    space.purse = Purse.objects.create(key=space.key, label="Jardin")
    space.save()
    elsewhere = Purse.objects.create(key="space:0", label="Ailleurs")
    told = [
        tell(person=nadia, kind="test", subject="Rappel", text="…", urgent=True, purse=purse)
        for purse in (space.purse, space.purse, elsewhere)
    ]
    Notice.objects.update(state="failed")
    client.force_login(karim)

    front = client.get(space.get_absolute_url())
    queue = client.get(reverse("notices:follow-up"))

    assert front.context["to_reach"] == 1
    ((group, people),) = queue.context["groups"].items()
    assert (group, [[item.notice for item in items] for items in people]) == (
        "Non remis",
        [told[:2]],
    )


def test_a_guest_hears_how_to_find_the_space_again(client, space):
    guest = access.enter(space=space, first_name="Fatou")
    client.force_login(guest)

    assert reverse("people:add-channel") in client.get(space.get_absolute_url()).content.decode()


def test_a_closed_space_asks_nothing_more(client, space, awa):
    ChecklistItem.objects.create(space=space, list_title="Avant", label="Réserver la salle")
    actions.close(space=space, by=awa)
    client.force_login(awa)

    assert "Réserver la salle" not in client.get(space.get_absolute_url()).content.decode()


def test_who_coordinates_finds_the_way_to_do_it_elsewhere(client, space, awa):
    client.force_login(awa)

    for address in (space.get_absolute_url(), reverse("spaces:settings", args=[space.slug])):
        page = client.get(address).content.decode()
        assert reverse("spaces:recipe", args=[space.slug]) in page


def test_of_many_who_ask_the_first_are_shown_and_the_others_said(client, space, awa, monkeypatch):
    monkeypatch.setattr("traboule.kernel.spaces.views.space.ASKING_SHOWN", 1)
    first, second = (make_participant(space, name=name) for name in ("Lina", "Zoé"))
    space.participations.filter(person__in=(first, second)).update(waiting=True)
    client.force_login(awa)

    page = front(client, space)
    assert page.count("demande à prendre part") == 1
    assert "D’autres demandes suivent" in page

    client.post(reverse("spaces:answer", args=[space.slug, first.public_id]), {"accept": "1"})
    page = front(client, space)
    assert "<strong>Zoé</strong>" in page
    assert "D’autres demandes suivent" not in page
