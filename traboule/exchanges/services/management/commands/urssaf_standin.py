"""``traboule urssaf_standin``: an Urssaf of one's own, for trying things out."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from traboule.exchanges.services.urssaf.standin import MODES, StandIn


class Command(BaseCommand):
    """Serve the stand-in until interrupted."""

    help = (
        "Urssaf de démonstration : reçoit les déclarations, les montre et permet d’y répondre. "
        "À côté : TRABOULE_URSSAF_URL, et des identifiants quelconques."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Where it listens, and how it behaves."""
        parser.add_argument("--port", type=int, default=8910)
        parser.add_argument("--mode", choices=MODES, default="normal")

    def handle(self, *, port: int, mode: str, **options: Any) -> None:
        """Serve; the address is said once the port is ours."""
        with StandIn(port, mode) as server:
            self.stdout.write(f"TRABOULE_URSSAF_URL={server.url}")
            self.stdout.flush()
            try:
                server.serve_forever()
            except KeyboardInterrupt:
                self.stdout.write("")
