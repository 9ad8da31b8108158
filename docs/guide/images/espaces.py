"""The pictures of spaces: started, held, attended, and followed so that nobody is forgotten."""

import datetime
import re

from appareil import DESK, PHONE, come_in, inside, keep, keep_paper, open_page, scroll_to
from playwright.sync_api import Browser, Page

SAMIRA, KARIM = "06 12 34 00 01", "06 12 34 00 02"
STARTED = {
    "Son nom ici": "Ateliers du commerce, Vienne",
    "Votre commune": "Vienne",
    "Le quartier ou le lieu": "Espace Saint-Germain",
    "Le nom de l’association, du groupe ou du service": "Les Ateliers de Saint-Germain",
}
SERIES = {
    "Comment s’appelle ce rendez-vous": "Code et robots",
    "De quelle heure": "16:30",
    "à quelle heure": "17:30",
    "Le lieu": "École du Biollay",
    "Combien de fois": "9",
}
ROLL = {"Fanta": "Là", "Idris": "Là", "Lina": "En retard", "Malo": "A prévenu"}
MONDAY, TUESDAY = 0, 1
A_WHILE = 8000
"""Milliseconds in which the worker carries what has just been said."""


def go_through(browser: Browser, site: str) -> None:
    """Samira starts and holds; Karim comes; the children of Chambéry are on the roll."""
    desk, phone = open_page(browser, DESK), open_page(browser, PHONE)
    start(desk, site)
    vienne = inside("workshops()")
    desk.wait_for_timeout(A_WHILE)
    come(phone, site, vienne["site"])
    hold(desk, site, vienne)
    help_someone(desk, site, vienne["djamila"])
    read_messages(phone, site)
    follow_up(desk, site)
    phone.goto(site + inside("meeting()")["poll"])
    scroll_to(phone.get_by_role("heading", level=1))
    keep(phone, "sondage", height=980)
    chambery = inside("robots()")
    repeat(desk, site, chambery["space"])
    call_the_roll(browser, desk, site, chambery["session"])


def start(desk: Page, site: str) -> None:
    """From the sheet to the space."""
    desk.goto(f"{site}/initiatives/citeslab-grand-lac/")
    desk.get_by_role("link", name="Lancer la même ici").first.click()
    come_in(desk, SAMIRA, name="Samira")
    for label, words in STARTED.items():
        desk.get_by_label(label).fill(words)
    desk.get_by_label("Quel jour commence-t-on").fill(_next(MONDAY, after=45))
    desk.get_by_role("button", name="Voir ce qui va être créé").click()
    desk.get_by_role("heading", name="Voici ce qui va être créé").wait_for()
    scroll_to(desk.get_by_text("Étape 2 sur 2"))
    keep(desk, "avant-de-lancer", height=920)
    desk.get_by_role("button", name="Lancer").click()
    desk.get_by_text("C’est lancé !").wait_for()
    keep(desk, "espace", height=1150)


def come(phone: Page, site: str, date: str) -> None:
    """What a resident sees of a date."""
    phone.goto(site + date)
    scroll_to(phone.locator(".event-head"))
    keep(phone, "date")


def hold(desk: Page, site: str, at: dict[str, str]) -> None:
    """The code on the door, a poster, and what a change would tell."""
    desk.goto(f"{site}{at['space']}code/")
    desk.get_by_role("button", name="Créer le code").click()
    _keep_linked(desk, "Imprimer l’affiche", "affiche-du-code", dots=60)
    desk.goto(site + at["site"])
    _keep_linked(desk, "Imprimer l’affiche", "affiche", dots=60)
    desk.goto(f"{site}{at['welcome']}changer/")
    day = datetime.date.fromisoformat(desk.get_by_label("Quel jour").input_value())
    later = day + datetime.timedelta(days=1)
    desk.get_by_label("Quel jour").fill(later.isoformat())
    desk.get_by_label("Pourquoi ce changement").fill("La salle est prise ce soir-là.")
    desk.get_by_role("button", name="Continuer").click()
    scroll_to(desk.get_by_role("heading", level=1))
    keep(desk, "prevenir", height=1150)


def help_someone(desk: Page, site: str, person: str) -> None:
    """A card and a mandate, on paper, for who has a landline only."""
    desk.goto(site + person)
    desk.get_by_role("link", name="Sa carte").click()
    token = desk.locator("[name=csrfmiddlewaretoken]").first.input_value()
    form = {"csrfmiddlewaretoken": token, "act": "issue"}
    keep_paper(desk.request.post(desk.url, form=form).body(), "carte-a-decouper", dots=100, top=0.3)
    desk.goto(site + person)
    desk.get_by_role("link", name="le mandat").click()
    desk.get_by_label("Inscrire à une activité").check()
    desk.get_by_label("Six mois").check()
    desk.get_by_role("button", name="Préparer le papier").click()
    _keep_linked(desk, "Imprimer le papier", "mandat", dots=60)


def read_messages(phone: Page, site: str) -> None:
    """Karim’s messages: an invitation to answer, and what was done for him."""
    phone.goto(f"{site}/connexion/?next=/messages/")
    come_in(phone, KARIM)
    phone.get_by_role("heading", name="Mes messages").wait_for()
    scroll_to(phone.get_by_role("heading", level=1))
    keep(phone, "messages", height=900)
    phone.context.clear_cookies()


def follow_up(desk: Page, site: str) -> None:
    """Whom to call, and what nobody understood."""
    inside("after_the_calls()")
    desk.goto(f"{site}/messages/suivi/")
    scroll_to(desk.get_by_role("heading", level=1))
    keep(desk, "suivi", height=1150)


def repeat(desk: Page, site: str, space: str) -> None:
    """Nine sessions, shown before any is made."""
    desk.goto(f"{site}{space}agenda/nouvelle-serie/")
    for label, words in SERIES.items():
        desk.get_by_label(label).fill(words)
    desk.get_by_label("Quel jour, la première fois").fill(_next(TUESDAY, after=7))
    desk.get_by_label("Sauter les vacances scolaires").check()
    desk.get_by_role("button", name="Voir toutes les dates").click()
    desk.get_by_role("heading", name="Voici les 9 dates").wait_for()
    scroll_to(desk.get_by_role("heading", level=1))
    keep(desk, "plusieurs-dates", height=900)


def call_the_roll(browser: Browser, desk: Page, site: str, session: str) -> None:
    """The roll on a telephone, the sheet that says the same, and the hours."""
    sheet = desk.request.get(f"{site}{session}emargement.pdf").body()
    keep_paper(sheet, "emargement", dots=66)
    phone = open_page(browser, PHONE)
    phone.goto(f"{site}/connexion/?next={session}appel/")
    come_in(phone, SAMIRA)
    phone.get_by_text("Touchez une case").wait_for()
    for name, state in ROLL.items():
        phone.locator(f"[data-name={name}] label", has_text=re.compile(f"^{state}$")).click()
    phone.get_by_text("Tout est enregistré.").wait_for()
    scroll_to(phone.get_by_role("heading", level=1))
    keep(phone, "appel", height=900)
    desk.goto(f"{site}{session}presences/")
    scroll_to(desk.get_by_role("heading", level=1))
    keep(desk, "heures")


def _keep_linked(desk: Page, label: str, name: str, *, dots: int) -> None:
    """The PDF to which a link of the page leads."""
    address = desk.get_by_role("link", name=label).first.evaluate("link => link.href")
    keep_paper(desk.request.get(address).body(), name, dots=dots)


def _next(weekday: int, *, after: int) -> str:
    """The first such day so many days from now, as a page’s calendar writes it."""
    day = datetime.date.today() + datetime.timedelta(days=after)  # noqa: DTZ011 - any zone will do.
    return (day + datetime.timedelta(days=(weekday - day.weekday()) % 7)).isoformat()
