"""``traboule card_standin``: cards and accounts of one's own, for trying things out."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from traboule.exchanges.services.providers.standin import StandIn


class Command(BaseCommand):
    """Serve the stand-in of Stripe until interrupted."""

    help = (
        "Stripe de démonstration : pages où payer et où ouvrir un compte, aucun argent ne bouge. "
        "À côté : TRABOULE_STRIPE_KEY, TRABOULE_STRIPE_WEBHOOK_SECRET et TRABOULE_STRIPE_URL."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Where it listens, and the site it speaks to."""
        parser.add_argument("--port", type=int, default=8901)
        parser.add_argument("--site", default=settings.SITE_URL)

    def handle(self, *, port: int, site: str, **options: Any) -> None:
        """Serve; the address is said once the port is ours."""
        if not (settings.STRIPE_KEY and settings.STRIPE_WEBHOOK_SECRETS):
            raise CommandError("Donnez TRABOULE_STRIPE_KEY et TRABOULE_STRIPE_WEBHOOK_SECRET.")
        server = StandIn(
            key=settings.STRIPE_KEY, secret=settings.STRIPE_WEBHOOK_SECRETS[0], site=site, port=port
        )
        self.stdout.write(f"{server.url} → {site}")
        self.stdout.flush()
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            pass
        finally:
            server.server_close()
