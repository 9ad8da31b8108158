"""``traboule sms_gateway``: a telephone network of one's own, for trying things out."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from traboule.kernel.notices.standin import Gateway


class Command(BaseCommand):
    """Serve the stand-in gateway until interrupted."""

    help = (
        "Passerelle SMS de démonstration : garde les SMS, les montre et permet d’y répondre. "
        "À côté : TRABOULE_SMS_BACKEND=traboule.kernel.people.sms.HttpBackend, TRABOULE_SMS_URL, "
        "TRABOULE_SMS_TOKEN et TRABOULE_SMS_WEBHOOK_SECRET."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Where it listens, and the site it speaks to."""
        parser.add_argument("--port", type=int, default=8900)
        parser.add_argument("--site", default=settings.SITE_URL)

    def handle(self, *, port: int, site: str, **options: Any) -> None:
        """Serve; the address is said once the port is ours."""
        if not (settings.SMS_GATEWAY_TOKEN and settings.SMS_WEBHOOK_SECRET):
            raise CommandError("Donnez TRABOULE_SMS_TOKEN et TRABOULE_SMS_WEBHOOK_SECRET.")
        gateway = Gateway(
            ("127.0.0.1", port),
            site=site,
            token=settings.SMS_GATEWAY_TOKEN,
            secret=settings.SMS_WEBHOOK_SECRET,
            price_cents=str(settings.SMS_PRICE_CENTS),
        )
        self.stdout.write(f"http://127.0.0.1:{gateway.server_port}/messages → {site}")
        self.stdout.flush()
        try:
            gateway.serve_forever()
        except KeyboardInterrupt:
            pass
        finally:
            gateway.server_close()
