"""Thiers gives itself a council: 21 people drawn with parity by gender and college, a meeting from
its convocation to public minutes, and Rose, who has only a letter box, has all of it on paper."""

import io
import re

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser import PHONE
from traboule.blocks.meetings.models import Meeting
from traboule.blocks.roster.actions import answers, members
from traboule.blocks.roster.models import Draw, Member
from traboule.engines.sortition import fingerprint
from traboule.kernel.journal.models import Entry
from traboule.kernel.notices.models import Notice
from traboule.kernel.people.models import Person
from traboule.kernel.spaces.models import Participation, Space

from .gateway import text_us
from .people import come_in, figures, make_it_now, make_it_over, someone, started
from .printed import printed, words_of
from .test_samira_starts_workshops import fill_in

pytestmark = pytest.mark.browser

SHEET = "conseil-citoyen-thiers"
TITLE = "Conseil citoyen des Molles"
SEED, SOURCE = "4 12 23 31 45", "Les numéros du Loto de samedi, dans l’ordre croissant"
SAMIA = "+33612340009"
ROSE_LIVES = "12 rue Durolle\n63300 Thiers"

WOMEN = (
    "Aline Bory", "Berthe Chauve", "Carole Dumas", "Dounia Essaïd", "Estelle Faure",
    "Fatou Gomis", "Gisèle Huguet", "Hawa Issa", "Irène Jaffeux", "Josiane Kerbrat",
    "Khadija Lamri", "Louise Mallet", "Meryem Nasri", "Nicole Ossedat", "Odile Planche",
    "Paulette Quérard", "Rachida Salmi", "Sylvie Tixier", "Thérèse Ughetto", "Ursule Vialle",
    "Viviane Weber", "Wassila Yacoub", "Yvette Zeller", "Zohra Amrani", "Élodie Besset",
    "Fanny Cornet", "Hélène Delorme", "Inaya Fofana", "Janine Girard",
)  # fmt: skip
MEN = (
    "Albert Zani", "Brahim Yousfi", "Claude Wattel", "Denis Vacher", "Emre Uzun",
    "Farid Taleb", "Gilles Sauvade", "Hugo Roche", "Ismaël Quintin", "Jacques Pireyre",
    "Kamel Ouali", "Lucien Nourry", "Mehmet Metin", "Noël Lavest", "Omar Kaci", "Pierre Joubert",
    "Quentin Imbert", "René Hospital", "Saïd Guerroudj", "Tahar Ferhat", "Urbain Escoffier",
    "Vincent Darrot", "William Cartailler", "Xavier Bargeon", "Yanis Attal", "Zacharie Brun",
    "Antoine Chassaing", "Bilal Djemai",
)  # fmt: skip


def line(rank, name, gender):
    """« Aline Bory ; 06 12 00 00 01 ; Habitantes ; F ; 1998 », every third without telephone."""
    phone = f"06 12 00 00 {rank:02}" if rank % 3 else ""
    college = "Associations" if rank % 5 in {0, 2} else "Habitantes"
    year = timezone.localdate().year - 19 - rank
    return f"{name} ; {phone} ; {college} ; {gender} ; {year}"


def list_on_paper():
    """What the team typed in a spreadsheet: 58 people, Samia among them."""
    people = [(name, "F") for name in WOMEN] + [(name, "H") for name in MEN]
    people.sort(key=lambda one: one[0][::-1])
    lines = [line(rank, *one) for rank, one in enumerate(people, start=1)]
    return "\n".join([*lines, "Samia Benali ; 06 12 34 00 09 ; Habitantes ; F ; 1985"])


@pytest.fixture
def ines(site, settings):
    """Who holds the council; one may answer by SMS."""
    settings.SMS_NUMBER, settings.SMS_WEBHOOK_SECRET = "07 00 00 00 00", "un-secret"
    return someone("Inès", mobile="+33612340001")


def said_on_the_sheet(page, space):
    """What anyone reads there as measured: « 21 personnes Membres titulaires »."""
    measured = figures(page, space.initiative.get_absolute_url())
    return {one.split(" (")[0] for one in measured}


# From the sheet to twenty-one members

DRAWN = "21 personnes Membres venus par tirage au sort"


def start_from_the_sheet(page):
    """The same council, in a neighbourhood of Thiers."""
    page.get_by_role("link", name="Lancer la même ici").first.click()
    fill_in(page, title=TITLE, commune="Thiers", place="Les Molles", holder="Les Molles ensemble")
    page.get_by_role("button", name="Lancer").click()
    expect(page.get_by_text("C’est lancé !")).to_be_visible()
    return Space.objects.get(initiative__title=TITLE)


def fill_the_list(page, assert_accessible):
    """The draw fills every seat; most come from a spreadsheet, Rose came by."""
    page.get_by_role("link", name="Tirer au sort").click()
    page.get_by_label("Nom du tirage").fill("Tirage d’installation")
    expect(page.get_by_label("Places à tirer : Habitantes et habitants")).to_have_value("11")
    expect(page.get_by_label("Places à tirer : Associations")).to_have_value("10")
    page.get_by_role("button", name="Continuer vers la liste").click()
    page.get_by_role("link", name="Une liste à coller").click()
    page.get_by_label("Les candidatures, une par ligne").fill(list_on_paper())
    page.get_by_role("button", name="Relire").click()
    expect(page.get_by_text("58 lignes lues.")).to_be_visible()
    expect(page.get_by_text("déjà connue ici")).to_have_count(1)
    page.get_by_role("button", name="Ajouter à la liste").click()
    page.get_by_role("link", name="Une personne").click()
    page.get_by_label("Son nom").fill("Rose Vachon")
    page.get_by_text("E-mail, adresse postale, personne relais").click()
    page.get_by_label("Son adresse postale").fill(ROSE_LIVES)
    page.get_by_label("Collège").select_option("Habitantes et habitants")
    page.get_by_label("Son genre").select_option("woman")
    page.get_by_label("Son année de naissance").fill("1948")
    page.get_by_role("button", name="Ajouter", exact=True).click()
    expect(page.get_by_text("59 candidatures")).to_be_visible()
    expect(page.get_by_text("Toutes les règles peuvent être tenues")).to_be_visible()
    assert_accessible(page)


def freeze_then_draw(page, visitor, assert_accessible):
    """The list and its fingerprint are public before anybody can know the seed."""
    page.get_by_role("link", name="Figer la liste").click()
    page.get_by_label("D’où viendra la graine ?").fill(SOURCE)
    page.get_by_role("button", name="Figer et publier la liste").click()
    draw = Draw.objects.get()
    visitor.goto(draw.get_absolute_url())
    expect(visitor.get_by_text(draw.fingerprint)).to_be_visible()
    expect(visitor.get_by_text(SOURCE)).to_be_visible()
    page.get_by_role("link", name="Écrire la graine et tirer").click()
    page.get_by_label("La graine").fill(SEED)
    page.get_by_role("button", name="Tirer au sort").click()
    expect(page.get_by_role("heading", name="Sortent du tirage")).to_be_visible()
    assert_accessible(page)


def numbers_of(page, heading):
    """The numbers that a section of the draw's page shows, in order."""
    section = page.get_by_role("region", name=heading)
    return " ".join(section.locator(".roster-number").all_inner_texts())


def assert_anyone_redoes_it(visitor, folder, assert_accessible):
    """Without an account: numbers, no name, and a file from which the same numbers come out."""
    visitor.reload()
    chosen = numbers_of(visitor, "Sortent du tirage")
    assert len(chosen.split()) == 21
    everything = visitor.content()
    assert not [name for name in (*WOMEN, *MEN, "Rose Vachon") if name in everything]
    assert_accessible(visitor)
    file = folder / "tirage.csv"
    with visitor.expect_download() as download:
        visitor.get_by_role("link", name="Télécharger la liste publiée").click()
    download.value.save_as(file)
    said = io.StringIO()
    call_command("sortition", str(file), "--seed", SEED, stdout=said)
    assert said.getvalue().splitlines() == [
        f"Empreinte de la liste : {Draw.objects.get().fingerprint}",
        f"Tirés, dans l’ordre : {chosen}",
        f"Réserve, dans l’ordre : {numbers_of(visitor, 'En réserve, dans cet ordre')}",
    ]
    assert fingerprint(file.read_text()) == Draw.objects.get().fingerprint


def ask_those_drawn(page):
    """How each will be asked is said first; Rose by a letter."""
    Person.objects.update(quiet_nights=False)  # Tests run at any hour.
    page.get_by_role("link", name="Prévenir les personnes tirées").click()
    expect(page.get_by_role("heading", name="Prévenir 21 personnes ?")).to_be_visible()
    expect(page.get_by_text("1 par SMS")).to_be_visible()
    expect(page.get_by_text("1 par une lettre à imprimer et à poster")).to_be_visible()
    page.get_by_role("button", name="Prévenir").click()
    expect(page.get_by_text("Les messages partent.")).to_be_visible()


def answer_by_each_door(page, phone, ines, messages, assert_accessible):
    """Samia by a digit, one on the site, one at the table, one says no: the next is called."""
    draw = Draw.objects.get()
    asked = list(draw.candidates.asked().for_listing().order_by("rank"))
    rose = next(one for one in asked if one.person.name == "Rose Vachon")
    others = [one for one in asked if one.person.name not in {"Rose Vachon", "Samia Benali"}]
    on_site, by_phone, refuses, *rest = others
    assert "Une place vous attend" in messages[-1]["text"]
    (thanks,) = text_us(SAMIA, "1")
    assert "une place est" in thanks
    come_in(phone, on_site.person, draw.get_absolute_url())
    assert_accessible(phone)
    phone.get_by_role("button", name="Oui, j’accepte").click()
    expect(phone.get_by_text("Votre réponse : a dit oui.")).to_be_visible()
    page.reload()
    page.locator(f"#n{by_phone.number}").get_by_role("button", name="Dit oui").click()
    page.locator(f"#n{refuses.number}").get_by_role("button", name="Dit non").click()
    expect(page.locator(f"#n{refuses.number}").get_by_text("a dit non")).to_be_visible()
    (called,) = draw.candidates.asked().filter(outcome="reserve")
    assert (called.college, called.person.gender) == (refuses.college, refuses.person.gender)
    for one in [rose, *rest, called]:
        answers.accept(candidate=one, by=ines)


def assert_parity(page, assert_accessible):
    """Eleven of a gender and ten of the other; in each college, one apart at most."""
    gauges = page.locator(".roster-gauge-words").all_inner_texts()
    assert len(gauges) == 3
    seated = Member.objects.titular().current()
    split = {
        (college, gender): seated.filter(college__name__startswith=college, person__gender=gender)
        .count() for college in ("Hab", "Ass") for gender in ("woman", "man")
    }  # fmt: skip
    women, men = (split["Hab", one] + split["Ass", one] for one in ("woman", "man"))
    assert sorted([women, men]) == [10, 11]
    assert sorted([split["Hab", "woman"], split["Hab", "man"]]) == [5, 6]
    assert (split["Ass", "woman"], split["Ass", "man"]) == (5, 5)
    assert f"{women} femmes et {men} hommes sur 21 places" in gauges[0]
    expect(page.get_by_text("pas encore tenu")).to_have_count(0)
    assert_accessible(page)


def test_from_the_sheet_to_twenty_one_people_drawn(
    ines, open_page, messages, assert_accessible, tmp_path
):
    desk, visitor, phone = open_page(), open_page(), open_page(PHONE)
    come_in(desk, ines, f"/initiatives/{SHEET}/")
    space = start_from_the_sheet(desk)
    Participation.objects.create(space=space, person=someone("Samia Benali", mobile=SAMIA))
    desk.goto(f"{space.get_absolute_url()}composition/")
    assert_accessible(desk)
    fill_the_list(desk, assert_accessible)
    freeze_then_draw(desk, visitor, assert_accessible)
    assert_anyone_redoes_it(visitor, tmp_path, assert_accessible)
    ask_those_drawn(desk)
    answer_by_each_door(desk, phone, ines, messages, assert_accessible)
    desk.goto(f"{space.get_absolute_url()}composition/")
    assert_parity(desk, assert_accessible)

    measured = said_on_the_sheet(visitor, space)
    assert {"21 personnes Membres titulaires", DRAWN} <= measured


# From the convocation to public minutes

SUBJECT = "Le sujet du mois"
DECISION = "Demander à la mairie deux bancs place du Pirou."
WRONG, RIGHT = "La pente est de trois marches.", "La pente est de quatre marches."
ESSENTIAL = "Nous voulons deux bancs place du Pirou.\nKarim écrit à la mairie."
ROSE_ON_PAPER = "Rose Vachon 12 rue Durolle 63300 Thiers"


@pytest.fixture
def council(ines):
    """A council of twenty-one: Karim has a mobile, Awa an e-mail, Paul both, Rose a letter box."""
    space = started(SHEET, title=TITLE, commune="Thiers", by=ines)
    people = [
        someone("Karim Haddad", mobile="+33612340002"),
        someone("Awa Diallo", email="awa@exemple.fr"),
        someone("Paul Roux", mobile="+33612340004", email="paul@exemple.fr"),
        someone("Rose Vachon", post=ROSE_LIVES),
        *(someone(name) for name in WOMEN[:9] + MEN[:8]),
    ]
    residents, actors = space.colleges.order_by("position")
    for rank, person in enumerate(people):
        college = residents if rank < residents.seats else actors
        members.appoint(space=space, person=person, college=college, by=ines)
    Notice.objects.all().delete()  # They were told of their seats: another story.
    return space


def letters(page, assert_accessible):
    """Print what waits to be posted, post it; the words of the letters."""
    page.goto("/messages/courriers/")
    page.get_by_role("button", name="Préparer les courriers").click()
    assert_accessible(page)
    to_post = page.locator("li.message", has_text="À poster")
    address = to_post.get_by_role("link", name="Imprimer (PDF)").get_attribute("href")
    words = words_of(page.request.get(address).body())
    to_post.get_by_role("button", name="C’est posté").click()
    expect(page.get_by_text("À poster", exact=True)).to_have_count(0)
    return words


def prepare_the_next(page, meetings):
    """The first date of the agenda that nobody prepares yet, with the usual points."""
    page.goto(meetings)
    page.get_by_role("button", name="Préparer la réunion du").first.click()
    expect(page.get_by_text("6 points").or_(page.get_by_text("7 points"))).to_be_visible()
    return Meeting.objects.order_by("pk").last()


def convene(page, assert_accessible):
    """The seated are called, each as they are reached; what leaves is read first."""
    assert_accessible(page)
    page.get_by_role("link", name="Convoquer").click()
    page.get_by_label("Les titulaires (21)").check()
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_text("2 par SMS")).to_be_visible()
    expect(page.get_by_text("1 par e-mail")).to_be_visible()
    expect(page.get_by_text("1 par une lettre à imprimer et à poster")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Envoyer la convocation").click()
    expect(page.get_by_text("La convocation part.")).to_be_visible()


def assert_it_reached_each(page, messages, assert_accessible):
    """Two text messages, an e-mail and a letter; what is long holds the agenda."""
    called = [one for one in messages if "Venez-vous ?" in one["text"]]
    assert [one["to"] for one in called] == ["+33612340002", "+33612340004"]
    (email,) = mail.outbox
    assert email.to == ["awa@exemple.fr"]
    letter = letters(page, assert_accessible)
    assert ROSE_ON_PAPER in letter
    for text in (" ".join(email.body.split()), letter):
        assert "Ordre du jour" in text
        assert SUBJECT in text


def reply_by_each_door(page, phone, meeting, assert_accessible):
    """Karim by a digit, Awa on the site, Rose by the slip of her letter; Paul gives his voice."""
    (thanks,) = text_us("+33612340002", "1")
    assert "vous venez" in thanks
    come_in(phone, Person.objects.get(name="Awa Diallo"), meeting.get_absolute_url())
    assert_accessible(phone)
    phone.get_by_role("button", name="Je viens", exact=True).click()
    expect(phone.get_by_role("heading", name="Vous venez")).to_be_visible()
    come_in(phone, Person.objects.get(name="Paul Roux"), meeting.get_absolute_url())
    phone.get_by_role("link", name="Je donne ma voix").click()
    phone.get_by_label("Awa Diallo").check()
    assert_accessible(phone)
    phone.get_by_role("button", name="Donner ma voix").click()
    expect(phone.get_by_role("heading", name="Awa Diallo porte votre voix")).to_be_visible()
    page.goto(f"{meeting.get_absolute_url()}reponses/")
    page.get_by_role("link", name="Noter sa réponse : Rose Vachon").click()
    page.get_by_label("Elle vient").check()
    page.get_by_label("Sur papier").check()
    page.get_by_role("button", name="Noter cette réponse").click()
    expect(page.get_by_role("link", name="Changer : Rose Vachon")).to_be_visible()


def call_the_roll(page, meeting, assert_accessible):
    """Three are there; the sheet to sign has their names."""
    make_it_now(meeting.event)
    page.goto(f"{meeting.get_absolute_url()}suivi/")
    assert "Karim Haddad" in printed(page, "Imprimer la feuille d’émargement")
    page.get_by_role("link", name="Faire l’appel").click()
    for name in ("Karim Haddad", "Awa Diallo", "Rose Vachon"):
        page.locator(f"[data-name='{name}'] label", has_text="Là").first.click()
    expect(page.get_by_text("Tout est enregistré.")).to_be_visible()
    assert_accessible(page)
    page.goto(f"{meeting.get_absolute_url()}suivi/")
    page.get_by_role("button", name="La réunion a eu lieu").click()


def write_the_minutes(page, assert_accessible):
    """The points and who was there stand already; a decision, something to do, the essential."""
    page.get_by_role("button", name="Commencer le compte-rendu").click()
    expect(page.get_by_label("L’ouverture")).to_have_value(
        re.compile("3 personnes présentes, 1 voix portée")
    )
    point = page.locator(".meeting-point", has_text=SUBJECT)
    point.get_by_label("Ce qui s’est dit").fill(f"On parle des bancs. {WRONG}")
    page.get_by_label("L’essentiel en cinq lignes").fill(ESSENTIAL)
    page.get_by_role("button", name=f"Une décision : {SUBJECT}").click()
    page.get_by_label("Qu’a-t-on décidé ?").fill(DECISION)
    page.get_by_label("En comptant les voix").check()
    page.get_by_label(re.compile("^Pour")).fill("4")
    page.get_by_role("button", name="Noter la décision").click()
    page.get_by_role("button", name=f"Une chose à faire : {SUBJECT}").click()
    page.get_by_label("Qu’y a-t-il à faire ?").fill("Écrire à la mairie")
    page.get_by_label("Qui s’en charge ?").fill("Karim Haddad")
    page.get_by_role("button", name="Noter", exact=True).click()
    expect(page.get_by_text("4 pour, 0 contre, 0 abstention")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Enregistrer et revenir au suivi").click()
    page.get_by_role("link", name="Le donner à relire").click()
    assert_accessible(page)
    page.get_by_role("button", name="Donner à relire").click()
    expect(page.get_by_text("Le compte-rendu est à relire.")).to_be_visible()


def correct_a_mistake(page, phone, meeting, assert_accessible):
    """Awa, who was there, sees it on her telephone; the team writes it as she says."""
    come_in(phone, Person.objects.get(name="Awa Diallo"), meeting.get_absolute_url())
    assert_accessible(phone)
    phone.get_by_role("link", name=f"Demander une correction : {SUBJECT}").click()
    phone.get_by_label("Quel passage ?").fill(WRONG)
    phone.get_by_label("Que faudrait-il écrire ?").fill(RIGHT)
    phone.get_by_role("button", name="Demander cette correction").click()
    expect(phone.get_by_text("C’est noté.")).to_be_visible()
    page.reload()
    page.get_by_role("link", name="Corrections demandées").click()
    page.get_by_role("link", name=f"Répondre : {SUBJECT}").click()
    assert_accessible(page)
    page.get_by_role("button", name="Corriger ainsi").click()
    expect(page.get_by_text("Le compte-rendu est corrigé.")).to_be_visible()


def approve_at_the_next(page, meeting, meetings, assert_accessible):
    """The next meeting has it first on its agenda, and approves it; then everyone may read it."""
    make_it_over(meeting.event)
    following = prepare_the_next(page, meetings)
    assert following.items.order_by("position").first().approves == meeting
    make_it_now(following.event)
    page.goto(f"{meeting.get_absolute_url()}suivi/")
    page.get_by_role("link", name="Noter l’approbation").click()
    assert_accessible(page)
    page.get_by_role("button", name="Le compte-rendu est approuvé").click()
    page.get_by_role("button", name="Publier le compte-rendu").click()
    expect(page.get_by_text("tout le monde peut le lire.")).to_be_visible()


def assert_everyone_reads_it(visitor, meeting, meetings, assert_accessible):
    """Without an account: on the screen, by ear, on paper; nobody who was there is named."""
    visitor.goto(meetings)
    visitor.get_by_role("link", name="Réunion du conseil citoyen").click()
    expect(visitor.get_by_text("Approuvé", exact=True)).to_be_visible()
    expect(visitor.get_by_text(DECISION)).to_be_visible()
    expect(visitor.get_by_text(RIGHT)).to_be_visible()
    expect(visitor.locator("[data-listen-player]")).to_have_count(1)
    assert "Rose Vachon" not in visitor.content()
    assert_accessible(visitor)
    essential = printed(visitor, "L’essentiel, en grand, sur une page")
    whole = printed(visitor, "Tout le compte-rendu")
    assert DECISION in whole
    assert DECISION in essential
    assert RIGHT in whole
    assert WRONG not in whole


def send_it(page, assert_accessible):
    """Rose, whom no telephone reaches, has the essential and the decision in her letter."""
    page.get_by_role("link", name="L’envoyer aux personnes").click()
    page.get_by_label("Les titulaires (21)").check()
    page.get_by_role("button", name="Continuer").click()
    assert_accessible(page)
    page.get_by_role("button", name="Envoyer le compte-rendu").click()
    expect(page.get_by_text("Le compte-rendu part.")).to_be_visible()
    letter = letters(page, assert_accessible)
    assert ROSE_ON_PAPER in letter
    for said in ("Nous voulons deux bancs place du Pirou.", DECISION, "Écrire à la mairie"):
        assert said in letter


def test_a_meeting_from_its_convocation_to_public_minutes_that_rose_has_on_paper(
    council, open_page, messages, assert_accessible
):
    desk, phone, visitor = open_page(), open_page(PHONE), open_page(PHONE)
    meetings = f"{council.get_absolute_url()}reunions/"
    come_in(desk, Person.objects.get(name="Inès"))
    messages.clear()
    mail.outbox.clear()
    meeting = prepare_the_next(desk, meetings)
    convene(desk, assert_accessible)
    assert_it_reached_each(desk, messages, assert_accessible)
    reply_by_each_door(desk, phone, meeting, assert_accessible)
    call_the_roll(desk, meeting, assert_accessible)
    write_the_minutes(desk, assert_accessible)
    correct_a_mistake(desk, phone, meeting, assert_accessible)
    approve_at_the_next(desk, meeting, meetings, assert_accessible)
    assert_everyone_reads_it(visitor, meeting, meetings, assert_accessible)
    send_it(desk, assert_accessible)

    assert said_on_the_sheet(visitor, council) >= {
        "21 personnes Membres titulaires",
        "1 réunion Réunions tenues",
        "3 présences Participation aux réunions",
        "1 compte-rendu Comptes-rendus approuvés",
        "1 décision Décisions prises",
    }
    for_rose = Entry.objects.filter(for_key=Person.objects.get(name="Rose Vachon").pk)
    assert "agenda.signed-up" in for_rose.values_list("act", flat=True)
