"""Leïla looks for a date: one answers on the site with the keyboard alone, two by SMS, one on the
telephone, one on paper; one tally, and the chosen date invites those whom one can reach."""

import datetime

import pytest
from django.db.models import Q
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser import PHONE
from traboule.blocks.agenda.models import DatePoll, PollAnswer
from traboule.kernel.journal.models import Entry
from traboule.kernel.notices.models import RECEIPT, Notice
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Participation

from .gateway import text_us
from .people import come_in, someone, started
from .printed import printed
from .test_the_keyboard_is_enough import press, tab_to

pytestmark = pytest.mark.browser

BRUNO, KARIM = "+33612340002", "+33612340003"


@pytest.fixture
def space(site, settings):
    """A space that Leïla coordinates; Bruno has a mobile, Rose a landline."""
    settings.SMS_NUMBER, settings.SMS_WEBHOOK_SECRET = "07 00 00 00 00", "un-secret"
    leila = someone("Leïla", mobile="+33612340001")
    space = started("citeslab-grand-lac", title="Ateliers de Vienne", commune="Vienne", by=leila)
    for person in (someone("Bruno", mobile=BRUNO), someone("Rose", landline="+33474123456")):
        Participation.objects.create(space=space, person=person)
    return space


def ask_for_dates(page, assert_accessible):
    """Three evenings to choose from."""
    page.get_by_role("link", name="Trouver une date ensemble").click()
    assert_accessible(page)
    page.get_by_label("Pour quelle rencontre").fill("Bilan de l’année")
    for rank in range(3):
        day = timezone.localdate() + datetime.timedelta(days=7 + rank)
        line = page.get_by_role("group", name=f"Date {rank + 1}")
        line.get_by_label("Jour").fill(f"{day:%Y-%m-%d}")
        line.get_by_label("De").fill("18:00")
        line.get_by_label("à").fill("19:30")
    page.get_by_role("button", name="Poser la question").click()
    expect(page.get_by_role("heading", name="Faire répondre")).to_be_visible()
    assert_accessible(page)


def send_it_to_bruno(page):
    """Those of the space are asked as they are reached."""
    page.get_by_role("link", name="Envoyer la question").click()
    page.get_by_label("Rose").uncheck()
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_text("1 par SMS")).to_be_visible()
    page.get_by_role("button", name="Envoyer la question").click()
    expect(page.get_by_text("La question part.")).to_be_visible()


def answer_without_a_mouse(page, assert_accessible):
    """Zoé has no account: her first name; then yes, if need be, no, and Enter."""
    assert_accessible(page)
    tab_to(page, page.get_by_label("Votre prénom"))
    page.keyboard.type("Zoé")
    for rank, moves in enumerate(["", "ArrowRight", "ArrowRight ArrowRight"]):
        choices = page.locator(".poll-line").nth(rank).get_by_role("radio")
        press(page, choices.first, "Space")
        for key in moves.split():
            page.keyboard.press(key)
        expect(choices.nth(len(moves.split()))).to_be_checked()
    press(page, page.get_by_role("button", name="Envoyer ma réponse"))
    expect(page.get_by_text("Merci Zoé, c’est noté.")).to_be_visible()
    expect(page.get_by_role("button", name="Changer ma réponse")).to_be_visible()


def note_what_rose_says(page, assert_accessible):
    """On the telephone: no, yes, if need be."""
    page.get_by_role("link", name="Noter une réponse").click()
    assert_accessible(page)
    page.get_by_label("Prénom de la personne").fill("Rose")
    for rank, said in enumerate(["Non", "Oui", "Si besoin"]):
        page.locator(".poll-line").nth(rank).get_by_label(said).check()
    page.get_by_role("button", name="Noter, dite au téléphone").click()
    expect(page.get_by_text("Réponse de Rose notée : la date choisie lui")).to_be_visible()


def copy_the_grid(page, results, assert_accessible):
    """Lina ticked the paper on the wall; what cannot be read stays to be corrected."""
    page.goto(results)
    assert "Bilan de l’année" in printed(page, "Imprimer la grille")
    page.get_by_role("link", name="Recopier la grille").click()
    grid = page.get_by_label("Recopiez la grille")
    grid.fill("Lina ; O S")
    page.get_by_role("button", name="Noter ces réponses").click()
    expect(page.get_by_text("1 ligne à reprendre")).to_be_visible()
    assert_accessible(page)
    grid.fill("Lina ; O S N")
    page.get_by_role("button", name="Noter ces réponses").click()
    expect(page.get_by_text("1 réponse notée.")).to_be_visible()


def choose_the_best(page, assert_accessible):
    """Who is told, how, and who has to be told by word of mouth, is said first."""
    best = page.locator(".tally li", has_text="Convient le mieux")
    best.get_by_role("link", name="Choisir cette date").click()
    assert_accessible(page)
    expect(page.get_by_text("3 personnes reçoivent une invitation.")).to_be_visible()
    expect(page.get_by_text("2 par SMS")).to_be_visible()
    expect(page.get_by_text("1 à appeler")).to_be_visible()
    expect(page.locator(".notice", has_text="À prévenir de vive voix").locator("li")).to_have_text(
        ["Zoé", "Lina"]
    )
    page.get_by_role("button", name="Choisir cette date").click()
    expect(page.get_by_text("La date est choisie").first).to_be_visible()


def assert_each_came_by_their_door(leila):
    """Who answered, how, who they are if one knows, and who noted it."""
    answers = PollAnswer.objects.order_by("pk")
    assert list(answers.values_list("name", "via", "person__name", "by")) == [
        ("Zoé", "web", None, None),
        ("Bruno", "sms", "Bruno", None),
        ("Karim", "sms", "Karim", None),
        ("Rose", "phone", "Rose", leila.pk),
        ("Lina", "paper", None, leila.pk),
    ]


def assert_those_known_are_invited(event):
    """Each on their own way; whoever was helped has a receipt too."""
    told = Notice.objects.order_by("pk").values_list("kind", "person__name", "state")
    assert list(told) == [
        ("agenda.dates", "Bruno", "sent"),
        (RECEIPT, "Rose", "to-call"),
        ("agenda.invitation", "Bruno", "sent"),
        ("agenda.invitation", "Karim", "sent"),
        ("agenda.invitation", "Rose", "to-call"),
    ]
    invited = Notice.objects.filter(kind="agenda.invitation", data__event=event.pk)
    assert invited.count() == 3


def assert_it_is_written(leila):
    """Every answer is an act; what was noted for Rose says « by Leïla for Rose »."""
    names = {None: None, **dict(Person.objects.values_list("pk", "name"))}
    acts = Entry.objects.filter(Q(subject_type="agenda.datepoll") | Q(act="agenda.signed-up"))
    rows = acts.order_by("pk").values_list("act", "by_key", "for_key")
    assert [(act, names[by], names[for_]) for act, by, for_ in rows] == [
        ("agenda.asked-dates", "Leïla", None),
        ("agenda.sent-poll", "Leïla", None),
        ("agenda.answered-poll", None, None),
        ("agenda.answered-poll", "Bruno", None),
        ("agenda.answered-poll", "Karim", None),
        ("agenda.answered-poll", "Leïla", "Rose"),
        ("agenda.answered-poll", "Leïla", None),
        ("agenda.chose-date", "Leïla", None),
        ("agenda.signed-up", "Bruno", None),
    ]


def test_four_doors_one_tally_and_the_date_invites(space, open_page, messages, assert_accessible):
    leila = Person.objects.get(name="Leïla")
    desk, visitor, phone = open_page(), open_page(), open_page(PHONE)
    come_in(desk, leila, f"{space.get_absolute_url()}agenda/")
    ask_for_dates(desk, assert_accessible)
    results, poll = desk.url, DatePoll.objects.get()
    send_it_to_bruno(desk)
    assert f"Répondez DATES {poll.code} et les numéros" in messages[0]["text"]

    visitor.goto(poll.get_absolute_url())
    answer_without_a_mouse(visitor, assert_accessible)
    thanks = "Merci {} c'est noté pour \"Bilan de l'année\" : {}."
    assert text_us(BRUNO, f"DATES {poll.code} 2") == [thanks.format("Bruno,", "2 oui")]
    assert text_us(KARIM, f"dates {poll.code} 1? 2 Karim") == [
        thanks.format("Karim,", "1 si besoin, 2 oui")
    ]
    desk.goto(results)
    note_what_rose_says(desk, assert_accessible)
    copy_the_grid(desk, results, assert_accessible)

    # One tally, the same for all; who said what is for the team.
    words = ["2 oui 1 si besoin 2 non", "3 oui 2 si besoin 0 non", "0 oui 1 si besoin 4 non"]
    expect(desk.locator(".tally-words")).to_have_text(words)
    assert_accessible(desk)
    phone.goto(poll.get_absolute_url())
    expect(phone.locator(".tally-words")).to_have_text(words)
    expect(phone.get_by_text("Bruno")).to_have_count(0)
    assert_accessible(phone)
    assert_each_came_by_their_door(leila)

    # The date becomes an event; whoever can be reached is invited, and Bruno comes.
    Person.objects.update(quiet_nights=False)  # Tests run at any hour.
    choose_the_best(desk, assert_accessible)
    poll.refresh_from_db()
    event, second = poll.event, poll.dates.order_by("starts_at")[1]
    assert (event.title, event.state, event.starts_at) == (poll.title, "open", second.starts_at)
    assert len(text_us(BRUNO, "1")) == 1
    assert [(one.person.name, one.via) for one in event.signups.going()] == [("Bruno", "sms")]
    visitor.reload()
    expect(visitor.get_by_text("La date est choisie")).to_be_visible()
    assert_those_known_are_invited(event)
    assert_it_is_written(leila)
