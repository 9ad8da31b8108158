"""The pages of outreach, as an adviser goes through them."""

import datetime
import re
import uuid

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from traboule.blocks.agenda.tests.factories import make_event, past_event, present
from traboule.blocks.outreach.actions import contacts as acts
from traboule.blocks.outreach.actions import exchanges
from traboule.blocks.outreach.models import (
    Contact,
    Exchange,
    FollowUpStep,
    Message,
    MessageTemplate,
    Plan,
)
from traboule.kernel.people.models import Channel
from traboule.kernel.spaces import audiences
from traboule.kernel.spaces.tests.factories import make_facilitator, make_participant

from .factories import make_contact, make_neighbourhood, outreach_space

pytestmark = pytest.mark.django_db


@pytest.fixture
def space():
    return outreach_space()


@pytest.fixture
def karim(space):
    return make_facilitator(space)


@pytest.fixture
def desk(client, karim):
    """Karim's browser."""
    client.force_login(karim)
    return client


@pytest.fixture
def at(space):
    """The address of a page of the space."""

    def address(name, *args):
        return reverse(f"outreach:{name}", args=[space.slug, *args])

    return address


def listed(page):
    return [one.person.name for one in page.context["contacts"]]


def test_a_contact_needs_a_first_name_and_no_more(desk, space, at):
    page = desk.post(at("new-contact"), {"name": "Lina", "source": "stand", "owner": ""})

    lina = Contact.objects.get(space=space)
    assert page.url == lina.get_absolute_url()
    assert (lina.person.name, lina.siret, lina.state) == ("Lina", "", "to-contact")
    assert not lina.person.channels.exists()


def test_what_is_wrong_in_a_file_is_said_and_kept(desk, at):
    page = desk.post(
        at("new-contact"),
        {"name": "", "phone": "0611", "siret": "12", "town": "Xyzzy", "source": "stand"},
    )

    assert set(page.context["form"].errors) == {"name", "phone", "siret", "town"}
    assert 'value="0611"' in page.content.decode()


def test_the_list_is_narrowed_by_neighbourhood_stage_and_silence(desk, space, karim, at):
    marlioz = make_neighbourhood()
    lina = make_contact(space, by=karim, phone="+33612345678", neighbourhood=marlioz)
    make_contact(space, "Omar", by=karim, located_at=timezone.now(), street="Rue Neuve")
    make_contact(space, "Rose", by=karim)
    exchanges.note_exchange(contact=lina, kind="call", outcome="reached", by=karim)

    def narrowed(query):
        return listed(desk.get(at("contacts") + query))

    assert narrowed("?quartier=oui") == narrowed("?quartier=QN07301M") == ["Lina Haddad"]
    assert narrowed("?quartier=non") == ["Omar"]
    assert narrowed("?quartier=inconnu") == ["Rose"]
    assert narrowed("?sans=sans-telephone") == ["Omar", "Rose"]
    assert narrowed("?sans=aucun") == ["Rose"]
    assert narrowed("?silence=30") == ["Omar", "Rose"]
    assert narrowed("?etat=in-touch") == ["Lina Haddad"]
    assert narrowed("?q=neuve") == ["Omar"]
    assert narrowed("?etape=abc&silence=-1&apres=x") == ["Lina Haddad", "Omar", "Rose"]


def test_the_list_costs_the_same_with_one_contact_as_with_three(
    desk, space, karim, at, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    make_contact(space, "Omar", by=karim, phone="+33612345679")
    with CaptureQueriesContext(
        connection,
    ) as first:
        desk.get(at("contacts"))
    for name in ("Lina", "Rose"):
        one = make_contact(space, name, by=karim)
        acts.plan_next(contact=one, kind="call", due_on=timezone.localdate(), by=karim)
    with django_assert_num_queries(len(first.captured_queries)):
        desk.get(at("contacts"))


def test_pages_go_on_by_name(desk, space, karim, at, monkeypatch):
    monkeypatch.setattr("traboule.blocks.outreach.views.contacts.PAGE_SIZE", 2)
    for name in ("Omar", "Lina", "Rose"):
        make_contact(space, name, by=karim)

    first = desk.get(at("contacts"))
    assert listed(first) == ["Lina", "Omar"]
    assert listed(desk.get(first.context["next"])) == ["Rose"]


def test_a_segment_is_a_group_that_others_can_speak_to(desk, space, karim, at):
    marlioz = make_neighbourhood()
    lina = make_contact(space, by=karim, neighbourhood=marlioz)
    other = make_contact(space, "Omar", by=karim, neighbourhood=marlioz)
    make_contact(space, "Rose", by=karim)
    acts.opt_out(contact=other, by=karim)

    desk.post(at("save-segment"), {"name": "Marlioz", "quartier": "oui"})

    segment = space.outreach_segments.get()
    group = audiences.named(space, f"outreach:segment-{segment.pk}")
    assert str(group.label) == "Contacts : Marlioz"
    assert list(group.people()) == [lina.person]


def test_a_call_is_noted_in_one_tap_and_the_next_is_planned(desk, space, karim, at):
    lina = make_contact(space, by=karim, phone="+33612345678")
    acts.plan_next(contact=lina, kind="call", due_on=timezone.localdate(), by=karim)

    page = desk.get(at("calls"))
    (card,) = page.context["cards"]
    assert 'href="tel:+33612345678"' in page.content.decode()
    desk.post(
        at("outcome", lina.pk),
        {"kind": "call", "outcome": "no-answer", "action": card.action.pk,
         "client_id": card.client_id, "next": at("calls")},
    )  # fmt: skip

    assert desk.get(at("calls")).context["cards"] == []
    action = lina.actions.to_do().get()
    assert action.due_on == timezone.localdate() + datetime.timedelta(days=14)


def test_a_sensitive_note_is_asked_about_once(desk, space, karim, at):
    lina = make_contact(space, by=karim, phone="+33612345678")
    data = {"kind": "call", "outcome": "reached", "client_id": uuid.uuid4(),
            "note": "Elle est en arrêt maladie"}  # fmt: skip

    page = desk.post(at("outcome", lina.pk), data)
    assert "la santé" in " ".join(page.context["form"].errors["note"])
    assert not Exchange.objects.exists()

    desk.post(at("outcome", lina.pk), {**data, "sure": "on"})
    assert Exchange.objects.count() == 1


def test_a_sheet_that_comes_back_is_checked_then_noted_once(desk, space, karim, at):
    lina = make_contact(space, by=karim, phone="+33612345678")
    omar = make_contact(space, "Omar", by=karim)
    lines = f"{lina.code} P cherche un local\n{omar.code.lower()} ; a\nZZZZZ P\n{lina.code} X"
    data = {"kind": "visit", "lines": lines, "sheet": str(uuid.uuid4())}

    checked = desk.post(at("type-back"), data)
    assert (checked.context["ready"], checked.context["wrong"]) == (2, 2)
    assert not Exchange.objects.exists()

    for _ in range(2):
        done = desk.post(at("type-back"), {**data, "note": "1"})
    assert sorted(Exchange.objects.values_list("contact", "kind", "outcome", "note")) == sorted([
        (lina.pk, "visit", "reached", "cherche un local"), (omar.pk, "visit", "no-answer", ""),
    ])  # fmt: skip
    assert len(done.context["left"]) == 2


def test_sheets_and_letters_print(desk, space, karim, at):
    lina = make_contact(space, by=karim, phone="+33612345678", number="2", street="Rue Neuve")
    acts.plan_next(contact=lina, kind="call", due_on=timezone.localdate(), by=karim)
    Message.objects.create(contact=lina, way="letter", subject="Bonjour", text="Bonjour Lina")

    for name in ("calls-pdf", "visits-pdf", "letters-pdf", "figures-pdf"):
        assert desk.get(at(name)).content[:5] == b"%PDF-"


def test_the_walk_follows_streets_and_numbers(desk, space, karim, at):
    for name, number in (("Omar", "10"), ("Lina", "2 bis"), ("Rose", "2"), ("Ali", "10")):
        make_contact(space, name, by=karim, number=number, street="Rue Neuve")

    stops = desk.get(at("visits")).context["stops"]

    assert [building.label for building, _cards in stops] == [
        "2 Rue Neuve", "2 bis Rue Neuve", "10 Rue Neuve",
    ]  # fmt: skip
    assert [card.contact.person.name for card in stops[2][1]] == ["Omar", "Ali"]


def test_drafts_are_written_read_changed_and_sent_one_by_one(
    desk, space, karim, at, django_capture_on_commit_callbacks
):
    Channel.objects.create(
        person=karim, kind="email", value="karim@exemple.fr", verified_at=timezone.now()
    )
    lina = make_contact(
        space, by=karim, email="lina@exemple.fr", source_note="le forum de mars", activity="Couture"
    )
    rose = make_contact(space, "Rose", by=karim, phone="+33612345678")
    event = make_event(space)

    desk.post(at("compose"), {
        "subject": "Bonjour {prenom}", "text": "Votre projet : {activite}. Venez à {atelier}.",
        "way": "", "event": event.pk, "batch": uuid.uuid4(),
    })  # fmt: skip
    message = Message.objects.get()
    assert message.subject == "Bonjour Lina"
    assert message.text.startswith("Votre projet : Couture. Venez à Créer son site, ")
    assert [one.kind for one in rose.actions.to_do()] == ["call"]

    desk.post(at("message", message.pk), {"subject": "Chère Lina", "text": "Bien à vous"})
    assert mail.outbox == []
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(at("messages"), {"which": [message.pk], "send": "1"})

    (sent,) = mail.outbox
    assert (sent.subject, sent.to, sent.reply_to) == (
        "Chère Lina", ["lina@exemple.fr"], ["karim@exemple.fr"],
    )  # fmt: skip
    assert "Bien à vous" in sent.body
    assert "le forum de mars" in sent.body
    lina.refresh_from_db()
    assert lina.informed_at is not None
    assert list(lina.exchanges.values_list("kind", flat=True)) == ["email"]
    assert lina.actions.to_do().get().due_on == timezone.localdate() + datetime.timedelta(days=14)


def test_an_unknown_field_is_refused_in_words(desk, space, karim, at):
    make_contact(space, by=karim, email="lina@exemple.fr")
    page = desk.post(at("compose"), {"subject": "S", "text": "{prenomm}", "batch": uuid.uuid4()})

    assert "{prenomm}" in page.context["form"].errors["text"][0]
    assert not Message.objects.exists()


def test_the_page_of_a_message_stops_everything(client, space, karim):
    from traboule.blocks.outreach import informing

    lina = make_contact(space, by=karim, email="lina@exemple.fr")
    address = re.sub(r"^https?://[^/]+", "", informing.stop_url(lina))

    assert client.get(address).status_code == 200
    client.post(address)

    lina.refresh_from_db()
    assert lina.opted_out_at is not None
    assert client.get(address.rstrip("/") + "x/").status_code == 404


def test_who_came_gets_the_plan_and_reads_it(client, desk, space, karim, at):
    rose = make_participant(space, name="Rose")
    event = past_event(space)
    present(event, rose)
    plan = Plan.objects.create(space=space, title="Après l’atelier")
    plan.steps.create(label="Mettre une photo", after_days=7)

    for _ in range(2):
        desk.post(at("after", event.pk), {"plan": plan.pk})
    step = FollowUpStep.objects.get()
    assert step.follow_up.contact.state == "followed"
    desk.post(at("step", step.pk), {"done": "1", "note": "jolie"})

    client.force_login(rose)
    own = client.get(at("today")).content.decode()
    assert "Mettre une photo" in own
    assert "Mettre une photo" in client.get(reverse("people:me")).content.decode()
    assert client.get(at("contacts")).status_code == 403


def test_today_shows_what_waits_and_who_is_left_over(desk, space, karim, at):
    lina = make_contact(space, by=karim, phone="+33612345678")
    make_contact(space, "Omar", by=karim)
    acts.plan_next(contact=lina, kind="call", due_on=timezone.localdate(), by=karim)

    queue = desk.get(at("today")).context["queue"]

    assert [one.contact.person.name for one in queue.actions] == ["Lina Haddad"]
    assert [one.person.name for one in queue.left_over] == ["Omar"]


def test_the_words_of_the_space_are_typed_one_a_line(desk, space, at):
    data = {"stages": "Idée\nProjet", "needs": "Site", "pace": "7 appeler\n30 perdu de vue"}
    desk.post(at("settings"), data)

    assert list(space.outreach_stages.values_list("label", flat=True)) == ["Idée", "Projet"]
    assert list(space.outreach_pace.values_list("after_days", "kind")) == [
        (7, "call"), (30, "lost-touch"),
    ]  # fmt: skip
    page = desk.post(at("settings"), {**data, "pace": "bientôt"})
    assert "14 appeler" in page.context["form"].errors["pace"][0]


def test_models_are_kept_changed_and_removed(desk, space, at):
    desk.post(at("new-template"), {"title": "Un", "subject": "S", "text": "{prenom}"})
    again = desk.post(at("new-template"), {"title": "Un", "subject": "S", "text": "T"})
    assert "Un autre modèle" in again.context["form"].errors["title"][0]
    one = MessageTemplate.objects.get()
    desk.post(at("template", one.pk), {"remove": "1"})
    desk.post(at("new-plan"), {"title": "Après", "steps": "7 Photo\n30 jours : Faire le point"})

    assert not MessageTemplate.objects.exists()
    plan = Plan.objects.get()
    assert list(plan.steps.values_list("after_days", "label")) == [
        (7, "Photo"), (30, "Faire le point"),
    ]  # fmt: skip
