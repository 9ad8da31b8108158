"""Takes the pictures of the guide, from a Traboule that runs on a new, empty data folder.

From the root of the project (pdftoppm comes from the package poppler-utils)::

    export TRABOULE_DATA=/tmp/essai TRABOULE_URL=http://traboule.example
    export TRABOULE_HELP_PHONE="04 65 71 00 00" TRABOULE_SMS_NUMBER="06 12 34 00 00"
    TRABOULE_SMS_BACKEND=traboule.kernel.people.sms.FileBackend PORT=8070 make run &
    .venv/bin/python docs/guide/images/prendre.py http://127.0.0.1:8070

``appareil.py`` is the camera. ``espaces.py`` goes through what spaces are for, and ``quartier.py``
makes their neighbours; ``outils.py`` and ``voisins.py`` do the same for the blocks that came after
the agenda, and ``logements.py`` for an exchange of homes; theirs alone are taken with a last word,
``outils`` or ``logements``. Whatever the pictures show beside the compendium is invented.
"""

import csv
import io
import re
import shutil
import sys
from urllib.parse import urlsplit

import espaces
import logements
import outils
from appareil import (
    DESK,
    PHONE,
    come_in,
    command,
    keep,
    keep_paper,
    last_message,
    open_page,
    scroll_to,
)
from playwright.sync_api import Browser, Page, sync_playwright

EDITOR = ("Awa", "06 98 76 54 32")
STORY = {
    "nom": {
        "Son nom": "Le café des claviers",
        "En une phrase": "À Rillieux-la-Pape, des voisins s’aident à écrire sur ordinateur.",
    },
    "lieu": {"Votre commune": "Rillieux-la-Pape"},
    "theme": {"Apprendre": True},
    "porteur": {
        "Le nom de l’association, du groupe ou du service": "Les voisins du 14",
        "Groupe d’habitants": True,
    },
    "etat": {"Elle est en cours": True, "Depuis quand ?": "juin 2023"},
    "public": {"Habitantes et habitants": True},
    "recit": {
        "Que se passe-t-il, concrètement ?": "Le mardi, on pose trois claviers sur la table "
        "du café. Chacun vient avec ce qu’il a à écrire : une lettre, un CV, un message."
    },
    "outils": {"Ordinateurs et réemploi": True},
    "resultats": {},
    "moyens": {},
    "lecons": {"À quoi faire attention ?": "Prévoir une prise par personne."},
    "image": {},
    "contact": {"La personne ou le service": "L’accueil du centre social"},
    "rappel": {
        "Votre nom ou votre prénom": "Karim",
        "Où vous joindre ?": "par Samia, à l’accueil du centre social",
    },
}
REASON = "Merci, on a envie de venir ! Il manque les horaires : de quelle heure à quelle heure ?"
SHEETS = [
    {
        "slug": "la-recre-des-robots",
        "title": "La récré des robots",
        "summary": "À Givors, des enfants programment un petit robot le mercredi après-midi.",
        "theme": "learn",
        "holder.name": "Maison de quartier des Vernes",
        "place.commune": "69091",
        "contact.phone": "06 12 34 56 78",
    },
    {
        "slug": "le-fil-de-l-immeuble",
        "title": "Le fil de l’immeuble",
        "summary": "À Échirolles, les locataires d’une tour se préviennent des pannes par SMS.",
        "theme": "organise",
        "holder.name": "Amicale des locataires",
        "place.commune": "38151",
        "contact.phone": "04 65 71 00 12",
    },
    {
        "slug": "la-fabrique-du-samedi",
        "title": "La fabrique du samedi",
        "summary": "À Vénissieux, on répare et on coud avec les machines du centre social.",
        "theme": "bricolage",
        "holder.name": "Centre social",
        "place.commune": "69999",
        "contact.phone": "",
    },
]
"""An import whose last line is wrong; the first two were confirmed long ago."""


def main(site: str, only: str = "") -> None:
    """Take every picture, or only those of ``outils`` or ``logements``."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        if not only:
            go_through(browser, site)
            espaces.go_through(browser, site)
        if only in {"", "outils"}:
            outils.go_through(browser, site)
        if only in {"", "logements"}:
            logements.go_through(browser, site)
        browser.close()


def go_through(browser: Browser, site: str) -> None:
    """Go through the compendium as residents and as an editor, picture by picture."""
    command("add_editor", EDITOR[0], "--phone", EDITOR[1])
    phone, desk = open_page(browser, PHONE), open_page(browser, DESK)
    look_around(phone, desk, site)
    print_on_paper(desk, site)
    tell(phone, site)
    sign_in(desk, site)
    import_file(desk, site)
    ask_whether_true(phone, desk, site)
    read_over(desk, site)


def look_around(phone: Page, desk: Page, site: str) -> None:
    """What anyone sees first."""
    desk.goto(site)
    keep(desk, "accueil", height=1030)  # The three doors in full.
    phone.goto(f"{site}/initiatives/?q=reparasion+ordinnateur")
    scroll_to(phone.get_by_role("button", name="Chercher"))
    keep(phone, "chercher")
    phone.goto(f"{site}/initiatives/atelier-bidouille/")
    scroll_to(phone.locator(".sheet-kicker"))
    keep(phone, "fiche")
    desk.goto(f"{site}/initiatives/?commune=Grenoble&rayon=100&vue=carte")
    desk.wait_for_selector(".pin")
    desk.wait_for_timeout(1000)  # The outlines of the background come after the pins.
    scroll_to(desk.get_by_role("heading", level=1))
    keep(desk, "carte")


def print_on_paper(desk: Page, site: str) -> None:
    """The sheet and the wall map as they come out of the printer."""
    sheet = desk.request.get(f"{site}/initiatives/atelier-bidouille/fiche.pdf").body()
    keep_paper(sheet, "fiche-imprimee", dots=84)
    desk.goto(f"{site}/imprimer/")
    desk.get_by_label("Une carte murale").check()
    desk.get_by_role("button", name="Préparer l’impression").click()
    link = desk.get_by_role("link", name="Télécharger")
    link.wait_for()
    keep_paper(desk.request.get(site + link.get_attribute("href")).body(), "carte-murale", dots=72)


def tell(phone: Page, site: str) -> None:
    """A resident's interview, with a stop in the middle."""
    phone.goto(f"{site}/contribuer/")
    phone.get_by_role("button", name="Commencer").click()
    for question, answers in STORY.items():
        phone.wait_for_url(f"**/{question}/")
        for label, value in answers.items():
            field = phone.get_by_label(label).first
            field.check() if value is True else field.fill(value)
        if question == "recit":
            scroll_to(phone.locator(".steps"))
            keep(phone, "question")
            back = phone.url
            phone.get_by_role("button", name="Enregistrer et revenir plus tard").click()
            phone.wait_for_url("**/plus-tard/")
            scroll_to(phone.get_by_role("heading", level=1))
            keep(phone, "code")
            phone.goto(back)
        phone.get_by_role("button", name="Continuer").click()
    phone.get_by_role("button", name="Envoyer à la rédaction").click()
    phone.wait_for_url("**/envoye/")


def sign_in(desk: Page, site: str) -> None:
    """The editor's way in: a code by SMS."""
    desk.goto(f"{site}/redaction/")
    come_in(desk, EDITOR[1])
    desk.wait_for_url(f"{site}/redaction/")


def import_file(desk: Page, site: str) -> None:
    """Try a file of which a line is wrong, then import the others."""
    more = {
        "state": "running",
        "holder.kind": "association",
        "confirmed": "2023-03",
        "description": "Chaque semaine, on se retrouve et on s’entraide.",
    }
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=[*SHEETS[0], *more])
    writer.writeheader()
    writer.writerows(sheet | more for sheet in SHEETS)
    file = {"name": "initiatives.csv", "mimeType": "text/csv", "buffer": text.getvalue().encode()}
    desk.goto(f"{site}/redaction/importer/")
    desk.get_by_label("Votre fichier").set_input_files(file)
    desk.get_by_role("button", name="Essayer ce fichier").click()
    desk.get_by_role("heading", name="Ce qui est à corriger").wait_for()
    keep(desk, "importer", height=920)
    desk.get_by_label("Importer les 2 lignes justes").check()
    desk.get_by_role("button", name="Importer ce qui est juste").click()
    desk.get_by_text("2 fiches importées").wait_for()


def ask_whether_true(phone: Page, desk: Page, site: str) -> None:
    """The yearly question, by SMS to those who have a mobile, else on the list of calls."""
    daily = "from traboule.kernel.initiatives import tasks; tasks.daily.call()"
    command("shell", "--verbosity=0", "-c", daily)
    path = urlsplit(re.search(r"https?://\S+/encore-vrai/\S+", last_message())[0]).path
    phone.goto(site + path)
    keep(phone, "encore-vrai")
    desk.goto(f"{site}/redaction/a-appeler/")
    keep(desk, "a-appeler")


def read_over(desk: Page, site: str) -> None:
    """The draft, and sending it back with a reason."""
    desk.goto(f"{site}/redaction/")
    desk.get_by_role("link", name=STORY["nom"]["Son nom"]).first.click()
    desk.get_by_text("Renvoyer pour compléter").click()
    desk.locator("#return_reason").fill(REASON)
    scroll_to(desk.get_by_role("heading", name="Qui raconte"))
    keep(desk, "relire")


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), *sys.argv[2:3])
