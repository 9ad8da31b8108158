"""The pictures of an exchange of homes: the demonstration that the project ships, seen by two."""

from appareil import PHONE, command, come_in, inside, keep, open_page, scroll_to
from playwright.sync_api import Browser, Page

COORDINATOR, TENANT = "06 12 34 00 05", "06 12 34 00 06"


def go_through(browser: Browser, site: str) -> None:
    """What a household reads, and what the landlords have before them."""
    command("housing_demo", "--listings", "400", "--address", COORDINATOR)
    addresses = inside(f'homes("{TENANT}")', of="logements")
    tenant, team = open_page(browser, PHONE), open_page(browser, PHONE)
    for page, number in ((tenant, TENANT), (team, COORDINATOR)):
        page.goto(f"{site}/connexion/")
        come_in(page, number)
        page.get_by_text("Me déconnecter").wait_for()
    _keep_page(tenant, site + addresses["listing"], "mon-annonce", 900)
    _keep_page(tenant, site + addresses["swap"], "echange-propose", 900)
    _keep_page(team, site + addresses["checks"], "annonces-a-verifier", 900)


def homes(number: str) -> dict[str, str]:
    """The addresses to show; a household to whom an exchange is proposed has that number."""
    # Late: inside the installation only.
    from django.urls import reverse
    from django.utils import timezone

    from traboule.exchanges.housing.models import Swap
    from traboule.exchanges.housing.runs import begin
    from traboule.kernel.people.models import Channel
    from traboule.kernel.spaces.models import Space

    space = Space.objects.get(blocks__key="housing")
    begin(space=space, by=None)
    command("db_worker", "--batch", "--no-startup-delay")
    swap = Swap.objects.filter(space=space, state="proposed").latest("pk")
    own = swap.moves.for_listing().first().listing
    channel = Channel.read(number)
    channel.person, channel.verified_at = own.tenant, timezone.now()
    channel.save()
    return {
        "listing": reverse("housing:own", args=[space.slug, own.code]),
        "swap": swap.get_absolute_url(),
        "checks": reverse("housing:checks", args=[space.slug]),
    }


def _keep_page(page: Page, address: str, name: str, height: int) -> None:
    """A page from its title down."""
    page.goto(address)
    scroll_to(page.locator("main h1").first)
    keep(page, name, height=height)
