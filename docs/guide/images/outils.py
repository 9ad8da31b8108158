"""The pictures of the blocks beside the agenda: a council, a garden, contacts, letters, surveys."""

from appareil import PHONE, come_in, inside, keep, keep_paper, open_page, scroll_to
from playwright.sync_api import Browser, Page

NAIMA = "06 12 34 00 03"


def go_through(browser: Browser, site: str) -> None:
    """Naïma holds a council, two gardens and a list of contacts; what everyone reads of them."""
    council = inside("council()", of="voisins")
    gardens = inside("gardens()", of="voisins")
    advice = inside("advice()", of="voisins")
    phone = open_page(browser, PHONE)
    phone.goto(f"{site}/connexion/?next={council['life']}")
    come_in(phone, NAIMA)
    phone.get_by_role("heading", name="La convocation").wait_for()
    pictures = {
        "suivi-reunion": (council["life"], 1000),
        "avant-d-ecrire": (council["letter"], 1000),
        "meteo": (gardens["weather"], 900),
        "qui-voit-on": (gardens["who"], 900),
        "signalements": (gardens["queue"], 900),
        "plusieurs-jardins": (gardens["all"], 900),
        "appels": (advice["calls"], 900),
    }
    for name, (address, height) in pictures.items():
        _keep_page(phone, site + address, name, height)
    for name, address in {
        "feuille-d-appels": advice["sheet"],
        "formulaire": gardens["form"],
    }.items():
        keep_paper(phone.request.get(site + address).body(), name, dots=60)
    phone.goto(site + gardens["pairs"])
    scroll_to(phone.get_by_role("heading", name="Les bacs du portail"))
    keep(phone, "avant-apres", height=900)
    anyone = open_page(browser, PHONE)
    _keep_page(anyone, site + council["draw"], "tirage", 1000)
    _keep_page(anyone, site + council["minutes"], "compte-rendu", 1000)
    _keep_page(anyone, site + gardens["results"], "resultats-enquete", 1000)


def _keep_page(page: Page, address: str, name: str, height: int) -> None:
    """A page from its title down."""
    page.goto(address)
    scroll_to(page.locator("main .event-head, main h1").first)
    keep(page, name, height=height)
