"""In Aix-les-Bains an adviser brings in a list of 300 entrepreneurs, writes to each one of the
priority neighbourhood, calls, visits, fills a workshop, follows up, and prints the year."""

import csv
import datetime
import io
import re

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser import PHONE
from traboule.blocks.agenda.actions.events import open_event
from traboule.blocks.agenda.models import Signup
from traboule.blocks.outreach.actions import contacts, importing, messages, settling
from traboule.blocks.outreach.filters import Filters
from traboule.blocks.outreach.models import (
    Contact,
    Exchange,
    FollowUpStep,
    Message,
    NextAction,
)
from traboule.kernel.people.models import Channel
from traboule.kernel.places.models import Commune, PriorityNeighbourhood
from traboule.kernel.spaces.models import Participation

from .gateway import text_us
from .people import come_in, figures, make_it_now, make_it_over, someone, started
from .printed import printed, words_of

pytestmark = pytest.mark.browser

WOMEN = ("Nadia", "Salima", "Inès", "Chantal", "Rose", "Awa", "Lina", "Zoé", "Maud", "Yasmine",
         "Perrine", "Odile")  # fmt: skip
MEN = ("Omar", "Bruno", "Idris", "Karim", "Gérard", "Hugo")
UNSAID = ("Dominique", "Camille")
FIRST_NAMES = WOMEN + MEN + UNSAID
LAST_NAMES = ("Benali", "Traoré", "Rossi", "Moulin", "Haddad", "Perret", "Silva", "Chevalier",
              "Kaya", "Nguyen", "Lopez", "Vernay", "Dubouchet", "Zeroual", "Ferrand")  # fmt: skip
HEADS = ("Prénom", "Nom", "Civilité", "Portable", "E-mail", "Adresse", "Code postal", "Ville",
         "Quartier", "Activité")  # fmt: skip
INSIDE = len(FIRST_NAMES)
"""The first twenty lines live in Marlioz: a dozen women, six men, two of whom it is not said."""
WRONG = {12: ("Portable", "06 12"), 40: ("E-mail", "chez moi"), 77: ("Nom", "")}
"""The lines that somebody typed badly, as a spreadsheet numbers them."""


def row(number):
    """One line of the list, as the chamber of trades keeps it."""
    number %= 293
    last, first = divmod(number, len(FIRST_NAMES))
    name = FIRST_NAMES[first]
    inside = number < INSIDE
    said = {
        "Prénom": name,
        "Nom": LAST_NAMES[last],
        "Civilité": "Mme" if name in WOMEN else "M." if name in MEN else "",
        "Portable": f"06 12 35 {number // 100:02d} {number % 100:02d}",
        "E-mail": f"entreprise{number}@exemple.fr",
        "Adresse": f"{2 + first // 5 * 2} avenue de Marlioz"
        if inside
        else f"{number} rue de Genève",
        "Code postal": "73100",
        "Ville": "Aix-les-Bains",
        "Quartier": "Marlioz" if inside else "non",
        "Activité": "Traiteur à domicile",
    }
    unsaid = {18: ("E-mail", "Adresse"), 19: ("E-mail", "Portable")}
    return said | dict.fromkeys(unsaid.get(number, ()), "")


def listed(wrong=None):
    """The list as a spreadsheet writes it: 300 lines, of which the last seven are there twice."""
    file = io.StringIO()
    table = csv.DictWriter(file, HEADS, delimiter=";")
    table.writeheader()
    for number in range(300):
        column, typed = (wrong or {}).get(number + 2, ("Ville", "Aix-les-Bains"))
        said = row(number) | {column: typed}
        table.writerow(said | {"Prénom": ""} if column == "Nom" else said)
    return file.getvalue().encode("cp1252")


@pytest.fixture
def claire(site, settings):
    """The adviser, who reads her e-mails; the neighbourhood is on the map."""
    settings.SMS_WEBHOOK_SECRET = "un-secret"
    corners = [[5.90, 45.66], [5.93, 45.66], [5.93, 45.68], [5.90, 45.68], [5.90, 45.66]]
    PriorityNeighbourhood.objects.create(
        code="QN07301M", name="Marlioz", commune=Commune.objects.get(code="73008"), vintage=2024,
        west=5.90, south=45.66, east=5.93, north=45.68,
        geometry={"type": "Polygon", "coordinates": [corners]},
    )  # fmt: skip
    claire = someone("Claire Martin", mobile="+33612340001")
    Channel.objects.create(
        person=claire, kind="email", value="claire@grandlac.fr", verified_at=timezone.now()
    )
    return claire


@pytest.fixture
def workshop(claire):
    """The first workshop of the space that she started from the sheet, confirmed."""
    space = started("citeslab-grand-lac", title="Ateliers de Marlioz", commune="Aix-les-Bains",
                    by=claire)  # fmt: skip
    event = space.events.get(title__startswith="Se faire connaître")
    open_event(event=event, by=claire)
    return event


@pytest.fixture
def written_to(workshop, claire):
    """The list is in, each one of Marlioz has been written to, and one asked to be left alone."""
    space = workshop.space
    someone("Nadia Benali", mobile="+33612350000")  # She came here before, and is on the list too.
    file = SimpleUploadedFile("entreprises.csv", listed())
    checked = importing.check_file(space=space, file=file, source_note="la CMA", by=claire)
    importing.import_checked(checked=checked, by=claire)
    filters = Filters(quartier="QN07301M")
    settling.save_segment(space=space, name="Marlioz", filters=filters, by=claire)
    people = filters.apply(space).for_listing()
    messages.draft(space=space, people=people, subject="Un atelier", text="Venez !", by=claire,
                   event=workshop)  # fmt: skip
    drafts = Message.objects.filter(contact__space=space)
    messages.send(messages=drafts.exclude(way="letter"), by=claire)
    messages.posted(messages=drafts.filter(way="letter"), by=claire)
    contacts.opt_out(contact=file_of("Chantal Benali"))
    return workshop


def file_of(name):
    return Contact.objects.get(person__name=name)


def home_of(space):
    return f"{space.get_absolute_url()}aller-vers/"


def send_list(page, content):
    """A list is read, and nothing of it is kept yet."""
    page.get_by_role("link", name="Importer une liste").first.click()
    file = {"name": "entreprises.csv", "mimeType": "text/csv", "buffer": content}
    page.get_by_label("Votre liste").set_input_files(file)
    page.get_by_label("D’où viennent ces coordonnées").fill("la chambre de métiers, mars 2026")
    page.get_by_role("button", name="Lire la liste").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Est-ce bien cela ?")
    assert Contact.objects.count() == 0


def bring_in(page, assert_accessible):
    """The list has mistakes, which are shown by their lines; put right, it comes in."""
    send_list(page, listed(WRONG))
    wrong = page.get_by_role("region", name="À corriger")
    for line in WRONG:
        expect(wrong.get_by_text(re.compile(rf"Ligne {line}\b"))).to_be_visible()
    expect(wrong.get_by_role("listitem")).to_have_count(len(WRONG))
    assert_accessible(page)
    page.get_by_role("link", name="Contacts", exact=True).click()
    send_list(page, listed())
    expect(page.get_by_text("293 nouveaux contacts")).to_be_visible()
    expect(page.get_by_text("7 déjà connus, à compléter")).to_be_visible()
    page.get_by_role("button", name="Importer 300 contacts").click(timeout=60_000)
    expect(page.get_by_text("293 nouveaux contacts, 7 fiches complétées")).to_be_visible()
    assert Contact.objects.count() == 293


def keep_the_neighbourhood(page, assert_accessible):
    """Those of Marlioz, under a name."""
    page.get_by_role("link", name="Voir les contacts").click()
    page.get_by_text("Filtres").click()
    page.get_by_label("Quartier prioritaire").select_option("Marlioz")
    page.get_by_role("button", name="Voir", exact=True).click()
    expect(page.locator(".outreach-contacts > li")).to_have_count(INSIDE)
    page.get_by_label("Garder ces filtres sous un nom").fill("Marlioz")
    page.get_by_role("button", name="Garder ce groupe").click()
    expect(page.get_by_text("Le groupe est gardé.")).to_be_visible()
    assert_accessible(page)


def draft_to_each(page, event, assert_accessible):
    """A draft each from the model of the space; whoever has only a telephone is to be called."""
    page.get_by_role("link", name="Écrire à chaque personne").click()
    page.get_by_label("Partir d’un modèle").select_option("Invitation à un atelier")
    page.get_by_role("button", name="Prendre").click()
    expect(page.get_by_text("Pour 20 personnes")).to_be_visible()
    page.get_by_label("Pour quel atelier").select_option(str(event.pk))
    assert_accessible(page)
    page.get_by_role("button", name="Préparer les brouillons").click()
    expect(page.get_by_text("19 brouillons à relire.")).to_be_visible()
    expect(page.get_by_text("1 personne sans e-mail ni adresse est sur la liste")).to_be_visible()
    assert mail.outbox == []


def change_one(page):
    """One is written otherwise than the others."""
    page.get_by_role("link", name="Modifier le message pour Inès Benali").click()
    page.get_by_label("Texte").fill("Bonjour Inès, votre vitrine m’a donné envie d’entrer.")
    page.get_by_role("button", name="Enregistrer sans envoyer").click()
    expect(page.get_by_text("C’est enregistré.")).to_be_visible()


def send_all(page, assert_accessible):
    """Each is ticked, then they leave; the letter is printed and posted."""
    for box in page.get_by_role("region", name="À relire").get_by_role("checkbox").all():
        box.check()
    assert_accessible(page)
    page.get_by_role("button", name="Envoyer les messages cochés").click()
    expect(page.get_by_text("18 messages partent.")).to_be_visible()
    letter = printed(page, "Imprimer les courriers")
    assert "Camille Benali 8 avenue de Marlioz 73100 Aix-les-Bains" in letter
    page.get_by_role("button", name="Les courriers cochés sont postés").click()
    expect(page.get_by_text("1 courrier noté.")).to_be_visible()


def way_out(message):
    """The page on which whoever reads this message asks to be left alone."""
    return re.findall(r"https?://[^/]+(/ne-plus-me-contacter/\S+)", message.body)[0]


def assert_each_was_written_to_alone():
    """One message each, that says where the address comes from, how to answer and how to leave."""
    expected = [[f"entreprise{number}@exemple.fr"] for number in range(18)]
    assert sorted(one.to for one in mail.outbox) == sorted(expected)
    assert len({way_out(one) for one in mail.outbox}) == 18
    for one in mail.outbox:
        assert (one.cc, one.bcc, one.reply_to) == ([], [], ["claire@grandlac.fr"])
        assert "la chambre de métiers, mars 2026" in one.body
        assert "Les Voisins du Biollay les garde" in one.body
    by_address = {one.to[0]: one for one in mail.outbox}
    ines, salima = by_address["entreprise2@exemple.fr"], by_address["entreprise1@exemple.fr"]
    assert ines.body.startswith("Bonjour Inès, votre vitrine")
    assert salima.body.startswith("Bonjour Salima,")
    assert salima.subject.startswith("Salima, une place pour vous : Se faire connaître")


def test_three_hundred_come_in_and_each_of_the_neighbourhood_is_written_to(
    workshop, claire, desk, phone, assert_accessible
):
    come_in(desk, claire, home_of(workshop.space))
    assert_accessible(desk)
    bring_in(desk, assert_accessible)
    keep_the_neighbourhood(desk, assert_accessible)
    draft_to_each(desk, workshop, assert_accessible)
    change_one(desk)
    send_all(desk, assert_accessible)
    assert_each_was_written_to_alone()

    # One asks to be left alone, without any account: nobody can write to her any more.
    chantal = next(one for one in mail.outbox if one.to == ["entreprise3@exemple.fr"])
    phone.goto(way_out(chantal))
    assert_accessible(phone)
    phone.get_by_role("button", name="Ne plus me contacter").click()
    expect(phone.get_by_role("heading", name="C’est fait")).to_be_visible()
    desk.goto(f"{home_of(workshop.space)}ecrire/?contact={file_of('Chantal Benali').pk}")
    expect(desk.get_by_text("Personne à qui écrire")).to_be_visible()


def plan_a_call(page, name):
    """Call her today, says her file."""
    page.goto(file_of(name).get_absolute_url())
    page.get_by_text("Changer la suite").click()
    page.get_by_label("Que faut-il faire").select_option("Appeler")
    page.get_by_label("Pour quel jour").fill(f"{timezone.localdate():%Y-%m-%d}")
    page.get_by_role("button", name="C’est prévu").click()
    expect(page.get_by_text("C’est prévu.")).to_be_visible()


def call(page, home, assert_accessible):
    """On a telephone: nobody answers the first, and the second gets an advice."""
    page.goto(home)
    page.get_by_role("link", name="Appels", exact=True).click()
    assert_accessible(page)
    card = page.locator("article", has_text="Dominique Benali")
    expect(card.get_by_role("link", name="06 12 35 00 18")).to_be_visible()
    card.get_by_role("button", name="Pas de réponse").click()
    expect(page.get_by_text("Dominique Benali : c’est noté.")).to_be_visible()
    again = file_of("Dominique Benali").actions.to_do().get()
    in_two_weeks = timezone.localdate() + datetime.timedelta(days=14)
    assert (again.kind, again.due_on) == ("call", in_two_weeks)

    card = page.locator("article", has_text="Awa Benali")
    card.get_by_text("Ajouter une note").click()
    card.get_by_label("Note").fill("Veut prendre ses commandes en ligne")
    card.get_by_label("Un conseil a été donné").check()
    card.get_by_role("button", name="On s’est parlé").click()
    expect(page.get_by_text("Awa Benali : c’est noté.")).to_be_visible()
    expect(page.get_by_text("Personne à appeler aujourd’hui")).to_be_visible()


def walk(page, assert_accessible):
    """The doors of Marlioz on paper, building by building; a line of it comes back."""
    page.get_by_role("link", name="Visites", exact=True).click()
    page.get_by_label("Quartier").select_option("Marlioz")
    page.get_by_role("button", name="Voir", exact=True).click()
    assert_accessible(page)
    sheet = printed(page, "Imprimer la liste")
    buildings = [f"{number} avenue de Marlioz" for number in (2, 4, 6, 8)]
    assert sorted(buildings, key=sheet.index) == buildings
    rose = file_of("Rose Benali")
    assert rose.code in sheet
    assert "Chantal" not in sheet
    page.get_by_role("link", name="Recopier une feuille").click()
    page.get_by_label("Recopiez les lignes cochées").fill(f"{rose.code} P cherche un local")
    page.get_by_role("button", name="Vérifier").click()
    expect(page.get_by_text("Rose Benali")).to_be_visible()
    page.get_by_role("button", name="Noter 1 ligne").click()
    expect(page.get_by_role("heading", name="1 ligne notée")).to_be_visible()
    visit = Exchange.objects.get(kind="visit")
    assert (visit.contact, visit.outcome, visit.note) == (rose, "reached", "cherche un local")


def invite(page, event, assert_accessible):
    """The group of contacts is invited from the page of the date."""
    page.goto(event.get_absolute_url())
    page.get_by_role("link", name="Inviter par message").click()
    page.get_by_label("Parmi quel groupe").select_option(
        f"outreach:segment-{event.space.outreach_segments.get().pk}"
    )
    page.get_by_role("button", name="Voir ce groupe").click()
    assert_accessible(page)
    page.get_by_role("button", name="Continuer").click()
    expect(page.get_by_role("heading", name="Inviter 19 personnes")).to_be_visible()
    page.get_by_role("button", name="Envoyer les invitations").click()
    expect(page.get_by_text("Les invitations partent.")).to_be_visible()


def sign_up(page, event, last_code):
    """Someone of the list, who never came here, says that she comes."""
    page.goto(event.get_absolute_url())
    page.get_by_role("link", name="Je viens").click()
    page.get_by_role("link", name="Avec mon téléphone ou mon e-mail").click()
    page.get_by_label("Votre numéro de téléphone").fill("06 12 35 00 01")
    page.get_by_role("button", name="Recevoir un code").click()
    page.get_by_label("Le code reçu").fill(last_code())
    page.get_by_role("button", name="Continuer").click()
    page.get_by_label("Comment vous appelez-vous ?").fill("Salima Benali")
    page.get_by_role("button", name="Entrer").click()
    page.get_by_role("button", name="C’est bon, je m’inscris").click()
    expect(page.get_by_text("Vous venez.")).to_be_visible()


def note_who_came(page, event):
    page.goto(event.get_absolute_url())
    page.get_by_role("link", name="Faire l’appel").click()
    for name in ("Nadia Benali", "Salima Benali"):
        there = page.locator(f"[data-name='{name}'] label", has_text=re.compile("^Là$"))
        there.click()
    expect(page.get_by_text("Tout est enregistré.")).to_be_visible()


def follow_up(page, event, home, assert_accessible):
    """Everyone who came gets the plan; two weeks later calls and steps wait, and one is done."""
    page.goto(f"{home}suivi/")
    page.get_by_role("link", name=event.title).click()
    page.get_by_label("Donner un plan").select_option("Après un atelier")
    page.get_by_role("button", name="Donner ce plan").click()
    expect(page.get_by_text("Chaque personne venue a maintenant ce plan.")).to_be_visible()
    assert_accessible(page)

    two_weeks_pass()
    page.goto(home)
    steps = page.get_by_role("region", name="Étapes de suivi").get_by_role("listitem")
    expect(steps).to_have_count(2)
    due = page.get_by_role("region", name="À faire")
    expect(due.get_by_role("link", name="Dominique Benali")).to_be_visible()
    assert_accessible(page)
    steps.filter(has_text="Salima Benali").get_by_role("button", name="Fait").click()
    expect(page.get_by_text("C’est noté.")).to_be_visible()
    expect(steps).to_have_count(1)


def two_weeks_pass():
    """What was due in two weeks is due today."""
    for model in (FollowUpStep, NextAction):
        model.objects.order_by().update(due_on=F("due_on") - datetime.timedelta(days=14))


def assert_the_year_is_right(page, home, assert_accessible):
    """Each figure of the year, by neighbourhood and gender, without telling of anybody."""
    page.goto(f"{home}activite/")
    expect(page.get_by_label("Période")).to_have_value(f"annee-{timezone.localdate().year}")
    assert_accessible(page)
    shown = [
        " ".join(one.split()) for one in page.locator(".outreach-figures li").all_inner_texts()
    ]
    for said in (
        "20 personnes Personnes vers qui l’on est allé",
        "2 personnes Personnes jointes",
        "3 entreprises ou projets Entreprises et projets conseillés",
        "2 appels Appels passés",
        "1 visite Visites faites",
        "19 messages Messages individuels",
        "2 personnes Personnes suivies après un atelier",
        "1 étape Étapes de suivi faites",
        "1 séance Séances tenues",
        "2 personnes Personnes venues",
    ):
        assert [one for one in shown if one.startswith(said)], (said, shown)
    approached, reached = shown[0], shown[1]
    assert "Quartier : Marlioz 20" in approached
    assert "Genre : Femme 12 · Homme masqué · inconnu moins de 5" in approached
    assert "Genre" not in reached


def assert_the_print_says_the_same(page):
    """On A4, for whoever pays."""
    address = page.get_by_role("link", name="Imprimer le bilan").get_attribute("href")
    content = page.request.get(address).body()
    sizes = {tuple(map(round, one.mediabox[2:])) for one in PdfReader(io.BytesIO(content)).pages}
    assert sizes == {(595, 842)}
    paper = words_of(content)
    for said in ("Bilan d’activité", "Ateliers de Marlioz", str(timezone.localdate().year),
                 "Marlioz 20", "Femme 12", "moins de 5", "19 messages"):  # fmt: skip
        assert said in paper, (said, paper)


def test_calls_visits_and_a_workshop_become_the_figures_of_the_year(
    written_to, claire, open_page, last_code, assert_accessible
):
    event, space = written_to, written_to.space
    desk, phone, home = open_page(), open_page(PHONE), home_of(written_to.space)
    come_in(phone, claire, home)
    plan_a_call(phone, "Awa Benali")
    call(phone, home, assert_accessible)
    come_in(desk, claire, home)
    walk(desk, assert_accessible)

    invite(desk, event, assert_accessible)
    text_us("+33612350000", "1")
    sign_up(open_page(PHONE), event, last_code)
    going = Signup.objects.going().order_by("person__name").values_list("person__name", "via")
    assert list(going) == [("Nadia Benali", "sms"), ("Salima Benali", "web")]
    states = Contact.objects.filter(person__signups__event=event).values_list("state", flat=True)
    assert list(states) == ["in-touch", "in-touch"]

    make_it_now(event)
    note_who_came(phone, event)
    make_it_over(event)
    follow_up(desk, event, home, assert_accessible)
    assert_the_year_is_right(desk, home, assert_accessible)
    assert_the_print_says_the_same(desk)
    measured = figures(phone, space.initiative.get_absolute_url())
    assert "2 personnes Personnes jointes" in str(measured)
    assert "3 entreprises ou projets Entreprises et projets conseillés" in str(measured)

    # Whoever came reads her own follow-up, and nothing of the others.
    nadia = file_of("Nadia Benali").person
    assert Participation.objects.get(space=space, person=nadia).role == "member"
    hers = open_page(PHONE)
    come_in(hers, nadia, home)
    expect(hers.get_by_text("Appeler : qu’avez-vous essayé")).to_be_visible()
    assert_accessible(hers)
    assert hers.goto(f"{home}contacts/").status in {403, 404}
